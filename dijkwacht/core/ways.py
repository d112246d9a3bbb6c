"""Ways to prove something: sets of facts, put together and pruned to the smallest ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dijkwacht.core.facts import Assurance
from dijkwacht.core.verdict import Reason

MANY = 100  # reasons that are gathered before doubles are looked for
_AUDITED = Assurance.AUDITED
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
    lowest = min([reason.assurance for reason in reasons if reason.assurance], default=_AUDITED)
    return Proof(frozenset(ids), reasons, lowest)


def rank(proof: Proof) -> tuple[int, int, tuple[str, ...]]:
    """Fewest facts first, then the best assurance, then a fixed order."""
    return len(proof.ids), -proof.lowest, tuple(sorted(proof.ids))


def choose(ways: Iterable[Proofs]) -> Proofs:
    """The smallest of several ways, none of which holds another."""
    several = list(ways)
    if len(several) == 1 and len(several[0]) == 1:
        return several[0]
    found = {proof.ids: proof for proofs in several for proof in proofs}
    if len(found) == 1:
        return tuple(found.values())
    return tuple(found[ids] for ids in _smallest({ids: proof.lowest for ids, proof in found.items()}))


def _smallest(lowest: Mapping[frozenset[str], int]) -> list[frozenset[str]]:
    """The smallest sets of facts, in the order of `rank`, none of which holds another; each with its lowest assurance."""
    kept: list[frozenset[str]] = []
    for ids in sorted(lowest, key=lambda ids: (len(ids), -lowest[ids], sorted(ids))):
        if not any(better <= ids for better in kept):
            kept.append(ids)
            if len(kept) == LIMIT:
                break
    return kept


def cross(parts: Iterable[Proofs]) -> Proofs:
    """Every way of proving all parts together, pruned to the smallest."""
    ids: set[str] = set()
    found: list[Reason] = []
    several: list[Proofs] = []
    lowest: int = _AUDITED
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
        out = _with_each(out, proofs)
    return out


def _with_each(some: Proofs, others: Proofs) -> Proofs:
    """Each of some with each of others, pruned to the smallest. Only of those are the reasons put together."""
    pairs = {a.ids | b.ids: (a, b) for a in some for b in others}
    kept = _smallest({ids: min(a.lowest, b.lowest) for ids, (a, b) in pairs.items()})
    return tuple(_both(ids, *pairs[ids]) for ids in kept)


def _both(ids: frozenset[str], a: Proof, b: Proof) -> Proof:
    return Proof(ids, _few(a.reasons + b.reasons), min(a.lowest, b.lowest))


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
