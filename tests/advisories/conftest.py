"""A CSIRT that serves our municipality, a register with a few products, and documents made for the occasion."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from dijkwacht.adapters.csaf.write import write_csaf
from dijkwacht.apps.advisories.models import Advisory, Provider, Upload
from dijkwacht.apps.advisories.services import receiving, registering, serving
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.register_lines import Line, Lines, Source
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Note, ProductLine, Rating, Remedy, Said, Vulnerability
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, Make, People

REVISED = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PUBLISHER = "https://csirt.voorbeeld.example"
Product = tuple[str, str, str]
"""Vendor, product, and versions: ``3.1`` one version, ``vers:unknown/<3.2`` a range, nothing none told."""


def content(
    number: str = "VB-2026-0001", *, products: Sequence[Product] = (("Zaakzicht", "Zaaksysteem", "vers:unknown/<3.2"),),
    version: str = "1", cves: Sequence[str] = ("CVE-2026-1001",), kans: str = "medium", schade: str = "high", tlp: Any = "CLEAR",
    fix: str = "Installeer 3.2.", title: str = "Kwetsbaarheid in Zaaksysteem", exploited: bool = False, days: int = 0,
    state: str = "final",
) -> Content:  # fmt: skip
    """What a document says, in the shape of NCSC-NL."""
    lines = {}
    for place, (vendor, product, versions) in enumerate(products, 1):
        form = "none" if not versions else "range" if "/" in versions else "version"
        lines[f"P{place}"] = ProductLine(
            f"P{place}", vendor, product, versions, form, f"{vendor} {product} {versions}".strip()
        )
    at = REVISED + timedelta(days=days, hours=int(version.split(".", maxsplit=1)[0]))
    weak = tuple(
        Vulnerability(
            cve, cve, title, said=tuple(Said(each, "affected") for each in lines),
            remedies=(Remedy("vendor_fix", fix, tuple(lines)),) if fix else (),
            exploited=at.date() if exploited else None,
            notes=(Note("description", "", "Een aanvaller kan hiermee gegevens lezen."),),
        )
        for cve in cves
    )  # fmt: skip
    return Content(
        PUBLISHER, number, version, title, publisher_name="CSIRT Voorbeeld", published=REVISED, revised=at, language="nl",
        tlp=tlp, products=lines, vulnerabilities=weak, form="csaf-2.0",
        state=state, ratings=(Rating("ncsc-kans-schade", f"{kans}/{schade}", PUBLISHER),),
        notes=(
            Note("general", "Kans", kans), Note("general", "Schade", schade),
            Note("summary", "Feiten", "Er is een fout gevonden in Zaaksysteem."),
        ),
        revisions=(("1", REVISED.isoformat(), "Eerste versie"),),
    )  # fmt: skip


def data(number: str = "VB-2026-0001", **told: Any) -> bytes:
    """The same as the bytes of a CSAF document."""
    made = content(number, **told)
    revisions = tuple(
        (str(each), (REVISED + timedelta(hours=each)).isoformat(), f"Versie {each}")
        for each in range(1, int(made.version.split(".")[0]) + 1)
    )
    return write_csaf(replace(made, revisions=revisions, ratings=()))


@pytest.fixture
def does(people: People) -> Callable[..., dict[str, Any]]:
    """Who does something in this room, and when."""
    return lambda role="ciso", at=NOW: {"person": people(role), "at": at}


@pytest.fixture
def csirt() -> Organisation:
    return Organisation.objects.create(slug="csirt-voorbeeld", name="CSIRT Voorbeeld", kind="csirt")


@pytest.fixture
def analyst(make_person: Callable[..., Person], csirt: Organisation) -> Person:
    return make_person("csirt_analyst", at_organisation=csirt, name="Anna Lyst", language="en")


@pytest.fixture
def desk(analyst: Person, client_for: Callable[[Person], Client]) -> Client:
    """The browser of the analyst."""
    return client_for(analyst)


@pytest.fixture
def provider(csirt: Organisation) -> Provider:
    return Provider.objects.create(organisation=csirt, name="Bestanden", kind="hand", added_at=NOW)


@pytest.fixture
def served(organisation: Organisation, csirt: Organisation, does: Make, people: People) -> Organisation:
    """Our municipality, warned by the CSIRT: the CISO is its trusted contact, a mailbox its general one."""
    serving.join(organisation, desk=csirt, basis="Aansluiting 2026", **does())
    serving.add_contact(organisation, role="general", name="Servicedesk", email="ict@dijkstad.example", **does())
    serving.add_contact(organisation, role="trusted", name="", who=people("ciso"), phone="06 00000000", **does())
    return organisation


@pytest.fixture
def register(organisation: Organisation, does: Make) -> Callable[..., Upload]:
    """Takes products over in the register of our municipality: vendor, product, version, and maybe exposed."""

    def one(
        *products: tuple[Any, ...],
        to: Organisation = organisation,
        kind: str = "cmdb",
        label: str = "",
        at: datetime = NOW,
    ) -> Upload:
        lines = tuple(
            Line(row, vendor=each[0], product=each[1], version=each[2], exposed=each[3] if len(each) > 3 else None)
            for row, each in enumerate(products, 1)
        )
        return registering.take_over(
            to, Lines(kind, lines, as_of=TODAY), Source(kind, label), name="register.csv", **does(at=at)
        )

    return one


@pytest.fixture
def receive(csirt: Organisation, analyst: Person) -> Callable[..., Advisory]:
    """A document comes in at the CSIRT; the advisory that it belongs to."""

    def one(number: str = "VB-2026-0001", *, at: datetime = NOW, by: Organisation = csirt, **told: Any) -> Advisory:
        name = f"{number.lower()}.json"
        receiving.receive(by, [Came(data(number, **told), name)], person=analyst, at=at)
        return Advisory.objects.get(organisation=by, number=number)

    return one


@pytest.fixture
def vex(csirt: Organisation, analyst: Person) -> Callable[..., Advisory]:
    """A supplier says in a document of its own that its product is not affected; the advisory that it becomes."""

    def one(
        number: str = "VEX-1",
        *,
        cves: Sequence[str] = ("CVE-2026-1001",),
        versions: str = "3.1",
        flag: str = "",
        tlp: Any = "CLEAR",
    ) -> Advisory:
        flag = flag or "component_not_present"
        told = content(number, products=(("Zaakzicht", "Zaaksysteem", versions),), cves=cves, fix="", tlp=tlp)
        weak = tuple(replace(each, said=(Said("P1", "not_affected", flag),)) for each in told.vulnerabilities)
        made = replace(told, kind="csaf_vex", publisher_name="Zaakzicht", vulnerabilities=weak, ratings=())
        receiving.receive(csirt, [Came(write_csaf(made), f"{number.lower()}.json")], person=analyst, at=NOW)
        return Advisory.objects.get(organisation=csirt, number=number)

    return one


@pytest.fixture
def give_out(csirt: Organisation, analyst: Person) -> Callable[..., Any]:
    """Writes and gives out a document of the CSIRT itself; the release."""
    from dijkwacht.apps.advisories.queries.own import stamp
    from dijkwacht.apps.advisories.services import own
    from tests.advisories.made_own import values

    def one(
        title: str = "Lek in Zaaksysteem",
        *,
        tlp: str = "CLEAR",
        by: Organisation = csirt,
        at: datetime = NOW,
        **told: Any,
    ) -> Any:
        said = values(title=title, **told)
        made = own.begin(by, kind="csaf_security_advisory", title=title, tlp=tlp, values=said, person=analyst, at=at)
        return own.give_out(made, summary="Eerste versie.", seen=stamp(made), person=analyst, at=at)

    return one
