"""Names: added by hand or from a list, decided upon, given an owner, paused, ended."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.subjects import archive_subject, register_subjects
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Domain, DomainState, FoundBy
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.checks.naming import NameProblem, host_name

T = TypeVar("T")
MOST_LINES = 50_000
MOST_AT_ONCE = 5_000
"""Names that a page adds: seconds, measured. More go by the command, which has no request to answer in time."""
IN_ONE_ENTRY = 500
"""Names that one entry of the trail tells of; a longer list takes several."""
Told = Callable[[str, int], None]
"""Hears what was done (read, registered, added) with how many names."""


def untold(what: str, count: int) -> None:
    """For whoever does not want to hear it."""


class Refused(ValueError):
    """Why a verb of this room is refused, as a code with parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list that cannot be read: its number from 1, and why (a code of NameProblem)."""

    number: int
    code: str
    text: str


class BadLines(ValueError):
    """A list that was refused whole; `lines`: at most twenty of what is wrong in it."""

    def __init__(self, lines: Sequence[Line], *, more: int) -> None:
        super().__init__(f"{len(lines) + more} lines")
        self.lines, self.more = tuple(lines), more


@dataclass(frozen=True, slots=True)
class Added:
    """What adding came to: names that are new here, and how many stood there already."""

    new: tuple[Domain, ...]
    known: int


def add(
    organisation: Organisation,
    *,
    names: Sequence[str],
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
    found_by: str = FoundBy.HAND,
    state: str = DomainState.WATCHED,
    owner: Person | None = None,
    whose: Organisation | None = None,
    above: Mapping[str, Domain] | None = None,
    most: int = MOST_LINES,
    told: Told = untold,
) -> Added:
    """Adds names, all or nothing; blank lines and # are skipped. Raises BadLines, Refused: none, many, many_here (``most``).

    ``whose``: the organisation whose names these are, where a CSIRT measures those of another. ``above``: of a name that was
    found, below which of ours. ``told`` hears how far it is.
    """
    above = above or {}
    wanted = _read(names)
    if len(wanted) > most:
        raise Refused("many_here", most=most)
    told("read", len(wanted))
    with transaction.atomic():
        lock(organisation)
        known = _known(organisation, wanted)
        new = [
            Domain(
                organisation=organisation, about=whose, name=name, state=state, found_by=found_by, owner=owner,
                parent=above.get(name), added_at=at, due=at if state == DomainState.WATCHED else None,
            )
            for name in wanted
            if name not in known
        ]  # fmt: skip
        if not new:
            return Added((), len(known))
        if state == DomainState.WATCHED and whose is None:
            give_subjects(organisation, new, person=person, on=on, at=at, actor=actor)
            told("registered", len(new))
        _put(organisation, new, person=person, at=at, actor=actor, told=told)
    return Added(tuple(new), len(known))


def _put(
    organisation: Organisation, new: Sequence[Domain], *, person: Person | None, at: datetime, actor: str, told: Told
) -> None:
    """Writes the names, some hundreds per entry of the trail."""
    for number, part in enumerate(_parts(new)):
        Domain.objects.bulk_create(part)
        told("added", number * IN_ONE_ENTRY + len(part))
        record(
            organisation, person=person, actor=actor, act="perimeter.added", about=_about(part), at=at,
            detail=_detail(part),
        )  # fmt: skip


def decide(
    domain: Domain, *, state: str, person: Person | None, on: date, at: datetime, actor: str = "", note: str = ""
) -> Domain:
    """Watches, pauses, ends a name, or says that it is not ours. Raises Refused (state, note: not ours and ended need one)."""
    if state not in DomainState.values or state == DomainState.PROPOSED:
        raise Refused("state")
    note = " ".join(note.split())[:500]
    if state in (DomainState.NOT_OURS, DomainState.ENDED) and not note:
        raise Refused("note")
    with transaction.atomic():
        lock(domain.organisation)
        fresh = Domain.objects.select_for_update().get(pk=domain.pk)
        before = fresh.state
        if before == state:
            return fresh
        fresh.state, fresh.note = state, note
        fresh.due = at if state == DomainState.WATCHED else None
        if (
            state == DomainState.WATCHED
            and fresh.about_id is None
            and (fresh.subject is None or fresh.subject.archived_at)
        ):
            give_subjects(fresh.organisation, [fresh], person=person, on=on, at=at, actor=actor)
        if state in (DomainState.NOT_OURS, DomainState.ENDED) and fresh.subject and not fresh.subject.archived_at:
            archive_subject(fresh.subject, person=person, on=on, at=at, actor=actor)
            fresh.subject = None
        fresh.save(update_fields=["state", "note", "due", "subject"])
        record(
            fresh.organisation, person=person, actor=actor, act="perimeter.decided", about=_about([fresh]), at=at,
            detail={"before": before, "state_now": state, "note": note, ROWS: marked([fresh])},
        )  # fmt: skip
    return fresh


def give_owner(domain: Domain, *, owner: Person | None, person: Person | None, at: datetime) -> Domain:
    """Says who answers for a name."""
    with transaction.atomic():
        lock(domain.organisation)
        fresh = Domain.objects.select_for_update().get(pk=domain.pk)
        before, fresh.owner = fresh.owner_id, owner
        fresh.save(update_fields=["owner"])
        record(
            fresh.organisation, person=person, act="perimeter.owner", about=_about([fresh]), at=at,
            detail={"before": before, "after": owner and owner.pk, "owner": str(owner or ""), ROWS: marked([fresh])},
        )  # fmt: skip
    return fresh


def _read(names: Sequence[str]) -> list[str]:
    if len(names) > MOST_LINES:
        raise Refused("many", most=MOST_LINES)
    wanted: dict[str, None] = {}
    wrong: list[Line] = []
    for number, text in enumerate(names, 1):
        bare = text.split("#", 1)[0].strip()
        if not bare:
            continue
        try:
            wanted[host_name(bare)] = None
        except NameProblem as trouble:
            wrong.append(Line(number, trouble.code, trouble.text))
    if wrong:
        raise BadLines(wrong[:20], more=len(wrong[20:]))
    if not wanted:
        raise Refused("none")
    return list(wanted)


def _detail(part: Sequence[Domain]) -> dict[str, object]:
    """What an entry tells of names that were added together."""
    names = [each.name for each in part]
    return {
        "names": names, "count": len(part), "first": ", ".join(names[:3]), "found_by": part[0].found_by,
        "state": part[0].state, ROWS: marked(part),
    }  # fmt: skip


def _known(organisation: Organisation, names: Sequence[str]) -> set[str]:
    """Those of these names that stand here, whatever became of them."""
    rows = Domain.objects.filter(organisation=organisation)
    return {name for part in _parts(names) for name in rows.filter(name__in=part).values_list("name", flat=True)}


def give_subjects(
    organisation: Organisation,
    domains: Sequence[Domain],
    *,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str,
) -> None:
    """Gives each name its subject in the ledger: the one that has this name already and is not taken, or a new one."""
    free = _free_subjects(organisation)
    for domain in domains:
        domain.subject = free.pop(domain.name, None)
    left = [domain for domain in domains if domain.subject is None]
    made = register_subjects(
        organisation, kind="domain", names=[each.name for each in left], person=person, on=on, at=at, actor=actor
    )
    for domain, subject in zip(left, made, strict=True):
        domain.subject = subject


def _free_subjects(organisation: Organisation) -> dict[str, Subject]:
    """Names that were registered in the ledger by hand and that no name here has; of several alike the oldest."""
    taken = Domain.objects.filter(organisation=organisation, subject__isnull=False).values("subject")
    rows = Subject.objects.filter(organisation=organisation, kind="domain", archived_at__isnull=True)
    return {each.name.lower(): each for each in rows.exclude(pk__in=taken).order_by("-pk")}


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + IN_ONE_ENTRY] for start in range(0, len(rows), IN_ONE_ENTRY))


def _about(new: Sequence[Domain]) -> str:
    return f"domain:{new[0].name}"[:250] if len(new) == 1 else "domains"  # as long as the trail takes
