"""From rows to a plan: numbers in every writing, columns in every order, and every problem with its place."""

from collections.abc import Sequence
from datetime import date

import pytest

from dijkwacht.core.catalog import Catalog, Norms, Requirement, Withdrawn
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.facts import FactType, Subject
from dijkwacht.core.intake import Claimed, Layout, Plan, interpret, propose_layout, propose_mapping
from dijkwacht.core.intake_numbers import Numbers
from dijkwacht.core.sheets import Cell, Odd, Row, Sheet

ON = date(2026, 11, 25)
IDS = (
    "bio2:5.01.01",
    "bio2:5.10.02",
    "bio2:8.13.04",
    "cbw:21.3.c",
    "cbw:25",
    "digid:U/TV.01",
    "suwinet:5.1.1",
    "iso27001:5.1",
    "iso27002:5.1",
    "iso27002:5.10",
    "iso27002:8.13",
)
GONE = (
    ("5.04.02", "moved", "bio2:5.10.02"),
    ("5.21.01", "withdrawn", None),
    ("5.03.01", "no_measure", None),
    ("5.26.01", "moved", "bio2:5.25.02"),
)
TYPES = {
    "incident.desk": FactType(
        "incident.desk", "organisation", "yes_no", question={"nl": "Is er een meldpunt?", "en": "Is there a desk?"}
    ),
    "system.tested_on": FactType(
        "system.tested_on", "system", "date", question={"nl": "Wanneer is dit systeem getest?"}
    ),
}
SUBJECTS = [
    Subject("zs", "system", "Zaaksysteem"),
    Subject("bz", "system", "Balie"),
    Subject("d1", "digid_connection", "Aansluiting 1"),
]
HEADER = ("Nummer", "Antwoord", "Toelichting", "Bewijs", "Datum", "Eigenaar")


def norms() -> Norms:
    yes = parse({"fact": "incident.desk"})
    kinds = {"digid:U/TV.01": "digid_connection"}
    withdrawn = {f"bio2:{number}": Withdrawn(f"bio2:{number}", kind, {}, moved) for number, kind, moved in GONE}
    catalog = Catalog("bio2", "1.3", {}, date(2026, 1, 1), None, "", {}, withdrawn)
    requirements = {each: Requirement(each, yes, subject=kinds.get(each, "organisation")) for each in IDS}
    return Norms(TYPES, requirements, catalogs={"bio2": catalog})


NORMS = norms()
NUMBERS = Numbers(NORMS)


def sheet(*rows: Sequence[Cell], start: int = 1) -> Sheet:
    return Sheet("BIO", tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start)))


def plan(*rows: Sequence[Cell], header: Sequence[Cell] = HEADER, catalog: str | None = None) -> Plan:
    filled = sheet(header, *rows)
    layout = propose_layout([filled], NUMBERS)
    assert layout is not None
    return interpret(filled, layout, NORMS, on=ON, subjects=SUBJECTS, catalog=catalog)


def told(result: Plan) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.place.row, each.place.letter) for each in result.problems]


# -- numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("8.13.04", "bio2:8.13.04"),
        ("8.13.4", "bio2:8.13.04"),
        ("BIO2 8.13.04", "bio2:8.13.04"),
        ("BIO 8.13.04", "bio2:8.13.04"),
        ("bio2:8.13.04", "bio2:8.13.04"),
        ("BIO2 1.3 8.13.04", "bio2:8.13.04"),
        ("8.13.04 Herstel getest", "bio2:8.13.04"),
        ("8.13.04: herstel", "bio2:8.13.04"),
        ("'8.13.04", "bio2:8.13.04"),
        ("Maatregel 8.13.04", "bio2:8.13.04"),
        ("U/TV.01", "digid:U/TV.01"),
        ("DigiD u/tv.1", "digid:U/TV.01"),
        ("21 lid 3 c", "cbw:21.3.c"),
        ("Cbw 21.3.c", "cbw:21.3.c"),
        ("art. 21, lid 3, onder c", "cbw:21.3.c"),
        ("Cbw artikel 25", "cbw:25"),
        ("A.8.13", "iso27002:8.13"),
        ("8.13", "iso27002:8.13"),
        (8.13, "iso27002:8.13"),
        ("ISO/IEC 27001:2022 5.1", "iso27001:5.1"),
        ("ISO 27002 5.1", "iso27002:5.1"),
        ("A.5.1", "iso27002:5.1"),
        ("5.01.01", "bio2:5.01.01"),
        ("Suwinet 5.1.1", "suwinet:5.1.1"),
    ],
)
def test_numbers_as_people_write_them(said: Cell, ids: str) -> None:
    assert NUMBERS.find(said).ids == (ids,)


