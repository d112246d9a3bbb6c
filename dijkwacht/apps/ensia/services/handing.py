"""Handing out: a colleague, with or without an account yet, answers the questions of a line or of one theme of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from dijkwacht.apps.ensia.marks import marked
from dijkwacht.apps.ensia.models import Answerer, Notice, NoticeKind, Year
from dijkwacht.apps.ensia.queries.calendar import milestones_of
from dijkwacht.apps.ensia.queries.lines import requirements_of
from dijkwacht.apps.ensia.services.refusing import Refused
from dijkwacht.apps.ensia.services.years import still_open
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.ledger.services.asking import ask_many, finish_many
from dijkwacht.apps.people.models import Person, Role
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.people.services import add_person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.access import RoleName
from dijkwacht.core.ensia import next_of


@dataclass(frozen=True, slots=True)
class Handed:
    """What handing out came to. ``invited``: the role of somebody who had none here; ``notice``: the mail that waits."""

    answerer: Answerer
    notice: Notice
    invited: Role | None


@transaction.atomic
def hand_out(
    year: Year,
    *,
    line: str,
    to: Person,
    person: Person,
    on: date,
    at: datetime,
    theme: str = "",
    lead: bool = False,
    note: str = "",
    due: date | None = None,
    invited: Role | None = None,
) -> Handed:
    """Asks a colleague for the questions of a line, or of a theme of it (``catalog.theme``); a mail waits to be sent.

    ``due``: the last day for his answers; None: the next day of the calendar that counts for this line.
    Raises Refused: closed, line, theme, handed_out (already), colleague (no role here).
    """
    organisation = year.organisation
    requirements = requirements_of(line, theme=theme, on=on)
    if requirements is None:
        raise Refused("line" if not theme else "theme")
    if not persons_in(organisation, on=on).filter(pk=to.pk).exists():
        raise Refused("colleague")
    due = due or _due(year, line, on=on)
    with acting(organisation, person=person, on=on, at=at):
        year = still_open(year)
        answerer, before = _answerer(year, line, theme, to=to, lead=lead, on=on)
        notice = Notice.objects.create(
            year=year, kind=NoticeKind.HANDOUT, person=to, lines=[line], on=on, note=note.replace("\0", "")[:2000]
        )
        about = f"ensia:{year.year}:{line}"
        rows = marked([answerer, *before, notice])
        more = {"theme": theme, "lead": lead, "mail": notice.pk, ROWS: rows}
        if requirements:
            ask_many(
                organisation, of=to, requirements=requirements, about=about, person=person, on=on, at=at, note=note,
                due=due, more=more,
            )  # fmt: skip
        else:  # a line of which no questions are known: there is nothing to ask in the ledger
            detail = {"day": on, "of": to.pk, **({"due": due} if due else {}), **more}
            record(organisation, person=person, act="ensia.handed_out", about=about, detail=detail, at=at)
    return Handed(answerer, notice, invited)


@transaction.atomic
def invite_and_hand_out(
    year: Year,
    *,
    line: str,
    email: str,
    name: str,
    person: Person,
    on: date,
    at: datetime,
    theme: str = "",
    lead: bool = False,
    note: str = "",
    due: date | None = None,
) -> Handed:
    """The same for an address: somebody without a role here gets the smallest one, that of respondent, from today.

    A respondent sees only what is asked of him. Raises as ``hand_out`` does.
    """
    known = persons_in(year.organisation, on=on).filter(email=email.strip().lower()).first()
    invited = None
    if known is None:
        invited = add_person(
            year.organisation, email=email, name=name, role=RoleName.RESPONDENT, valid_from=on, at=at, by=person
        )
    to = known or (invited.person if invited else None)
    if to is None:
        raise Refused("colleague")
    return hand_out(
        year, line=line, to=to, person=person, on=on, at=at, theme=theme, lead=lead, note=note, due=due,
        invited=invited,
    )  # fmt: skip


def take_back(answerer: Answerer, *, person: Person, on: date, at: datetime) -> Answerer:
    """Ends what somebody was asked to answer of a line; his answers stay. Raises Refused: closed, not_handed_out."""
    year = answerer.year
    with acting(year.organisation, person=person, on=on, at=at):
        year = still_open(year)
        if not Answerer.objects.filter(pk=answerer.pk, year=year, until__isnull=True).update(until=on):
            raise Refused("not_handed_out")
        others = year.answerers.filter(person=answerer.person_id, until__isnull=True)
        kept = {
            name
            for line, theme in others.values_list("line", "theme")
            for name in requirements_of(line, theme=theme, on=on) or ()
        }
        gone = requirements_of(answerer.line, theme=answerer.theme, on=on) or ()
        closed = finish_many(
            year.organisation, of=answerer.person, requirements=[name for name in gone if name not in kept], on=on
        )
        told = marked([answerer])
        record(
            year.organisation, person=person, act="ensia.taken_back", about=f"ensia:{year.year}:{answerer.line}",
            detail={"day": on, "of": answerer.person_id, "theme": answerer.theme, "count": closed, ROWS: told},
            at=at,
        )  # fmt: skip
    answerer.until = on
    return answerer


def _due(year: Year, line: str, *, on: date) -> date | None:
    following = next_of(milestones_of(year.year), line=line, on=on)
    return following.on if following else None


def _answerer(
    year: Year, line: str, theme: str, *, to: Person, lead: bool, on: date
) -> tuple[Answerer, list[Answerer]]:
    """From now on this person answers, and who coordinated the line before no longer does: those rows, too.

    Raises Refused (handed_out).
    """
    standing = year.answerers.filter(line=line, until__isnull=True)
    if standing.filter(theme=theme, person=to, lead=lead).exists():
        raise Refused("handed_out")
    ending = Q(theme=theme, person=to)
    if lead:
        ending |= Q(lead=True)
    before = list(standing.filter(ending))
    standing.filter(ending).update(until=on)
    return Answerer.objects.create(year=year, line=line, theme=theme, person=to, lead=lead, since=on), before
