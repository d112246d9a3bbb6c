"""Ways to prove something: put together and pruned, they are what trying every pair gives."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.facts import Assurance
from dijkwacht.core.verdict import Reason
from dijkwacht.core.ways import LIMIT, Proof, Proofs, choose, cross, distinct, rank

FACTS = st.sampled_from("abcdefgh")


@st.composite
def proofs(draw: st.DrawFn) -> Proofs:
    """Some ways to prove one thing, each with a reason per fact."""
    found = []
    for ids in draw(st.lists(st.frozensets(FACTS, min_size=1, max_size=3), min_size=1, max_size=5, unique=True)):
        sure = draw(st.sampled_from(Assurance))
        told = tuple(Reason("shows_yes", each, each, assurance=sure) for each in sorted(ids))
        found.append(Proof(ids, told, sure))
    return choose([tuple(found)])


def together(some: Proofs, others: Proofs) -> Proofs:
    """Every pair, then the smallest: the definition, without any short cut."""
    pairs = {}
    for a, b in product(some, others):
        pairs[a.ids | b.ids] = Proof(a.ids | b.ids, a.reasons + b.reasons, min(a.lowest, b.lowest))
    kept: list[Proof] = []
    for proof in sorted(pairs.values(), key=rank):
        if not any(better.ids <= proof.ids for better in kept):
            kept.append(proof)
    return tuple(kept[:LIMIT])


@given(proofs(), proofs())
def test_both_together_are_the_smallest_of_all_pairs(one: Proofs, other: Proofs) -> None:
    found = cross([one, other])
    if len(one) > 1 and len(other) > 1:
        assert found == together(one, other)
    assert [(each.ids, each.lowest) for each in found] == [(p.ids, p.lowest) for p in together(one, other)]


@given(st.lists(proofs(), max_size=4))
def test_no_way_that_is_kept_holds_another(several: list[Proofs]) -> None:
    kept = choose(several)
    assert len(kept) <= LIMIT
    assert list(kept) == sorted(kept, key=rank)
    assert not any(a.ids < b.ids for a in kept for b in kept)
    offered = {proof.ids for found in several for proof in found}
    assert {proof.ids for proof in kept} <= offered
    if len(kept) < LIMIT:
        assert all(any(proof.ids <= ids for proof in kept) for ids in offered)


def test_many_ways_are_pruned_to_the_smallest() -> None:
    parts = [tuple(Proof(frozenset({f"{n}{way}"}), (), Assurance.STATED) for way in "xy") for n in range(6)]
    found = cross(parts)
    assert len(found) == LIMIT
    assert sorted(found[0].ids) == ["0x", "1x", "2x", "3x", "4x", "5x"]


def test_the_same_reason_counts_once() -> None:
    reason = Reason("shows_yes", "a", "1")
    assert distinct((reason, Reason("shows_no", "a", "1"), reason)) == (reason, Reason("shows_no", "a", "1"))
