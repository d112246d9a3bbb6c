"""Builds the demo world through the same services as the site, so that its trail and verdicts are real."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.ledger.services.facts import after
from dijkwacht.apps.ledger.services.judging import ensure_judged, own_subject
from dijkwacht.apps.ledger.services.recording import Said, record_all
from dijkwacht.apps.ledger.services.subjects import inherit_from, register_subject
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.services import add_person, create_organisation, share
from dijkwacht.core.access import RoleName, Tlp
from dijkwacht.core.facts import COMPLETE as REGISTER
from dijkwacht.core.facts import Assurance
from dijkwacht.demo import ensia, frameworks, isms
from dijkwacht.demo.answers import ABOUT, COMPLETE, HOSTED, OWN, SUBJECTS, Ago

PASSWORD = "dijkwacht-demo"  # noqa: S105 - the demo world is public; it is made only in an empty database
ACTOR = "dijkwacht demo"
STARTED, ANSWERED = timedelta(days=120), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Player:
    """One of the cast. ``function``: what this person knows, in the words of the packs."""

    key: str
    organisation: str
    name: str
    role: RoleName
    function: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@{self.organisation}.example"


ORGANISATIONS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("dijkstad", "Gemeente Dijkstad", "municipality", {"province": "Zuid-Holland", "inhabitants": 21400}),
    ("waterveen", "Gemeente Waterveen", "municipality", {"province": "Zuid-Holland", "inhabitants": 48100}),
    ("de-meren", "ICT-samenwerking De Meren", "joint_arrangement", {}),
    ("csirt", "CSIRT voor gemeenten (voorbeeld)", "csirt", {}),
    ("toezicht", "Toezichthouder (voorbeeld)", "supervisor", {}),
    ("vereniging", "Vereniging van gemeenten (voorbeeld)", "other", {}),
    ("zaakzicht", "Zaakzicht BV", "supplier", {}),
    ("burgerloket", "Burgerloket Software BV", "supplier", {}),
)
CAST = (
    Player("ciso", "dijkstad", "Noor van der Sluis", RoleName.CISO, "ciso"),
    Player("proces", "dijkstad", "Sem Dijkgraaf", RoleName.PROCESS_OWNER, "process_owner"),
    Player("coordinator", "dijkstad", "Yara Polder", RoleName.COORDINATOR),
    Player("openbareorde", "dijkstad", "Joris Waterman", RoleName.PROCESS_OWNER, "crisis_adviser"),
    Player("college", "dijkstad", "Esther Kade", RoleName.COLLEGE, "secretary"),
    Player("auditor", "dijkstad", "Ruben Toets", RoleName.AUDITOR),
    Player("collega", "dijkstad", "Mila Terp", RoleName.RESPONDENT, "it_manager"),
    Player("beheer", "dijkstad", "Daan Sleutel", RoleName.ADMINISTRATOR),
    Player("inkoop", "dijkstad", "Hanna Kolk", RoleName.SUPPLIER_MANAGER),
    Player("aov", "dijkstad", "Teun Zandhoek", RoleName.SAFETY_ADVISER),
    Player("burgemeester", "dijkstad", "Marit Uiterwaard", RoleName.MAYOR),
    Player("fg", "dijkstad", "Ilse Kwelder", RoleName.PRIVACY_OFFICER),
    Player("ciso", "waterveen", "Fenna Overtoom", RoleName.CISO, "ciso"),
    Player("ciso", "de-meren", "Bas Vlietstra", RoleName.CISO, "ciso"),
    Player("analist", "csirt", "Lotte Baken", RoleName.CSIRT_ANALYST),
    Player("inspecteur", "toezicht", "Wieke Peilschaal", RoleName.SUPERVISOR),
    Player("samen", "vereniging", "Jet Sluiswachter", RoleName.CISO),
    Player("contact", "zaakzicht", "Thijs Lade", RoleName.CISO),
    Player("contact", "burgerloket", "Roos Balie", RoleName.CISO),
)


@dataclass(slots=True)
class World:
    """The demo world: organisations by slug, persons by address, Dijkstad's subjects by key."""

    on: date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)

    def person(self, key: str, organisation: str = "dijkstad") -> Person:
        """One of the cast."""
        return self.persons[f"{key}@{organisation}.example"]


