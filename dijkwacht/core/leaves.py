"""The truth of one fact under one operator, day by day. Fine print: docs/algorithms/engine.md, section 3."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Protocol

from dijkwacht.core.criteria import Due, Leaf, WherePossible
from dijkwacht.core.days import Duration, add, day_after
from dijkwacht.core.facts import NEVER, NOTHING_HAPPENED, Assurance, Fact, FactType, Shows, World
from dijkwacht.core.kleene import ALL, FALSE, UNKNOWN, resting_on, value
from dijkwacht.core.select import Choices, same
from dijkwacht.core.steps import Steps, clip, compress, merge

Truths = list[tuple[date, bool]]
_STATED, _EXISTENCE = Assurance.STATED, Shows.EXISTENCE  # looking them up in their class takes longer than comparing


class Reading(Protocol):
    """What a leaf needs of the judgement it is part of."""

    on: date
    world: World
    unknown: Steps

    def fact_type(self, name: str) -> FactType: ...

    def choices(self, subject: str, name: str) -> Choices: ...


def place(reading: Reading, fact_type: FactType, subject: str, *, referred: bool = False) -> str:
    """The subject on which a fact type is read: the organisation's own facts everywhere on the organisation."""
    if fact_type.subject != "organisation" or (referred and reading.world.kind_of.get(subject) == "organisation"):
        return subject
    return reading.world.organisation


def shown(fact: Fact, fact_type: FactType) -> Shows:
    """What a fact shows: what its type can show, but a mere statement never shows operation."""
    if fact.assurance == _STATED and fact_type.most > _EXISTENCE:
        return _EXISTENCE
    return fact_type.most


def leaf_steps(reading: Reading, leaf: Leaf, subject: str) -> Steps:
    """The value of a leaf on each day from ``reading.on``."""
    if leaf.via is not None:
        return _followed(reading, leaf, subject)
    return read(reading, leaf, place(reading, reading.fact_type(leaf.fact), subject))


def _followed(reading: Reading, leaf: Leaf, subject: str) -> Steps:
    """The leaf read on the subject to which a reference points. A dangling reference is unknown."""
    pieces: list[tuple[date, int]] = []
    for start, end, reference in _spans(reading, leaf.via or "", subject):
        target = reference.value if reference else None
        if reference is None or target not in reading.world.kind_of:
            pieces.append((start, UNKNOWN))
            continue
        there = read(reading, leaf, place(reading, reading.fact_type(leaf.fact), str(target), referred=True))
        level = shown(reference, reading.fact_type(reference.fact))
        pieces.extend((day, resting_on(code, reference.assurance, level)) for day, code in clip(there, start, end))
    return compress(pieces)


def _spans(reading: Reading, name: str, subject: str) -> Iterator[tuple[date, date | None, Fact | None]]:
    """Pieces (first day, first day after, the fact that counts) of a fact type about a subject."""
    return _spans_on(reading, name, place(reading, reading.fact_type(name), subject))


def read(reading: Reading, leaf: Leaf, subject: str) -> Steps:
    """The leaf read on exactly this subject (a reference already followed)."""
    if (subject, leaf.fact) not in reading.world.facts:
        return reading.unknown
    fact_type = reading.fact_type(leaf.fact)
    if leaf.op in ("before_fact", "after_fact"):
        return _joint(reading, leaf, subject, _compare)
    if leaf.op == "within_fact":
        own = _joint(reading, leaf, subject, _not_past)
        most = Leaf(leaf.fact, "within", leaf.value[1])
        return merge(read(reading, most, subject), own, ALL)
    out: list[tuple[date, int]] = []
    for start, end, fact in _spans_on(reading, leaf.fact, subject):
        if fact is None:
            out.append((start, UNKNOWN))
            continue
        level = shown(fact, fact_type)
        for day, truth in holds(leaf, fact.value, start):
            if end is None or day < end:
                out.append((day, value(truth, fact.assurance, level)))
    return tuple(out) if len(out) == 1 else compress(out)


def holds(leaf: Leaf, fact_value: Any, start: date) -> Truths:
    """Whether a value satisfies the operator, from ``start`` on."""
    op, operand = leaf.op, leaf.value
    if op == "yes" and type(fact_value) is bool:
        return [(start, fact_value)]
    if isinstance(fact_value, dict) and NOTHING_HAPPENED in fact_value:
        first, last = fact_value[NOTHING_HAPPENED]
        return window(start, first, add(last, operand)) if op == "within" else [(start, True)]
    match op:
        case "yes":
            truth = fact_value is True
        case "known":
            truth = True
        case "never":
            truth = fact_value == NEVER
        case "is":
            truth = _is(fact_value, operand)
        case "one_of":
            truth = any(same(fact_value, each) for each in operand)
        case "range":
            least, most = operand
            truth = (least is None or fact_value >= least) and (most is None or fact_value <= most)
        case "within":
            return [(start, False)] if fact_value == NEVER else window(start, fact_value, add(fact_value, operand))
        case "before":
            truth = fact_value != NEVER and fact_value < operand
        case "after":
            truth = fact_value != NEVER and fact_value > operand
        case _:
            raise ValueError(f"operator {op}")
    return [(start, truth)]


def _is(fact_value: Any, operand: Any) -> bool:
    """Whether a value is the one asked for; a day may be written as text, since YAML reads a quoted one so."""
    if isinstance(fact_value, date) and isinstance(operand, str):
        return fact_value.isoformat() == operand
    return same(fact_value, operand)


