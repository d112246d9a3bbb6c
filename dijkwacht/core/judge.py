"""Judging: from facts to a verdict with a status, an assurance, reasons, and the day on which time alone changes it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criteria import All, Any_, AtLeast, Due, Each, Leaf, Node, Not, Some, VerdictOf, WherePossible
from dijkwacht.core.facts import COMPLETE, Assurance, FactType, Shows, World, register_type
from dijkwacht.core.kleene import ALL, ANY, ASSURANCE, FALSE, NOT, SHOWN, TOP, TRUE, TRUTH, UNKNOWN, at_least, value
from dijkwacht.core.leaves import due_steps, exception_steps, leaf_steps
from dijkwacht.core.proof import reasons
from dijkwacht.core.select import NOTHING, Choices, choices
from dijkwacht.core.steps import Steps, compress, fold, merge, through, value_on
from dijkwacht.core.verdict import STATUSES, Reason, Status, Verdict, under_demand

__all__ = ["Judgement", "Reason", "Status", "Verdict", "lines_of", "under_demand"]
_MET, _PARTLY, _NOT_MET, _NOT_APPLICABLE, _UNKNOWN = range(5)
Proven = dict[tuple[int, str, bool], Any]
_BASE = 64  # an outcome is status * 64 + the Kleene value on which it rests


class Judgement:
    """All verdicts about one world, on one day, as known on one day. Remembers what it worked out."""

    def __init__(self, norms: Norms, world: World, *, on: date, known_at: date) -> None:
        self.norms, self.world, self.on, self.known_at = norms, world, on, known_at
        self._types = norms.fact_types
        self._choices: dict[tuple[str, str], Choices] = {}
        self._steps: dict[str, dict[int, Steps]] = defaultdict(dict)  # by subject, then by node
        self._outcomes: dict[tuple[str, str], Steps] = {}
        self.recorded = frozenset(name for _, name in world.facts)  # fact types of which anything is known at all
        types = norms.fact_types
        self.exceptions = frozenset(
            each for each in self.recorded if each in types and types[each].value == "exception"
        )
        self.proofs: Proven = {}  # what proof.py worked out
        self._nothing: Choices = ((on, NOTHING),)
        self.unknown: Steps = ((on, UNKNOWN),)
        self._own: dict[tuple[str, str], Leaf] = {}  # leaves that no criterion spells out, one object each

    def resting_on(self, ids: Collection[str]) -> "Judgement":
        """The same judgement if these were the only facts."""
        return Judgement(self.norms, self.world.only(ids), on=self.on, known_at=self.known_at)

    @cached_property
    def without_exceptions(self) -> "Judgement":
        """The same judgement if no exception had been made."""
        kept = {
            each.id for (_, name), facts in self.world.facts.items() if name not in self.exceptions for each in facts
        }
        return _Unexcepted(self, self.world.only(kept))

    def proofs_of(self, node: Node) -> Proven:
        """What is already proved about a criterion, by node, subject and truth."""
        return self.proofs

    # -- reading ---------------------------------------------------------------------------------
    def fact_type(self, name: str) -> FactType:
        """The fact type of that name; register completeness is built in. Raises KeyError."""
        found = self._types.get(name)
        if found is None:
            if not (name.startswith("register.") and name.endswith(".complete")):
                raise KeyError(name)
            found = register_type(name[len("register.") : -len(".complete")])
        return found

    def choices(self, subject: str, name: str) -> Choices:
        """Which fact counts for a subject, day by day."""
        key = (subject, name)
        found = self._choices.get(key)
        if found is None:
            facts = self.world.facts.get(key)
            found = self._nothing
            if facts:
                found = choices(facts, self.fact_type(name), on=self.on, known_at=self.known_at)
            self._choices[key] = found
        return found

    def steps(self, node: Node, subject: str) -> Steps:
        """The value of a criterion on each day from ``on``, for the subject in scope."""
        if type(node) is Leaf and node.fact not in self.recorded:
            return self.unknown
        known = self._steps[subject]
        found = known.get(id(node))
        if found is None:
            found = known[id(node)] = _EVALUATE[type(node)](self, node, subject)
        return found

    def value(self, node: Node, subject: str) -> int:
        """The value of a criterion on the day judged."""
        return self.steps(node, subject)[0][1]

    def members(self, kind: str) -> tuple[str, ...]:
        """The registered subjects of a kind."""
        return self.world.subjects.get(kind, ())

    def part(self, node: Each | Some, each: str, subject: str) -> Steps:
        """What one subject contributes: *not where or that* to an each, *where and that* to a some."""
        that = self.steps(node.that, each)
        chosen = self.chosen(node, each, subject)
        if chosen is None:
            return that
        return merge(chosen, that, _NOT_OR if isinstance(node, Each) else ALL)

    def chosen(self, node: Each | Some, each: str, subject: str) -> Steps | None:
        """Whether a subject is among those meant; None when all are."""
        where = None if node.where is None else self.steps(node.where, each)
        if node.linked_by is None:
            return where
        linked = self.steps(self.link(node.linked_by, subject), each)
        return linked if where is None else merge(linked, where, ALL)

    def register(self, node: Each | Some) -> Steps:
        """What the register itself contributes: until it is complete, one more subject of which nothing is known."""
        return through(self.complete(node.subject), _ALL_HERE if isinstance(node, Each) else _NONE_MORE)

    def complete(self, kind: str) -> Steps:
        """Whether the register of a kind is complete: declared outright, or by a fact of the organisation."""
        if kind in self.world.complete:
            return ((self.on, TRUE),)
        return self.steps(self.completeness(kind), self.world.organisation)

    def link(self, fact: str, subject: str) -> Leaf:
        """The leaf *its reference points to this subject*."""
        return self._own.setdefault((fact, subject), Leaf(fact, "is", subject))

    def completeness(self, kind: str) -> Leaf:
        """The leaf *the register of this kind is complete*."""
        return self._own.setdefault((kind, ""), Leaf(COMPLETE.format(kind=kind)))

    def scope(self, requirement: str, subject: str) -> str:
        """The subject for which a leaned-on requirement is judged: the one in scope if the kinds agree."""
        kind = self.norms.requirements[requirement].subject
        return subject if self.world.kind_of.get(subject) == kind else self.world.organisation

    # -- judging ---------------------------------------------------------------------------------
    def outcome(self, requirement: str, subject: str) -> Steps:
        """Status and value, day by day, as numbers (status * 64 + value)."""
        key = (requirement, subject)
        found = self._outcomes.get(key)
        if found is None:
            found = self._outcomes[key] = self._judge(self.norms.requirements[requirement], subject)
        return found

    def _judge(self, requirement: Requirement, subject: str) -> Steps:
        if requirement.subject != "organisation" and self.world.kind_of.get(subject) != requirement.subject:
            return self._no_subject(requirement, subject)
        met = self.steps(requirement.met_if, subject)
        if any(TRUTH[code] is False for _, code in met):
            outcome = merge(
                met, _one([((self.on, FALSE),), *self.candidates(requirement.met_if, subject)]), _WITH_PARTS
            )
        else:
            outcome = through(met, _ALONE)
        if requirement.applies_if is None:
            return outcome
        return merge(self.steps(requirement.applies_if, subject), outcome, _APPLIED)

    def _no_subject(self, requirement: Requirement, subject: str) -> Steps:
        """A requirement about a kind of which nothing is registered: not applicable once that register is complete."""
        outcome: Steps = ((self.on, _UNKNOWN * _BASE),)
        if not self.members(requirement.subject):
            outcome = through(self.complete(requirement.subject), _NONE_HERE)
        if requirement.applies_if is None:
            return outcome
        return merge(self.steps(requirement.applies_if, subject), outcome, _APPLIED)

    def candidates(self, node: Node, subject: str) -> list[Steps]:
        """The parts of which one true makes *not met* into *partly*: direct ones, and the subjects of an each there."""
        match node:
            case All(parts) | Any_(parts) | AtLeast(_, parts):
                found = [self.steps(part, subject) for part in parts]
                for part in parts:
                    if isinstance(part, Each):
                        found += self.candidates(part, subject)
                return found
            case Each(kind):
                return [self.part(node, each, subject) for each in self.members(kind)]
            case _:
                return []

    def status(self, requirement: str, subject: str | None = None) -> Status:
        """The status alone."""
        steps = self.outcome(requirement, subject or self.world.organisation)
        return STATUSES[steps[0][1] // _BASE]

    def verdict(self, requirement: str, subject: str | None = None) -> Verdict:
        """The verdict of a requirement for a subject (default: the organisation). Raises KeyError if it is unknown."""
        where = subject or self.world.organisation
        steps = self.outcome(requirement, where)
        number, code = divmod(steps[0][1], _BASE)
        status = STATUSES[number]
        return Verdict(
            requirement, where, status, _ASSURANCES[code], _SHOWS[code],
            reasons(self, requirement, where, status), _stale_at(steps),
        )  # fmt: skip


class _Unexcepted(Judgement):
    """A judgement as if no exception had been made. Of what no exception can touch it uses what the judgement as it is has
    worked out; not that judgement itself, or the two would keep each other in memory.
    """

    def __init__(self, base: Judgement, world: World) -> None:
        super().__init__(base.norms, world, on=base.on, known_at=base.known_at)
        self._known, self._judged, self._proved = base._steps, base._outcomes, base.proofs

    def steps(self, node: Node, subject: str) -> Steps:
        """The value of a criterion on each day from ``on``, for the subject in scope."""
        found = None if self.norms.excusable(node) else self._known[subject].get(id(node))
        return super().steps(node, subject) if found is None else found

    def outcome(self, requirement: str, subject: str) -> Steps:
        """Status and value, day by day."""
        found = None if self.norms.exceptions(requirement) else self._judged.get((requirement, subject))
        return super().outcome(requirement, subject) if found is None else found

    def proofs_of(self, node: Node) -> Proven:
        """What is already proved about a criterion."""
        return self.proofs if self.norms.excusable(node) else self._proved


def _every(parts: Sequence[Steps]) -> Steps:
    return fold(parts, ALL, TRUE)


def _one(parts: Sequence[Steps]) -> Steps:
    return fold(parts, ANY, FALSE)


def _all(j: Judgement, node: All, subject: str) -> Steps:
    return _every([j.steps(part, subject) for part in node.parts])


def _any(j: Judgement, node: Any_, subject: str) -> Steps:
    return _one([j.steps(part, subject) for part in node.parts])


def _not(j: Judgement, node: Not, subject: str) -> Steps:
    return through(j.steps(node.part, subject), NOT)


def _verdict_of(j: Judgement, node: VerdictOf, subject: str) -> Steps:
    return through(j.outcome(node.requirement, j.scope(node.requirement, subject)), _AS_TRUTH)


def _over(j: Judgement, node: Each | Some, subject: str) -> Steps:
    parts = [j.part(node, each, subject) for each in j.members(node.subject)]
    return (_every if isinstance(node, Each) else _one)([j.register(node), *parts])


def _at_least(j: Judgement, node: AtLeast, subject: str) -> Steps:
    parts = [j.steps(part, subject) for part in node.parts]
    days = sorted({day for part in parts for day, _ in part})
    return compress([(day, at_least(node.n, [value_on(part, day) for part in parts])) for day in days])


def _where_possible(j: Judgement, node: WherePossible, subject: str) -> Steps:
    return merge(j.steps(node.part, subject), exception_steps(j, node, subject), ANY)


_EVALUATE: dict[type, Callable[[Judgement, Any, str], Steps]] = {
    Leaf: leaf_steps, Due: due_steps, All: _all, Any_: _any, Not: _not, VerdictOf: _verdict_of, Each: _over,
    Some: _over, AtLeast: _at_least, WherePossible: _where_possible,
}  # fmt: skip


_ASSURANCES = [Assurance(a) if 0 < a < TOP else None for a in ASSURANCE]
_SHOWS = [Shows(level) if level else None for level in SHOWN]


def _stale_at(steps: Steps) -> date | None:
    """The first day on which status, assurance or what is shown differs: of all three a demand makes something else."""
    now = _as_told(steps[0][1])
    return next((day for day, outcome in steps[1:] if _as_told(outcome) != now), None)


def _as_told(outcome: int) -> tuple[int, int, int]:
    status, code = divmod(outcome, _BASE)
    return status, ASSURANCE[code], SHOWN[code]


def _tables() -> tuple[list[int], list[int], list[list[int]], list[list[int]]]:
    size = len(TRUTH)
    status = {True: _MET, False: _NOT_MET, None: _UNKNOWN}
    alone = [status[TRUTH[n]] * _BASE + n for n in range(size)]
    with_parts = [
        [_PARTLY * _BASE + n if TRUTH[n] is False and TRUTH[part] else alone[n] for part in range(size)]
        for n in range(size)
    ]
    outcomes = 5 * _BASE
    applied = [list(range(outcomes)) for _ in range(size)]
    for n in range(size):
        if TRUTH[n] is None:
            applied[n] = [_UNKNOWN * _BASE] * outcomes
        elif TRUTH[n] is False:
            applied[n] = [_NOT_APPLICABLE * _BASE + n] * outcomes
    as_truth = [UNKNOWN] * outcomes
    for n in range(1, size):
        known = (ASSURANCE[n], SHOWN[n])
        for good in (_MET, _NOT_APPLICABLE):
            as_truth[good * _BASE + n] = value(True, *known)
        for bad in (_PARTLY, _NOT_MET):
            as_truth[bad * _BASE + n] = value(False, *known)
    return alone, as_truth, with_parts, applied


_NOT_OR = [ANY[NOT[n]] for n in range(len(TRUTH))]  # not this one, or the other
# the register is complete: true in an each, false in a some, with the assurance of that; anything else is unknown
_ALL_HERE = [n if TRUTH[n] else UNKNOWN for n in range(len(TRUTH))]
_NONE_MORE = [NOT[n] if TRUTH[n] else UNKNOWN for n in range(len(TRUTH))]
_NONE_HERE = [(_NOT_APPLICABLE * _BASE + n) if TRUTH[n] else _UNKNOWN * _BASE for n in range(len(TRUTH))]
_ALONE, _AS_TRUTH, _WITH_PARTS, _APPLIED = _tables()


def lines_of(norms: Norms, world: World, requirements: Iterable[str]) -> list[tuple[str, str]]:
    """The lines of a set of requirements: one for the organisation, or one per registered subject of the kind.

    A requirement about a kind of which nothing is registered has one line, for the organisation.
    """
    lines: list[tuple[str, str]] = []
    for name in requirements:
        kind = norms.requirements[name].subject
        members = world.subjects.get(kind, ()) if kind != "organisation" else ()
        lines.extend((name, each) for each in members or (world.organisation,))
    return lines