@transaction.atomic
def build(*, on: date, between: Callable[[World], None] | None = None) -> World:
    """Makes the whole world, as if it had been in use for four months by ``on``. Needs a database without it.

    ``between``: what else happened 25 days before ``on``; it is done there, so that the trail tells it in its place.
    """
    world = World(on)
    start = on - STARTED
    for slug, name, kind, fields in ORGANISATIONS:
        world.organisations[slug] = create_organisation(
            slug=slug, name=name, kind=kind, at=_at(start), actor=ACTOR, **fields
        )
    for player in CAST:
        _add(world, player, start)
    _shared_service(world)
    ensia.last_year(world)
    _dijkstad(world)
    _outside(world)
    story = isms.Story(world.organisations["dijkstad"], world.person, world.subjects, _at, on)
    isms.begin(story)
    if between is not None:
        between(world)
    isms.go_on(story)
    ensia.this_year(world)
    return world


def _outside(world: World) -> None:
    """A list that came from elsewhere, and who sees what of Dijkstad."""
    on = world.on
    day = on - ANSWERED
    frameworks.bring(world.organisations["dijkstad"], person=world.person("ciso"), on=day, at=_at(day))
    for recipient, what in (("csirt", "cbw-rdi"), ("toezicht", "cbw-rdi"), ("toezicht", "ensia-council")):
        share(
            world.organisations["dijkstad"], recipient=world.organisations[recipient], kind="account", what=what,
            tlp=Tlp.AMBER, valid_from=day, at=_at(day), by=world.person("ciso"),
        )  # fmt: skip


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=ZoneInfo("Europe/Amsterdam"))


def _add(world: World, player: Player, day: date) -> None:
    organisation = world.organisations[player.organisation]
    role = add_person(
        organisation, email=player.email, name=player.name, role=player.role, function=player.function,
        valid_from=day, at=_at(day), actor=ACTOR,
    )  # fmt: skip
    role.person.set_password(PASSWORD)
    role.person.save(update_fields=["password"])
    world.persons[player.email] = role.person


def _shared_service(world: World) -> None:
    """The joint arrangement runs the case system, knows how it is secured, and shares that with Dijkstad."""
    meren, dijkstad, on = world.organisations["de-meren"], world.organisations["dijkstad"], world.on - ANSWERED
    ciso = world.person("ciso", "de-meren")
    hosted = register_subject(
        meren, kind="system", name="Zaaksysteem (gehost)", key="zaaksysteem-gehost", person=ciso, on=on, at=_at(on)
    )
    _say(meren, ciso, on, [_said(hosted, name, value, world.on, Assurance.MEASURED) for name, value in HOSTED.items()])
    share(
        meren, recipient=dijkstad, kind="fact", what="zaaksysteem-gehost|system.*", tlp=Tlp.AMBER, valid_from=on,
        valid_to=world.on + timedelta(days=300), at=_at(on), by=ciso,
    )  # fmt: skip
    world.subjects["zaaksysteem-gehost"] = hosted


def _dijkstad(world: World) -> None:
    organisation, ciso, day = world.organisations["dijkstad"], world.person("ciso"), world.on - ANSWERED
    own = world.subjects["dijkstad"] = own_subject(organisation, on=day)
    for kind, key, name in SUBJECTS:
        world.subjects[key] = register_subject(
            organisation, kind=kind, name=name, key=key, person=ciso, on=day, at=_at(day)
        )
    inherit_from(
        world.subjects["zaaksysteem"], source=world.subjects["zaaksysteem-gehost"], person=ciso, on=day, at=_at(day)
    )
    said = [_said(own, REGISTER.format(kind=kind), True, world.on) for kind in COMPLETE]
    said += [_said(own, name, value, world.on) for name, value in OWN.items()]
    said += [_said(world.subjects[key], name, value, world.on) for (key, name), value in ABOUT.items()]
    _say(organisation, ciso, day, said)


def _said(subject: Subject, fact_type: str, value: Any, on: date, assurance: Assurance = Assurance.DOCUMENTED) -> Said:
    if isinstance(value, Ago):
        value = (on - timedelta(days=value.days)).isoformat()
    return Said(subject, fact_type, value, assurance=assurance)


def _say(organisation: Organisation, person: Person, on: date, said: list[Said]) -> None:
    """Everything in one act, as an import does."""
    with acting(organisation, person=person, on=on, at=_at(on)) as act:
        ensure_judged(organisation, on=on)
        written = record_all(act, said)
        judged = after(act, written, [(each.subject, each.fact_type) for each in said])
        detail = {"answers": len(said), "turned": len(judged.changes), **written.detail(organisation.slug)}
        act.write("answers", about=organisation.slug, detail=detail)
