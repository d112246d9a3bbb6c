"""Whom everything would stop, all at once, against one by one."""

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.suppliers.dependence import Lean, Web, concentration
from dijkwacht.core.suppliers.spread import spread

THINGS = "abcdefgh"
leans = st.lists(
    st.builds(
        Lean,
        what=st.sampled_from(THINGS),
        on=st.sampled_from(THINGS),
        hours=st.sampled_from([None, 0.0, 4.0]),
        group=st.sampled_from(["", "", "", "x", "y"]),
    ),
    max_size=16,
)
owners = st.dictionaries(st.sampled_from(THINGS), st.sampled_from("ABC"), max_size=6)


@given(leans, owners)
def test_the_same_as_one_by_one(made: list[Lean], whose: dict[str, str]) -> None:
    assert spread(made, on=THINGS, owners=whose) == concentration(Web(made), on=THINGS, owners=whose)


def test_nobody_who_has_anything_is_no_share() -> None:
    assert spread([Lean("a", "b")], on="ab", owners={}) == []


def test_a_way_around_counts_for_what_lies_under_it_too() -> None:
    made = [Lean("desk", "one", 0, "line"), Lean("desk", "two", 0, "line"), Lean("one", "net"), Lean("two", "net")]
    found = spread(made, on=["one", "two", "net"], owners={"desk": "A"})
    assert [each.on for each in found] == ["net"]
