"""Ways to prove something: sets of facts, put together and pruned to the smallest ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dijkwacht.core.facts import Assurance
from dijkwacht.core.verdict import Reason

MANY = 100  # reasons that are gathered before doubles are looked for
LIMIT = 12  # alternative proofs kept per node; more than that is pruned to the smallest ones


@dataclass(frozen=True, slots=True)
class Proof:
    """A set of facts that forces a truth, with the reasons that say how."""

    ids: frozenset[str]
    reasons: tuple[Reason, ...]


Proofs = tuple[Proof, ...]


def rank(proof: Proof) -> tuple[int, int, tuple[str, ...]]:
    """Fewest facts first, then the best assurance, then a fixed order."""
    lowest = min((reason.assurance for reason in proof.reasons if reason.assurance), default=Assurance.AUDITED)
    return len(proof.ids), -lowest, tuple(sorted(proof.ids))


def choose(ways: Iterable[Proofs]) -> Proofs:
    """The smallest of several ways, none of which holds another."""
    found = list({proof.ids: proof for proofs in ways for proof in proofs}.values())
    if len(found) == 1:
        return (found[0],)
    kept: list[Proof] = []
    for proof in sorted(found, key=rank):
        if len(kept) < LIMIT and not any(better.ids <= proof.ids for better in kept):
            kept.append(proof)
    return tuple(kept)


def cross(parts: Iterable[Proofs]) -> Proofs:
    """Every way of proving all parts together, pruned to the smallest."""
    ids: set[str] = set()
    found: list[Reason] = []
    several: list[Proofs] = []
    for proofs in parts:
        if len(proofs) == 1:
            ids |= proofs[0].ids
            found += proofs[0].reasons
        else:
            several.append(proofs)
    out: Proofs = (Proof(frozenset(ids), _few(found)),)
    for proofs in several:
        out = choose([tuple(Proof(a.ids | b.ids, _few([*a.reasons, *b.reasons])) for a in out for b in proofs)])
    return out


def _few(found: list[Reason]) -> tuple[Reason, ...]:
    """As they are; of many only the different ones, or lines that lean on the same line would double them each time."""
    return tuple(found) if len(found) <= MANY else distinct(found)


def distinct(items: Sequence[Reason]) -> tuple[Reason, ...]:
    """Each reason once, in order."""
    if len(items) < 2:
        return tuple(items)
    seen: dict[tuple[Any, ...], Reason] = {}
    for reason in items:
        op = reason.params.get("op")
        key = (reason.code, reason.fact_id, reason.fact_type, reason.subject, reason.requirement, op)
        seen.setdefault(key, reason)
    return tuple(seen.values())
