"""Judging: the lines that an act can touch get their verdict anew, and what turned is noted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Value

from dijkwacht.apps.ledger import reasons_json
from dijkwacht.apps.ledger.models import ALL, Subject, Tally, Turn, Verdict
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.world import Gathered, gather, last_recorded
from dijkwacht.apps.ledger.services.tallying import Move, tally
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core import verdict as core
from dijkwacht.core.dependencies import Inputs
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.verdict import Status

Line = tuple[str, int]  # requirement, row number of the subject
BATCH = 500
MANY_REASONS = 20  # from here on they go to the database one by one
FIELDS = ("status", "assurance", "shown", "nothing_happened", "reasons", "stale_at", "judged_on", "inputs_hash")


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that turned. ``subject`` is its key."""

    requirement: str
    subject: str
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging came to: verdicts that turned, and accounts whose count moved."""

    changes: tuple[Change, ...] = ()
    moves: tuple[Move, ...] = ()


def judge(organisation: Organisation, *, requirements: frozenset[str], on: date, act: int | None = None) -> Judged:
    """Judges these requirements on a day, with all that is known then. In the transaction of the caller, chain locked.

    Where something was recorded on a later day already, for that day: see ``day_for``.
    """
    on = day_for(organisation, on=on)
    packs = packs_on(on)
    rules = frozenset(name for name in requirements if name in packs.norms.requirements)
    changes: tuple[Change, ...] = ()
    if rules:
        gathered = gather(organisation, packs=packs, known_at=on, fact_types=packs.needs(rules))
        if organisation.slug not in gathered.ids:  # not made yet, or only for a later day
            own_subject(organisation, on=on)
            gathered = gather(organisation, packs=packs, known_at=on, fact_types=packs.needs(rules))
        changes = _store(organisation, gathered, rules, on=on, act=act)
    return Judged(changes, tally(organisation, packs=packs, on=on))


def judge_all(organisation: Organisation, *, on: date, act: int | None = None) -> Judged:
    """Judges every requirement of the packs in force; verdicts on requirements that are no longer there go."""
    on = day_for(organisation, on=on)
    names = frozenset(packs_on(on).norms.requirements)
    Verdict.objects.filter(organisation=organisation).exclude(requirement__in=names).delete()
    return judge(organisation, requirements=names, on=on, act=act)


def ensure_judged(organisation: Organisation, *, on: date) -> None:
    """Judges everything when that was never done, or with other packs: what follows can then judge what it touches."""
    if not is_judged(organisation, on=on):
        judge_all(organisation, on=on)


def is_judged(organisation: Organisation, *, on: date) -> bool:
    """Whether the stored verdicts are complete, with the packs in force on the day, and not of a day that is yet to come."""
    counted = _counted(organisation)
    if counted is None:
        return False
    judged_on, packs = counted
    on = _day(organisation, on, judged_on)
    return judged_on <= on and packs == packs_on(on).fingerprint


def day_for(organisation: Organisation, *, on: date) -> date:
    """The day to judge for at an act on ``on``: never before the last day on which something was recorded.

    What is stored stands for that day and later. Judged for an earlier one it would leave out what became known since,
    and nothing would tell when to judge again.
    """
    counted = _counted(organisation)
    return on if counted is None else _day(organisation, on, counted[0])


def _counted(organisation: Organisation) -> tuple[date, str] | None:
    """For which day, and with which packs, everything was last judged; None: it never was."""
    rows = Tally.objects.filter(organisation=organisation, account=ALL)
    return rows.order_by().values_list("judged_on", "packs").first()


def _day(organisation: Organisation, on: date, judged_on: date) -> date:
    return max(on, last_recorded(organisation) or on) if judged_on > on else on


def touched(organisation: Organisation, *, fact_types: frozenset[str], on: date, act: int | None = None) -> Judged:
    """Judges the requirements that these fact types can touch."""
    return judge(organisation, requirements=packs_on(on).dependencies.touched(fact_types), on=on, act=act)


def own_subject(organisation: Organisation, *, on: date) -> Subject:
    """The organisation as a subject of its own ledger; made when it is not there."""
    subject, _ = Subject.objects.get_or_create(
        organisation=organisation,
        key=organisation.slug,
        defaults={"kind": "organisation", "name": organisation.name, "recorded_at": on},
    )
    if subject.recorded_at > on:  # made while looking ahead: what is recorded before that day counts too
        subject.recorded_at = on
        subject.save(update_fields=["recorded_at"])
    return subject


def _store(
    organisation: Organisation, gathered: Gathered, rules: frozenset[str], *, on: date, act: int | None
) -> tuple[Change, ...]:
    """Works out the verdicts, writes those that differ, and notes the turns."""
    packs = packs_on(on)
    judgement = Judgement(packs.norms, gathered.world, on=on, known_at=on)
    inputs = Inputs(packs.dependencies, gathered.world, packs.versions)
    stored = _stored(organisation, rules, len(packs.norms.requirements))
    rows: list[Verdict] = []
    changes: list[Change] = []
    for requirement, key in lines_of(packs.norms, gathered.world, sorted(rules)):
        line = requirement, gathered.ids[key]
        before = stored.pop(line, None)
        digest = inputs.hash(requirement, key)
        if before is not None and before[1:] == (digest, on):
            continue
        found = judgement.verdict(requirement, key)
        rows.append(_row(organisation, line, found, digest, on))
        if before is not None and before[0] != found.status:
            changes.append(Change(requirement, key, Status(before[0]), found.status))
    if stored:
        _forget(organisation, stored)
    Verdict.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, update_fields=FIELDS,
        unique_fields=("organisation", "requirement", "subject"),
    )  # fmt: skip
    Turn.objects.bulk_create(
        [
            Turn(
                organisation=organisation, requirement=each.requirement, subject_id=gathered.ids[each.subject],
                before=each.before, after=each.after, on=on, act=act,
            )
            for each in changes
        ]
    )  # fmt: skip
    return tuple(changes)


def _stored(organisation: Organisation, rules: frozenset[str], total: int) -> dict[Line, tuple[Any, ...]]:
    """What stands of these requirements: status, hash of the inputs, day."""
    rows = Verdict.objects.filter(organisation=organisation)
    if len(rules) < total:
        rows = rows.filter(requirement__in=sorted(rules))
    columns = rows.values_list("requirement", "subject_id", "status", "inputs_hash", "judged_on")
    return {(row[0], row[1]): row[2:] for row in columns}


def _row(organisation: Organisation, line: Line, found: core.Verdict, digest: str, on: date) -> Verdict:
    return Verdict(
        organisation=organisation,
        requirement=line[0],
        subject_id=line[1],
        status=found.status,
        assurance=found.assurance,
        shown=found.shown,
        nothing_happened=any(reason.code == "nothing_happened" for reason in found.reasons),
        reasons=_reasons(found),
        stale_at=found.stale_at,
        judged_on=on,
        inputs_hash=digest,
    )


def _reasons(found: core.Verdict) -> Any:
    """The reasons as they are stored. Many of them as an expression: PostgreSQL takes plain values of several rows in one array,
    in which each quotation mark of a text is escaped once more, and that takes longer than judging.
    """
    reasons = reasons_json.dump(found.reasons)
    return reasons if len(reasons) < MANY_REASONS else Value(reasons, output_field=Verdict._meta.get_field("reasons"))


def _forget(organisation: Organisation, lines: dict[Line, tuple[Any, ...]]) -> None:
    """Takes away verdicts of lines that are no more: of a subject that was archived, or that was the first of its kind."""
    which = Q()
    for requirement, subject in lines:
        which |= Q(requirement=requirement, subject=subject)
    Verdict.objects.filter(which, organisation=organisation).delete()
