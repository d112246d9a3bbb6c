"""Whether an incident must be reported as significant: questions with yes, no or unknown against the thresholds of a pack.

Strong Kleene truth by the tables of `kleene`: what is not known never becomes a *no*. A verdict says which thresholds made it,
which questions are still open, and which single answer would settle it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any, Literal

from dijkwacht.core.kleene import ALL, ANY, FALSE, NOT, TRUE, TRUTH, UNKNOWN

Outcome = Literal["significant", "not_significant", "undetermined"]
Answer = bool | Decimal | int | None
Answers = Mapping[str, Answer]
_OUTCOME: Mapping[bool | None, Outcome] = {True: "significant", False: "not_significant", None: "undetermined"}


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that is answered yes."""

    question: str


@dataclass(frozen=True, slots=True)
class Join:
    """``all`` or ``any`` of parts, or ``not`` of one."""

    how: Literal["all", "any", "not"]
    parts: tuple["Condition", ...]


Condition = Ask | Join


@dataclass(frozen=True, slots=True)
class Derived:
    """A yes or no that follows from a number: at least a ``limit``, or more than another number. An own answer comes first.

    ``hours``: the number grows by itself with the hours, until the question ``until`` is answered yes.
    """

    number: str
    limit: Decimal | None = None
    above: str | None = None
    hours: bool = False
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the pack; ``kind``: yes_no, or a number in hours or euros. In its text ``{limit}`` is the limit."""

    id: str
    kind: Literal["yes_no", "hours", "euros"]
    text: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    derived: Derived | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold: what makes that it is reached (``happened``) or can be (``may``), for which roles, and since when.

    A ``signal`` never decides: it says that the law may ask more than the thresholds.
    """

    id: str
    name: Mapping[str, str]
    roles: tuple[str, ...]
    happened: Condition
    may: Condition | None
    source: str
    since: date
    until: date | None = None
    signal: bool = False
    uncertain: Mapping[str, str] = field(default_factory=dict)

    def holds(self, roles: frozenset[str], on: date) -> bool:
        """Whether it is for an organisation with these roles on that day."""
        return not roles.isdisjoint(self.roles) and self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Significance:
    """What the pack says: questions, thresholds, and what takes an incident out (``exemptions``, same form)."""

    questions: Mapping[str, Question]
    thresholds: tuple[Threshold, ...]
    exemptions: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code about a threshold, with what it rests on."""

    code: str
    threshold: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settling:
    """A single answer that would settle it, and how."""

    question: str
    answer: bool
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome with its reasons; ``open``: the questions that can still change it, in the order of the pack."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    open: tuple[str, ...] = ()
    settling: tuple[Settling, ...] = ()


def truth(pack: Significance, question: str, answers: Answers) -> int:
    """The answer to one question as a Kleene value: given, or derived from numbers, or unknown."""
    given = answers.get(question)
    if isinstance(given, bool):
        return TRUE if given else FALSE
    derived = pack.questions[question].derived
    if derived is None:
        return UNKNOWN
    number = _number(answers, derived.number)
    limit = derived.limit if derived.above is None else _number(answers, derived.above)
    if number is None or limit is None:
        return UNKNOWN
    reached = number > limit if derived.above is not None else number >= limit
    return TRUE if reached else FALSE


def judge(pack: Significance, answers: Answers, *, on: date, roles: Iterable[str]) -> Verdict:
    """Whether an incident with these answers is significant for an organisation with these roles, by what holds on that day."""
    own = frozenset(roles)
    thresholds = [each for each in pack.thresholds if each.holds(own, on)]
    deciding = [each for each in thresholds if not each.signal]
    if not deciding:
        return Verdict("undetermined", (Reason("no_threshold_for_role", params={"roles": tuple(sorted(own))}),))
    exemptions = [each for each in pack.exemptions if each.holds(own, on)]
    whole = _whole(deciding, exemptions)
    outcome = _OUTCOME[TRUTH[_value(pack, whole, answers)]]
    reasons = (*_reasons(pack, thresholds, answers), *_reasons(pack, exemptions, answers, kind="exemption"))
    if outcome != "undetermined":
        return Verdict(outcome, reasons)
    undecided = set(_undecided(pack, whole, answers))
    still = tuple(each for each in pack.questions if each in undecided)
    return Verdict(outcome, reasons, still, tuple(_settling(pack, whole, answers, still)))


def asked_of(pack: Significance, *, on: date, roles: Iterable[str]) -> tuple[str, ...]:
    """The questions that can matter for these roles on that day, in the order of the pack, with the numbers behind them."""
    own, wanted = frozenset(roles), set[str]()
    for row in (*pack.thresholds, *pack.exemptions):
        if row.holds(own, on):
            wanted |= set(_asked(row, with_may=True))
    for name in tuple(wanted):
        if (derived := pack.questions[name].derived) is not None:
            wanted |= {each for each in (derived.number, derived.above, derived.until) if each is not None}
    return tuple(name for name in pack.questions if name in wanted)


def asked_again_at(
    pack: Significance, answers: Answers, *, began: Mapping[str, datetime], on: date, roles: Iterable[str]
) -> datetime | None:
    """When time alone makes a number reach its limit and the outcome another one: from ``began`` per number of hours.

    An own *no* to the question is about the moment at which it was given. None when the outcome will not turn by time.
    """
    own, found = tuple(roles), []
    before = judge(pack, answers, on=on, roles=own).outcome
    for question in pack.questions.values():
        each = question.derived
        if each is None or not each.hours or each.limit is None or each.number not in began:
            continue
        over = each.until is not None and answers.get(each.until) is True
        if over or truth(pack, question.id, answers) == TRUE:
            continue
        if judge(pack, {**answers, question.id: True}, on=on, roles=own).outcome != before:
            found.append(began[each.number] + timedelta(hours=float(each.limit)))
    return min(found, default=None)


def turned(before: Verdict, after: Verdict) -> tuple[Reason, ...]:
    """What changed from one verdict to a later one: the outcome, and each threshold that reads otherwise now."""
    found = (
        []
        if before.outcome == after.outcome
        else [Reason("outcome_turned", params={"was": before.outcome, "is": after.outcome})]
    )
    was = {each.threshold: each.code for each in before.reasons}
    found += [
        Reason("threshold_turned", each.threshold, {"was": was.get(each.threshold, ""), "is": each.code})
        for each in after.reasons
        if was.get(each.threshold) != each.code
    ]
    return tuple(found)


def _number(answers: Answers, name: str) -> Decimal | None:
    found = answers.get(name)
    return None if found is None or isinstance(found, bool) else Decimal(found)


def _whole(deciding: list[Threshold], exemptions: list[Threshold]) -> Condition:
    reached = Join("any", tuple(_reached(each) for each in deciding))
    return Join("all", (reached, *(Join("not", (_reached(each),)) for each in exemptions)))


def _reached(threshold: Threshold) -> Condition:
    return threshold.happened if threshold.may is None else Join("any", (threshold.happened, threshold.may))


def _value(pack: Significance, condition: Condition, answers: Answers) -> int:
    if isinstance(condition, Ask):
        return truth(pack, condition.question, answers)
    values = [_value(pack, part, answers) for part in condition.parts]
    if condition.how == "not":
        return NOT[values[0]]
    table, start = (ALL, TRUE) if condition.how == "all" else (ANY, FALSE)
    return reduce(lambda a, b: table[a][b], values, start)


def _undecided(pack: Significance, condition: Condition, answers: Answers) -> Iterator[str]:
    """The unanswered questions within the parts that are still undecided."""
    if _value(pack, condition, answers) != UNKNOWN:
        return
    if isinstance(condition, Ask):
        yield condition.question
        return
    for part in condition.parts:
        yield from _undecided(pack, part, answers)


def _settling(pack: Significance, whole: Condition, answers: Answers, still: tuple[str, ...]) -> Iterator[Settling]:
    for question in still:
        for answer in (True, False):
            outcome = _OUTCOME[TRUTH[_value(pack, whole, {**answers, question: answer})]]
            if outcome != "undetermined":
                yield Settling(question, answer, outcome)


def _reasons(
    pack: Significance, rows: list[Threshold], answers: Answers, *, kind: str = "threshold"
) -> Iterator[Reason]:
    for each in rows:
        happened = TRUTH[_value(pack, each.happened, answers)]
        may = False if each.may is None else TRUTH[_value(pack, each.may, answers)]
        code = (
            "reached" if happened else "may_be_reached" if may else "open" if None in (happened, may) else "not_reached"
        )
        if each.signal and code not in ("reached", "may_be_reached"):
            continue
        name = "signal" if each.signal else kind
        yield Reason(f"{name}_{code}", each.id, {"questions": tuple(_asked(each, happened is not True))})


def _asked(threshold: Threshold, with_may: bool) -> Iterator[str]:
    """The questions that a threshold rests on."""
    parts: list[Condition] = [threshold.happened, *([threshold.may] if with_may and threshold.may else [])]
    while parts:
        part = parts.pop(0)
        if isinstance(part, Ask):
            yield part.question
        else:
            parts[:0] = part.parts
