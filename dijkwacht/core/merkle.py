"""A Merkle tree over the lines of a statement: one root for all, and a short proof for each line.

The form of RFC 6962, section 2.1: a leaf is hashed with a zero byte before it, a node with a one, so that neither can pass
for the other; a tree of n leaves is split at the largest power of two below n. Explained in docs/algorithms/statement.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where a leaf stands among ``size`` leaves, and the hashes beside its way up, from the leaf to the root."""

    index: int
    size: int
    path: tuple[bytes, ...]


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves, in their order. Over no leaves at all: the hash of nothing."""
    level = [leaf_hash(leaf) for leaf in leaves]
    if not level:
        return sha256().digest()
    while len(level) > 1:  # a node without a neighbour goes up as it is, which gives the split of the RFC
        pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def inclusion(leaves: Sequence[bytes], index: int) -> Inclusion:
    """The proof that the leaf at ``index`` is in the tree. Raises IndexError when there is none."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} among {len(leaves)}")
    level, place, path = [leaf_hash(leaf) for leaf in leaves], index, []
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            path.append(level[beside])
        pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level, place = pairs + level[len(pairs) * 2 :], place // 2
    return Inclusion(index, len(leaves), tuple(path))


def included(leaf: bytes, proof: Inclusion, *, root: bytes) -> bool:
    """Whether the leaf stands at that place in the tree with that root; every hash of the proof must be used."""
    if not 0 <= proof.index < proof.size:
        return False
    found, place, last, path = leaf_hash(leaf), proof.index, proof.size - 1, list(proof.path)
    while last > 0:
        if place % 2 or place < last:
            if not path:
                return False
            beside = path.pop(0)
            found = _node(beside, found) if place % 2 else _node(found, beside)
        place, last = place // 2, last // 2
    return not path and found == root
