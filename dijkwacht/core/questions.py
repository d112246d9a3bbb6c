"""Asking as little as possible: the facts that can still change an undecided verdict, most settling first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from dijkwacht.core.catalog import Norms
from dijkwacht.core.criteria import All, Any_, AtLeast, Due, Each, Leaf, Node, Not, Some, VerdictOf, WherePossible
from dijkwacht.core.judge import Judgement
from dijkwacht.core.kleene import TRUTH
from dijkwacht.core.leaves import place
from dijkwacht.core.verdict import Status

Ask = tuple[str, str]  # subject, fact type
NONE: frozenset[Ask] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to ask. ``settles`` lines can be decided by its answer alone; it plays a part in ``touches`` lines."""

    subject: str
    fact_type: str
    settles: int
    touches: int
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Open:
    """What can still make a criterion true, what can make it false (each by itself), and all that plays a part."""

    true: frozenset[Ask]
    false: frozenset[Ask]
    every: frozenset[Ask]

    def swapped(self) -> "Open":
        """The same for its opposite."""
        return Open(self.false, self.true, self.every)


CLOSED = Open(NONE, NONE, NONE)


def next_questions(
    j: Judgement, lines: Iterable[tuple[str, str]], *, role: str | None = None, skip: frozenset[Ask] = NONE
) -> list[Question]:
    """The questions that decide something, for lines of (requirement, subject).

    Most settling first; ties: what the asker's ``role`` knows, then the shortest question. ``skip`` are left out.
    """
    asker = _Asker(j)
    settles: dict[Ask, int] = {}
    touches: dict[Ask, list[tuple[str, str]]] = {}
    for requirement, subject in lines:
        if j.status(requirement, subject) is not Status.UNKNOWN:
            continue
        found = asker.requirement(requirement, subject)
        for ask in found.every - skip:
            touches.setdefault(ask, []).append((requirement, subject))
            settles[ask] = settles.get(ask, 0) + (ask in found.true or ask in found.false)
    questions = [Question(ask[0], ask[1], settles[ask], len(at), tuple(at)) for ask, at in touches.items()]
    return sorted(questions, key=lambda q: _order(q, j.norms, role))


def _order(question: Question, norms: Norms, role: str | None) -> tuple[int, int, int, int, str, str]:
    fact_type = norms.fact_types.get(question.fact_type)
    mine = fact_type is not None and fact_type.answered_by == role
    length = len(fact_type.question.get("nl", "")) if fact_type else 0
    return -question.settles, -question.touches, 0 if mine else 1, length, question.fact_type, question.subject


