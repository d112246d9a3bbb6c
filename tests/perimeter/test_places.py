"""An address that serves several organisations is not visited for any of them, whoever is measured first."""

from typing import Any

import pytest

from dijkwacht.adapters.probing import looks
from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.apps.perimeter.models import Domain, Run, Served
from dijkwacht.apps.perimeter.services import names
from dijkwacht.core.consent import Allowed
from tests.perimeter.conftest import NOW, TODAY
from tests.perimeter.test_watching import Time, Zone, work

pytestmark = pytest.mark.django_db(transaction=True)
SHARED, ALONE = "127.0.0.9", "127.0.0.8"


def zones(**places: str) -> Zone:
    """Names below .example, each at its address."""
    found: Zone = {}
    for label, address in places.items():
        found[(f"{label}.example", "SOA")] = ["ns.example. root.example. 1 2 3 4 5"]
        found[(f"{label}.example", "A")] = [address]
    return found


@pytest.fixture
def asked(monkeypatch) -> list[tuple[str, str, bool]]:
    """Which name was to be visited at which address, and whether the gate let it."""
    found: list[tuple[str, str, bool]] = []

    async def look(gate: Any, *, name: str, address: str, **_: Any) -> Any:
        found.append((name, address, isinstance(gate.decision(name, address, level=2), Allowed)))
        raise OSError("enough")

    monkeypatch.setattr(looks, "look_at_web", look)
    return found


def watch(organisation: Organisation, *texts: str, **more: Any) -> None:
    names.add(organisation, names=texts, person=None, actor="test", on=TODAY, at=NOW, **more)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("at_once", [1, 8])
def test_the_order_of_names_does_not_matter(organisation, other_organisation, agreed, asked, turned, at_once) -> None:
    pairs = [(organisation, "a"), (other_organisation, "b")]
    for whose, label in reversed(pairs) if turned else pairs:
        agreed(f"*.{label}.example", f"{label}.example", at=whose)
        watch(whose, f"{label}.example", f"own.{label}.example")
    held = zones(a=SHARED, b=SHARED) | {
        ("own.a.example", "A"): [ALONE], ("own.b.example", "A"): ["127.0.0.7"],
        ("own.a.example", "SOA"): ["ns.example. root.example. 1 2 3 4 5"],
        ("own.b.example", "SOA"): ["ns.example. root.example. 1 2 3 4 5"],
    }  # fmt: skip
    work(held, Time(), at_once=at_once)
    assert set(asked) == {
        ("a.example", SHARED, False), ("b.example", SHARED, False),
        ("own.a.example", ALONE, True), ("own.b.example", "127.0.0.7", True),
    }  # fmt: skip


def test_names_of_one_organisation_at_one_address_are_not_shared(organisation, agreed, asked) -> None:
    agreed()
    watch(organisation, "a.example", "b.example")
    work(zones(a=SHARED, b=SHARED), Time())
    assert {allowed for _name, _address, allowed in asked} == {True}


def test_with_the_consent_of_the_supplier_it_is_visited(organisation, other_organisation, agreed, asked) -> None:
    agreed("a.example")
    agreed(SHARED, kind="supplier", party="Hoster")
    agreed("b.example", at=other_organisation)
    watch(organisation, "a.example")
    watch(other_organisation, "b.example")
    work(zones(a=SHARED, b=SHARED), Time())
    assert set(asked) == {("a.example", SHARED, True), ("b.example", SHARED, False)}


def test_a_name_that_moved_in_is_seen_before_the_first_connection(
    organisation, other_organisation, agreed, asked
) -> None:
    """The other was asked for long ago, at another address: what counts is where it is found when it is visited."""
    agreed("a.example")
    agreed("b.example", at=other_organisation)
    watch(organisation, "a.example")
    watch(other_organisation, "b.example")
    Domain.objects.update(sounded_at=NOW)
    Served.objects.create(organisation=organisation, name="a.example", address=SHARED, seen_at=NOW)
    work(zones(a=ALONE, b=SHARED), Time(), at_once=1)
    assert ("b.example", SHARED, False) in asked


def test_where_the_mail_of_others_goes_counts_too(organisation, other_organisation, agreed, asked) -> None:
    agreed("a.example")
    agreed("b.example", "*.b.example", at=other_organisation)
    watch(organisation, "a.example")
    watch(other_organisation, "b.example")
    held = zones(a=SHARED, b=ALONE) | {("b.example", "MX"): ["10 mx.b.example."], ("mx.b.example", "A"): [SHARED]}
    work(held, Time())
    assert ("a.example", SHARED, False) in asked
    assert Served.objects.filter(organisation=other_organisation, name="mx.b.example", address=SHARED).exists()


def test_without_consent_nobody_is_asked_for(organisation, other_organisation, agreed, asked) -> None:
    agreed("a.example")
    watch(organisation, "a.example")
    watch(other_organisation, "b.example")
    done = work(zones(a=SHARED, b=SHARED), Time())
    assert done.reasons == {"denied:no_consent": 1}
    assert set(Served.objects.values_list("name", flat=True)) == {"a.example"}
    assert asked == [("a.example", SHARED, True)]  # nobody may know where the other is
    ours = Run.objects.get(organisation=organisation)
    assert ours.refusals == {}


def test_what_a_csirt_measures_counts_for_whose_it_is(make_organisation, organisation, agreed, asked) -> None:
    csirt = make_organisation("csirt-delta", kind=OrganisationKind.CSIRT)
    third = make_organisation("derde")
    agreed("*", at=csirt, kind="csirt", basis="an article")
    agreed("a.example")
    watch(organisation, "a.example")
    watch(csirt, "a.example", whose=organisation)
    watch(csirt, "c.example", whose=third)
    work(zones(a=SHARED, c=ALONE), Time())
    assert ("a.example", SHARED, True) in asked
    assert set(Served.objects.values_list("organisation__slug", "name")) == {
        ("dijkstad", "a.example"), ("derde", "c.example"),
    }  # fmt: skip
    assert not any(allowed is False for *_place, allowed in asked)
