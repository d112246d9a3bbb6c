"""Whether the stored verdicts and counts are those that the facts give today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkwacht.apps.ledger import reasons_json
from dijkwacht.apps.ledger.counting import COUNTS, answered, count
from dijkwacht.apps.ledger.models import ALL, Due, Tally, Verdict
from dijkwacht.apps.ledger.packs import Packs, Stored, packs_on
from dijkwacht.apps.ledger.queries.verdicts import EVENTLESS, judgement_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.verdict import Verdict as Judged

COLUMNS = (
    "requirement", "subject__key", "status", "assurance", "shown", "nothing_happened", "stale_at", "reasons",
    "judged_on",
)  # fmt: skip
Rows = dict[tuple[str, str], tuple[Any, ...]]
SAID_BY = next(key for key, name in reasons_json.KEYS.items() if name == "said_by")


@dataclass(frozen=True, slots=True)
class Off:
    """A stored verdict (``requirement`` and ``subject``) or count (``account``) that is not what the facts give."""

    requirement: str = ""
    subject: str = ""
    account: str = ""


def verify_verdicts(organisation: Organisation, *, on: date) -> list[Off]:
    """The stored verdicts and counts that differ from a judgement of ``on``, in order; empty when none does.

    What is due (by time, by new packs, by what others share) or was judged ahead is left to ``tick``: pages do not show
    it either.
    """
    packs = packs_on(on)
    whole = Tally.objects.filter(organisation=organisation, account=ALL, packs=packs.fingerprint, judged_on__lte=on)
    if not whole.exists():
        return []
    queued = set(Due.objects.filter(organisation=organisation).values_list("fact_type", flat=True))
    if "" in queued:
        return []
    waiting = packs.dependencies.touched(queued)
    try:
        judgement = judgement_of(organisation, on=on, known_at=on)
    except ValueError:  # a row that cannot be read, which is named where it is held against the trail
        return []
    lines = lines_of(judgement.norms, judgement.world, packs.norms.requirements)
    stored = _stored(organisation)
    due = {line for line, row in stored.items() if _due(row, on)} | {line for line in lines if line[0] in waiting}
    off = list(_off(organisation, judgement, [line for line in lines if line not in due], stored, frozenset(due)))
    if due or off:
        return off
    return [Off(account=name) for name in _miscounted(organisation, packs, stored)]


def _stored(organisation: Organisation) -> Rows:
    """The stored verdicts by line; empty for one that cannot be read, such as of the 99th of a month."""
    rows = Verdict.objects.filter(organisation=organisation).order_by("requirement", "subject_id")
    try:
        return {(row[0], row[1]): row[2:] for row in rows.values_list(*COLUMNS)}
    except ValueError:
        found: Rows = {}
        for pk, *line in list(rows.values_list("pk", *COLUMNS[:2])):
            try:
                found[line[0], line[1]] = rows.values_list(*COLUMNS[2:]).get(pk=pk)
            except ValueError:
                found[line[0], line[1]] = ()
        return found


def _due(row: tuple[Any, ...], on: date) -> bool:
    """Whether time has made a stored verdict due."""
    return bool(row) and row[4] is not None and row[4] <= on


def _off(
    organisation: Organisation,
    judgement: Judgement,
    lines: list[tuple[str, str]],
    stored: Rows,
    due: frozenset[tuple[str, str]],
) -> Iterator[Off]:
    told_before: dict[date, list[tuple[str, str]]] = {}
    for line in lines:
        row = stored.get(line)
        if not row or row[6] is None or row[6] > judgement.on:
            yield Off(*line)
            continue
        have, want = _content(row), _expected(judgement.verdict(*line))
        if have != want and have[:-1] == want[:-1] and row[6] < judgement.on:
            told_before.setdefault(row[6], []).append(line)
        elif have != want:
            yield Off(*line)
    # A verdict that stands keeps the reasons of the day on which it was judged: of those one may have run out since then
    # without making a difference.
    for day, again in sorted(told_before.items()):
        earlier = judgement_of(organisation, on=day, known_at=judgement.on)
        yield from (Off(*line) for line in again if _content(stored[line]) != _expected(earlier.verdict(*line)))
    known = set(lines) | due
    yield from (Off(*line) for line in stored if line not in known)


def _content(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return *row[:5], _nameless(row[5])


def _expected(verdict: Judged) -> tuple[Any, ...]:
    eventless = any(reason.code == EVENTLESS.code for reason in verdict.reasons)
    reasons = _nameless(reasons_json.dump(verdict.reasons))
    return str(verdict.status), verdict.assurance, verdict.shown, eventless, verdict.stale_at, reasons


def _nameless(reasons: Any) -> Any:
    """Reasons without the names of people: who changes his name does not change a verdict. Anything else as it is."""
    if not (isinstance(reasons, list) and all(isinstance(each, dict) for each in reasons)):
        return reasons
    return [{key: value for key, value in each.items() if key != SAID_BY} for each in reasons]


def _miscounted(organisation: Organisation, packs: Packs, stored: Rows) -> Iterator[str]:
    by_requirement: dict[str, list[Stored]] = {}
    for (requirement, _), row in stored.items():
        by_requirement.setdefault(requirement, []).append(row[:4])
    counted = count(packs, by_requirement, answered(organisation))
    rows = Tally.objects.filter(organisation=organisation).order_by("account").values_list("account", *COUNTS)
    kept = {row[0]: row[1:] for row in rows}
    yield from (name for name in {**counted, **kept} if counted.get(name) != kept.get(name))