@pytest.mark.parametrize(
    ("said", "ids"), [("5.1", ("iso27001:5.1", "iso27002:5.1")), ("5.1.1", ("bio2:5.01.01", "suwinet:5.1.1"))]
)
def test_numbers_of_several_norms_are_all_named(said: str, ids: tuple[str, ...]) -> None:
    assert NUMBERS.find(said).ids == ids


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (5.1, "decimal"),
        (5, "decimal"),
        (date(2001, 1, 5), "date"),
        ("12.3.1.4", "unknown"),
        ("25 dingen", "unknown"),
        ("", "empty"),
        (None, "empty"),
        (True, "unknown"),
        (Odd.FORMULA, "formula"),
        (Odd.FAULT, "fault"),
        ("9" * 5000, "unknown"),
        ("ja", "unknown"),
        ("DigiD 8.13.04", "unknown"),
        ("8.13.04.01", "unknown"),
    ],
)
def test_numbers_that_cannot_be_told_are_not_guessed(said: Cell, code: str) -> None:
    found = NUMBERS.find(said)
    assert (found.ids, found.code) == ((), code)


# -- columns -----------------------------------------------------------------------------------------


def test_columns_in_any_order_and_language() -> None:
    assert propose_mapping(["Eigenaar", "Datum", "Bewijs", "Antwoord", "Nr.", "Toelichting"]).columns == {
        "owner": 0,
        "date": 1,
        "evidence": 2,
        "answer": 3,
        "number": 4,
        "explanation": 5,
    }
    proposal = propose_mapping(["Measure", "Answer", "Explanation", "Evidence", "Date", "Owner"])
    assert sorted(proposal.columns) == ["answer", "date", "evidence", "explanation", "number", "owner"]
    assert propose_mapping(["Voldoet (ja/nee/n.v.t.)", "Status", "Norm"]).columns["answer"] == 0
    assert propose_mapping(["Antwoordt", "Numer"]).columns["answer"] == 0  # a typing error


def test_two_columns_that_fit_equally_well_are_left_to_the_person() -> None:
    proposal = propose_mapping(["Nummer", "Antwoord", "Datum", "Datum"])
    assert "date" not in proposal.columns
    assert proposal.unsure == {"date": (2, 3)}


def test_nothing_fits_nothing() -> None:
    assert not propose_mapping([None, 3, "zomaar iets", "x" * 500]).columns
    assert propose_layout([sheet(["a", "b"])]) is None


def test_the_header_may_stand_lower_and_on_another_sheet() -> None:
    cover = Sheet("Uitleg", (Row(1, ("Deze lijst is van ons",)),))
    hidden = Sheet("Oud", (Row(1, HEADER),), hidden=True)
    layout = propose_layout([cover, hidden, sheet(["Zelfevaluatie"], ["Datum: vandaag"], HEADER, ["5.01.01", "ja"])])
    assert layout is not None
    assert (layout.sheet, layout.header) == (2, 3)


def test_the_number_column_is_found_by_what_is_in_it() -> None:
    rows = [[1, "5.01.01 Beleid", "ja"], [2, "8.13.04 Herstel", "nee"], [3, "5.10.02 Regels", "ja"]]
    result = plan(*rows, header=["Nr", "Maatregel", "Antwoord"])
    assert [each.requirement for each in result.claims] == ["bio2:5.01.01", "bio2:8.13.04", "bio2:5.10.02"]


# -- rows --------------------------------------------------------------------------------------------


def test_a_full_row() -> None:
    result = plan(["8.13.04", "deels", "Bijna", "Z-1", date(2026, 3, 1), "N. Tervaan"])
    (claim,) = result.claims
    assert (claim.requirement, claim.answer, claim.row) == ("bio2:8.13.04", Claimed.PARTLY, 2)
    assert (claim.explanation, claim.evidence, claim.day, claim.owner) == (
        "Bijna",
        "Z-1",
        date(2026, 3, 1),
        "N. Tervaan",
    )
    assert result.ok


