"""What a tender asks and what an award settles: laws that hold for every choice."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.suppliers.tendering import Held, derived, due_after, followed, settled, stands, tally
from dijkwacht.norms.suppliers_requirements import requirements

PACK = requirements()
PARTS = st.lists(st.sampled_from([each.id for each in PACK.parts]), unique=True)
CONTEXT = st.dictionaries(st.sampled_from([each.id for each in PACK.context]), st.sampled_from([True, False, None]))
SAYS = st.sampled_from(["yes", "partly", "no", "unknown"])


@settings(deadline=None, max_examples=40)
@given(PARTS, CONTEXT)
def test_nothing_is_asked_twice_and_what_always_goes_along_is_there(
    parts: list[str], context: dict[str, bool | None]
) -> None:
    rows = derived(PACK, parts=parts, context=context)
    keys = [each.key for each in rows]
    assert len(keys) == len(set(keys))
    assert not {key for each in rows for key in each.replaced} & set(keys)
    assert "security_contact" in keys
    assert all(set(each.parts) <= {*parts, *PACK.always} for each in rows)


@settings(deadline=None, max_examples=40)
@given(PARTS, CONTEXT, st.sampled_from([each.id for each in PACK.context]))
def test_not_knowing_leaves_nothing_out_that_a_yes_would_ask(
    parts: list[str], context: dict[str, bool | None], question: str
) -> None:
    covered = {}
    for answer in (True, False, None):
        rows = derived(PACK, parts=parts, context={**context, question: answer})
        covered[answer] = {key for each in rows for key in (each.key, *each.replaced)}
    assert covered[True] | covered[False] <= covered[None]


@settings(deadline=None, max_examples=40)
@given(PARTS, CONTEXT, PARTS, CONTEXT, st.randoms(use_true_random=False))
def test_what_was_chosen_by_hand_stays_as_long_as_its_line_does(
    parts: list[str], context: dict[str, bool | None], other: list[str], later: dict[str, bool | None], random: object
) -> None:
    before, now = derived(PACK, parts=parts, context=context), derived(PACK, parts=other, context=later)
    flip = {each.key: random.random() < 0.3 for each in before}  # type: ignore[attr-defined]
    turned = {"must": "wish", "wish": "must"}
    held = {each.key: Held(turned[each.weight] if flip[each.key] else each.weight) for each in before}  # type: ignore[arg-type]
    result = followed(before, now, held)
    assert {each.key for each in result.added} | {each.key for each, _ in result.kept} == {each.key for each in now}
    assert set(result.dropped) == set(held) - {each.key for each in now}
    for each, weight in result.kept:
        assert weight == (held[each.key].weight if flip[each.key] else each.weight)
    assert set(result.lost) == {key for key in result.dropped if flip[key]}


def test_a_part_or_question_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        derived(PACK, parts=["nothing"], context={})
    with pytest.raises(ValueError, match="nothing"):
        derived(PACK, parts=[], context={"nothing": True})


@given(st.lists(st.tuples(st.sets(st.sampled_from("abc")), SAYS)))
def test_an_award_never_settles_what_was_not_said(lines: list[tuple[set[str], str]]) -> None:
    found = settled(lines)  # type: ignore[arg-type]
    for fact, value in found.items():
        said = {says for facts, says in lines if fact in facts}
        assert value is ("no" not in said)
        assert value is False or said == {"yes"}
    unsettled = {fact for facts, _ in lines for fact in facts} - set(found)
    for fact in unsettled:
        assert {says for facts, says in lines if fact in facts} & {"partly", "unknown"}


@given(SAYS, SAYS)
def test_what_we_found_counts_above_what_was_said(says: str, verified: str) -> None:
    assert stands(says, verified) == (says if verified == "unknown" else verified)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.sampled_from(["must", "wish"]), SAYS)))
def test_every_line_is_counted_once(rows: list[tuple[str, str]]) -> None:
    found = tally(rows)  # type: ignore[arg-type]
    assert found["must"].total() + found["wish"].total() == len(rows)


def test_when_it_is_looked_at_again() -> None:
    assert due_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert due_after(date(2026, 8, 31), None) is None
