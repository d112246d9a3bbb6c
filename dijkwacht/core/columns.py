"""The facts of all organisations in columns of bits: where a leaf is true and where it is false.

Subjects lie in slots: bit ``slot * N + organisation``. A *frame* is the kind of subject of which bits tell; a leaf about
the organisation is spread over the slots of another frame.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dijkwacht.core.catalog import Norms
from dijkwacht.core.criteria import Due, Leaf
from dijkwacht.core.days import earliest
from dijkwacht.core.facts import COMPLETE, Fact, FactType, World, register_type
from dijkwacht.core.judge import Judgement
from dijkwacht.core.kleene import TRUTH
from dijkwacht.core.leaves import due_day, truth_on
from dijkwacht.core.select import choices

Bits = tuple[int, int]  # where true, where false
Counts = Callable[[Fact], bool]  # whether a fact counts
_ORG = "organisation"

CONTRADICTED = Fact("", "", "", None, date.min, date.min)  # stands where facts tie but differ


class Columns:
    """The facts that count, per fact type, for every organisation, on one day, as known on one day."""

    def __init__(self, norms: Norms, worlds: Sequence[World], *, on: date, known_at: date) -> None:
        self.norms, self.worlds, self.on, self.known_at = norms, worlds, on, known_at
        self.n = len(worlds)
        self._lay_out()
        self._read_facts()
        self._leaves: dict[tuple[int, str], Bits] = {}
        self._completes: dict[str, int] = {}
        self._alone: dict[int, Judgement] = {}

    def _lay_out(self) -> None:
        kinds = {kind for world in self.worlds for kind in world.subjects}
        self.slots = {kind: max(len(world.subjects.get(kind, ())) for world in self.worlds) for kind in kinds}
        self.slots[_ORG] = 1
        self.bit: list[dict[str, int]] = []
        exists = dict.fromkeys(kinds, 0)
        for i, world in enumerate(self.worlds):
            bits = {world.organisation: i}
            for kind, members in world.subjects.items():
                if kind == _ORG:  # other organisations than our own have no bit: they are looked at through alone()
                    continue
                for slot, member in enumerate(members):
                    bits[member] = slot * self.n + i
                exists[kind] |= sum(1 << (slot * self.n + i) for slot in range(len(members)))
            self.bit.append(bits)
        self.exists = exists | {_ORG: (1 << self.n) - 1}

    def _type(self, name: str) -> FactType:
        found = self.norms.fact_types.get(name)
        return found or register_type(name.removeprefix("register.").removesuffix(".complete"))

    def _read_facts(self) -> None:
        """Per fact type a column: the bit of each (organisation, subject) of its kind, with the fact that counts."""
        self.columns: dict[str, list[tuple[int, Fact]]] = defaultdict(list)
        self.contradicted: dict[str, list[int]] = defaultdict(list)
        counting: dict[str, tuple[FactType, Counts]] = {}
        for bits, world in zip(self.bit, self.worlds, strict=True):
            kind_of = world.kind_of
            for (subject, name), facts in world.facts.items():
                if name not in counting:
                    counting[name] = self._type(name), self._counts(self._type(name))
                fact_type, counts = counting[name]
                bit = bits.get(subject)
                if bit is None or kind_of[subject] != fact_type.subject:
                    continue
                fact = facts[0] if len(facts) == 1 else self._winner(facts, fact_type)
                if fact is CONTRADICTED:
                    self.contradicted[name].append(bit)
                elif fact is not None and counts(fact):
                    self.columns[name].append((bit, fact))

    def _counts(self, fact_type: FactType) -> Counts:
        """Whether a fact that stands alone counts on the day."""
        on, known_at, life = self.on, self.known_at, fact_type.shelf_life
        oldest = date.min if life is None else earliest(on, life)

        def counts(fact: Fact) -> bool:
            return (
                fact.recorded_at <= known_at
                and fact.valid_from <= on
                and (fact.superseded_at is None or known_at < fact.superseded_at)
                and (fact.valid_to is None or on < fact.valid_to)
                and (fact.valid_from >= oldest or (life is not None and on <= fact.last_usable_day(life, known_at)))
            )

        return counts

    def _winner(self, facts: list[Fact], fact_type: FactType) -> Fact | None:
        """The fact that counts among several."""
        choice = choices(facts, fact_type, on=self.on, known_at=self.known_at)[0][1]
        return choice.winner or (CONTRADICTED if choice.why == "contradicted" else None)

    def spread(self, bits: Bits, frame: str) -> Bits:
        """Bits of organisations, repeated for each slot of a kind of subject."""
        if frame == _ORG:
            return bits
        repeat = sum(1 << (slot * self.n) for slot in range(self.slots.get(frame, 0)))
        return bits[0] * repeat, bits[1] * repeat

    def leaf(self, leaf: Leaf | Due, frame: str) -> Bits:
        name = leaf.fact if isinstance(leaf, Due) or leaf.via is None else leaf.via
        home = frame if self._type(name).subject != _ORG else _ORG
        key = (id(leaf), home)
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = self._read(leaf, home)
        return found if home == frame else self.spread(found, frame)

    def _read(self, leaf: Leaf | Due, home: str) -> Bits:
        """The bits of a leaf, of those subjects of which it is said, or of which its reference is."""
        if isinstance(leaf, Leaf) and leaf.via is not None:
            return self._followed(leaf, leaf.via)
        if isinstance(leaf, Leaf) and leaf.other:
            return self._compared(leaf, leaf.other, home)
        return self._tested(leaf, home)

    def _tested(self, leaf: Leaf | Due, home: str) -> Bits:
        """Every value under the test of the leaf."""
        width = self.n * self.slots.get(home, 0)
        true, false = bytearray(b"0") * (width or 1), bytearray(b"0") * (width or 1)
        test, top = self._test(leaf), width - 1
        for bit, fact in self.columns[leaf.fact]:
            (true if test(fact.value) else false)[top - bit] = 49
        return int(true, 2), int(false, 2)

    def _test(self, leaf: Leaf | Due) -> Callable[[Any], Any]:
        """A test of a value; quick for the operators that most leaves have."""
        on = self.on
        if isinstance(leaf, Due):
            plus = leaf.plus
            return lambda v: (day := due_day(v, plus)) is not None and day <= on
        operand = leaf.value
        if leaf.op == "yes":
            return lambda v: v is True or isinstance(v, dict)
        if leaf.op == "is" and isinstance(operand, bool | str) and self._type(leaf.fact).value != "date":
            return lambda v: (v == operand and type(v) is type(operand)) or isinstance(v, dict)
        if leaf.op == "within":
            oldest = earliest(on, operand)
            return lambda v: oldest <= v <= on if type(v) is date else truth_on(leaf, v, None, on)
        return lambda v: truth_on(leaf, v, None, on)

    def _compared(self, leaf: Leaf, other: str, home: str) -> Bits:
        """An operator over two facts: the second about the same subject, or about its organisation."""
        theirs = dict(self.columns[other])
        spread = home != _ORG and self._type(other).subject == _ORG
        true = false = 0
        for bit, fact in self.columns[leaf.fact]:
            second = theirs.get(bit % self.n if spread else bit)
            truth = truth_on(leaf, fact.value, None if second is None else second.value, self.on)
            true |= (truth is True) << bit
            false |= (truth is False) << bit
        return true, false

    def _followed(self, leaf: Leaf, via: str) -> Bits:
        """The leaf as it is where a reference points to; a dangling one is unknown."""
        kind = self._type(leaf.fact).subject
        there = self._read(replace(leaf, via=None), kind)
        true = false = 0
        for bit, reference in self.columns[via]:
            at = self._bit_of(bit % self.n, reference.value, kind)
            if at is None:
                truth = TRUTH[self.alone(bit % self.n).value(leaf, reference.subject)]
                yes, no = truth is True, truth is False
            else:
                yes, no = bool(there[0] >> at & 1), bool(there[1] >> at & 1)
            true |= yes << bit
            false |= no << bit
        return true, false

    def _bit_of(self, i: int, target: str, kind: str) -> int | None:
        """Where a fact type about a kind is read for a reference; None: what bits do not hold, such as another organisation."""
        found = self.worlds[i].kind_of.get(target)
        if kind == _ORG and found not in (None, _ORG):  # what is asked of an organisation is asked of our own
            return i
        return self.bit[i].get(target) if found == kind else None

    def alone(self, i: int) -> Judgement:
        """The judgement of one organisation by itself."""
        found = self._alone.get(i)
        if found is None:
            found = self._alone[i] = Judgement(self.norms, self.worlds[i], on=self.on, known_at=self.known_at)
        return found

    def exception(self, name: str, frame: str) -> Bits:
        home = frame if self._type(name).subject != _ORG else _ORG
        true = sum(1 << bit for bit, fact in self.columns[name] if self.on <= fact.value["until"])
        unknown = sum(1 << bit for bit in self.contradicted[name])
        every = (1 << (self.n * self.slots.get(home, 0))) - 1
        bits = (true, every & ~true & ~unknown)
        return bits if home == frame else self.spread(bits, frame)

    def complete(self, kind: str) -> int:
        """The organisations whose register of a kind is complete."""
        found = self._completes.get(kind)
        if found is None:
            declared = self.columns.get(COMPLETE.format(kind=kind), [])
            found = sum(1 << bit for bit, fact in declared if fact.value is True)
            for i, world in enumerate(self.worlds):
                found |= (kind in world.complete) << i
            self._completes[kind] = found
        return found
