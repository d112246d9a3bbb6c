"""The desk of the CSIRT in the demo, the registers of those it serves, and what became of a few warnings. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.advisories.models import Advisory, Provider, Touched, Warned
from dijkwacht.apps.advisories.services import (
    following,
    handling,
    naming,
    receiving,
    registering,
    serving,
    sourcing,
    triage,
)
from dijkwacht.apps.advisories.services.drafting import draft_of
from dijkwacht.apps.advisories.services.intake import Came
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.core.advisories.register_lines import Line, Lines, Source
from dijkwacht.demo import advisory_papers as papers
from dijkwacht.demo.advisory_papers import Paper
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BASIS = "Aansluiting op de dienstverlening van het CSIRT, 2026"
PHONE = "06 00000000"  # nobody's
SERVED = {
    "dijkstad": "ict@dijkstad.example",
    "waterveen": "beheer@waterveen.example",
    "de-meren": "servicedesk@de-meren.example",
}
CMDB = (  # of Dijkstad
    ("Zaakzicht B.V.", "Zaaksysteem", "3.1.4", True, "Zaaksysteem"),
    ("Zaakzicht B.V.", "Zaaksysteem", "3.0", False, "Zaaksysteem oefenomgeving"),
    ("Polderpost", "Mailserver", "", True, "E-mail"),
    ("Terpware", "Verbindingspoort", "22.4", True, "Thuiswerken"),
    ("Sluiswachter", "Firewall", "7.0.4", None, "Firewall stadhuis"),
    ("Burgerloket Software", "Formulieren", "5.0", True, "Formulieren website"),
    ("Terpware", "Documentlezer", "4.2", False, "Documentlezer"),
    ("Molenaar", "Databank Uitgebreid", "14.0", False, "Databank financiën"),
    ("Waterlinie", "Kantoorwerkplek", "11", False, "Werkplek"),
)
ICT_FOTO = (  # of Waterveen; a list of what is used, without versions
    ("Zaakzicht", "Zaaksysteem"), ("Sluiswachter", "Firewall"), ("Terpware", "Verbindingspoort"),
    ("Polderpost Nederland", "Mailvoorziening"), ("Waterlinie", "Kantoorwerkplek"), ("Gemaalwerk", "Planning"),
)  # fmt: skip
SBOM = (
    ("logboek", "2.16.0", "pkg:maven/example.lisdodde/logboek@2.16.0"),
    ("kompas", "1.4.2", "pkg:maven/example.lisdodde/kompas@1.4.2"),
)
FIRST = (papers.DROPPED, papers.REVISED, papers.NOBODY[1])
THEN = (
    papers.URGENT, papers.ASKED, papers.VEX, papers.AGAIN, papers.NOBODY[0], papers.LIBRARY, papers.AMBER, papers.VENDOR,
    papers.NOBODY[2], papers.FOLLOWED,
)  # fmt: skip


def play(world: World, *, at: datetime) -> None:
    """Who is served, what they use, what came in and what was decided on it, up to ``at``."""
    for slug in SERVED:
        _served(world, slug, at - 30 * DAY)
    _registers(world, at - 28 * DAY)
    _names(world, at - 27 * DAY)
    provider = _provider(world, at)
    for paper in FIRST:
        _came(world, paper, at, provider)
    _decide(world, papers.DROPPED, at - papers.DROPPED.ago + HOUR)
    _decide(
        world,
        papers.NOBODY[1],
        at - papers.NOBODY[1].ago + HOUR,
        decision="not",
        because="Niemand gebruikt dit; de schade is klein.",
    )
    _receive(world, papers.withdrawn(papers.DROPPED, at), papers.DROPPED.name, at - 10 * DAY, provider)
    _decide(world, papers.REVISED, at - papers.REVISED.ago + HOUR)
    for paper in THEN:
        _came(world, paper, at, None if paper.by is papers.TERPWARE else provider)
        if paper is papers.URGENT:
            _decide(world, paper, at - paper.ago + HOUR / 2)
    until = {"wait_until": day_of(at + 4 * DAY), "because": "Leveranciers zoeken nog uit waar Logboek in zit."}
    _decide(world, papers.LIBRARY, at - papers.LIBRARY.ago + HOUR, decision="wait", **until)
    _receive(world, papers.broken(at), "vb-2026-0048.json", at - HOUR, provider)
    _handled(world, at - 2 * DAY)


def _by(world: World, at: datetime, who: str = "analist", organisation: str = "csirt") -> dict[str, Any]:
    return {"person": world.person(who, organisation), "at": at}


def _served(world: World, slug: str, at: datetime) -> None:
    """The CISO is who may know more, a mailbox gets what everybody may."""
    organisation, told = world.organisations[slug], _by(world, at, "ciso", slug)
    serving.join(organisation, desk=world.organisations["csirt"], basis=BASIS, **told)
    serving.add_contact(organisation, role="general", name="Servicedesk", email=SERVED[slug], **told)
    serving.add_contact(organisation, role="trusted", name="", who=told["person"], phone=PHONE, **told)


def _registers(world: World, at: datetime) -> None:
    day = day_of(at)
    cmdb = [
        Line(row, vendor=vendor, product=product, version=version, exposed=exposed, name=name)
        for row, (vendor, product, version, exposed, name) in enumerate(CMDB, 2)
    ]
    foto = [Line(row, vendor=vendor, product=product) for row, (vendor, product) in enumerate(ICT_FOTO, 2)]
    sbom = [
        Line(row, product=product, version=version, purl=purl, part_of="Zaaksysteem (gehost)")
        for row, (product, version, purl) in enumerate(SBOM, 1)
    ]
    for slug, kind, label, name, lines in (
        ("dijkstad", "cmdb", "", "cmdb-dijkstad.csv", cmdb), ("waterveen", "ict_foto", "", "ict-foto-waterveen.xlsx", foto),
        ("de-meren", "cyclonedx", "Zaaksysteem (gehost)", "zaaksysteem.cdx.json", sbom),
    ):  # fmt: skip
        registering.take_over(
            world.organisations[slug], Lines(kind, tuple(lines), as_of=day), Source(kind, label), name=name,
            **_by(world, at, "ciso", slug),
        )  # fmt: skip


def _names(world: World, at: datetime) -> None:
    """What Waterveen calls otherwise than advisories do, and what Dijkstad follows besides its register."""
    told = {
        "vendor": "Polderpost Nederland",
        "product": "Mailvoorziening",
        "to_vendor": "Polderpost",
        "to_product": "Mailserver",
    }
    naming.confirm(world.organisations["waterveen"], names=told, **_by(world, at, "ciso", "waterveen"))
    following.follow(
        world.organisations["dijkstad"], kind="keyword", text="rioolgemalen", **_by(world, at, "ciso", "dijkstad")
    )


def _provider(world: World, at: datetime) -> Provider:
    """Where the documents came from. Nothing is fetched there: the address is nobody's."""
    told = _by(world, at - 29 * DAY)
    row = sourcing.add(world.organisations["csirt"], name=papers.CSIRT[1], where="csirt.voorbeeld.example", **told)
    row.next_at, row.last_at, row.last_new = None, at - HOUR, 1
    row.save(update_fields=["next_at", "last_at", "last_new"])
    return row


