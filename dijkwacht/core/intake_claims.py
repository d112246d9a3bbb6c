"""What a claim about a requirement says about its facts: its criterion turned round, as far as that leaves one answer.

*Ja* says that the criterion is true. Where that leaves a fact one value, the value counts as stated. Where it leaves
a choice, a number, a date, or which subjects are meant, nothing is made up and the question stays open. What is
derived never speaks against the claim that it came from.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dijkwacht.core.catalog import Requirement
from dijkwacht.core.criteria import (
    All,
    Any_,
    AtLeast,
    Each,
    Leaf,
    Node,
    Not,
    Some,
    VerdictOf,
    facts_of,
    verdicts_of,
    walk,
)
from dijkwacht.core.days import Duration, add
from dijkwacht.core.facts import COMPLETE, SUBJECT_KINDS, FactType
from dijkwacht.core.intake_plan import Claim, Conflict, Derived, Implied, Open
from dijkwacht.core.intake_values import Claimed
from dijkwacht.core.judge import Judgement
from dijkwacht.core.kleene import TRUTH
from dijkwacht.core.leaves import place

__all__ = ["answers_from_claim", "answers_from_claims"]
_ALL_OF_THEM = 100  # per cent
_COMPLETENESS = frozenset(COMPLETE.format(kind=kind) for kind in SUBJECT_KINDS)


def answers_from_claim(judgement: Judgement, claim: Claim) -> Derived:
    """What one claim says about facts in the world of ``judgement``, on its day; and what it leaves open."""
    requirement = judgement.norms.requirements[claim.requirement]
    inverse = _Inverse(judgement, claim)
    match claim.answer:
        case Claimed.YES:
            inverse.imply(requirement.met_if, inverse.scope(requirement), True)
        case Claimed.NO if _single(requirement.met_if):
            inverse.imply(requirement.met_if, inverse.scope(requirement), False)
        case Claimed.NOT_APPLICABLE if requirement.applies_if is not None and _single(requirement.applies_if):
            inverse.imply(requirement.applies_if, inverse.scope(requirement), False)
    return inverse.result()


def answers_from_claims(judgement: Judgement, claims: Sequence[Claim]) -> Derived:
    """What all claims of one import say together.

    Where two lines imply different values of a fact, neither counts and the conflict is returned. *Not applicable*
    counts only if every line that hangs on the same fact is claimed so: one line must not switch off its neighbours.
    """
    found: dict[tuple[str, str], dict[Any, list[Implied]]] = {}
    open_: dict[tuple[str | None, str], Open] = {}
    leans: dict[str, None] = {}
    decided_by: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        derived = answers_from_claim(judgement, claim)
        if claim.answer is Claimed.NOT_APPLICABLE and not (derived.answers and _agreed(judgement, claim, claims)):
            decided_by[claim.requirement] = _applies_facts(judgement.norms.requirements[claim.requirement])
            continue
        for implied in derived.answers:
            values = found.setdefault((implied.subject, implied.fact_type), {})
            values.setdefault(_comparable(implied.value), []).append(implied)
        open_.update({(each.subject, each.fact_type): each for each in derived.open})
        leans.update(dict.fromkeys(derived.leans))
    conflicts = [
        Conflict(*key, _joined([each for group in values.values() for each in group]).requirements)
        for key, values in found.items()
        if len(values) > 1
    ]
    answers = [_joined(group) for values in found.values() if len(values) == 1 for group in values.values()]
    known = {(each.subject, each.fact_type) for each in answers}
    still = tuple(each for key, each in open_.items() if key not in known)
    return Derived(tuple(answers), still, tuple(leans), tuple(conflicts), decided_by)


def _joined(group: Sequence[Implied]) -> Implied:
    """One answer that several lines imply."""
    first = group[0]
    names = tuple(dict.fromkeys(name for each in group for name in each.requirements))
    return Implied(first.subject, first.fact_type, first.value, first.basis, names)


def _comparable(value: Any) -> tuple[str, Any]:
    """A value with its kind, as true is not 1."""
    return type(value).__name__, value


def _applies_facts(requirement: Requirement) -> tuple[str, ...]:
    return () if requirement.applies_if is None else tuple(sorted(facts_of(requirement.applies_if)))


def _agreed(judgement: Judgement, claim: Claim, claims: Iterable[Claim]) -> bool:
    """Whether every requirement that hangs on the same fact is claimed not applicable too."""
    requirements = judgement.norms.requirements
    facts = set(_applies_facts(requirements[claim.requirement]))
    hang = {each.id for each in requirements.values() if facts & set(_applies_facts(each))}
    same = (each for each in claims if each.subject == claim.subject)
    return hang <= {each.requirement for each in same if each.answer is Claimed.NOT_APPLICABLE}


def _single(node: Node) -> bool:
    """Whether a criterion rests on one fact alone."""
    nodes = list(walk(node))
    plain = all(isinstance(each, Leaf | All | Any_ | Not) for each in nodes)
    leaves = [each for each in nodes if isinstance(each, Leaf)]
    return plain and len(leaves) == 1 and leaves[0].via is None


class _Inverse:
    """Turns one criterion round."""

    def __init__(self, judgement: Judgement, claim: Claim) -> None:
        self._judgement, self._world, self._claim = judgement, judgement.world, claim
        self._values: dict[tuple[str, str], list[tuple[Any, str]]] = {}
        self._dates: dict[tuple[str, str], list[Leaf]] = {}
        self._open: dict[tuple[str | None, str], str] = {}
        self._leans: dict[str, None] = {}

    def scope(self, requirement: Requirement) -> str | None:
        """The subject that the claim is about; None when it is not the organisation and the file does not say which."""
        return self._world.organisation if requirement.subject == "organisation" else self._claim.subject

    def imply(self, node: Node, scope: str | None, want: bool) -> None:
        """Adds what follows when ``node`` is ``want`` for the subject in scope."""
        match node:
            case Leaf():
                self._leaf(node, scope, want)
            case Not(part):
                self.imply(part, scope, not want)
            case All(parts) | Any_(parts):
                self._parts(parts, scope, want, every=want is isinstance(node, All))
            case AtLeast(n, parts):
                self._parts(parts, scope, want, every=n == (len(parts) if want else 1))
            case Each() if want:
                self._members(node, scope, True)
            case Some() if not want:
                self._members(node, scope, False)
            case VerdictOf(requirement):
                self._leans[requirement] = None
            case _:
                self._leave_open(node, scope, "choice")

    def result(self) -> Derived:
        """Everything that follows, and everything that stays open."""
        self._use_the_date()
        answers = []
        for (subject, name), values in self._values.items():
            if len({_comparable(value) for value, _ in values}) == 1:
                answers.append(Implied(subject, name, *values[0], (self._claim.requirement,)))
            else:
                self._open[subject, name] = "choice"
        known = {(each.subject, each.fact_type) for each in answers}
        left = tuple(Open(*key, why) for key, why in self._open.items() if key not in known)
        return Derived(tuple(answers), left, tuple(self._leans))

    def _parts(self, parts: Sequence[Node], scope: str | None, want: bool, *, every: bool) -> None:
        if every or len(parts) == 1:
            for part in parts:
                self.imply(part, scope, want)
        else:
            for part in parts:
                self._leave_open(part, scope, "choice")

    def _members(self, node: Each | Some, scope: str | None, want: bool) -> None:
        """Every registered subject that is meant; open where it is not known which are, or whether these are all."""
        organisation = self._world.organisation
        for each in self._judgement.members(node.subject):
            chosen = self._judgement.chosen(node, each, scope or organisation)
            meant = True if chosen is None else TRUTH[chosen[0][1]]
            if meant:
                self.imply(node.that, each, want)
            elif meant is None:
                self._ask_which(node, each)
        if TRUTH[self._judgement.register(node)[0][1]] is None:
            self._open.setdefault((organisation, COMPLETE.format(kind=node.subject)), "register")

    def _ask_which(self, node: Each | Some, each: str) -> None:
        """Whether this subject is meant is not known: open is what decides it."""
        names = facts_of(node.where) if node.where else set()
        for name in sorted(names | {node.linked_by} if node.linked_by else names):
            self._open.setdefault((place(self._judgement, self._judgement.fact_type(name), each), name), "subjects")
        for requirement in verdicts_of(node.where) if node.where else ():
            self._leans[requirement] = None

    def _leave_open(self, node: Node, scope: str | None, why: str) -> None:
        """Every fact under a node, on the subject in scope; for those of other subjects it is not said on which."""
        inner = {name for each in walk(node) if isinstance(each, Each | Some) for name in facts_of(each)}
        for name in sorted(facts_of(node)):
            fact_type = self._judgement.fact_type(name)
            about_us = fact_type.subject == "organisation"
            subject = self._world.organisation if about_us else None if name in inner else scope
            self._open.setdefault((subject, name), why)
        for each in walk(node):
            if isinstance(each, VerdictOf):
                self._leans[each.requirement] = None

    def _leaf(self, leaf: Leaf, scope: str | None, want: bool) -> None:
        fact_type = self._judgement.fact_type(leaf.fact)
        if leaf.via is not None or (scope is None and fact_type.subject != "organisation"):
            self._leave_open(leaf, None, "which_subject")
            return
        subject = place(self._judgement, fact_type, scope or self._world.organisation)
        if want and fact_type.value == "date" and leaf.op in ("within", "before", "after"):
            self._dates.setdefault((subject, leaf.fact), []).append(leaf)
            return
        if leaf.fact in _COMPLETENESS:
            # about the register kept here: a list elsewhere says nothing of it, and an empty one would settle every line
            self._open.setdefault((subject, leaf.fact), "register")
            return
        forced = _forced(leaf, fact_type, want)
        if forced is None:
            self._open.setdefault((subject, leaf.fact), "date" if fact_type.value == "date" else "value")
            if leaf.other:
                self._open.setdefault((subject, leaf.other), "value")
        else:
            self._values.setdefault((subject, leaf.fact), []).append(forced)

    def _use_the_date(self) -> None:
        """The row's date answers the only date that is asked, and only if the claim is right with it."""
        day, on = self._claim.day if self._claim.happened else None, self._judgement.on
        for key, leaves in self._dates.items():
            if day is None:
                why = "date"
            elif len(self._dates) > 1:
                why = "which_date"
            elif all(_right(leaf, day, on) for leaf in leaves):
                self._values.setdefault(key, []).append((day, "date"))
                continue
            else:
                why = "other_date"
            self._open.setdefault(key, why)


