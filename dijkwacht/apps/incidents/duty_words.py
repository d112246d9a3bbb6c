"""Who is on duty, in words: the sentence above the page, the roles with their people, and who would be called at which point."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.incidents.models import Duty, DutyRole
from dijkwacht.apps.incidents.services import calling, terms
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.clocks.escalate import Point
from dijkwacht.core.reporting import Party, receivers
from dijkwacht.norms.read import clocks, incidents

POINTS: tuple[tuple[Point, Any], ...] = (
    ("started", gettext_lazy("When a term starts, and at the first warnings")),
    ("due_soon", gettext_lazy("When it is nearly too late")),
    ("overdue", gettext_lazy("When it is too late")),
)
ROLES = (DutyRole.REPORTER, DutyRole.DECIDER, DutyRole.PRIVACY, DutyRole.BOARD)
MANY = 2  # so that one absence does not hold up a report: `cbw` criteria, said there to be our choice


@dataclass(frozen=True, slots=True)
class Group:
    """A role with the people who have it, in order; ``gap``: what is missing, as a sentence."""

    role: str
    name: str
    rows: tuple[tuple[Duty, bool], ...]
    gap: str


@dataclass(frozen=True, slots=True)
class Call:
    """A point of a term, and who is warned then, each with why."""

    point: str
    people: tuple[tuple[str, str], ...]


def answer(rows: Sequence[Duty], *, here: Collection[int]) -> str:
    """The sentence under the title: who is called first, and who after."""
    reporters = [row for row in rows if row.role == DutyRole.REPORTER and row.person_id in here]
    if not reporters:
        return _("Nobody: nobody is on duty to report to the authorities.")
    if len(reporters) == 1:
        return _("%(first)s is called first. Nobody stands in for this person.") % {"first": reporters[0].person}
    said = {"first": reporters[0].person, "then": ", ".join(str(row.person) for row in reporters[1:])}
    return _("%(first)s is called first, then %(then)s.") % said


def groups(rows: Sequence[Duty], *, here: Collection[int]) -> list[Group]:
    """Every role, also those that nobody has."""
    found = []
    for role in ROLES:
        mine = tuple((row, row.person_id in here) for row in rows if row.role == role)
        found.append(Group(role, str(role.label), mine, _gap(role, sum(there for _row, there in mine))))
    return found


def _gap(role: str, people: int) -> str:
    if not people:
        return _("Nobody yet.")
    if role == DutyRole.REPORTER and people == 1:
        return _("Name a deputy: one absence now holds up a report.")
    return ""


def calls(organisation: Organisation, *, at: datetime) -> list[Call]:
    """Who would be warned now of a term of the Cbw, besides whoever handles the incident."""
    rule = next((name for name, each in clocks().rules.items() if each.law == "cbw"), "")
    found, crew = [], calling.crew_of(organisation, at=at)
    for point, name in POINTS:
        called = crew.people(point, handler=None, rule=rule)
        found.append(Call(str(name), tuple((str(person), role_word(role)) for person, role in called)))
    return found


def role_word(role: str) -> str:
    """Why somebody is warned."""
    return str(DutyRole(role).label) if role in DutyRole.values else _("Handles the incident")


def portal(organisation: Organisation, *, on: date) -> list[tuple[Party, Any]]:
    """Where this organisation registers and reports: each party with the road to use first."""
    pack = incidents()
    roles = tuple(terms.roles_of(organisation, at=_noon(on)))
    found = receivers(pack.parties, pack.duties, roles=roles, on=on, needed=("csirt", "register"))
    return [(each.party, each.party.channels[0]) for each in found.found]


def _noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(settings.TIME_ZONE))


def ready(rows: Sequence[Duty], *, here: Collection[int]) -> tuple[bool, str]:
    """Whether enough people can sign in to the portal, as a sentence."""
    able = {
        row.person_id: f"{row.person} ({row.eherkenning})" for row in rows if row.eherkenning and row.person_id in here
    }
    if not able:
        return False, _(
            "Nobody on duty can sign in to the portal with eHerkenning. Apply for it now: it takes days to weeks."
        )
    said = ngettext(
        "%(n)d person on duty can sign in to the portal: %(who)s.", "%(n)d people on duty can sign in to the portal: %(who)s.",
        len(able),
    ) % {"n": len(able), "who": ", ".join(able.values())}  # fmt: skip
    enough, alone = len(able) >= MANY, _("One absence then holds up a report.")
    return enough, said if enough else f"{said} {alone}"


def put(row: Duty) -> str:
    """The receipt: what somebody is now."""
    if row.rank == 1:
        return _("%(who)s is called first for this.") % {"who": row.person}
    return _("%(who)s is deputy number %(n)s for this.") % {"who": row.person, "n": row.rank - 1}