def _came(world: World, paper: Paper, at: datetime, provider: Provider | None) -> None:
    _receive(world, papers.data(paper, at), paper.name, at - paper.ago, provider)


def _receive(world: World, data: bytes, name: str, at: datetime, provider: Provider | None) -> None:
    receiving.receive(world.organisations["csirt"], [Came(data, name)], provider=provider, **_by(world, at))


def _decide(world: World, paper: Paper, at: datetime, *, decision: str = "warn", **told: Any) -> None:
    """The analyst writes what is said, and decides."""
    rows = Advisory.objects.select_related("document", "organisation")
    advisory = rows.get(organisation=world.organisations["csirt"], number=paper.number)
    if decision == "warn" and advisory.document is not None:
        said = content_of(advisory.document)
        triage.write(
            advisory, texts={each: draft_of(said, each) for each in ("technical", "management")}, **_by(world, at)
        )
    triage.decide(advisory, decision=decision, **told, **_by(world, at + HOUR / 4))


def _handled(world: World, at: datetime) -> None:
    """Dijkstad has mended where it practises, and still works on what is in use."""
    warning = Warned.objects.get(organisation=world.organisations["dijkstad"], advisory__number=papers.URGENT.number)
    told = _by(world, at, "ciso", "dijkstad")
    handling.see(warning, **told)
    handling.give(warning, handler=world.person("collega"), **told)
    handling.assess(
        warning, text="Het zaaksysteem is van buiten bereikbaar en wordt elke dag gebruikt.", likelihood="high", damage="high",
        **told,
    )  # fmt: skip
    said = {"3.0": ("done", ""), "3.1.4": ("in_progress", "Gepland voor vrijdagavond, samen met Zaakzicht.")}
    for row in Touched.objects.filter(warning=warning).select_related("line"):
        status, because = said[row.version]
        handling.set_status(warning, handling.Said(status, because=because), line=row.line_id, **told)
