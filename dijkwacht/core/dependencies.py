"""What rests on what: which verdicts a fact can touch, and the hash of a verdict's inputs."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

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
from dijkwacht.core.facts import COMPLETE, Assurance, Fact, World

Plain = tuple[tuple[str, bool], ...]
"""Fact types in the order in which they are read, and whether of the subject at hand (else of the organisation)."""


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
        self._plain: dict[int, Plain | None] = {}

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

    def plain(self, node: Node) -> Plain | None:
        """What a criterion of these norms reads; None when it depends on the world what that is. Remembered."""
        if id(node) not in self._plain:
            self._plain[id(node)] = self._reads(node)
        return self._plain[id(node)]

    def _reads(self, node: Node) -> Plain | None:
        match node:
            case Leaf(fact, _, _, None) if node.other is None:
                return ((fact, _of_subject(self.norms, fact)),)
            case Leaf() | VerdictOf() | Each() | Some():
                return None
            case Due(fact, _):
                return ((fact, _of_subject(self.norms, fact)),)
        parts = [self.plain(part) for part in children(node)]
        if isinstance(node, WherePossible):
            parts.append(((node.exception, _of_subject(self.norms, node.exception)),))
        known = [part for part in parts if part is not None]
        return tuple(each for part in known for each in part) if len(known) == len(parts) else None


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
        self._plain = dependencies.plain
        self._frame = repr((sorted(versions.items()), world.organisation)).encode()
        self._hashes: dict[tuple[str, str], str] = {}
        self._facts: dict[tuple[str, str], bytes] = {}
        self._registers: dict[str, list[bytes]] = {}

    def hash(self, requirement: str, subject: str) -> str:
        """SHA-256, in hex. The same for the same day of judging: the verdict is the same, to the last reason."""
        key = requirement, subject
        found = self._hashes.get(key)
        if found is None:
            pieces = [_piece(repr(key)), *self._line(self._norms.requirements[requirement], subject)]
            found = self._hashes[key] = hashlib.sha256(self._frame + b"".join(pieces)).hexdigest()
        return found

    def _line(self, rule: Requirement, subject: str) -> Iterator[bytes]:
        if rule.subject != "organisation":
            yield _piece(repr(self._world.kind_of.get(subject)))
            if self._world.kind_of.get(subject) != rule.subject:  # judged by its register alone
                yield from self._register(rule.subject)
        for criterion in (rule.applies_if, rule.met_if):
            if criterion is not None:
                yield from self._read(criterion, subject)

    def _read(self, node: Node, subject: str) -> Iterable[bytes]:
        """What a criterion reads, in a fixed order."""
        plain = self._plain(node)
        if plain is not None:
            return [self._fact(name, subject if own else self._world.organisation) for name, own in plain]
        return self._read_through(node, subject)

    def _read_through(self, node: Node, subject: str) -> Iterator[bytes]:
        """The same of a criterion that reads more than facts of the subject itself or of the organisation."""
        match node:
            case Leaf():
                yield from self._leaf(node, subject)
            case VerdictOf(name):
                kind = self._norms.requirements[name].subject
                at = subject if self._world.kind_of.get(subject) == kind else self._world.organisation
                yield _piece(self.hash(name, at))
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

    def _leaf(self, leaf: Leaf, subject: str) -> Iterator[bytes]:
        """The facts of a leaf that follows a reference or compares two: wherever the reference may point to."""
        places = [self._place(leaf.fact, subject)]
        if leaf.via is not None:
            origin = self._place(leaf.via, subject)
            yield self._fact(leaf.via, origin)
            kinds = self._world.kind_of
            targets = [fact.value for fact in self._world.facts.get((origin, leaf.via), ()) if fact.value in kinds]
            yield _piece(repr([(target, kinds[target]) for target in targets]))
            places = [
                target if kinds[target] == "organisation" else self._place(leaf.fact, target) for target in targets
            ]
        for place in places:
            yield self._fact(leaf.fact, place)
            if leaf.other is not None:
                yield self._fact(leaf.other, self._place(leaf.other, place))

    def _place(self, name: str, subject: str) -> str:
        """The subject on which a fact type is read."""
        return subject if _of_subject(self._norms, name) else self._world.organisation

    def _register(self, kind: str) -> list[bytes]:
        """The subjects of a kind, and whether those are all."""
        found = self._registers.get(kind)
        if found is None:
            members = _piece(repr((self._world.subjects.get(kind, ()), kind in self._world.complete)))
            found = self._registers[kind] = [members, self._fact(COMPLETE.format(kind=kind), self._world.organisation)]
        return found

    def _fact(self, name: str, subject: str) -> bytes:
        """Everything of the facts of one fact type about one subject, and who answers for it."""
        key = name, subject
        found = self._facts.get(key)
        if found is None:
            facts = self._world.facts.get((subject, name))
            told = f"[{', '.join(map(_told, facts))}]" if facts else "[]"
            inherits = self._world.inherits.get(subject)
            found = self._facts[key] = _piece(f"({name!r}, {subject!r}, {inherits!r}, {told})")
        return found


def _piece(text: str) -> bytes:
    return text.encode(errors="surrogatepass") + b"\n"


_SURE = {each: repr(each) for each in Assurance}
_days = lru_cache(maxsize=10_000)(repr)  # of a day, of several, or of none: few of them differ


def _told(fact: Fact) -> str:
    """What repr tells of a fact, in a fraction of the time: there are very many of them."""
    sure = _SURE[fact.assurance] if type(fact.assurance) is Assurance else repr(fact.assurance)
    return (
        f"Fact(id={fact.id!r}, subject={fact.subject!r}, fact={fact.fact!r}, value={fact.value!r}, "
        f"valid_from={_days(fact.valid_from)}, recorded_at={_days(fact.recorded_at)}, valid_to={_days(fact.valid_to)}, "
        f"superseded_at={_days(fact.superseded_at)}, observations={_days(fact.observations)}, "
        f"assurance={sure}, said_by={fact.said_by!r}, "
        f"inherited_from={fact.inherited_from!r})"
    )


def _of_subject(norms: Norms, name: str) -> bool:
    """Whether a fact type is read on the subject at hand, and not on the organisation."""
    fact_type = norms.fact_types.get(name)
    return fact_type is not None and fact_type.subject != "organisation"
