"""Requirements for a tender, stacked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.suppliers.procurement import Requirement, stacked

PACK = (
    Requirement("report", frozenset({"general", "cloud"}), "must"),
    Requirement("proof", frozenset({"general"}), "wish", must_if=frozenset({"critical"})),
    Requirement("proof-period", frozenset({"cloud"}), "wish", replaces=frozenset({"proof"})),
    Requirement("region", frozenset({"cloud"}), "must", only_if=frozenset({"personal_data"})),
    Requirement("source", frozenset({"development"}), "wish"),
)


def rows(*parts: str, **context: bool | None) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.requirement.id, each.weight, each.parts) for each in stacked(PACK, parts=parts, context=context)]


def test_each_stands_once_with_the_parts_that_bring_it() -> None:
    assert rows("general", "cloud", personal_data=False, critical=False) == [
        ("report", "must", ("cloud", "general")),
        ("proof-period", "wish", ("cloud", "general")),
    ]


def test_the_heavier_replaces_the_lighter_and_takes_over_its_weight() -> None:
    found = {
        each.requirement.id: each for each in stacked(PACK, parts=["general", "cloud"], context={"critical": True})
    }
    assert (found["proof-period"].weight, found["proof-period"].replaced) == ("must", ("proof",))
    assert "proof" not in found
    assert rows("general", critical=True)[1] == ("proof", "must", ("general",))


def test_what_nobody_answered_leaves_nothing_out() -> None:
    found = {each.requirement.id: each for each in stacked(PACK, parts=["cloud"], context={"personal_data": None})}
    assert found["region"].asked == ("personal_data",)


def test_a_part_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no requirement comes with kite"):
        rows("kite")


def test_a_circle() -> None:
    circle = [
        Requirement(one, frozenset({"p"}), "must", replaces=frozenset({other})) for one, other in ("ab", "bc", "ca")
    ]
    with pytest.raises(ValueError, match="replaces itself"):
        stacked(circle, parts=["p"], context={})


@given(
    st.sets(st.sampled_from(["general", "cloud", "development"])),
    st.sets(st.sampled_from(["general", "cloud", "development"])),
)
def test_more_parts_never_ask_less(few: set[str], more: set[str]) -> None:
    def met(parts: set[str]) -> set[str]:
        return {
            name for each in stacked(PACK, parts=parts, context={}) for name in (each.requirement.id, *each.replaced)
        }

    assert met(few) <= met(few | more)
    found = stacked(PACK, parts=few | more, context={})
    assert len({each.requirement.id for each in found}) == len(found)
