"""The answers of a supplier: read whole or not at all, and every refusal says where."""

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.documents.model import Sheet, Workbook
from dijkwacht.adapters.documents.ods import write_ods
from dijkwacht.adapters.limits import Limits
from dijkwacht.adapters.suppliers_out.answers import Answer, read_answers
from dijkwacht.adapters.suppliers_out.tender_form import ods
from tests.adapters.suppliers_out.papers import LINES, PAPER

KNOWN = [line.id for line in LINES]
HEAD = "Nr.;Kenmerk;Voldoet u?;Toelichting;Bewijs"


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *rows)).encode()


def filled(says: list[str]) -> bytes:
    """Our workbook with these words where a supplier would put them."""
    with zipfile.ZipFile(BytesIO(ods(PAPER))) as given:
        names = {name: given.read(name) for name in given.namelist()}
    words = iter(says)
    content = re.sub(
        r'(<table:table-cell table:style-name="fill" table:content-validation-name="list-0-7")/>',
        lambda found: f'{found[1]} office:value-type="string"><text:p>{next(words)}</text:p></table:table-cell>',
        names["content.xml"].decode(),
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, content if name == "content.xml" else data)
    return out.getvalue()


def test_our_own_workbook_filled_in() -> None:
    found = read_answers(filled(["Ja", "deels", "NEE"]), "antwoord.ods", known=KNOWN)
    assert found.problems == ()
    assert [(each.id, each.says) for each in found.rows] == [
        ("melden-24", "yes"), ("log-bewaren", "partly"), ("regio", "no"),
    ]  # fmt: skip


def test_a_csv_with_explanations_and_what_was_left_empty() -> None:
    found = read_answers(
        csv('1;melden-24;ja;"Zie bijlage 2";rapport.pdf', "2;log-bewaren;;;", ";;;;"), "a.csv", known=KNOWN
    )
    assert found.rows == (
        Answer("melden-24", "yes", "Zie bijlage 2", "rapport.pdf", 2), Answer("log-bewaren", None, "", "", 3),
    )  # fmt: skip


def test_all_or_nothing_and_every_problem_with_its_row_and_column() -> None:
    found = read_answers(
        csv("1;melden-24;ja;;", "2;log-bewaren;misschien;;", "3;melden-24;nee;;", "4;ghost;ja;;", "5;;ja;;"),
        "a.csv",
        known=KNOWN,
    )
    assert found.rows == ()
    assert [(each.code, each.place.row, each.place.letter) for each in found.problems] == [
        ("no_says", 3, "C"), ("id_twice", 4, "B"), ("id_strange", 5, "B"), ("id_missing", 6, "B"),
    ]  # fmt: skip
    assert found.problems[1].params == {"id": "melden-24", "first": "2"}


def test_a_formula_in_a_workbook_is_told_and_a_number_is_no_reference() -> None:
    book = filled(["ja", "ja", "ja"])
    with zipfile.ZipFile(BytesIO(book)) as given:
        names = {name: given.read(name) for name in given.namelist()}
    names["content.xml"] = names["content.xml"].replace(
        b'list-0-7" office:value-type="string"', b'list-0-7" table:formula="of:=[.A1]" office:value-type="string"', 1
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    (problem,) = read_answers(out.getvalue(), "a.ods").problems
    assert (problem.code, problem.place.row, problem.place.letter) == ("formula", 2, "H")
    number = write_ods(Workbook("t", "nl", PAPER.at, "g", (Sheet("Eisen", ("Kenmerk", "Voldoet u?"), ((51, "ja"),)),)))
    (problem,) = read_answers(number, "a.ods").problems
    assert (problem.code, problem.params) == ("id_number", {"id": "51"})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"), (b"%PDF-1.7", "pdf"), (b"PK\x03\x04broken", "broken_archive"), (b"\x00\x01\x02", "binary"),
        (b"<!doctype html><table>", "web_page"), (csv(head="naam;antwoord"), "no_answer_sheet"),
        (csv('1;a;ja;"open', head=HEAD), "broken_quotes"),
    ],
)  # fmt: skip
def test_what_is_no_answer_at_all(data: bytes, code: str) -> None:
    found = read_answers(data, "a.csv")
    assert (found.rows, [each.code for each in found.problems]) == ((), [code])


def test_limits_hold_and_of_two_sheets_with_answers_none_is_taken() -> None:
    rows = [f"{at};r{at};ja;;" for at in range(30)]
    (problem,) = read_answers(csv(*rows), "a.csv", limits=Limits(rows=10)).problems
    assert problem.code == "too_many_rows"
    two = tuple(Sheet(name, ("Kenmerk", "Voldoet u?"), (("a", "ja"),)) for name in ("een", "twee"))
    (problem,) = read_answers(write_ods(Workbook("t", "nl", PAPER.at, "g", two)), "a.ods").problems
    assert (problem.code, problem.params) == ("two_answer_sheets", {"sheets": "een, twee"})


def test_problems_end_somewhere() -> None:
    found = read_answers(csv(*(f"{at};r{at};misschien;;" for at in range(500))), "a.csv")
    assert len(found.problems) == 100


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["ja", "Deels", "no", "", "yes."]), st.text('abc =;"', max_size=8)), max_size=8)
)
def test_what_is_said_comes_back(rows: list[tuple[str, str]]) -> None:
    lines = [f'{at};r{at};{says};"{text.replace(chr(34), chr(34) * 2)}";' for at, (says, text) in enumerate(rows)]
    found = read_answers(csv(*lines), "a.csv")
    assert not found.problems
    words = {"ja": "yes", "Deels": "partly", "no": "no", "": None, "yes.": "yes"}
    assert [(each.id, each.says) for each in found.rows] == [
        (f"r{at}", words[says]) for at, (says, _) in enumerate(rows)
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=200).map(lambda text: (HEAD + "\n" + text).encode("utf-8", "replace"))
    )
)
def test_whatever_a_stranger_sends_gives_rows_or_problems_never_both(data: bytes) -> None:
    found = read_answers(data, "x")
    assert not (found.rows and found.problems)
