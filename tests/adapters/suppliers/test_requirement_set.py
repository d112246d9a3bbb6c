"""A set of procurement requirements: rows, links to norms only where it is sure which one is meant, problems with their row."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from dijkwacht.adapters.suppliers.requirement_set import read_requirements
from dijkwacht.core.suppliers.requirement_rows import RequirementRow, links_in
from tests.adapters import files

Table = list[list[object]]
HEAD: list[object] = [
    "Eisnummer",
    "Inkooponderdeel",
    "Eis",
    "Eis/wens",
    "BIO2",
    "ISO 27002",
    "Verificatie",
    "Opmerking",
]


def codes(rows: Table) -> list[tuple[str, int | None, str]]:
    found = read_requirements(files.csv(rows), "x")
    assert not found.usable
    assert found.rows == ()
    return [(each.code, each.place.row, each.place.letter) for each in found.problems]


@pytest.mark.parametrize("build", [files.xlsx, files.ods, files.csv])
def test_the_rows_of_a_set(build: Callable[[Table], bytes]) -> None:
    rows: Table = [
        HEAD,
        [
            "CLD.01",
            "Clouddiensten",
            "De leverancier meldt storingen.",
            "Eis",
            "5.20.3; 8.13.01",
            "5.20",
            "verklaring",
            "x",
        ],
        [None, "Middleware", None, None, None, None, None, None],
        ["CLD.02", "Clouddiensten", "Eerste regel.\nTweede regel.", "wens", None, None, None, None],
        ["CLD.01", "Middleware", "De leverancier meldt storingen.", "eis", "5.21.01", None, None, None],
    ]
    found = read_requirements(build(rows), "x")
    assert found.problems == ()
    assert found.rows == (
        RequirementRow(
            2, "CLD.01", "De leverancier meldt storingen.", ("Clouddiensten", "Middleware"), "must",
            ("bio2:5.20.03", "bio2:8.13.01", "iso27002:5.20", "bio2:5.21.01"), (), "verklaring",
        ),
        RequirementRow(4, "CLD.02", "Eerste regel.\nTweede regel.", ("Clouddiensten",), "wish"),
    )  # fmt: skip
    assert found.ignored == ("Opmerking",)
    assert [(each.code, each.place.row) for each in found.remarks] == [("heading_left_out", 3)]


@pytest.mark.parametrize(
    ("text", "norm", "links", "rest"),
    [
        ("BIO2 5.20.03", "", ["bio2:5.20.03"], ""),
        ("bio2 5.20.3, 5.21.01", "", ["bio2:5.20.03", "bio2:5.21.01"], ""),
        ("BIO 5.20.03", "", ["bio2:5.20.03"], ""),  # so written in BIO2 only
        ("BIO 9.2.1", "", [], "BIO 9.2.1"),  # the first edition, or not sure
        ("BIO 15.1.2.1", "", [], "BIO 15.1.2.1"),
        ("NEN-EN-ISO/IEC 27002:2022 5.20", "", ["iso27002:5.20"], ""),
        ("ISO 27002 8.34", "", ["iso27002:8.34"], ""),
        ("ISO 27002 8.35", "", [], "ISO 27002 8.35"),  # no such control
        ("ISO 27002:2013 6.1", "", [], "ISO 27002:2013 6.1"),
        ("ISO 27002 15.1.2", "", [], "ISO 27002 15.1.2"),
        ("5.20.03", "", [], "5.20.03"),  # of which norm?
        ("5.20.03", "bio2", ["bio2:5.20.03"], ""),
        ("5.20", "bio2", ["iso27002:5.20"], ""),  # a heading of BIO2 is the control of the standard
        ("BIO2 5.20.03 en ABDO 4.1.1", "", ["bio2:5.20.03"], "BIO2 5.20.03 en ABDO 4.1.1"),
        ("AVG artikel 28", "", [], "AVG artikel 28"),
        ("", "bio2", [], ""),
    ],
)
def test_a_reference_is_a_link_when_it_is_sure_which_one(text: str, norm: str, links: list[str], rest: str) -> None:
    assert links_in(text, norm) == (links, rest)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["1", "P", "", "Eis", "", "", "", ""], ("requirement_without_text", 2, "C")),
        (["", "P", "Tekst.", "Eis", "", "", "", ""], ("number_empty", 2, "A")),
        (["1", "P", "Tekst.", "misschien", "", "", "", ""], ("unknown_weight", 2, "D")),
        (["1", "P", "T" * 5001, "Eis", "", "", "", ""], ("text_too_long", 2, "C")),
        (["1", "P", "Tek\u202est", "Eis", "", "", "", ""], ("odd_characters", 2, "C")),
        (["1", "P", "=A1", "Eis", "", "", "", ""], ("formula", 2, "C")),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(row: list[object], expected: tuple[str, int, str]) -> None:
    assert expected in codes([HEAD, row])


def test_two_texts_under_one_number_are_a_problem_that_names_both_rows() -> None:
    rows: Table = [HEAD, ["1", "P", "Een.", "Eis"], ["1", "Q", "Twee.", "Eis"]]
    found = read_requirements(files.csv(rows), "x")
    assert [(each.code, each.place.row, dict(each.params)) for each in found.problems] == [
        ("requirement_twice", 3, {"name": "1", "row": "2"})
    ]


def test_numbers_that_a_spreadsheet_changed_are_refused() -> None:
    rows: Table = [HEAD, [1.1, "P", "Een.", "Eis", date(2026, 5, 20), 5.2]]
    found = read_requirements(files.xlsx(rows), "x")
    assert [(each.code, each.place.letter) for each in found.problems] == [
        ("number_decimal", "A"), ("number_date", "E"), ("number_decimal", "F"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Iets", "Anders"], ["1", "2"]], "no_requirement_column"),
        ([["Eis", "Gewicht"], ["Tekst.", "Eis"]], "no_number_column"),
        ([HEAD], "no_requirements"),
    ],
)
def test_tables_that_are_no_set(rows: Table, expected: str) -> None:
    assert codes(rows)[0][0] == expected


def test_files_that_are_no_table() -> None:
    for data, code in ((b"", "empty_file"), (b"%PDF-1.7", "pdf"), (b"PK\x03\x04 and then nothing", "broken_archive")):
        assert [each.code for each in read_requirements(data, "x").problems] == [code]
    many = b"Nummer;Eis\n" + b"1;Tekst\n" * 5_001
    assert [each.code for each in read_requirements(many, "x").problems] == ["too_many_rows"]


@pytest.mark.parametrize("piece", ["-:", "iso", "5.20.3 ", " ", "5.", "nen-en-iso/iec "])
def test_a_reference_that_wants_to_hurt_takes_no_long_time(piece: str) -> None:
    text = (piece * 5000)[:4999]
    began = time.process_time()
    for _ in range(20):
        links_in(text)
    assert time.process_time() - began < 2
