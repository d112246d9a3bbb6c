"""Who is one supplier within a file, and the words of a register: periods, hours, domains, countries, names."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.days import Duration
from dijkwacht.core.intake_values import CellError
from dijkwacht.core.sheets import Odd, Place, Problem, Row, Sheet
from dijkwacht.core.suppliers.register_read import read_rows
from dijkwacht.core.suppliers.register_rows import Register, SupplierRow, refused
from dijkwacht.core.suppliers.register_same import Told, one_each
from dijkwacht.core.suppliers.register_words import country, domain, hours, is_endless, period
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import mail_address, no_name, whole


def told(*rows: tuple[str, str, str]) -> list[Told]:
    return [
        Told(SupplierRow(number, name, kvk, own_id), lambda role, number=number: Place("S", number))  # type: ignore[misc]
        for number, (name, kvk, own_id) in enumerate(rows, start=2)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 maanden", Duration(3, 0)), ("één jaar", Duration(12, 0)), ("2 kwartalen", Duration(6, 0)), ("6 mnd", Duration(6, 0)),
        ("30 days", Duration(0, 30)), ("2 weken", Duration(0, 14)), ("P1Y6M", Duration(18, 0)), ("p3m", Duration(3, 0)), ("",
         None),
    ],
)  # fmt: skip
def test_periods(text: str, expected: Duration | None) -> None:
    assert period(text) == expected


@pytest.mark.parametrize("text", ["3", "maanden", "3 maanden voor het einde", "-3 maanden", "9999999 dagen", "P"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(CellError, match="not_a_duration"):
        period(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4", 4.0), ("0", 0.0), ("0,5 uur", 0.5), ("1.5 u", 1.5), ("2 dagen", 48.0), ("24 hours", 24.0), ("", None)],
)
def test_hours(text: str, expected: float | None) -> None:
    assert hours(text) == expected


@pytest.mark.parametrize("text", ["-1", "veel", "nan", "inf", "1e9", "4 weken", "4-8", "١"])
def test_what_are_no_hours(text: str) -> None:
    with pytest.raises(CellError, match="not_hours"):
        hours(text)


def test_domains_and_countries() -> None:
    assert domain("https://www.Zaken.example/over?x=1") == "zaken.example"
    assert domain("zaken.example.") == "zaken.example"
    assert domain("") == ""
    for text in ("zaken", "192.0.2.1", "geen idee", "a..b"):
        with pytest.raises(CellError, match="not_a_domain"):
            domain(text)
    assert [country(text) for text in ("Nederland", "nl", "The Netherlands", "USA", "Verweggistan")] == [
        "NL", "NL", "NL", "US", "Verweggistan",
    ]  # fmt: skip


def test_words_that_say_nothing_or_that_there_is_no_end() -> None:
    assert all(no_name(text) for text in ("", " - ", "?", "Onbekend", "n.v.t.", "N/A", "geen"))
    assert not no_name("Geen Zorgen B.V.")
    assert is_endless("Onbepaalde tijd")
    assert not is_endless("31-12-2027")
    assert mail_address("mailto:team@dijkstad.example") == "team@dijkstad.example"
    assert mail_address("Team inkoop") == mail_address("a@b") == mail_address("a b@c.example") == ""


@given(st.text(max_size=40))
def test_a_text_that_is_kept_can_be_shown(text: str) -> None:
    with suppress(CellError):
        _can_be_shown(whole(text))


def _can_be_shown(found: str) -> None:
    found.encode()
    assert found == " ".join(found.split())
    assert whole(found) == found
    assert not set(found) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\0\x1b")


NAMES = st.sampled_from(["Voorbeeld", "voorbeeld", "Voorbeeld B.V.", "Anders", "Derde N.V."])
ROWS = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "90000001", "90000002"]), st.sampled_from(["", "7"])), min_size=1, max_size=8
)


@given(ROWS)
def test_every_row_has_one_supplier_and_one_number_is_one_supplier(rows: list[tuple[str, str, str]]) -> None:
    notes = Notes()
    suppliers, whose = one_each(told(*rows), notes)
    assert len(whose) == len(rows)
    assert set(whose) == set(range(len(suppliers)))
    for (name, kvk, own_id), at in zip(rows, whose, strict=True):
        for (other, number, own), there in zip(rows, whose, strict=True):
            if (kvk and kvk == number) or name.casefold() == other.casefold() or (own_id and own_id == own):
                assert at == there
    mixed = any(
        len({kvk for (_, kvk, _), at in zip(rows, whose, strict=True) if at == position and kvk}) > 1
        for position in range(len(suppliers))
    )
    assert mixed == bool(notes.problems)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_of_who_is_one(rows: list[tuple[str, str, str]], dice: object) -> None:
    order = list(range(len(rows)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    _, whose = one_each(told(*rows), Notes())
    _, after = one_each(told(*(rows[at] for at in order)), Notes())
    pairs = [(one, other) for one in range(len(rows)) for other in range(len(rows))]
    assert {(order[a], order[b]) for a, b in pairs if after[a] == after[b]} == {
        (a, b) for a, b in pairs if whose[a] == whose[b]
    }


def test_a_name_of_any_row_of_a_supplier_counts() -> None:
    rows = [
        ("Voorbeeld", "90000002", ""),
        ("Anders", "90000002", ""),
        ("Voorbeeld B.V.", "", ""),
        ("Anders N.V.", "", ""),
    ]
    for order in ([0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]):
        assert len(one_each(told(*(rows[at] for at in order)), Notes())[0]) == 1


def test_the_first_that_is_filled_counts_and_what_differs_is_told() -> None:
    notes = Notes()
    suppliers, _ = one_each(told(("V", "90000001", ""), ("V", "", "7"), ("V", "", "8")), notes)
    assert suppliers == [SupplierRow(2, "V", "90000001", "7")]
    assert notes.remarks == [
        Problem("supplier_differs", Place("S", 4), {"role": "own_id", "value": "8", "other": "7", "row": "3"})
    ]


def test_a_register_is_all_or_nothing() -> None:
    assert not Register("register").usable
    assert not refused("register", Problem("pdf")).usable
    sheet = Sheet("S", (Row(1, ("Leverancier", "Website")), Row(2, ("V", Odd.FAULT)), Row(3, ("W", None))))
    found = read_rows([sheet])
    assert (found.suppliers, found.usable, [each.code for each in found.problems]) == ((), False, ["fault"])


def test_a_hidden_sheet_is_passed_over_and_another_one_told() -> None:
    rows = (Row(1, ("Leverancier", "KvK")), Row(2, ("V", "90000001")))
    hidden, other = Sheet("Geheim", rows, hidden=True), Sheet("Oud", (Row(1, ("Leverancier",)), Row(2, ("W",))))
    found = read_rows([hidden, other, Sheet("Nu", rows)])
    assert [each.name for each in found.suppliers] == ["V"]
    assert [(each.code, each.place.sheet) for each in found.remarks] == [("sheet_not_read", "Oud")]