class _Asker:
    """Walks undecided criteria; a requirement is walked once."""

    def __init__(self, j: Judgement) -> None:
        self.j = j
        self._seen: dict[tuple[str, str], Open] = {}

    def requirement(self, name: str, subject: str) -> Open:
        key = (name, subject)
        if key not in self._seen:
            self._seen[key] = self._requirement(name, subject)
        return self._seen[key]

    def _requirement(self, name: str, subject: str) -> Open:
        j, rule = self.j, self.j.norms.requirements[name]
        met = TRUTH[j.value(rule.met_if, subject)]
        if rule.applies_if is not None and TRUTH[j.value(rule.applies_if, subject)] is None:
            gate = self.node(rule.applies_if, subject)
            # answered no it is decided; answered yes only if the criterion itself is
            settling = gate.false | (gate.true if met is not None else NONE)
            return Open(settling, settling, gate.every)
        if rule.subject != "organisation" and subject == j.world.organisation:
            return CLOSED if j.members(rule.subject) else self.register(rule.subject)
        return self.node(rule.met_if, subject) if met is None else CLOSED

    def register(self, kind: str) -> Open:
        ask = frozenset({(self.j.world.organisation, self.j.completeness(kind).fact)})
        return Open(ask, NONE, ask)

    def node(self, node: Node, subject: str) -> Open:
        """What is open in a criterion whose value is unknown; CLOSED when it is decided."""
        j = self.j
        if TRUTH[j.value(node, subject)] is not None:
            return CLOSED
        match node:
            case Leaf():
                return self.leaf(node, subject)
            case Due(fact, _):
                return self.fact(fact, place(j, j.fact_type(fact), subject))
            case Not(part):
                return self.node(part, subject).swapped()
            case VerdictOf(name):
                return self.requirement(name, j.scope(name, subject))
            case WherePossible(part, exception):
                found = self.node(part, subject)
                where = place(j, j.fact_type(exception), subject)
                if j.choices(where, exception)[0][1].why != "contradicted":  # none made is an answer too: not asked
                    return found
                return _all([found.swapped(), self.fact(exception, where)]).swapped()
            case All(parts):
                return _all([self.node(part, subject) for part in parts])
            case Any_(parts):
                return _all([self.node(part, subject).swapped() for part in parts]).swapped()
            case AtLeast(n, parts):
                return self.at_least(n, parts, subject)
            case Each() | Some():
                return self.over(node, subject)
        raise TypeError(node)

    def at_least(self, n: int, parts: tuple[Node, ...], subject: str) -> Open:
        """One more true part settles it when only one is wanting; one more false when none can be spared."""
        truths = [TRUTH[self.j.value(part, subject)] for part in parts]
        found = [self.node(part, subject) for part in parts]
        true = NONE.union(*(part.true for part in found)) if truths.count(True) == n - 1 else NONE
        false = NONE.union(*(part.false for part in found)) if truths.count(False) == len(parts) - n else NONE
        return Open(true, false, _together(found).every)

    def over(self, node: Each | Some, subject: str) -> Open:
        j = self.j
        parts = [self.member(node, m, subject) for m in j.members(node.subject)]
        if TRUTH[j.register(node)[0][1]] is None:
            parts.append(
                self.register(node.subject) if isinstance(node, Each) else self.register(node.subject).swapped()
            )
        if isinstance(node, Each):
            return _all(parts)
        return _all([part.swapped() for part in parts]).swapped()

    def member(self, node: Each | Some, member: str, subject: str) -> Open:
        j = self.j
        if TRUTH[j.part(node, member, subject)[0][1]] is not None:
            return CLOSED
        conditions = [] if node.where is None else [self.node(node.where, member)]
        if node.linked_by is not None:
            conditions.append(self.node(j.link(node.linked_by, subject), member))
        that = self.node(node.that, member)
        if isinstance(node, Each):
            return _all([*conditions, that.swapped()]).swapped()
        return _all([*conditions, that])

    def leaf(self, leaf: Leaf, subject: str) -> Open:
        j = self.j
        where = place(j, j.fact_type(leaf.fact), subject)
        if leaf.via is not None:
            origin = place(j, j.fact_type(leaf.via), subject)
            reference = j.choices(origin, leaf.via)[0][1].winner
            if reference is None or reference.value not in j.world.kind_of:
                return _together([self.fact(leaf.via, origin)])
            where = place(j, j.fact_type(leaf.fact), str(reference.value), referred=True)
        if leaf.op == "known":  # an answer makes it true; it is never false
            return replace(self.fact(leaf.fact, where), false=NONE)
        asks = [(leaf.fact, where)]
        if leaf.other:
            asks.append((leaf.other, place(j, j.fact_type(leaf.other), where)))
        missing = [self.fact(name, at) for name, at in asks if j.choices(at, name)[0][1].winner is None]
        return missing[0] if len(missing) == 1 else _together(missing)

    def fact(self, name: str, subject: str) -> Open:
        ask = frozenset({(subject, name)})
        return Open(ask, ask, ask)


def _all(parts: list[Open]) -> Open:
    """One part made false makes *all* false; only what makes every open part true makes it true."""
    parts = [part for part in parts if part.every]
    if not parts:
        return CLOSED
    true = reduce(lambda a, b: a & b, (part.true for part in parts))
    return Open(true, NONE.union(*(p.false for p in parts)), NONE.union(*(p.every for p in parts)))


def _together(parts: list[Open]) -> Open:
    """Parts of which no single one is sure to decide."""
    return Open(NONE, NONE, NONE.union(*(part.every for part in parts)))
