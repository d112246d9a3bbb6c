"""Criteria: when a requirement is met, as a tree of operators. Meaning: docs/algorithms/engine.md; read by ``criterion_form``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dijkwacht.core.days import Duration


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Leaf:
    """One fact under one operator.

    ``value`` by operator: yes None · is a value · one_of a tuple · range (least, most) · within a Duration ·
    within_fact (fact type, Duration at most) · before/after a date · before_fact/after_fact (fact type,) · known None ·
    never None (that date never came; made of ``or_never``, which is *later than it, or it never came*).
    """

    fact: str
    op: str = "yes"
    value: Any = None
    via: str | None = None

    @property
    def other(self) -> str | None:
        """The second fact type that the operator compares with, if any."""
        return self.value[0] if self.op in ("within_fact", "before_fact", "after_fact") else None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class All:
    """True when every part is."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Any_:  # noqa: N801 - the name any is taken
    """True when one part is."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Not:
    """The opposite of its part."""

    part: "Node"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class AtLeast:
    """True when ``n`` parts are."""

    n: int
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Each:
    """Every registered subject of a kind, for which ``where`` holds, satisfies ``that``."""

    subject: str
    that: "Node"
    where: "Node | None" = None
    linked_by: str | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Some:
    """One registered subject of a kind, for which ``where`` holds, satisfies ``that``."""

    subject: str
    that: "Node"
    where: "Node | None" = None
    linked_by: str | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class VerdictOf:
    """The verdict of another requirement: met and not applicable are true."""

    requirement: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Due:
    """A term that starts at a date fact has run out: not yet due is false."""

    fact: str
    plus: Duration


@dataclass(frozen=True, slots=True, weakref_slot=True)
class WherePossible:
    """``part``, or a reasoned exception (a fact of value kind ``exception``) that has not ended."""

    part: "Node"
    exception: str


Node = Leaf | All | Any_ | Not | AtLeast | Each | Some | VerdictOf | Due | WherePossible


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below this one."""
    match node:
        case All(parts) | Any_(parts) | AtLeast(_, parts):
            return parts
        case Not(part) | WherePossible(part, _):
            return (part,)
        case Each(_, that, where, _) | Some(_, that, where, _):
            return (that,) if where is None else (where, that)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """This node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def facts_of(node: Node) -> set[str]:
    """Every fact type that this criterion reads itself (not through a verdict)."""
    names: set[str] = set()
    for each in walk(node):
        match each:
            case Leaf(fact, _, _, via):
                names |= {fact, via or fact, each.other or fact}
            case Due(fact, _):
                names.add(fact)
            case WherePossible(_, exception):
                names.add(exception)
            case Each(kind, _, _, linked_by) | Some(kind, _, _, linked_by):
                names.add(f"register.{kind}.complete")
                names |= {linked_by} if linked_by else set()
    return names


def verdicts_of(node: Node) -> set[str]:
    """Every requirement on whose verdict this criterion leans directly."""
    return {each.requirement for each in walk(node) if isinstance(each, VerdictOf)}
