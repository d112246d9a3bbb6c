"""Two suppliers that are one, or two."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db.models import ForeignKey

from dijkwacht.apps.ledger.models import Inheritance, Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import (
    Adoption,
    Contract,
    Distinct,
    Finding,
    Proof,
    Review,
    Service,
    SubSupplier,
    Supplier,
)
from dijkwacht.apps.suppliers.queries.doubles import doubles
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import chaining, merging
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY, Make

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(add: Callable[..., Supplier]) -> Supplier:
    return add("Reken Wolk", own_id="C-18", country="NL", note="Oude naam.")


@pytest.fixture
def kept(add: Callable[..., Supplier]) -> Supplier:
    return add("Rekenwolk B.V.", kvk="90001234", note="Nieuwe naam.")


@pytest.fixture
def hung(
    organisation: Organisation, other: Supplier, add_service: Make, add_contract: Make, does: Make
) -> dict[str, Any]:
    """Everything that can hang on a supplier."""
    service = add_service(other)
    contract = add_contract(other, services=[service])
    proof = Proof.objects.create(
        organisation=organisation, supplier=other, kind="iso27001", title="Certificaat", first=date(2025, 1, 1),
        until=date(2028, 1, 1), whole=True, received_on=TODAY,
    )  # fmt: skip
    finding = Finding.objects.create(
        organisation=organisation, supplier=other, title="Lek", severity="high", due=date(2027, 1, 1), found_on=TODAY
    )
    link = chaining.add_sub(other, name="Kabelaar", service=service, **does())
    return {"service": service, "contract": contract, "proof": proof, "finding": finding, "link": link}


def test_everything_moves_to_the_kept_one(
    organisation: Organisation, kept: Supplier, other: Supplier, hung: dict[str, Any], does: Make
) -> None:
    merging.merge(kept, other, **does())
    for row in hung.values():
        row.refresh_from_db()
        assert row.supplier == kept, row
    other.refresh_from_db()
    kept.refresh_from_db()
    assert other.merged_into == kept
    assert (kept.name, kept.kvk, kept.own_id, kept.country) == ("Rekenwolk B.V.", "90001234", "C-18", "NL")
    assert kept.note == "Nieuwe naam.\n\nOude naam."
    assert Subject.objects.get(pk=other.subject_id).archived_at == TODAY
    assert Subject.objects.get(pk=kept.subject_id).archived_at is None
    assert Entry.objects.filter(act="suppliers.supplier_merged").count() == 1
    faulty = [each for each in verify_suppliers(organisation).faulty if each.table not in ("proof", "supplier_finding")]
    assert not faulty


def test_no_way_to_a_supplier_is_forgotten() -> None:
    """Whoever adds a table that points to a supplier must say what a merge does with it."""
    known = {*merging.MOVES, Supplier, SubSupplier, Distinct, Adoption}
    pointing = {
        each.related_model
        for each in Supplier._meta.get_fields(include_hidden=True)
        if each.auto_created and isinstance(getattr(each, "field", None), ForeignKey)
    }
    assert pointing <= known


def test_other_numbers_need_a_tick(kept: Supplier, add: Make, does: Make) -> None:
    strange = add("Rekenwolk Groep", kvk="90009999")
    with pytest.raises(Refused, match="kvk_differs"):
        merging.merge(kept, strange, **does())
    assert Supplier.objects.get(pk=strange.pk).merged_into is None
    merging.merge(kept, strange, differs=True, **does())
    assert Supplier.objects.get(pk=strange.pk).merged_into == kept
    with pytest.raises(Refused, match="gone"):
        merging.merge(kept, strange, **does())
    with pytest.raises(Refused, match="same_supplier"):
        merging.merge(kept, kept, **does())


def test_who_merged_before_points_to_the_last(kept: Supplier, other: Supplier, add: Make, does: Make) -> None:
    first = add("Nog een")
    merging.merge(other, first, **does())
    merging.merge(kept, other, **does())
    first.refresh_from_db()
    assert first.merged_into == kept


def test_a_subject_goes_along_where_the_kept_one_had_none(other: Supplier, kept: Supplier, does: Make) -> None:
    sub = chaining.add_sub(kept, name="Onder", **does()).on
    before = other.subject_id
    merging.merge(sub, other, **does())
    sub.refresh_from_db()
    assert sub.subject_id == before
    assert Subject.objects.get(pk=before).name == "Onder"


def test_the_chain_of_both_is_one_chain(kept: Supplier, other: Supplier, does: Make) -> None:
    chaining.add_sub(kept, name="Reken Wolk", **does())  # would lean on itself
    chaining.add_sub(kept, name="Kabelaar", **does())
    chaining.add_sub(other, name="Kabelaar", **does())  # twice
    chaining.add_sub(other, name="Stroomhuis", **does())
    merging.merge(kept, other, **does())
    left = SubSupplier.objects.filter(ended_on__isnull=True)
    assert sorted((each.supplier.name, each.on.name) for each in left) == [
        ("Rekenwolk B.V.", "Kabelaar"),
        ("Rekenwolk B.V.", "Stroomhuis"),
    ]


def test_what_was_taken_over_of_joint_reviews_counts_for_the_kept_one(
    organisation: Organisation, other_organisation: Organisation, kept: Supplier, other: Supplier, does: Make
) -> None:
    source = Subject.objects.create(
        organisation=other_organisation, kind="joint_review", key="review", name="Review", recorded_at=TODAY
    )
    review = Review.objects.create(
        organisation=other_organisation, portal=organisation, subject=source, title="Zaakwolk", opened_at=NOW,
        answer_before=TODAY, judge_before=TODAY,
    )  # fmt: skip
    for row in (kept, other):
        Adoption.objects.create(review=review, organisation=organisation, supplier=row, adopted_on=TODAY)
    Inheritance.objects.create(subject=other.subject, source=source, recorded_at=TODAY, until=date(2027, 6, 1))
    merging.merge(kept, other, **does())
    open_ = Adoption.objects.filter(ended_on__isnull=True)
    assert [each.supplier for each in open_] == [kept]
    links = Inheritance.objects.filter(source=source, superseded_at__isnull=True)
    assert [(each.subject, each.until) for each in links] == [(kept.subject, date(2027, 6, 1))]


def test_two_that_are_two_are_not_proposed_again(
    organisation: Organisation, kept: Supplier, add: Make, does: Make
) -> None:
    look_alike = add("Rekenwolk N.V.", kvk="90009999")
    (pair,) = doubles(organisation, on=TODAY)
    assert (pair.pair.why, pair.pair.against) == (("name",), True)
    merging.two(look_alike, kept, **does())
    assert doubles(organisation, on=TODAY) == []
    with pytest.raises(Refused, match="distinct_twice"):
        merging.two(kept, look_alike, **does())


def test_being_two_is_kept_after_a_merge(
    organisation: Organisation, kept: Supplier, other: Supplier, add: Make, does: Make
) -> None:
    third = add("Rekenwolk N.V.", kvk="90009999")
    merging.two(other, third, **does())
    merging.merge(kept, other, **does())
    assert Distinct.objects.filter(one=min(kept, third, key=lambda each: each.pk)).exists()
    assert doubles(organisation, on=TODAY) == []


def test_a_merge_that_fails_leaves_everything(
    kept: Supplier, other: Supplier, hung: dict[str, Any], does: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(merging.telling, "settle", breaks)
    with pytest.raises(RuntimeError):
        merging.merge(kept, other, **does())
    assert Service.objects.get(pk=hung["service"].pk).supplier == other
    assert Contract.objects.get(pk=hung["contract"].pk).supplier == other
    assert Supplier.objects.get(pk=other.pk).merged_into is None


def test_a_stranger_is_not_merged(kept: Supplier, other_organisation: Organisation, does: Make) -> None:
    strange = Supplier.objects.create(organisation=other_organisation, name="Rekenwolk", added_on=TODAY)
    with pytest.raises(Refused, match="another"):
        merging.merge(kept, strange, **does())