def test_headings_empty_answers_and_repeated_headers_are_passed_over() -> None:
    result = plan(
        ["5 Organisatie"],
        ["5.01.01", None],
        HEADER,
        ["8.13.04", "onbekend"],
        ["5.10.02", "ja"],
        [None, None, "losse tekst"],
    )
    assert (len(result.claims), result.unanswered, result.problems) == (1, 2, ())


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["8.13.99", "ja"], ("number_unknown", 2, "A")),
        ([5.1, "ja"], ("number_decimal", 2, "A")),
        ([date(2001, 1, 5), "ja"], ("number_date", 2, "A")),
        (["8.13.04", "mwah"], ("unknown_answer", 2, "B")),
        ([None, "ja"], ("answer_without_number", 2, "A")),
        (["8.13.04", "ja", None, None, date(1900, 1, 1)], ("date_too_early", 2, "E")),
        (["8.13.04", "ja", None, None, "1-1-2999"], ("date_too_late", 2, "E")),
        (["8.13.04", "ja", None, None, 12], ("not_a_date", 2, "E")),
        (["8.13.04", "ja", None, None, Odd.NO_DATE], ("not_a_date", 2, "E")),
        (["8.13.04", Odd.FORMULA], ("formula", 2, "B")),
        (["8.13.04", "ja", None, None, None, None, Odd.FORMULA], ("formula", 2, "G")),
        (["8.13.04", Odd.FAULT], ("fault", 2, "B")),
        (["5.1", "ja"], ("number_ambiguous", 2, "A")),
    ],
)
def test_every_problem_names_its_cell(row: Sequence[Cell], problem: tuple[str, int, str]) -> None:
    result = plan(row)
    assert told(result) == [problem]
    assert result.problems[0].place.sheet == "BIO"
    assert not result.ok


def test_all_problems_are_told_at_once() -> None:
    result = plan(["9.9.9", "mwah"], ["8.13.04", "ja", None, None, "ooit"], ["8.13.04", "nee"], ["8.13.4", "nee"])
    assert told(result) == [
        ("number_unknown", 2, "A"),
        ("unknown_answer", 2, "B"),
        ("not_a_date", 3, "E"),
        ("duplicate", 5, "A"),
    ]
    assert result.problems[-1].params == {"name": "bio2:8.13.04", "row": "4"}


def test_a_number_of_several_norms_is_read_in_the_norm_of_the_file() -> None:
    assert [each.requirement for each in plan(["8.13.04", "ja"], ["5.1.1", "ja"]).claims] == [
        "bio2:8.13.04",
        "bio2:5.01.01",
    ]
    assert plan(["5.1", "ja"], catalog="iso27001").claims[0].requirement == "iso27001:5.1"


def test_moved_numbers_count_for_the_new_one_and_say_so() -> None:
    result = plan(["5.04.02", "ja"], ["5.21.01", "ja"], ["5.03.01", "ja"], ["5.26.01", "ja"])
    assert [each.requirement for each in result.claims] == ["bio2:5.10.02"]
    assert [each.code for each in result.remarks] == [
        "number_moved",
        "number_withdrawn",
        "number_no_measure",
        "number_withdrawn",
    ]
    assert result.ok
    assert told(plan(["5.04.02", "ja"], ["5.10.02", "ja"])) == [("duplicate", 3, "A")]


def test_a_file_without_answers_is_no_success() -> None:
    assert told(plan(["8.13.04", None])) == [("nothing_to_import", None, "")]


def test_requirements_about_one_subject() -> None:
    assert plan(["U/TV.01", "ja"]).claims[0].subject == "d1"  # the only connection
    header = (*HEADER, "Onderwerp")
    assert plan(["U/TV.01", "ja", *[None] * 4, "aansluiting 1"], header=header).claims[0].subject == "d1"
    assert told(plan(["U/TV.01", "ja", *[None] * 4, "weg"], header=header)) == [("unknown_subject", 2, "G")]


def test_rows_that_answer_a_question() -> None:
    header = ["Vraag", "Onderwerp", "Antwoord"]
    result = plan(["Is er een meldpunt?", None, "ja"], ["system.tested_on", "Zaaksysteem", "1-3-2026"], header=header)
    assert [(each.fact_type, each.subject, each.value) for each in result.answers] == [
        ("incident.desk", None, True),
        ("system.tested_on", "zs", date(2026, 3, 1)),
    ]
    wrong = plan(
        ["Is er koffie?", None, "ja"],
        ["system.tested_on", None, "1-3-2026"],
        ["incident.desk", None, "deels"],
        ["system.tested_on", "Weg", "1-3-2026"],
        ["incident.desk", None, "ja"],
        ["Is there a desk?", None, "nee"],
        header=header,
    )
    assert told(wrong) == [
        ("unknown_question", 2, "A"),
        ("subject_needed", 3, "B"),
        ("not_yes_or_no", 4, "C"),
        ("unknown_subject", 5, "B"),
        ("duplicate", 7, "A"),
    ]


def test_a_layout_chosen_by_hand() -> None:
    filled = sheet(["?", "?"], ["ja", "8.13.04"])
    layout = Layout(0, 1, {"answer": 0, "number": 1}, {})
    assert interpret(filled, layout, NORMS, on=ON).claims[0].requirement == "bio2:8.13.04"
