"""The year as a whole: opened, handed in line by line, closed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Model

from dijkwacht.apps.ensia.marks import marked
from dijkwacht.apps.ensia.models import HandIn, Term, Year
from dijkwacht.apps.ensia.queries.calendar import milestones_of
from dijkwacht.apps.ensia.queries.done import lines_done
from dijkwacht.apps.ensia.services.refusing import Refused
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.ensia import remind_at, unfinished
from dijkwacht.norms.read import ensia_lines

FIRST_YEAR = 2017  # the first ENSIA year


def open_year(
    organisation: Organisation,
    *,
    year: int,
    person: Person | None,
    on: date,
    at: datetime,
    coordinator: Person | None = None,
    actor: str = "",
) -> Year:
    """Opens a year: its terms are fixed as the calendar has them today. Who answers is handed out after that.

    Raises Refused: year (before ENSIA, or still to begin), open (there is one), colleague (no role here).
    """
    if not FIRST_YEAR <= year <= on.year:
        raise Refused("year")
    _check_colleague(organisation, coordinator, on)
    with acting(organisation, person=person, on=on, at=at, actor=actor):
        if Year.objects.filter(organisation=organisation, year=year).exists():
            raise Refused("open")
        made = Year.objects.create(
            organisation=organisation, year=year, coordinator=coordinator, opened_on=on, opened_by=person
        )
        terms = Term.objects.bulk_create(
            Term(year=made, key=each.rule.key, on=each.on, remind_at=remind_at(each, on=on))
            for each in milestones_of(year)
        )
        detail = {"day": on, "coordinator": coordinator and coordinator.pk}
        _record(made, "opened", person=person, actor=actor, at=at, detail=detail, rows=[made, *terms])
    return made


def coordinate(year: Year, *, coordinator: Person | None, person: Person, on: date, at: datetime) -> Year:
    """Says who keeps the year going. Raises Refused: closed, colleague."""
    _check_colleague(year.organisation, coordinator, on)
    with acting(year.organisation, person=person, on=on, at=at):
        year = still_open(year)
        before, year.coordinator = year.coordinator_id, coordinator
        year.save(update_fields=["coordinator"])
        detail = {"day": on, "before": before, "after": coordinator and coordinator.pk}
        _record(year, "coordinated", person=person, at=at, detail=detail, rows=[year])
    return year


def hand_in(year: Year, *, line: str, person: Person, on: date, at: datetime, note: str = "") -> HandIn:
    """Records that a line was handed in. Raises Refused: closed, line (ENSIA has no such line), handed_in (before)."""
    if line not in {each["line"] for each in ensia_lines()}:
        raise Refused("line")
    with acting(year.organisation, person=person, on=on, at=at):
        year = still_open(year)
        if year.hand_ins.filter(line=line).exists():
            raise Refused("handed_in")
        made = HandIn.objects.create(year=year, line=line, on=on, person=person, note=note.replace("\0", "")[:500])
        _record(year, "handed_in", line=line, person=person, at=at, detail={"day": on, "note": made.note}, rows=[made])
    return made


def take_back_hand_in(year: Year, *, line: str, person: Person, on: date, at: datetime) -> None:
    """Takes back that a line was handed in. Raises Refused: closed, not_handed_in."""
    with acting(year.organisation, person=person, on=on, at=at):
        year = still_open(year)
        found = list(year.hand_ins.filter(line=line))
        if not found:
            raise Refused("not_handed_in")
        year.hand_ins.filter(line=line).delete()
        _record(year, "not_handed_in", line=line, person=person, at=at, detail={"day": on}, rows=found)


def close_year(year: Year, *, person: Person, on: date, at: datetime, reason: str = "") -> Year:
    """Closes a year; nothing is handed out or reminded any more. What was answered stays.

    Raises Refused: closed; reason (lines were not handed in, and it is not said why that is so).
    """
    with acting(year.organisation, person=person, on=on, at=at):
        year = still_open(year)
        left = unfinished([each["line"] for each in ensia_lines()], lines_done(year))
        if left and not reason.strip():
            raise Refused("reason")
        year.closed_on, year.closed_by, year.reason = on, person, reason.strip().replace("\0", "")
        year.save(update_fields=["closed_on", "closed_by", "reason"])
        year.terms.update(remind_at=None)
        told = {"day": on, "left": list(left), "reason": year.reason}
        _record(year, "closed", person=person, at=at, detail=told, rows=[year])
    return year


def still_open(year: Year) -> Year:
    """The year as it is now, in the act of the caller. Raises Refused (closed)."""
    found = Year.objects.select_related("organisation").get(pk=year.pk)
    if found.closed_on is not None:
        raise Refused("closed")
    return found


def _check_colleague(organisation: Organisation, person: Person | None, on: date) -> None:
    if person is not None and not persons_in(organisation, on=on).filter(pk=person.pk).exists():
        raise Refused("colleague")


def _record(
    year: Year,
    act: str,
    *,
    person: Person | None,
    at: datetime,
    detail: Mapping[str, object],
    rows: Iterable[Model],
    line: str = "",
    actor: str = "",
) -> None:
    about = f"ensia:{year.year}:{line}" if line else f"ensia:{year.year}"
    told = {**detail, ROWS: marked(rows)}
    record(year.organisation, person=person, actor=actor, act=f"ensia.{act}", about=about, detail=told, at=at)
