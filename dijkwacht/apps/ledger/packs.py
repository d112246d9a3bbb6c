"""The norms as this room uses them: what rests on what, worked out once per set of packs."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dijkwacht.core.catalog import Norms
from dijkwacht.core.dependencies import Dependencies
from dijkwacht.core.facts import Assurance, FactType, Shows, register_type
from dijkwacht.core.verdict import Reason, Status, Verdict, under_demand
from dijkwacht.norms.read import norms_on

Stored = tuple[str, int | None, int | None, bool]  # status, assurance, shown, whether it says that nothing happened


ENGINE = "2: stale_at looks at what is shown too"
"""How is judged; another text here makes everything be judged anew after an upgrade."""


@dataclass(frozen=True)
class Packs:
    """Norms with their dependencies."""

    norms: Norms

    @cached_property
    def dependencies(self) -> Dependencies:
        """Which requirements rest on which fact types."""
        return Dependencies(self.norms)

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that differ as soon as a criterion, fact type or account differs, or how they are judged."""
        norms = self.norms
        lines = [ENGINE]
        lines += [
            repr((name, rule.subject, rule.shows, rule.applies_if, rule.met_if))
            for name, rule in norms.requirements.items()
        ]
        for name, kind in norms.fact_types.items():
            lines.append(repr((name, kind.subject, kind.value, str(kind.shelf_life), sorted(kind.shows))))
        for name, account in norms.accounts.items():
            demand = account.demand
            asked = (demand.least_assurance, demand.shows, sorted(demand.operation_for), demand.comparable_event)
            lines.append(repr((name, account.requirements, asked)))
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """What goes into the hash of a verdict's inputs."""
        return {"packs": self.fingerprint}

    def fact_type(self, name: str) -> FactType:
        """The fact type of that name; completeness of a register is built in. Raises KeyError."""
        found = self.norms.fact_types.get(name)
        if found is None:
            if not (name.startswith("register.") and name.endswith(".complete")):
                raise KeyError(name)
            found = register_type(name.removeprefix("register.").removesuffix(".complete"))
        return found

    def needs(self, requirements: frozenset[str]) -> frozenset[str]:
        """The fact types that these requirements rest on."""
        facts = self.dependencies.facts
        return frozenset().union(*(facts[name] for name in requirements))

    @cached_property
    def account_facts(self) -> dict[str, frozenset[str]]:
        """Per account the fact types that it rests on."""
        known = self.norms.requirements
        return {
            name: self.needs(frozenset(each for each in account.requirements if each in known))
            for name, account in self.norms.accounts.items()
        }

    def taken(self, account: str, requirement: str, stored: Stored) -> str:
        """The status of a stored verdict as the addressee of an account takes it. Remembered: there are few of them."""
        key = account, requirement, stored
        found = self._taken.get(key)
        if found is None:
            status, assurance, shown, eventless = stored
            verdict = Verdict(
                requirement,
                "",
                Status(status),
                None if assurance is None else Assurance(assurance),
                None if shown is None else Shows(shown),
                (Reason("nothing_happened"),) if eventless else (),
                None,
            )
            rule, demand = self.norms.requirements[requirement], self.norms.accounts[account].demand
            found = self._taken[key] = str(under_demand(verdict, requirement=rule, demand=demand).status)
        return found

    @cached_property
    def _taken(self) -> dict[tuple[str, str, Stored], str]:
        return {}

    def about_kind(self, kind: str) -> frozenset[str]:
        """The fact types by which a subject of this kind can touch a verdict: all about it, and all that refer to it."""
        types = self.norms.fact_types.values()
        names = {each.id for each in types if kind in (each.subject, each.refers_to)}
        return frozenset(names | {f"register.{kind}.complete"})

    def touched_by_kind(self, kind: str) -> frozenset[str]:
        """The requirements that a new or archived subject of this kind can touch."""
        own = {name for name, rule in self.norms.requirements.items() if rule.subject == kind}
        return self.dependencies.touched(self.about_kind(kind)) | own


_packs: list[Packs] = []  # the last few, each with its norms: the same norms give the same packs


def packs_on(day: date) -> Packs:
    """The packs in force on a day."""
    return packs_of(norms_on(day))


def packs_of(norms: Norms) -> Packs:
    """The packs of these norms, worked out once."""
    for each in _packs:
        if each.norms is norms:
            return each
    _packs.insert(0, Packs(norms))
    del _packs[8:]
    return _packs[0]
