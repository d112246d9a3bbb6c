"""All organisations at once: a leaf over N organisations is two numbers of N bits, one for true and one for false.

Kleene *all*, *any* and *not* are then ``&``, ``|`` and a swap. Subjects lie in slots: bit ``slot * N + organisation``,
so that an *each* over the systems of every organisation is one pass over the slots. Statuses only; ``Judgement`` gives
assurance, reasons and dates. What bits cannot hold (``linked_by``) is judged organisation by organisation.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criteria import (
    All,
    Any_,
    AtLeast,
    Due,
    Each,
    Leaf,
    Node,
    Not,
    Some,
    VerdictOf,
    WherePossible,
    walk,
)  # fmt: skip
from dijkwacht.core.days import add
from dijkwacht.core.facts import COMPLETE, Fact, FactType, World, register_type
from dijkwacht.core.judge import Judgement
from dijkwacht.core.kleene import TRUTH
from dijkwacht.core.leaves import holds
from dijkwacht.core.select import choices
from dijkwacht.core.verdict import STATUSES, Status

Bits = tuple[int, int]  # where true, where false
Masks = tuple[int, int, int, int, int]  # one per status, in the order of STATUSES
_ORG = "organisation"


CONTRADICTED = Fact("", "", "", None, date.min, date.min)  # stands where facts tie but differ


class Bulk:
    """The statuses of every requirement for every organisation, on one day, as known on one day."""

    def __init__(self, norms: Norms, worlds: Sequence[World], *, on: date, known_at: date) -> None:
        self.norms, self.worlds, self.on, self.known_at = norms, worlds, on, known_at
        self.n = len(worlds)
        self.ones = (1 << self.n) - 1
        self._lay_out()
        self._read_facts()
        self._leaves: dict[tuple[int, str], Bits] = {}
        self._masks: dict[str, Masks] = {}
        self._alone: dict[int, Judgement] = {}
        self._slow = _slow(norms)

    # -- where the bits lie ------------------------------------------------------------------------
    def _lay_out(self) -> None:
        kinds = {kind for world in self.worlds for kind in world.subjects}
        self.slots = {kind: max(len(world.subjects.get(kind, ())) for world in self.worlds) for kind in kinds}
        self.slots[_ORG] = 1
        self.bit: list[dict[str, int]] = []
        exists = dict.fromkeys(kinds, 0)
        for i, world in enumerate(self.worlds):
            bits = {world.organisation: i}
            for kind, members in world.subjects.items():
                for slot, member in enumerate(members):
                    bits[member] = slot * self.n + i
                exists[kind] |= sum(1 << (slot * self.n + i) for slot in range(len(members)))
            self.bit.append(bits)
        self.exists = exists | {_ORG: self.ones}

    def _type(self, name: str) -> FactType:
        found = self.norms.fact_types.get(name)
        return found or register_type(name.removeprefix("register.").removesuffix(".complete"))

    def _read_facts(self) -> None:
        """Per fact type a column: the bit of each (organisation, subject) of its kind, with the fact that counts."""
        self.columns: dict[str, list[tuple[int, Fact]]] = defaultdict(list)
        self.contradicted: dict[str, list[int]] = defaultdict(list)
        self.owners: dict[str, list[tuple[int, str]]] = defaultdict(list)  # beside each column: whose bit it is
        types: dict[str, FactType] = dict(self.norms.fact_types)
        for i, world in enumerate(self.worlds):
            bits, kind_of = self.bit[i], world.kind_of
            for (subject, name), facts in world.facts.items():
                fact_type = types.get(name)
                if fact_type is None:
                    fact_type = types[name] = self._type(name)
                if kind_of.get(subject) != fact_type.subject:
                    continue
                fact = self._winner(facts, fact_type)
                if fact is CONTRADICTED:
                    self.contradicted[name].append(bits[subject])
                elif fact is not None:
                    self.columns[name].append((bits[subject], fact))
                    self.owners[name].append((i, subject))

    def _winner(self, facts: list[Fact], fact_type: FactType) -> Fact | None:
        """The fact that counts today; quick where there is only one."""
        on, known_at = self.on, self.known_at
        if len(facts) > 1:
            choice = choices(facts, fact_type, on=on, known_at=known_at)[0][1]
            return choice.winner or (CONTRADICTED if choice.why == "contradicted" else None)
        fact = facts[0]
        if fact.recorded_at > known_at or fact.valid_from > on:
            return None
        if fact.superseded_at is not None and fact.superseded_at <= known_at:
            return None
        if fact.valid_to is not None and fact.valid_to <= on:
            return None
        life = fact_type.shelf_life
        if life is not None and on > fact.last_usable_day(life, known_at):
            return None
        return fact

    # -- criteria ------------------------------------------------------------------------------------
    def bits(self, node: Node, frame: str) -> Bits:
        """Where a criterion is true and where false, for the subjects of kind ``frame``."""
        match node:
            case Leaf() | Due():
                return self._leaf(node, frame)
            case Not(part):
                true, false = self.bits(part, frame)
                return false, true
            case All(parts):
                return _all([self.bits(part, frame) for part in parts])
            case Any_(parts):
                return _any([self.bits(part, frame) for part in parts])
            case AtLeast(n, parts):
                return _at_least(n, [self.bits(part, frame) for part in parts])
            case VerdictOf(name):
                return self._verdict(name, frame)
            case WherePossible(part, exception):
                return _any([self.bits(part, frame), self._exception(exception, frame)])
            case Each() | Some():
                return self._spread(self._over(node), frame)
        raise TypeError(node)

    def _spread(self, bits: Bits, frame: str) -> Bits:
        """Bits of organisations, repeated for each slot of a kind of subject."""
        if frame == _ORG:
            return bits
        repeat = sum(1 << (slot * self.n) for slot in range(self.slots.get(frame, 0)))
        return bits[0] * repeat, bits[1] * repeat

    def _leaf(self, leaf: Leaf | Due, frame: str) -> Bits:
        at_home = leaf.fact if isinstance(leaf, Due) or leaf.via is None else leaf.via
        home = frame if self._type(at_home).subject != _ORG else _ORG
        key = (id(leaf), home)
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = self._read_leaf(leaf, home, at_home)
        return found if home == frame else self._spread(found, frame)

    def _read_leaf(self, leaf: Leaf | Due, home: str, at_home: str) -> Bits:
        """Read from the facts: simple operators over all organisations at once, others through a judgement."""
        width = self.n * self.slots.get(home, 0)
        true, false = bytearray(b"0") * (width or 1), bytearray(b"0") * (width or 1)
        column = self.columns[at_home]
        test = self._test(leaf)
        top = width - 1
        if test is not None:
            for bit, fact in column:
                (true if test(fact.value) else false)[top - bit] = 49
        else:
            for (bit, _), (i, subject) in zip(column, self.owners[at_home], strict=True):
                truth = TRUTH[self.alone(i).value(leaf, subject)]
                if truth is not None:
                    (true if truth else false)[top - bit] = 49
        return int(true, 2), int(false, 2)

    def _test(self, leaf: Leaf | Due) -> Any:
        """A quick test of a value, for the operators that most leaves have; None: go through a judgement."""
        if isinstance(leaf, Due) or leaf.via is not None:
            return None
        operand, on = leaf.value, self.on
        if leaf.op == "yes":
            return lambda v: v is True or isinstance(v, dict)
        if leaf.op == "is" and isinstance(operand, bool | str):
            return lambda v: (v == operand and type(v) is type(operand)) or isinstance(v, dict)
        if leaf.op == "within":
            return lambda v: v <= on <= add(v, operand) if type(v) is date else holds_on(leaf, v, on)
        if leaf.op in ("one_of", "range", "known", "is", "before", "after", "never"):
            return lambda v: holds_on(leaf, v, on)
        return None

    def alone(self, i: int) -> Judgement:
        """The judgement of one organisation by itself."""
        found = self._alone.get(i)
        if found is None:
            found = self._alone[i] = Judgement(self.norms, self.worlds[i], on=self.on, known_at=self.known_at)
        return found

    def _exception(self, name: str, frame: str) -> Bits:
        home = frame if self._type(name).subject != _ORG else _ORG
        true = sum(1 << bit for bit, fact in self.columns[name] if self.on <= fact.value["until"])
        unknown = sum(1 << bit for bit in self.contradicted[name])
        every = (1 << (self.n * self.slots.get(home, 0))) - 1
        bits = (true, every & ~true & ~unknown)
        return bits if home == frame else self._spread(bits, frame)

    def _over(self, node: Each | Some) -> Bits:
        """Subjects reduced to their organisations."""
        true, false = self._parts(node)
        each = isinstance(node, Each)
        absent = ((1 << (self.n * self.slots.get(node.subject, 0))) - 1) & ~self.exists.get(node.subject, 0)
        complete = self._complete(node.subject)
        if each:
            return self._every(true | absent, node.subject) & complete, self._one(false, node.subject)
        return self._one(true, node.subject), self._every(false | absent, node.subject) & complete

    def _parts(self, node: Each | Some) -> Bits:
        kind = node.subject
        true, false = self.bits(node.that, kind)
        if node.where is not None:
            where, not_where = self.bits(node.where, kind)
            if isinstance(node, Each):
                true, false = true | not_where, false & where
            else:
                true, false = true & where, false | not_where
        here = self.exists.get(kind, 0)
        return true & here, false & here

    def _every(self, bits: int, kind: str) -> int:
        out = self.ones
        for _ in range(self.slots.get(kind, 0)):
            out &= bits
            bits >>= self.n
        return out

    def _one(self, bits: int, kind: str) -> int:
        out = 0
        for _ in range(self.slots.get(kind, 0)):
            out |= bits & self.ones
            bits >>= self.n
        return out

    def _complete(self, kind: str) -> int:
        declared = self.columns.get(COMPLETE.format(kind=kind), [])
        out = sum(1 << bit for bit, fact in declared if fact.value is True)
        for i, world in enumerate(self.worlds):
            if kind in world.complete:
                out |= 1 << i
        return out

    # -- statuses --------------------------------------------------------------------------------------
    def _verdict(self, name: str, frame: str) -> Bits:
        kind = self.norms.requirements[name].subject
        met, partly, not_met, not_applicable, _ = self.masks(name)
        bits = (met | not_applicable, partly | not_met)
        return bits if kind == frame else self._spread(bits, frame)

    def masks(self, name: str) -> Masks:
        """Five masks over the subjects of the requirement's kind, one per status."""
        found = self._masks.get(name)
        if found is None:
            rule = self.norms.requirements[name]
            found = self._masks[name] = self._one_by_one(rule) if name in self._slow else self._judge(rule)
        return found

    def _judge(self, rule: Requirement) -> Masks:
        here = self.exists.get(rule.subject, 0)
        true, false = self.bits(rule.met_if, rule.subject)
        applies, not_applies = self.bits(rule.applies_if, rule.subject) if rule.applies_if else (here, 0)
        met, wrong = true & applies & here, false & applies & here
        partly = wrong & self._some_part(rule.met_if, rule.subject) if wrong else 0
        not_applicable = not_applies & here
        return met, partly, wrong & ~partly, not_applicable, here & ~(met | wrong | not_applicable)

    def _some_part(self, node: Node, frame: str) -> int:
        """Where one of the parts that make *not met* into *partly* is true."""
        match node:
            case All(parts) | Any_(parts) | AtLeast(_, parts):
                out = 0
                for part in parts:
                    out |= self.bits(part, frame)[0]
                    out |= self._some_part(part, frame) if isinstance(part, Each) else 0
                return out
            case Each(kind):
                return self._spread((self._one(self._parts(node)[0], kind), 0), frame)[0]
            case _:
                return 0

    def _one_by_one(self, rule: Requirement) -> Masks:
        out = [0, 0, 0, 0, 0]
        for i, world in enumerate(self.worlds):
            members = (world.organisation,) if rule.subject == _ORG else world.subjects.get(rule.subject, ())
            for member in members:
                status = self.alone(i).status(rule.id, member)
                out[STATUSES.index(status)] |= 1 << self.bit[i][member]
        return out[0], out[1], out[2], out[3], out[4]

    def status(self, i: int, requirement: str, subject: str | None = None) -> Status:
        """The status for organisation number ``i`` (for a subject of it). Raises KeyError on an unknown subject."""
        bit = self.bit[i][subject or self.worlds[i].organisation]
        for status, mask in zip(STATUSES, self.masks(requirement), strict=True):
            if mask >> bit & 1:
                return status
        raise KeyError(requirement, subject)

    def counts(self) -> dict[str, dict[Status, int]]:
        """How many subjects have each status, per requirement."""
        names = self.norms.requirements
        return {name: dict(zip(STATUSES, map(int.bit_count, self.masks(name)), strict=True)) for name in names}


def holds_on(leaf: Leaf, fact_value: Any, on: date) -> bool:
    """Whether a value satisfies an operator on one day."""
    return holds(leaf, fact_value, on)[0][1]


def _all(parts: list[Bits]) -> Bits:
    true, false = parts[0]
    for t, f in parts[1:]:
        true &= t
        false |= f
    return true, false


def _any(parts: list[Bits]) -> Bits:
    true, false = parts[0]
    for t, f in parts[1:]:
        true |= t
        false &= f
    return true, false


def _at_least(n: int, parts: list[Bits]) -> Bits:
    return _any([_all(list(some)) for some in combinations(parts, n)])


def _slow(norms: Norms) -> frozenset[str]:
    """The requirements with a criterion that bits cannot hold: linked to the subject in scope."""
    slow = {name for name, rule in norms.requirements.items() if any(map(_linked, _nodes(rule)))}
    return frozenset(slow)


def _nodes(rule: Requirement) -> list[Node]:
    return [*walk(rule.met_if), *(walk(rule.applies_if) if rule.applies_if else ())]


def _linked(node: Node) -> bool:
    return isinstance(node, Each | Some) and node.linked_by is not None
