"""What can be wrong in a criterion once it is read: it names nothing, does not fit the value,
looks at the wrong subject, or leans on itself."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dijkwacht.core.catalog import Requirement
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
)
from dijkwacht.core.days import is_day
from dijkwacht.core.dependencies import verdicts_of_requirement
from dijkwacht.core.facts import COMPLETE, SUBJECT_KINDS, FactType

MAX_CHAIN = 40
Notes = Iterator[tuple[str, str]]  # (place within the criterion, what is wrong)

_NUMBER = frozenset({"is", "one_of", "range", "known"})
_WORD = frozenset({"is", "one_of", "known"})
_FITS = {
    "yes_no": frozenset({"yes", "is", "known"}),
    "date": frozenset({"is", "within", "within_fact", "before", "after", "before_fact", "after_fact", "known", "never"}),
    "count": _NUMBER, "percentage": _NUMBER, "choice": _WORD, "text": _WORD, "reference": _WORD,
    "duration": frozenset({"known"}), "exception": frozenset({"known"}),
}  # fmt: skip
_PYTHON: Mapping[str, tuple[type, ...]] = {
    "yes_no": (bool,), "date": (date,), "count": (int, float), "percentage": (int, float),
}  # fmt: skip
_KIND_OF_OTHER = {"within_fact": "duration", "before_fact": "date", "after_fact": "date"}


@dataclass(frozen=True, slots=True)
class Checker:
    """Looks through criteria against all fact types and requirements of a pack."""

    fact_types: Mapping[str, FactType]
    requirements: Mapping[str, Requirement]
    strict: bool
    unread: frozenset[str] = frozenset()  # requirements that stand in the pack but could not be read

    def requirement(self, requirement: Requirement) -> Notes:
        """What is wrong in one requirement."""
        yield from self.node(requirement.met_if, "met_if", requirement.subject)
        if requirement.applies_if is not None:
            yield from self.node(requirement.applies_if, "applies_if", requirement.subject)

    def node(self, node: Node, at: str, scope: str) -> Notes:
        """What is wrong in a node and below, for a subject of kind ``scope``."""
        match node:
            case All(parts):
                yield from self.parts(parts, f"{at}.all", scope)
            case Any_(parts):
                yield from self.parts(parts, f"{at}.any", scope)
            case AtLeast(_, parts):
                yield from self.parts(parts, f"{at}.at_least.of", scope)
            case Not(part):
                yield from self.node(part, f"{at}.not", scope)
            case Each():
                yield from self.over(node, f"{at}.each", scope)
            case Some():
                yield from self.over(node, f"{at}.some", scope)
            case VerdictOf(name):
                yield from self.verdict(name, f"{at}.verdict", scope)
            case Due(fact):
                yield from self.kind(fact, "date", f"{at}.due.fact", scope)
            case WherePossible(part, exception):
                yield from self.node(part, f"{at}.where_possible", scope)
                yield from self.kind(exception, "exception", f"{at}.exception", scope)
            case Leaf():
                yield from self.leaf(node, at, scope)

    def parts(self, parts: tuple[Node, ...], at: str, scope: str) -> Notes:
        """What is wrong in the parts of all, any or at_least."""
        for i, part in enumerate(parts):
            yield from self.node(part, f"{at}[{i}]", scope)
            if self.strict and part in parts[:i]:
                yield f"{at}[{i}]", "the same part twice"

    def over(self, node: Each | Some, at: str, scope: str) -> Notes:
        """What is wrong in each and some."""
        if node.subject not in SUBJECT_KINDS or node.subject == "organisation":
            yield f"{at}.subject", f"unknown subject {node.subject}"
            return
        if self.strict and COMPLETE.format(kind=node.subject) not in self.fact_types:
            yield f"{at}.subject", f"no fact type {COMPLETE.format(kind=node.subject)}"
        if node.linked_by is not None:
            yield from self.kind(node.linked_by, "reference", f"{at}.linked_by", node.subject)
            link = self.fact_types.get(node.linked_by)
            if link and link.refers_to not in (None, scope):
                yield f"{at}.linked_by", f"{node.linked_by} points to a {link.refers_to}, not to a {scope}"
        if node.where is not None:
            yield from self.node(node.where, f"{at}.where", node.subject)
        yield from self.node(node.that, f"{at}.that", node.subject)

    def verdict(self, name: str, at: str, scope: str) -> Notes:
        """What is wrong in leaning on another requirement."""
        other = self.requirements.get(name)
        if other is None:
            if name not in self.unread:
                yield at, f"unknown requirement {name}"
        elif self.strict and other.subject not in (scope, "organisation"):
            yield at, f"{name} is about a {other.subject}, not about a {scope}"

    def fact(self, name: str, at: str, scope: str) -> Notes:
        """What is wrong in naming a fact type for a subject of kind ``scope``."""
        fact = self.fact_types.get(name)
        if fact is None:
            yield at, f"unknown fact {name}"
        elif fact.subject not in (scope, "organisation"):
            yield at, f"{name} is about a {fact.subject}, not about a {scope}; via is missing"

    def kind(self, name: str, kind: str, at: str, scope: str) -> Notes:
        """As ``fact``, and its value must be of a kind."""
        yield from self.fact(name, at, scope)
        fact = self.fact_types.get(name)
        if fact is not None and fact.value != kind:
            yield at, f"{name} must be a {kind}, it is a {fact.value}"

    def leaf(self, leaf: Leaf, at: str, scope: str) -> Notes:
        """What is wrong in one fact under one operator."""
        reach = scope
        if leaf.via is not None:
            yield from self.kind(leaf.via, "reference", f"{at}.via", scope)
            via = self.fact_types.get(leaf.via)
            # a reference that does not say to what kind it points reaches whatever the fact is about
            target = self.fact_types.get(leaf.fact)
            reach = (via and via.refers_to) or (target.subject if target else scope)
        yield from self.fact(leaf.fact, f"{at}.fact", reach)
        if leaf.other is not None:
            yield from self.kind(leaf.other, _KIND_OF_OTHER[leaf.op], f"{at}.{leaf.op.removesuffix('_fact')}", reach)
        if fact := self.fact_types.get(leaf.fact):
            yield from self.operator(leaf, fact, at)

    def operator(self, leaf: Leaf, fact: FactType, at: str) -> Notes:
        """Whether the operator and its operand fit the value of the fact type."""
        if leaf.op not in _FITS[fact.value]:
            name = "no operator" if leaf.op == "yes" else leaf.op.removesuffix("_fact").replace("range", "min or max")
            yield at, f"{name} does not fit {fact.id}, which is a {fact.value}"
        elif leaf.op in ("is", "one_of"):
            for value in leaf.value if leaf.op == "one_of" else (leaf.value,):
                if (wrong := _wrong_value(fact, value)) is not None:
                    yield f"{at}.{leaf.op}", wrong
        elif leaf.op == "range":
            bounds = [bound for bound in leaf.value if bound is not None]
            if any(
                (isinstance(b, float) and not math.isfinite(b)) or (fact.value == "percentage" and not 0 <= b <= 100)
                for b in bounds
            ):
                yield at, f"a bound of {fact.id} is out of range"
            elif self.strict and bounds != sorted(bounds):
                yield at, f"min is above max on {fact.id}"


def _wrong_value(fact: FactType, value: Any) -> str | None:
    """Why a value cannot be one of the fact type; None when it can."""
    if fact.value == "choice":
        return None if value in fact.choices else f"{value!r:.40} is no choice of {fact.id}"
    if fact.value == "date" and isinstance(value, str) and is_day(value):
        return None  # quoted in YAML
    python = _PYTHON.get(fact.value, (str,))
    fits = isinstance(value, python) and (fact.value == "yes_no" or not isinstance(value, bool))
    return None if fits else f"{value!r:.40} is no {fact.value}"


def leaning(requirements: Mapping[str, Requirement]) -> Iterator[tuple[str, str]]:
    """What is wrong in how requirements lean on each other: rings, and chains so long that judging would be slow.

    Depth first without recursion, as a strange pack may hold a chain of thousands.
    """
    leans = {name: sorted(verdicts_of_requirement(requirement)) for name, requirement in requirements.items()}
    depth: dict[str, int] = {}
    for start in leans:
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                depth[name] = 1 + max((depth.get(other, 0) for other in leans.get(name, ())), default=0)
                if depth[name] == MAX_CHAIN + 1:
                    yield name, f"leans on more than {MAX_CHAIN} others in a row"
            elif name in on_path:
                yield path[path.index(name)], f"cycle: {' > '.join((*path[path.index(name) :], name))}"
            elif name not in depth:
                path.append(name)
                on_path.add(name)
                stack.append((name, True))
                stack.extend((other, False) for other in reversed(leans.get(name, [])))
