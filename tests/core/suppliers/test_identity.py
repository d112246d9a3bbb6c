"""Whether two suppliers are one."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.suppliers.identity import CROWD, Named, chamber_number, folded, proposals


@pytest.mark.parametrize(
    ("text", "number"),
    [("12345678", "12345678"), (" 1234 5678 ", "12345678"), ("12.34.56.78", "12345678"), ("1234567", "01234567")],
)
def test_a_number(text: str, number: str) -> None:
    assert chamber_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "123456", "123456789012", "NL123456789B01", "00000000", "１２３４５６７８", "1234567x"]
)
def test_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="eight digits"):
        chamber_number(text)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Polder Software B.V.", "polder software"),
        ("Polder Software Nederland BV", "POLDER SOFTWARE"),
        ("Stichting Dijkwerk", "Dijkwerk"),
        ("Coöperatie Wad & Zand U.A.", "Wad en Zand"),
        ("Dijk's Data", "Dijks data"),
    ],
)
def test_one_name(name: str, other: str) -> None:
    assert folded(name) == folded(other)


@pytest.mark.parametrize(("name", "other"), [("Polder Software", "Polder Hardware"), ("Nederland BV", "Groep BV")])
def test_two_names(name: str, other: str) -> None:
    assert folded(name) != folded(other)


def test_a_name_that_is_only_a_form_stays() -> None:
    assert folded("Holding B.V.") == "holding"
    assert folded("®") == ""


def test_proposed_with_why() -> None:
    rows = [
        Named("1", "Polder Software B.V.", "12345678", "polder.example"),
        Named("2", "Polder Software", "", "Polder.example"),
        Named("3", "Iets anders", "12345678"),
        Named("4", "Polder software", "87654321"),
    ]
    found = [(each.one, each.other, each.why, each.sure, each.against) for each in proposals(rows)]
    assert found == [
        ("1", "3", ("number",), True, False),
        ("1", "2", ("domain", "name"), False, False),
        ("2", "4", ("name",), False, False),
        ("1", "4", ("name",), False, True),
    ]


def test_filler_is_no_proposal() -> None:
    assert proposals([Named(str(n), "Onbekend") for n in range(CROWD + 1)]) == []


@given(
    st.lists(
        st.builds(
            Named,
            id=st.uuids().map(str),
            name=st.sampled_from(["A bv", "a", "B", ""]),
            kvk=st.sampled_from(["", "1", "2"]),
        ),
        max_size=8,
    )
)
def test_as_all_against_all(rows: list[Named]) -> None:
    wanted = {
        tuple(sorted((one.id, other.id)))
        for one, other in combinations(rows, 2)
        if (one.kvk and one.kvk == other.kvk) or (folded(one.name) and folded(one.name) == folded(other.name))
    }
    assert {(each.one, each.other) for each in proposals(rows)} == wanted
