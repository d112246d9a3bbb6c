"""Names: added by hand or from a list, decided upon, given an owner, paused, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.subjects import archive_subject, register_subject
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Domain, DomainState, FoundBy
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.checks.naming import NameProblem, host_name

MOST_LINES = 50_000
IN_ONE_ENTRY = 500
"""Names that one entry of the trail tells of; a longer list takes several."""


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
) -> Added:
    """Adds names, all or nothing; blank lines and what follows a # are skipped. Raises BadLines, Refused (none, many).

    ``whose``: the organisation whose names these are, where a CSIRT measures those of another.
    """
    wanted = _read(names)
    with transaction.atomic():
        lock(organisation)
        standing = {each.name: each for each in Domain.objects.filter(organisation=organisation, name__in=wanted)}
        new = [
            Domain(
                organisation=organisation, about=whose, name=name, state=state, found_by=found_by, owner=owner,
                added_at=at, due=at if state == DomainState.WATCHED else None,
            )
            for name in wanted
            if name not in standing
        ]  # fmt: skip
        if not new:
            return Added((), len(standing))
        for domain in new if state == DomainState.WATCHED and whose is None else ():
            domain.subject = _subject(domain, person=person, on=on, at=at, actor=actor)
        Domain.objects.bulk_create(new)
        for part in (new[start : start + IN_ONE_ENTRY] for start in range(0, len(new), IN_ONE_ENTRY)):
            names_told = [each.name for each in part]
            told = {
                "names": names_told, "count": len(part), "first": ", ".join(names_told[:3]), "found_by": found_by,
                "state": state, ROWS: marked(part),
            }  # fmt: skip
            record(
                organisation, person=person, actor=actor, act="perimeter.added", about=_about(part), at=at, detail=told
            )
    return Added(tuple(new), len(standing))


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
            fresh.subject = _subject(fresh, person=person, on=on, at=at, actor=actor)
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


def _subject(domain: Domain, *, person: Person | None, on: date, at: datetime, actor: str) -> Subject:
    """The name in the ledger: the subject that has this name already and is not taken, or a new one."""
    taken = Domain.objects.filter(organisation=domain.organisation, subject__isnull=False).values("subject")
    standing = Subject.objects.filter(
        organisation=domain.organisation, kind="domain", name__iexact=domain.name, archived_at__isnull=True
    ).exclude(pk__in=taken)
    found = standing.order_by("pk").first()
    if found is not None:
        return found
    return register_subject(
        domain.organisation, kind="domain", name=domain.name, person=person, on=on, at=at, actor=actor
    )


def _about(new: Sequence[Domain]) -> str:
    return f"domain:{new[0].name}"[:250] if len(new) == 1 else "domains"  # as long as the trail takes
