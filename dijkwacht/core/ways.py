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
    lowest: int  # the lowest assurance among the reasons


Proofs = tuple[Proof, ...]


def shown_by(ids: Iterable[str], reasons: tuple[Reason, ...]) -> Proof:
    """The proof that these facts are, with these reasons."""
    lowest = min((reason.assurance for reason in reasons if reason.assurance), default=Assurance.AUDITED)
    return Proof(frozenset(ids), reasons, lowest)


def rank(proof: Proof) -> tuple[int, int, tuple[str, ...]]:
    """Fewest facts first, then the best assurance, then a fixed order."""
    return len(proof.ids), -proof.lowest, tuple(sorted(proof.ids))


def choose(ways: Iterable[Proofs]) -> Proofs:
    """The smallest of several ways, none of which holds another."""
    several = list(ways)
    if len(several) == 1 and len(several[0]) == 1:
        return several[0]
    found = list({proof.ids: proof for proofs in several for proof in proofs}.values())
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
    lowest: int = Assurance.AUDITED
    for proofs in parts:
        if len(proofs) == 1:
            (only,) = proofs
            ids |= only.ids
            found += only.reasons
            lowest = min(lowest, only.lowest)
        else:
            several.append(proofs)
    out: Proofs = (Proof(frozenset(ids), _few(found), lowest),)
    for proofs in several:
        out = choose([tuple(_both(a, b) for a in out for b in proofs)])
    return out


def _both(a: Proof, b: Proof) -> Proof:
    return Proof(a.ids | b.ids, _few(a.reasons + b.reasons), min(a.lowest, b.lowest))


def _few(found: Sequence[Reason]) -> tuple[Reason, ...]:
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