def _right(leaf: Leaf, day: date, on: date) -> bool:
    """Whether a date leaf is true with this date."""
    if day > on:
        return False
    match leaf.op, leaf.value:
        case "within", Duration() as most:
            return on <= add(day, most)
        case "before", date() as limit:
            return day < limit
        case "after", date() as limit:
            return day > limit
    return False


def _forced(leaf: Leaf, fact_type: FactType, want: bool) -> tuple[Any, str] | None:
    """The one value that makes a leaf true (or false), with on what that rests; None when there are several."""
    match leaf.op, fact_type.value:
        case "yes", "yes_no":
            return want, "yes"
        case "is", "yes_no":
            return leaf.value is want, "yes"
        case "is", "choice":
            return _only(fact_type, {leaf.value}, want)
        case "one_of", "choice":
            return _only(fact_type, set(leaf.value), want)
        case "is", "count" | "percentage" | "date" if want:
            return leaf.value, "value"
        case "range", "count" | "percentage" if want:
            return _bound(fact_type, *leaf.value)
    return None


def _only(fact_type: FactType, named: set[Any], want: bool) -> tuple[Any, str] | None:
    fits = [choice for choice in fact_type.choices if (choice in named) is want]
    return (fits[0], "choice") if len(fits) == 1 else None


def _bound(fact_type: FactType, least: float | None, most: float | None) -> tuple[Any, str] | None:
    """A number only where the bounds leave one: *all of them* or *none*. Three years at least is no number of years."""
    if fact_type.value == "percentage":
        most = _ALL_OF_THEM if most is None else min(most, _ALL_OF_THEM)
    least = max(least or 0, 0)
    return (most, "bound") if most is not None and least == most else None
