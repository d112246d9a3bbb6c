"""All organisations at once: a leaf over N organisations is two numbers of N bits, one for true and one for false.

Kleene *all*, *any* and *not* are then ``&``, ``|`` and a swap. Subjects lie in slots: bit ``slot * N + organisation``,
so that an *each* over the systems of every organisation is one pass over the slots. Statuses only; ``Judgement`` gives
assurance, reasons and dates. What bits cannot hold (``linked_by``, an *each* over organisations) is judged
organisation by organisation.
"""

from collections.abc import Sequence
from datetime import date

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.columns import Bits, Columns
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
from dijkwacht.core.facts import World
from dijkwacht.core.verdict import STATUSES, Status

Masks = tuple[int, int, int, int, int]  # one per status, in the order of STATUSES
_ORG = "organisation"


class Bulk:
    """The statuses of every requirement for every organisation, on one day, as known on one day."""

    def __init__(self, norms: Norms, worlds: Sequence[World], *, on: date, known_at: date) -> None:
        self.norms, self.worlds, self.on, self.known_at = norms, worlds, on, known_at
        self.n = len(worlds)
        self.ones = (1 << self.n) - 1
        self.columns = Columns(norms, worlds, on=on, known_at=known_at)
        self._masks: dict[str, Masks] = {}
        self._slow = _slow(norms)

    # -- criteria ------------------------------------------------------------------------------------
    def bits(self, node: Node, frame: str) -> Bits:
        """Where a criterion is true and where false, for the subjects of kind ``frame``."""
        match node:
            case Leaf() | Due():
                return self.columns.leaf(node, frame)
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
                return _any([self.bits(part, frame), self.columns.exception(exception, frame)])
            case Each() | Some():
                return self.columns.spread(self._over(node), frame)
        raise TypeError(node)

    def _over(self, node: Each | Some) -> Bits:
        """Subjects reduced to their organisations."""
        true, false = self._parts(node)
        each = isinstance(node, Each)
        absent = ((1 << (self.n * self.columns.slots.get(node.subject, 0))) - 1) & ~self.columns.exists.get(
            node.subject, 0
        )
        complete = self.columns.complete(node.subject)
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
        here = self.columns.exists.get(kind, 0)
        return true & here, false & here

    def _every(self, bits: int, kind: str) -> int:
        out = self.ones
        for _ in range(self.columns.slots.get(kind, 0)):
            out &= bits
            bits >>= self.n
        return out

    def _one(self, bits: int, kind: str) -> int:
        out = 0
        for _ in range(self.columns.slots.get(kind, 0)):
            out |= bits & self.ones
            bits >>= self.n
        return out

    # -- statuses --------------------------------------------------------------------------------------
    def _verdict(self, name: str, frame: str) -> Bits:
        kind = self.norms.requirements[name].subject
        if kind in (frame, _ORG):
            met, partly, not_met, not_applicable, _ = self.masks(name)
        else:  # leaned on for the organisation, while it is about a kind of subject
            met, partly, not_met, not_applicable, _ = self._masks_of(name, [(w.organisation,) for w in self.worlds])
        bits = (met | not_applicable, partly | not_met)
        return bits if kind == frame else self.columns.spread(bits, frame)

    def masks(self, name: str) -> Masks:
        """Five masks over the subjects of the requirement's kind, one per status."""
        found = self._masks.get(name)
        if found is None:
            rule = self.norms.requirements[name]
            found = self._masks[name] = self._one_by_one(rule) if name in self._slow else self._judge(rule)
        return found

    def _judge(self, rule: Requirement) -> Masks:
        here = self.columns.exists.get(rule.subject, 0)
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
                return self.columns.spread((self._one(self._parts(node)[0], kind), 0), frame)[0]
            case _:
                return 0

    def _one_by_one(self, rule: Requirement) -> Masks:
        kind = rule.subject
        return self._masks_of(
            rule.id, [(w.organisation,) if kind == _ORG else w.subjects.get(kind, ()) for w in self.worlds]
        )

    def _masks_of(self, requirement: str, subjects: Sequence[Sequence[str]]) -> Masks:
        """The masks of a requirement for these subjects of each organisation, judged one by one."""
        out = dict.fromkeys(STATUSES, 0)
        for i, members in enumerate(subjects):
            for member in members:
                out[self.columns.alone(i).status(requirement, member)] |= 1 << self.columns.bit[i][member]
        met, partly, not_met, not_applicable, unknown = (out[status] for status in STATUSES)
        return met, partly, not_met, not_applicable, unknown

    def status(self, i: int, requirement: str, subject: str | None = None) -> Status:
        """The status for organisation number ``i``, for a subject of it where the requirement is judged per subject.

        Raises ValueError when that subject is not named or is of another kind, KeyError when it is unknown.
        """
        kind, organisation = self.norms.requirements[requirement].subject, self.worlds[i].organisation
        if kind != _ORG and subject is None:
            raise ValueError(f"{requirement} is judged per {kind}: name one")
        subject = subject or organisation
        found = self.worlds[i].kind_of[subject]
        if found != kind or (kind == _ORG and subject != organisation):
            raise ValueError(f"{requirement} is judged per {kind}, and {subject} is not the one meant: {found}")
        bit = self.columns.bit[i][subject]
        return next(s for s, mask in zip(STATUSES, self.masks(requirement), strict=True) if mask >> bit & 1)

    def counts(self) -> dict[str, dict[Status, int]]:
        """How many subjects have each status, per requirement."""
        names = self.norms.requirements
        return {name: dict(zip(STATUSES, map(int.bit_count, self.masks(name)), strict=True)) for name in names}


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
    """True where ``n`` parts are; false where so many are false that ``n`` can no longer be reached."""
    return _reached(n, [true for true, _ in parts]), _reached(len(parts) - n + 1, [false for _, false in parts])


def _reached(n: int, masks: list[int]) -> int:
    """Where at least ``n`` of the masks have a bit: a row of counters, in n steps per mask."""
    reached = [-1] + [0] * n  # reached[k]: where k masks had a bit so far
    for mask in masks:
        for k in range(n, 0, -1):
            reached[k] |= reached[k - 1] & mask
    return reached[n]


def _slow(norms: Norms) -> frozenset[str]:
    """The requirements with a criterion that bits cannot hold: linked to the subject in scope, or over organisations."""
    return frozenset(name for name, rule in norms.requirements.items() if any(map(_beyond_bits, _nodes(rule))))


def _nodes(rule: Requirement) -> list[Node]:
    return [*walk(rule.met_if), *(walk(rule.applies_if) if rule.applies_if else ())]


def _beyond_bits(node: Node) -> bool:
    return isinstance(node, Each | Some) and (node.linked_by is not None or node.subject == _ORG)
