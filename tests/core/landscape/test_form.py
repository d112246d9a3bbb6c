"""A cell over the line and back, what is no cell, and what a discussion is about."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import Duration
from dijkwacht.core.landscape.about import name_of
from dijkwacht.core.landscape.cells import Cell, Confidence, Status
from dijkwacht.core.landscape.form import CellError, cell_of, fitting, laid_over, plain, rows_of
from dijkwacht.core.landscape.merge import Doing, Local
from dijkwacht.core.shown import reads_as_it_is
from tests.core.landscape.small import cell, landscape

KNOWN = landscape(cell("a"), cell("b"))
SHOWN = st.text(max_size=20).filter(reads_as_it_is)
TEXT = st.text(min_size=1, max_size=40).filter(str.strip).filter(reads_as_it_is)


@given(
    st.builds(
        lambda nl, basis, source, status, sure, day, term, unread: cell(
            "x", text={"nl": nl, "en": nl}, basis=basis, source=source, status=status, confidence=sure, as_of=day,
            stale_after=term, unread=unread, together="a", kinds=("flood",),
        ),
        TEXT, TEXT, TEXT, st.sampled_from([*Status]), st.sampled_from([*Confidence]), st.dates(),
        st.none() | st.builds(Duration, st.integers(0, 400), st.integers(0, 400)), SHOWN,
    )
)  # fmt: skip
def test_a_cell_comes_back_as_it_went(made: Cell) -> None:
    assert cell_of("x", plain(made), KNOWN) == made


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"area": "moon"}, "area", "unknown"), ({"actor": "nobody"}, "actor", "unknown"), ({"role": ""}, "role", "missing"),
        ({"nl": "  "}, "nl", "missing"),
        ({"nl": "om\u202egekeerd"}, "nl", "odd"), ({"nl": "x" * 2001}, "nl", "long"), ({"basis": 7}, "basis", "text"),
        ({"status": "LAW"}, "status", "unknown"), ({"confidence": "E"}, "confidence", "unknown"),
        ({"as_of": "2026-02-30"}, "as_of", "day"), ({"as_of": "gisteren"}, "as_of", "day"),
        ({"stale_after": "1 jaar"}, "stale_after", "duration"), ({"together": "c"}, "together", "unknown"),
        ({"kinds": "flood"}, "kinds", "unknown"), ({"kinds": ["fire"]}, "kinds", "unknown"),
        ({"kinds": [{}]}, "kinds", "unknown"),
    ],
)  # fmt: skip
def test_what_is_no_cell(changed: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(CellError) as caught:
        cell_of("x", {**plain(cell("x")), **changed}, KNOWN)
    assert (caught.value.cell, caught.value.field, caught.value.code) == ("x", field, code)


def test_a_landscape_with_other_cells_keeps_its_names() -> None:
    assert fitting(landscape(), rows_of(KNOWN)) == KNOWN


def test_a_cell_with_a_name_that_is_there_no_longer_counts_no_more() -> None:
    rows = rows_of(KNOWN)
    assert list(fitting(landscape(), {**rows, "a": {**rows["a"], "actor": "gone"}}).cells) == ["b"]


def test_what_is_laid_over_leaves_the_rest_as_it_was() -> None:
    local = (
        Local("a", Doing.CHANGE, {"basis": "Act 9"}),
        Local("b", Doing.HIDE, {}),
        Local("n", Doing.ADD, plain(cell("n"))),
    )
    found = laid_over(KNOWN, local).cells
    assert [*found] == ["a", "n"]
    assert (found["a"].basis, found["a"].local, found["n"].local) == ("Act 9", "change", "add")
    assert KNOWN.cells["a"].basis == "Act 1"


def test_what_was_done_with_a_name_that_is_gone_counts_no_more() -> None:
    local = (Local("a", Doing.CHANGE, {"actor": "gone"}), Local("n", Doing.ADD, {**plain(cell("n")), "role": "gone"}))
    assert laid_over(KNOWN, local) == KNOWN


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("cell:a", "mayor (en)"), ("cell:z", None), ("gap:house/response/policy", "house (en), response (en), policy (en)"),
        ("gap:all/response/policy", None), ("gap:house/response", None), ("gap:house/response/policy:", None),
        ("gap:house/response/policy:helps", None), ("gap:house/response/policy/x", None),
        ("overlap:house/response/policy:helps", "house (en), response (en), policy (en): helps (en)"),
        ("overlap:all/response/policy:helps", "all (en), response (en), policy (en): helps (en)"),
        ("overlap:house/response/policy", None), ("overlap:house/response/policy:sings", None), ("stale:a", None), ("", None),
    ],
)  # fmt: skip
def test_what_can_be_discussed(about: str, said: str | None) -> None:
    assert name_of(KNOWN, about, "en") == said
