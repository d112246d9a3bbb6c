"""What rests on what: which verdicts a fact can touch, and the hash of a verdict's inputs."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criteria import facts_of, verdicts_of
from dijkwacht.core.facts import COMPLETE, Fact, World


class CycleError(ValueError):
    """Requirements that lean on each other in a circle; ``path`` names them in order."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(" > ".join(path))
        self.path = path


class Dependencies:
    """For each requirement the fact types it rests on, directly and through verdicts; and the other way round."""

    def __init__(self, norms: Norms) -> None:
        self.own = {name: facts_of_requirement(rule) for name, rule in norms.requirements.items()}
        self.leans = {name: verdicts_of_requirement(rule) for name, rule in norms.requirements.items()}
        self.facts: dict[str, frozenset[str]] = {}
        for name in norms.requirements:
            self._collect(name, ())
        reached: dict[str, set[str]] = defaultdict(set)
        for name, facts in self.facts.items():
            for fact in facts:
                reached[fact].add(name)
        self.requirements: Mapping[str, frozenset[str]] = {fact: frozenset(names) for fact, names in reached.items()}

    def _collect(self, name: str, path: tuple[str, ...]) -> frozenset[str]:
        if name in path:
            raise CycleError((*path[path.index(name) :], name))
        if name not in self.facts:
            below = [self._collect(each, (*path, name)) for each in sorted(self.leans[name]) if each in self.own]
            self.facts[name] = frozenset(self.own[name]).union(*below)
        return self.facts[name]

    def touched(self, fact_types: Iterable[str]) -> frozenset[str]:
        """The requirements whose verdict these fact types can change."""
        return frozenset().union(*(self.requirements.get(fact, frozenset()) for fact in fact_types))


def facts_of_requirement(rule: Requirement) -> set[str]:
    """Every fact type that a requirement reads itself; for a kind of subject also whether that register is complete."""
    register = set() if rule.subject == "organisation" else {COMPLETE.format(kind=rule.subject)}
    return facts_of(rule.met_if) | (facts_of(rule.applies_if) if rule.applies_if else set()) | register


def verdicts_of_requirement(rule: Requirement) -> set[str]:
    """Every requirement on whose verdict this one leans directly."""
    return verdicts_of(rule.met_if) | (verdicts_of(rule.applies_if) if rule.applies_if else set())


class Inputs:
    """Hashes of what verdicts rest on. One object per world: each fact type is digested once."""

    def __init__(self, dependencies: Dependencies, world: World, versions: Mapping[str, str]) -> None:
        self._dependencies = dependencies
        self._by_type: dict[str, list[Fact]] = defaultdict(list)
        for (_, name), facts in world.facts.items():
            self._by_type[name].extend(facts)
        self._digests: dict[str, bytes] = {}
        registers = sorted((kind, *sorted(ids)) for kind, ids in world.subjects.items())
        self._frame = repr((sorted(versions.items()), registers, sorted(world.complete))).encode()

    def hash(self, requirement: str, subject: str) -> str:
        """SHA-256, in hex, over the packs, the registers and every fact that this verdict can rest on."""
        digest = hashlib.sha256(self._frame)
        digest.update(repr((requirement, subject)).encode())
        for name in sorted(self._dependencies.facts[requirement]):
            if name in self._by_type:
                digest.update(self._digest(name))
        return digest.hexdigest()

    def _digest(self, name: str) -> bytes:
        found = self._digests.get(name)
        if found is None:
            rows = sorted(repr(_row(fact)) for fact in self._by_type[name])
            found = self._digests[name] = hashlib.sha256("\n".join(rows).encode()).digest()
        return found


def _row(fact: Fact) -> tuple[object, ...]:
    return (
        fact.subject, fact.fact, fact.value, fact.valid_from, fact.valid_to, fact.recorded_at, fact.superseded_at,
        fact.observations, int(fact.assurance),
    )  # fmt: skip
