"""The register of suppliers: verbs, what they leave in the ledger and the trail, and what they refuse."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Contract, ExitPlan, Service, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.register import elsewhere
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import chaining, contracting, registering, using
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY, Make

pytestmark = pytest.mark.django_db


def acts(organisation: Organisation) -> list[str]:
    found = Entry.objects.filter(organisation=organisation, act__startswith="suppliers.").order_by("seq")
    return [each.act.partition(".")[2] for each in found]


def refused(deed: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value


def test_a_supplier_gets_a_subject_and_one_entry(organisation: Organisation, add: Make) -> None:
    row = add("  Rekenwolk   B.V. ", kvk="9000 1234", domain="https://www.rekenwolk.example/x", country="nl")
    assert (row.name, row.kvk, row.domain, row.country) == ("Rekenwolk B.V.", "90001234", "rekenwolk.example", "NL")
    assert (row.subject.kind, row.subject.name) == ("supplier", "Rekenwolk B.V.")
    assert acts(organisation) == ["supplier_added"]
    assert not verify_suppliers(organisation).faulty


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"name": " "}, "empty", "name"),
        ({"name": "x" * 201}, "too_long", "name"),
        ({"name": "a\0b"}, "odd", "name"),
        ({"kvk": "123"}, "not_a_kvk", "kvk"),
        ({"kvk": "00000000"}, "not_a_kvk", "kvk"),
        ({"domain": "geen site"}, "not_a_domain", "domain"),
        ({"country": "Nederland"}, "not_a_country", "country"),
    ],
)
def test_what_cannot_be_read_is_refused(
    organisation: Organisation, add: Make, fields: dict[str, str], code: str, field: str
) -> None:
    error = refused(lambda: add(**fields))
    assert (error.code, error.params["field"]) == (code, field)
    assert not Supplier.objects.exists()
    assert acts(organisation) == []


def test_a_number_belongs_to_one_supplier(supplier: Supplier, add: Make, does: Make) -> None:
    assert refused(lambda: add("Ander", kvk="90001234")).code == "kvk_known"
    assert refused(lambda: add("Ander", own_id="C-17")).code == "own_id_known"
    registering.end_supplier(supplier, **does())
    assert add("Ander", kvk="90001234").kvk == "90001234"


def test_a_change_renames_the_subject_and_says_what_changed(
    organisation: Organisation, supplier: Supplier, does: Make
) -> None:
    registering.change_supplier(supplier, name="Rekenwolk Groep", kvk="90001234", own_id="C-17", **does())
    assert Subject.objects.get(pk=supplier.subject_id).name == "Rekenwolk Groep"
    entry = Entry.objects.filter(act="suppliers.supplier_changed").get()
    assert entry.detail["changed"] == ["domain", "name"]
    registering.change_supplier(supplier, name="Rekenwolk Groep", kvk="90001234", own_id="C-17", **does())
    assert acts(organisation).count("supplier_changed") == 1


def test_ending_takes_all_that_hangs_on_it_along(
    supplier: Supplier, service: Service, contract: Contract, process: Subject, does: Make
) -> None:
    use = using.add_use(service, subject=process, hours=4, **does())
    link = chaining.add_sub(supplier, name="Kabelaar", service=service, **does())
    registering.end_supplier(supplier, **does())
    for row in (supplier, service, contract, use, link):
        row.refresh_from_db()
        assert row.ended_on == TODAY
    assert Subject.objects.get(pk=service.subject_id).archived_at == TODAY
    assert Subject.objects.get(pk=supplier.subject_id).archived_at == TODAY
    assert refused(lambda: registering.add_service(supplier, name="Nog een", **does())).code == "gone"


def test_a_sub_supplier_is_not_direct_until_it_gets_a_service(
    supplier: Supplier, does: Make, add_service: Make
) -> None:
    link = chaining.add_sub(supplier, name="Kabelaar", kvk="90005678", **does())
    assert link.on.subject is None
    add_service(link.on, "Glasvezel")
    link.on.refresh_from_db()
    assert link.on.subject is not None
    assert link.on.subject.kind == "supplier"


def test_a_contract_makes_a_sub_supplier_direct_too(supplier: Supplier, does: Make, add_contract: Make) -> None:
    link = chaining.add_sub(supplier, name="Kabelaar", **does())
    add_contract(link.on)
    link.on.refresh_from_db()
    assert link.on.direct


def test_a_chain_may_go_round_but_not_to_itself(supplier: Supplier, add: Make, does: Make) -> None:
    other = add("Kabelaar B.V.", kvk="90005678")
    first = chaining.add_sub(supplier, name="kabelaar", **does())
    assert first.on == other
    chaining.add_sub(other, name="Rekenwolk", **does())
    assert SubSupplier.objects.count() == 2
    assert refused(lambda: chaining.add_sub(supplier, name="Rekenwolk", **does())).code == "sub_self"
    assert refused(lambda: chaining.add_sub(supplier, name="Kabelaar", **does())).code == "sub_twice"
    add("Kabelaar N.V.", kvk="90005679")
    assert refused(lambda: chaining.add_sub(supplier, name="De Kabelaar", kvk="1", **does())).code == "not_a_kvk"
    assert refused(lambda: chaining.add_sub(supplier, name="Kabelaar", **does())).code == "sub_several"


def test_a_link_changes_and_ends(supplier: Supplier, does: Make) -> None:
    link = chaining.add_sub(supplier, name="Kabelaar", hours=8, **does())
    chaining.change_sub(link, does="lijnen", hours=4, personal_data="no", country="de", **does())
    link.refresh_from_db()
    assert (link.does, link.hours, link.country) == ("lijnen", 4, "DE")
    chaining.end_sub(link, **does())
    assert refused(lambda: chaining.end_sub(link, **does())).code == "gone"


def test_a_service_with_its_signs(service: Service, does: Make) -> None:
    registering.change_service(service, name="Zaakwolk 2", kind="platform", admin_access="yes", **does())
    service.refresh_from_db()
    assert (service.kind, service.admin_access, service.personal_data) == ("platform", "yes", "yes")
    assert Subject.objects.get(pk=service.subject_id).name == "Zaakwolk 2"
    assert (
        refused(lambda: registering.change_service(service, name="x", kind="iets", **does())).params["field"] == "kind"
    )
    assert (
        refused(lambda: registering.change_service(service, name="x", kind="saas", key_register="ja", **does())).params[
            "field"
        ]
        == "key_register"
    )


def test_who_leans_on_a_service(
    service: Service, process: Subject, system: Subject, does: Make, other_organisation: Organisation
) -> None:
    use = using.add_use(service, subject=process, hours=4, group="balie", **does())
    assert refused(lambda: using.add_use(service, subject=process, **does())).code == "use_twice"
    assert refused(lambda: using.add_use(service, subject=service.subject, **does())).code == "use_kind"
    strange = Subject.objects.create(
        organisation=other_organisation, kind="system", key="x", name="x", recorded_at=TODAY
    )
    assert refused(lambda: using.add_use(service, subject=strange, **does())).code == "another"
    using.change_use(use, hours=None, **does())
    assert Use.objects.get(pk=use.pk).hours is None
    using.end_use(use, **does())
    using.add_use(service, subject=process, **does())
    registering.end_service(service, **does())
    assert not Use.objects.filter(ended_on__isnull=True).exists()


def test_a_contract_ends_after_it_starts(supplier: Supplier, add_contract: Make) -> None:
    error = refused(lambda: add_contract(supplier, starts_on=date(2026, 1, 1), until=date(2026, 1, 1)))
    assert (error.code, error.params["field"]) == ("period", "last_day")
    assert add_contract(supplier, starts_on=date(2026, 1, 1), until=date(2026, 1, 2)).pk


def test_a_contract_is_about_services_of_that_supplier(
    supplier: Supplier, service: Service, contract: Contract, add: Make, add_service: Make, does: Make
) -> None:
    strange = add_service(add("Ander"), "Iets")
    kwargs = {"title": "x", "starts_on": date(2026, 1, 1), **does()}
    assert refused(lambda: contracting.change_contract(contract, services=[strange], **kwargs)).code == "another"
    registering.end_service(service, **does())
    contracting.change_contract(contract, services=[service], **kwargs)
    contracting.change_contract(contract, services=[], audit_right="yes", **kwargs)
    contract.refresh_from_db()
    assert contract.audit_right == "yes"
    assert not contract.services.exists()
    assert contract.number == "2025-001"
    contracting.end_contract(contract, because="Dubbel ingevoerd", **does())
    assert refused(lambda: contracting.end_contract(contract, **does())).code == "gone"


def test_a_day_of_signing_needs_a_signature(supplier: Supplier, add_contract: Make) -> None:
    day = date(2025, 2, 1)
    assert refused(lambda: add_contract(supplier, processing_signed_on=day)).code == "not_signed"
    late = {"processing": "signed", "processing_signed_on": date(2027, 1, 1)}
    assert refused(lambda: add_contract(supplier, **late)).code == "future"
    assert add_contract(supplier, processing="signed", processing_signed_on=day).processing_signed_on == day


def test_an_exit_plan_is_written_and_looked_at_again(service: Service, does: Make) -> None:
    words = {"alternative": "Een ander pakket", "data": "Als CSV", "steps": "1. Opzeggen"}
    plan = using.write_exit_plan(service, **words, days=90, **does())
    later = NOW.replace(month=12)
    using.write_exit_plan(service, **{**words, "data": "Als XML"}, days=90, **does(at=later))
    plan.refresh_from_db()
    assert (plan.data, plan.made_on, plan.reviewed_on) == ("Als XML", TODAY, later.date())
    assert ExitPlan.objects.count() == 1
    assert refused(lambda: using.write_exit_plan(service, **{**words, "steps": ""}, **does())).code == "empty"
    assert (
        refused(lambda: using.write_exit_plan(service, **words, tested_on=date(2027, 1, 1), **does())).code == "future"
    )


def test_the_trail_holds_all_of_it(
    organisation: Organisation, supplier: Supplier, service: Service, contract: Contract, process: Subject, does: Make
) -> None:
    using.add_use(service, subject=process, hours=4, **does())
    chaining.add_sub(supplier, name="Kabelaar", **does())
    held = verify_suppliers(organisation)
    assert not held.faulty
    Supplier.objects.filter(pk=supplier.pk).update(name="Achter de rug")
    assert verify_suppliers(organisation).faulty


def recorded(organisation: Organisation, name: str) -> Subject:
    """A supplier that somebody registered on the page of records."""
    return register_subject(organisation, kind="supplier", name=name, person=None, actor="test", on=TODAY, at=NOW)


def test_a_supplier_of_the_records_is_the_same_one_here(organisation: Organisation, add: Make) -> None:
    subject = recorded(organisation, "Rekenwolk B.V.")
    assert add("rekenwolk b.v.").subject == subject
    assert add("Rekenwolk B.V.", own_id="2").subject != subject, "it is somebody's already"


def test_suppliers_of_the_records_are_taken_over_at_once(organisation: Organisation, add: Make, does: Make) -> None:
    add("Bekend B.V.")
    subjects = [recorded(organisation, name) for name in ("Anker BV", "Boei BV")]
    assert elsewhere(organisation) == ["Anker BV", "Boei BV"]
    made = registering.take_over(organisation, **does())
    assert [each.subject for each in made] == subjects
    assert elsewhere(organisation) == []
    assert registering.take_over(organisation, **does()) == []
    assert acts(organisation)[-1:] == ["suppliers_taken_over"]
    assert not verify_suppliers(organisation).faulty


def test_who_sees_to_something_is_of_the_house(
    supplier: Supplier,
    service: Service,
    add_contract: Make,
    does: Make,
    make_person: Make,
    other_organisation: Organisation,
) -> None:
    stranger = make_person("ciso", at_organisation=other_organisation)
    contract = add_contract(supplier)
    plan = {"alternative": "Een ander", "data": "Export", "steps": "Stap"}
    for deed in (
        lambda: registering.add_service(supplier, name="Nieuw", owner=stranger, **does()),
        lambda: registering.change_service(service, name="Nieuw", kind="saas", owner=stranger, **does()),
        lambda: contracting.change_contract(contract, title="Nieuw", starts_on=TODAY, owner=stranger, **does()),
        lambda: using.write_exit_plan(service, owner=stranger, **plan, **does()),
    ):
        assert (refused(deed).code, refused(deed).params) == ("not_here", {"field": "owner"})
