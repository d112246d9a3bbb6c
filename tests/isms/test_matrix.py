"""The matrix: every risk is in it or counted, its words agree, and nothing typed becomes markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.apps.isms import matrix
from dijkwacht.norms.read import isms_on
from tests.isms.conftest import TODAY

SCALE = isms_on(TODAY).scale
cells = st.lists(
    st.tuples(st.integers(1, 999), st.integers(1, 4), st.integers(1, 4)), max_size=40, unique_by=lambda c: c[0]
)


@pytest.fixture(autouse=True)
def _today() -> None:
    """Nothing here reads the clock."""


def drawn(found: list[tuple[int, int, int]]) -> str:
    return str(matrix.matrix(SCALE, found, urls={1: "/o/x/isms/risicos/1/"}, key="m", title="Risks <b>"))


@given(cells)
def test_every_risk_is_drawn_or_counted(found: list[tuple[int, int, int]]) -> None:
    picture = drawn(found)
    rest = sum(int(part.partition("<")[0]) for part in picture.split(">+")[1:])
    assert picture.count('class="matrix__mark"') + rest == len(found)
    assert picture.count('class="matrix__cell ') == 16


@given(cells)
def test_the_words_count_them_all(found: list[tuple[int, int, int]]) -> None:
    assert sum(int(part.rpartition(" ")[2]) for part in matrix.words(SCALE, found).split(", ")) == len(found)


def test_a_mark_leads_to_its_risk_and_markup_is_text() -> None:
    picture = drawn([(1, 4, 4), (2, 1, 1)])
    assert picture.count("<a href=") == 1
    assert "Risks &lt;b&gt;" in picture
    assert " style=" not in picture


def test_the_table_says_the_same() -> None:
    table = str(matrix.as_table(SCALE, [(7, 4, 4), (3, 4, 4)], title="Risks"))
    assert ": 3, 7</td>" in table
    assert table.count("<tr") == 5
