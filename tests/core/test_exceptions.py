"""Reasons where exceptions play: that none was made counts too, so leaving one out can lead to the same status by another way."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.core import strategies, test_laws
from tests.core.strategies import MOMENTS, ORGANISATION, SUBJECTS, Draw, Situation, used_types
from tests.core.test_laws import look_less

YES = {"fact": "house.yes"}
UNLESS = {"where_possible": {"not": YES}, "exception": "house.exception"}


def _criteria(depth: int, leaning: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Criteria over two facts and one exception, so that the same fact stands in many places."""
    facts = [YES, {"fact": "house.also"}, {"fact": "house.yes", "is": False}]
    leaf = st.sampled_from([*facts, *({"verdict": each} for each in leaning)])
    if depth == 0:
        return leaf
    part = _criteria(depth - 1, leaning)
    parts = st.lists(part, min_size=2, max_size=3)
    return st.one_of(
        leaf,
        part.map(lambda each: {"where_possible": each, "exception": "house.exception"}),
        part.map(lambda each: {"not": each}),
        parts.map(lambda found: {"all": found}),
        parts.map(lambda found: {"any": found}),
        parts.map(lambda found: {"at_least": {"n": 2, "of": found}}),
    )


@st.composite
def excepted(draw: Draw) -> Situation:
    """A situation in which exceptions are everywhere."""
    requirements: dict[str, dict[str, Any]] = {}
    for number in range(draw(st.integers(1, 3))):
        raw = {"met_if": draw(_criteria(2, list(requirements)))}
        if draw(st.booleans()):
            raw["applies_if"] = draw(_criteria(2, list(requirements)))
        requirements[f"test:{number}"] = raw
    return _with_facts(draw, requirements)


def _with_facts(draw: Draw, requirements: dict[str, dict[str, Any]]) -> Situation:
    types = {each: strategies._fact_type(draw, each) for each in used_types(requirements)}
    facts = [
        strategies._fact(draw, f"{name}{n}", fact_type, ORGANISATION)
        for name, fact_type in types.items()
        for n in range(draw(st.sampled_from((1, 1, 1, 2, 0))))
    ]
    on = draw(st.sampled_from(MOMENTS))
    return Situation(types, requirements, tuple(facts), dict.fromkeys(SUBJECTS, ()), frozenset(), on, on)


def proved(s: Situation) -> None:
    """The two laws of reasons, on this situation."""
    for law in (test_laws.test_the_reasons_alone_give_the_same_status, test_laws.test_the_reasons_are_the_smallest_set):
        law.hypothesis.inner_test(s)  # type: ignore[attr-defined]


@look_less
@given(excepted())
def test_reasons_with_exceptions_hold_by_themselves_and_none_can_be_missed(s: Situation) -> None:
    proved(s)


@look_less
@given(st.data())
def test_an_exception_that_made_a_line_apply(data: st.DataObject) -> None:
    """Found once: without it the line does not apply, and what leans on it is met by the other fact alone."""
    applies = {"test:0": {"met_if": YES, "applies_if": UNLESS}}
    also = {"all": [{"fact": "house.also"}, {"verdict": "test:0"}, {"not": YES}]}
    requirements = applies | {"test:1": {"met_if": {"verdict": "test:0"}}, "test:2": {"met_if": also}}
    s = _with_facts(data.draw, requirements)
    proved(s)
