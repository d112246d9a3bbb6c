"""What people type in a cell, and what they get back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import FactType, Subject
from dijkwacht.core.intake_values import CellError, Claimed, read_claim, read_day, read_text, read_value, shown
from dijkwacht.core.sheets import Odd, column_index, column_letter

ON = date(2026, 11, 25)
SUBJECTS = [Subject("zs", "system", "Zaaksysteem"), Subject("bz", "system", "Balie"), Subject("b2", "system", "Balie")]


@pytest.mark.parametrize(
    ("said", "claimed"),
    [
        ("ja", "yes"),
        ("JA.", "yes"),
        (" Yes ", "yes"),
        (True, "yes"),
        ("Ja, volledig", "yes"),
        ("nee", "no"),
        (False, "no"),
        ("Nog niet", "no"),
        ("deels", "partly"),
        ("Ja, deels", "partly"),
        ("gedeeltelijk", "partly"),
        ("n.v.t.", "not_applicable"),
        ("NVT", "not_applicable"),
        ("Niet van toepassing", "not_applicable"),
        ("n/a", "not_applicable"),
        ("", None),
        (None, None),
        ("onbekend", None),
        ("?", None),
        ("-", None),
    ],
)
def test_answers(said: object, claimed: str | None) -> None:
    assert read_claim(said) == (None if claimed is None else Claimed(claimed))  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["x", "misschien", "3", 1, 0.5, date(2026, 1, 1), "ja of nee"])
def test_what_is_no_answer_is_not_guessed(said: object) -> None:
    with pytest.raises(CellError) as caught:
        read_claim(said)  # type: ignore[arg-type]
    assert caught.value.code == "unknown_answer"


@pytest.mark.parametrize(
    "said",
    [
        date(2026, 3, 1),
        "2026-03-01",
        "2026-3-1T00:00:00",
        "1-3-2026",
        "01/03/2026",
        "1.3.2026",
        "1 maart 2026",
        "1 mrt. 2026",
        "1 March 2026",
    ],
)
def test_days(said: object) -> None:
    assert read_day(said, on=ON) == date(2026, 3, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (date(1900, 1, 1), "date_too_early"),
        ("31-12-1999", "date_too_early"),
        (date(2999, 1, 1), "date_too_late"),
        ("26-11-2027", "date_too_late"),
        ("03/13/2026", "not_a_date"),
        ("31-2-2026", "not_a_date"),
        ("gisteren", "not_a_date"),
        (46082, "not_a_date"),
        (True, "not_a_date"),
        ("1-3-26", "not_a_date"),
        (Odd.NO_DATE, "not_a_date"),
    ],
)
def test_days_that_cannot_be(said: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        read_day(said, on=ON)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_the_borders_of_the_calendar_are_inside() -> None:
    assert read_day(date(2000, 1, 1), on=ON) == date(2000, 1, 1)
    assert read_day(date(2027, 11, 25), on=ON) == date(2027, 11, 25)
    assert read_day(None, on=ON) is None


CHOICE = FactType("f", "organisation", "choice", choices=("not_used", "ades"), labels={"ades": {"nl": "Volgens AdES"}})


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("yes_no", "ja", True),
        ("yes_no", False, False),
        ("date", "nooit", "never"),
        ("date", "1-3-2026", date(2026, 3, 1)),
        ("count", "3", 3),
        ("count", 3.0, 3),
        ("count", "1 000", 1000),
        ("percentage", "95%", 95),
        ("percentage", "95,5 %", 95.5),
        ("percentage", 95, 95),
        ("percentage", 0, 0),
        ("percentage", "1%", 1),
        ("duration", "6 maanden", parse_duration("P6M")),
        ("duration", "P1Y", parse_duration("P1Y")),
        ("text", "memo", "memo"),
        ("text", 5, "5"),
    ],
)
def test_values_by_kind(kind: str, said: object, value: object) -> None:
    read = read_value(said, FactType("f", "organisation", kind), on=ON, subjects=())  # type: ignore[arg-type]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("yes_no", "deels", "not_yes_or_no"),
        ("yes_no", "n.v.t.", "not_yes_or_no"),
        ("count", "-1", "not_a_count"),
        ("count", 2.5, "not_a_count"),
        ("count", True, "not_a_count"),
        ("count", "nan", "not_a_count"),
        ("percentage", 101, "not_a_percentage"),
        ("percentage", "hoog", "not_a_percentage"),
        ("percentage", 0.95, "unclear_percentage"),
        ("percentage", 1, "unclear_percentage"),
        ("duration", "even", "not_a_duration"),
        ("exception", "ja", "not_in_a_sheet"),
    ],
)
def test_values_that_do_not_fit(kind: str, said: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        read_value(said, FactType("f", "organisation", kind), on=ON, subjects=())  # type: ignore[arg-type]
    assert caught.value.code == code


def test_choices_by_id_and_by_label() -> None:
    assert read_value("Not_used", CHOICE, on=ON, subjects=()) == "not_used"
    assert read_value("volgens ades", CHOICE, on=ON, subjects=()) == "ades"
    with pytest.raises(CellError) as caught:
        read_value("iets anders", CHOICE, on=ON, subjects=())
    assert caught.value.params["choices"] == "not_used, ades"


@pytest.mark.parametrize(("said", "code"), [("Balie", "several_subjects"), ("Onbekend", "unknown_subject")])
def test_references(said: str, code: str) -> None:
    reference = FactType("f", "organisation", "reference", refers_to="system")
    assert read_value("zaaksysteem", reference, on=ON, subjects=SUBJECTS) == "zs"
    assert read_value("b2", reference, on=ON, subjects=SUBJECTS) == "b2"
    with pytest.raises(CellError) as caught:
        read_value(said, reference, on=ON, subjects=SUBJECTS)
    assert caught.value.code == code


def test_text_of_a_cell() -> None:
    assert [read_text(each) for each in (None, "a", 5, date(2026, 3, 1))] == ["", "a", "5", "2026-03-01"]
    with pytest.raises(CellError):
        read_text(Odd.FAULT)
    assert shown("a\nb" * 100, 10) == "a ba ba b…"


@given(st.integers(0, 16_383))
def test_columns_and_their_letters(column: int) -> None:
    assert column_index(column_letter(column)) == column


@given(
    st.one_of(
        st.none(), st.text(max_size=30), st.booleans(), st.integers(), st.floats(), st.dates(), st.sampled_from(Odd)
    )
)
def test_no_cell_raises_anything_else(cell: object) -> None:
    for kind in ("yes_no", "date", "count", "percentage", "choice", "text", "reference", "duration", "exception"):
        try:
            read_value(cell, FactType("f", "organisation", kind, choices=("a",)), on=ON, subjects=SUBJECTS)  # type: ignore[arg-type]
        except CellError:
            pass