def window(start: date, first: date, last: date | None) -> Truths:
    """True from ``first`` to ``last`` inclusive (None: for ever), told from ``start`` on."""
    after = None if last is None or last == date.max else day_after(last)
    if first <= start:
        return [(start, True), (after, False)] if after is not None and after > start else [(start, after is None)]
    days = sorted({start} | {day for day in (first, after) if day is not None and day > start})
    return [(day, first <= day and (after is None or day < after)) for day in days]


def _joint(reading: Reading, leaf: Leaf, subject: str, rule: Callable[[Leaf, Any, Any, date], Truths]) -> Steps:
    """A rule over two facts about the same subject; unknown while one of them is and it takes both."""
    mine, theirs = reading.fact_type(leaf.fact), reading.fact_type(leaf.other or "")
    out: list[tuple[date, int]] = []
    for start, end, fact in _spans_on(reading, leaf.fact, subject):
        for day, until, other in _spans(reading, leaf.other or "", subject):
            since = max(start, day)
            ends = [each for each in (end, until) if each is not None]
            if any(since >= each for each in ends):
                continue
            if fact is None or (other is None and not decides_alone(leaf, fact.value)):
                out.append((since, UNKNOWN))
                continue
            assurance, level = fact.assurance, shown(fact, mine)
            if other is not None and not decides_alone(leaf, fact.value):
                assurance, level = min(assurance, other.assurance), max(level, shown(other, theirs))
            out.extend(
                (at, value(truth, assurance, level))
                for at, truth in rule(leaf, fact.value, other.value if other else None, since)
                if all(at < each for each in ends)
            )
    return compress(sorted(out, key=lambda piece: piece[0]))


def truth_on(leaf: Leaf, mine: Any, theirs: Any, on: date) -> bool | None:
    """Whether a value satisfies the operator on one day; ``theirs`` is that of the second fact, None while unknown."""
    if not leaf.other:
        return holds(leaf, mine, on)[0][1]
    if leaf.op == "within_fact":
        if not holds(Leaf(leaf.fact, "within", leaf.value[1]), mine, on)[0][1]:
            return False
        return None if theirs is None else _not_past(leaf, mine, theirs, on)[0][1]
    if theirs is None and not decides_alone(leaf, mine):
        return None
    return _compare(leaf, mine, theirs, on)[0][1]


def decides_alone(leaf: Leaf, mine: Any) -> bool:
    """Whether before or after is settled whatever the other date is: mine never came, or nothing happened."""
    return leaf.op in ("before_fact", "after_fact") and (mine == NEVER or isinstance(mine, dict))


def _spans_on(reading: Reading, name: str, subject: str) -> Iterator[tuple[date, date | None, Fact | None]]:
    """As _spans, but on exactly this subject."""
    pieces = reading.choices(subject, name)
    for i, (start, choice) in enumerate(pieces):
        yield start, pieces[i + 1][0] if i + 1 < len(pieces) else None, choice.winner


def _compare(leaf: Leaf, mine: Any, theirs: Any, start: date) -> Truths:
    """before and after another date fact. Nothing comes before or after a date that never came."""
    if decides_alone(leaf, mine):
        return [(start, mine != NEVER)]
    if theirs == NEVER or isinstance(theirs, dict):
        return [(start, False)]
    return [(start, mine < theirs if leaf.op == "before_fact" else mine > theirs)]


def _not_past(_leaf: Leaf, mine: Any, theirs: Any, start: date) -> Truths:
    """Not longer ago than the interval that the organisation set itself."""
    if not isinstance(theirs, Duration) or mine == NEVER:
        return [(start, False)]
    last = mine[NOTHING_HAPPENED][1] if isinstance(mine, dict) else mine
    return window(start, date.min, add(last, theirs))


def due_steps(reading: Reading, node: Due, subject: str) -> Steps:
    """True from the day on which the term has run out."""
    fact_type = reading.fact_type(node.fact)
    out: list[tuple[date, int]] = []
    for start, end, fact in _spans(reading, node.fact, subject):
        if fact is None:
            out.append((start, UNKNOWN))
            continue
        day = due_day(fact.value, node.plus)
        truths = [(start, False)] if day is None else window(start, day, None)
        level = shown(fact, fact_type)
        out.extend((at, value(t, fact.assurance, level)) for at, t in truths if end is None or at < end)
    return compress(out)


def due_day(fact_value: Any, plus: Duration) -> date | None:
    """The day on which the term has run out; None when its start never came."""
    return add(fact_value, plus) if isinstance(fact_value, date) else None


def exception_steps(reading: Reading, node: WherePossible, subject: str) -> Steps:
    """True while a recorded exception lasts. No exception recorded is no exception: false, not unknown."""
    fact_type = reading.fact_type(node.exception)
    subject = place(reading, fact_type, subject)
    pieces = reading.choices(subject, node.exception)
    out: list[tuple[date, int]] = []
    for i, (start, choice) in enumerate(pieces):
        end = pieces[i + 1][0] if i + 1 < len(pieces) else None
        fact = choice.winner
        if fact is None:
            out.append((start, UNKNOWN if choice.why == "contradicted" else FALSE))
            continue
        level = shown(fact, fact_type)
        for day, truth in window(start, date.min, fact.value["until"]):
            if end is None or day < end:
                out.append((day, value(True, fact.assurance, level) if truth else FALSE))
    return compress(out)
