"""What rests on what: which verdicts a fact can touch, and the hash of a verdict's inputs."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.criteria import (
    Due,
    Each,
    Leaf,
    Node,
    Some,
    VerdictOf,
    WherePossible,
    children,
    facts_of,
    verdicts_of,
)  # fmt: skip
from dijkwacht.core.facts import COMPLETE, World


class CycleError(ValueError):
    """Requirements that lean on each other in a circle; ``path`` names them in order."""

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(" > ".join(path))
        self.path = path


class Dependencies:
    """For each requirement the fact types it rests on, directly and through verdicts; and the other way round."""

    def __init__(self, norms: Norms) -> None:
        self.norms = norms
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
    """Hashes of what verdicts with their reasons rest on. One object per world: each line is worked out once.

    A line rests on the packs, on what its criteria read of which subject, and on the hashes of the lines it leans on.
    """

    def __init__(self, dependencies: Dependencies, world: World, versions: Mapping[str, str]) -> None:
        self._norms, self._world = dependencies.norms, world
        self._frame = repr((sorted(versions.items()), world.organisation)).encode()
        self._hashes: dict[tuple[str, str], str] = {}
        self._facts: dict[tuple[str, str], str] = {}

    def hash(self, requirement: str, subject: str) -> str:
        """SHA-256, in hex. The same for the same day of judging: the verdict is the same, to the last reason."""
        key = requirement, subject
        found = self._hashes.get(key)
        if found is None:
            digest = hashlib.sha256(self._frame)
            for piece in (repr(key), *self._line(self._norms.requirements[requirement], subject)):
                digest.update(piece.encode(errors="surrogatepass") + b"\n")
            found = self._hashes[key] = digest.hexdigest()
        return found

    def _line(self, rule: Requirement, subject: str) -> Iterator[str]:
        if rule.subject != "organisation":
            yield repr(self._world.kind_of.get(subject))
            if self._world.kind_of.get(subject) != rule.subject:  # judged by its register alone
                yield from self._register(rule.subject)
        for criterion in (rule.applies_if, rule.met_if):
            if criterion is not None:
                yield from self._read(criterion, subject)

    def _read(self, node: Node, subject: str) -> Iterator[str]:
        """What a criterion reads, in a fixed order."""
        match node:
            case Leaf():
                yield from self._leaf(node, subject)
            case Due(fact, _):
                yield self._fact(fact, self._place(fact, subject))
            case VerdictOf(name):
                kind = self._norms.requirements[name].subject
                yield self.hash(name, subject if self._world.kind_of.get(subject) == kind else self._world.organisation)
            case WherePossible(part, exception):
                yield from self._read(part, subject)
                yield self._fact(exception, self._place(exception, subject))
            case Each(kind, that, where, linked_by) | Some(kind, that, where, linked_by):
                yield from self._register(kind)
                for member in self._world.subjects.get(kind, ()):
                    if linked_by is not None:
                        yield self._fact(linked_by, self._place(linked_by, member))
                    for part in (that,) if where is None else (where, that):
                        yield from self._read(part, member)
            case _:
                for part in children(node):
                    yield from self._read(part, subject)

    def _leaf(self, leaf: Leaf, subject: str) -> Iterator[str]:
        """The facts of a leaf; through a reference those wherever it may point to."""
        places = [self._place(leaf.fact, subject)]
        if leaf.via is not None:
            origin = self._place(leaf.via, subject)
            yield self._fact(leaf.via, origin)
            kinds = self._world.kind_of
            targets = [fact.value for fact in self._world.facts.get((origin, leaf.via), ()) if fact.value in kinds]
            yield repr([(target, kinds[target]) for target in targets])
            places = [
                target if kinds[target] == "organisation" else self._place(leaf.fact, target) for target in targets
            ]
        for place in places:
            yield self._fact(leaf.fact, place)
            if leaf.other is not None:
                yield self._fact(leaf.other, self._place(leaf.other, place))

    def _place(self, name: str, subject: str) -> str:
        """The subject on which a fact type is read."""
        fact_type = self._norms.fact_types.get(name)
        return subject if fact_type is not None and fact_type.subject != "organisation" else self._world.organisation

    def _register(self, kind: str) -> Iterator[str]:
        yield repr((self._world.subjects.get(kind, ()), kind in self._world.complete))
        yield self._fact(COMPLETE.format(kind=kind), self._world.organisation)

    def _fact(self, name: str, subject: str) -> str:
        """Everything of the facts of one fact type about one subject, and who answers for it."""
        key = name, subject
        found = self._facts.get(key)
        if found is None:
            facts = self._world.facts.get((subject, name), [])
            found = self._facts[key] = repr((name, subject, self._world.inherits.get(subject), facts))
        return found
