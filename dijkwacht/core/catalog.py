"""What a norm pack holds once it is read: requirements with their criteria, and accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dijkwacht.core.criteria import Leaf, Node, VerdictOf, WherePossible, children, walk
from dijkwacht.core.facts import Assurance, FactType, Shows


@dataclass(frozen=True, slots=True)
class Requirement:
    """One numbered line of a norm, with the criterion that says when it is met. ``id`` is ``norm:number``."""

    id: str
    met_if: Node
    applies_if: Node | None = None
    subject: str = "organisation"
    shows: Shows = Shows.EXISTENCE
    title: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""
    uncertain: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    label: str = ""  # the number as people write it, where the id is no number of the norm

    @property
    def catalog(self) -> str:
        """The norm it belongs to: ``bio2`` of ``bio2:8.13.04``."""
        return self.id.partition(":")[0]

    @property
    def number(self) -> str:
        """The number within the norm: ``8.13.04`` of ``bio2:8.13.04``; to show and to look for, never a key."""
        return self.label or self.id.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Demand:
    """What an addressee asks of a verdict that says *met*. ``shows`` None: what each criterion itself says."""

    least_assurance: Assurance = Assurance.STATED
    shows: Shows | None = Shows.DESIGN
    operation_for: frozenset[str] = frozenset()
    comparable_event: bool = False  # "nothing happened" does not do: a comparable event must be tested

    def shows_of(self, requirement: Requirement) -> Shows:
        """What must be shown for one requirement."""
        if requirement.id in self.operation_for:
            return Shows.OPERATION
        return requirement.shows if self.shows is None else self.shows


@dataclass(frozen=True, slots=True)
class Account:
    """Requirements, an addressee, a demand and a reference date. The remaining keys of the pack are in ``about``."""

    id: str
    name: Mapping[str, str]
    addressee: Mapping[str, str]
    requirements: tuple[str, ...]
    demand: Demand
    per: str = "organisation"
    complete: bool = True
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A number that is known but asks nothing: ``kind`` is moved, withdrawn, referral or no_measure."""

    id: str
    kind: str
    title: Mapping[str, str]
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Catalog:
    """One version of a norm. ``valid_to`` None: still the version in force."""

    id: str  # bio2
    version: str  # 1.3
    name: Mapping[str, str]
    valid_from: date
    valid_to: date | None
    source: str
    requirements: Mapping[str, Requirement]
    withdrawn: Mapping[str, Withdrawn]
    uncertain: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)  # as people call it; empty: by its name


@dataclass(frozen=True, slots=True)
class Norms:
    """All packs in force on a day, together: the fact types, every catalog's requirements and the accounts."""

    fact_types: Mapping[str, FactType]
    requirements: Mapping[str, Requirement]
    accounts: Mapping[str, Account] = field(default_factory=dict)
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    _exceptions: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _excusable: dict[int, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def exceptions(self, requirement: str) -> frozenset[str]:
        """The fact types of the exceptions that a requirement allows, itself or through those it leans on. Remembered."""
        found = self._exceptions.get(requirement)
        if found is None:
            rule = self.requirements[requirement]
            nodes = [*walk(rule.met_if), *(walk(rule.applies_if) if rule.applies_if else ())]
            own = {node.exception for node in nodes if isinstance(node, WherePossible)}
            leans = [self.exceptions(node.requirement) for node in nodes if isinstance(node, VerdictOf)]
            found = self._exceptions[requirement] = frozenset(own).union(*leans)
        return found

    def excusable(self, node: Node) -> bool:
        """Whether an exception can change the value of a criterion of these norms. Remembered, but for what is quick."""
        if type(node) is Leaf:
            fact_type = self.fact_types.get(node.fact)
            return fact_type is not None and fact_type.value == "exception"
        found = self._excusable.get(id(node))
        if found is None:
            if isinstance(node, VerdictOf):
                found = bool(self.exceptions(node.requirement))
            else:
                found = isinstance(node, WherePossible) or any(self.excusable(part) for part in children(node))
            self._excusable[id(node)] = found
        return found
