"""An audit and a library as CISO Assistant writes them: numbers and answers come through, texts do not."""

from datetime import date

import pytest

from dijkwacht.adapters import ciso_assistant
from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.intake import interpret
from dijkwacht.norms.read import norms_on
from tests.adapters import files

ON = date(2026, 11, 25)
NODE = "urn:intuitem:risk:req_node:bio2:"
CSV_HEADER = [
    "urn",
    "ref_id",
    "name",
    "description",
    "typical_evidence",
    "annotation",
    "compliance_result",
    "extended_result",
    "requirement_progress",
    "score",
    "observations",
]
XLSX_HEADER = [
    "urn",
    "assessable",
    "ref_id",
    "name",
    "description",
    "typical_evidence",
    "annotation",
    "compliance_result",
    "extended_result",
    "requirement_progress",
    "observations",
    "score",
]
LIBRARY = """
urn: urn:intuitem:risk:library:bio2
ref_id: bio2
version: 2
objects:
  framework:
    urn: urn:intuitem:risk:framework:bio2
    ref_id: bio2
    requirement_nodes:
    - {urn: 'urn:intuitem:risk:req_node:bio2:5.01.01', assessable: true, depth: 1, ref_id: 5.01.01, description: A long text}
    - {urn: 'urn:intuitem:risk:req_node:bio2:5.04.02', assessable: true, depth: 1, ref_id: 5.04.02, description: A long text}
    - {urn: 'urn:intuitem:risk:req_node:bio2:5', assessable: false, depth: 1, ref_id: '5'}
"""


def csv_row(number: str, result: str, urn: str = NODE) -> list[str]:
    return [urn + number, number, "a name", "text of the library", "", "", result, "", "done", "", "an observation"]


def xlsx_row(number: str, result: str, assessable: bool = True) -> list[object]:
    return [
        NODE + number,
        assessable,
        number,
        "",
        "text of the library",
        "",
        "",
        result,
        None,
        "done",
        "an observation",
        None,
    ]


def audits() -> list[bytes]:
    answers = [
        ("5.01.01", "compliant"),
        ("8.13.04", "partially_compliant"),
        ("5.04.02", "non_compliant"),
        ("7.10.01", "not_applicable"),
        ("5.05.01", "not_assessed"),
        ("8.24.03", "compliant"),
    ]
    as_csv = files.csv([CSV_HEADER, csv_row("5", ""), *[csv_row(*each) for each in answers]])
    as_xlsx = files.xlsx(
        [XLSX_HEADER, xlsx_row("5", "not_assessed", assessable=False), *[xlsx_row(*each) for each in answers]]
    )
    return [as_csv, as_xlsx]


@pytest.mark.parametrize("data", audits(), ids=["csv", "xlsx"])
def test_an_audit_of_bio2_1_2_counts_for_1_3(data: bytes) -> None:
    sheets = read_table(data, name="audit_export.csv")
    assert ciso_assistant.is_audit(sheets)
    audit = ciso_assistant.read_audit(sheets)
    assert "text" not in repr(audit)
    assert "observation" not in repr(audit)
    plan = interpret(audit, ciso_assistant.LAYOUT, norms_on(ON), on=ON)
    assert plan.ok
    assert {(each.requirement, each.answer.value, each.row) for each in plan.claims} == {
        ("bio2:5.01.01", "yes", 3),
        ("bio2:8.13.04", "partly", 4),
        ("bio2:5.10.02", "no", 5),
        ("bio2:7.10.01", "not_applicable", 6),
    }
    assert [(each.code, each.place.row) for each in plan.remarks] == [("number_moved", 5), ("number_withdrawn", 8)]


def test_the_library_gives_the_numbers() -> None:
    library = ciso_assistant.read_library(LIBRARY.encode())
    assert (library.name, library.version) == ("bio2", "2")
    assert list(library.numbers.values()) == ["5.01.01", "5.04.02"]
    sheets = read_table(audits()[0])
    assert ciso_assistant.read_audit(sheets, library=library) == ciso_assistant.read_audit(sheets)


def refused(header: list[str], *rows: list[str], library: str = "") -> tuple[str, int | None, str]:
    with pytest.raises(TableError) as caught:
        read = ciso_assistant.read_library(library.encode()) if library else None
        ciso_assistant.read_audit(read_table(files.csv([header, *rows]), name="a"), library=read)
    problem = caught.value.problem
    return problem.code, problem.place.row, problem.place.letter


def test_what_is_no_audit_of_bio2_is_told() -> None:
    assert refused(["Nummer", "Antwoord"], ["5.01.01", "ja"])[0] == "no_audit"
    assert refused(CSV_HEADER, csv_row("1.1", "compliant", "urn:intuitem:risk:req_node:cbw:")) == (
        "unknown_framework",
        2,
        "A",
    )
    assert refused(CSV_HEADER, csv_row("1.1", "compliant", "x")) == ("unknown_framework", 2, "A")
    assert refused(CSV_HEADER, csv_row("5.01.01", "splendid")) == ("unknown_result", 2, "G")
    assert refused(CSV_HEADER, csv_row("=1", "compliant", "=")) == ("formula", 2, "A")
    assert (
        refused(CSV_HEADER, csv_row("5.01.01", "compliant"), library=LIBRARY.replace(":bio2", ":other"))[0]
        == "other_library"
    )


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("a: &x [1]\nb: *x\n", "unsafe_yaml", 1),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", "unsafe_yaml", 2),
        ("[" * 60 + "]" * 60, "unsafe_yaml", 1),
        ("a: [1\nb: 2\n", "broken_yaml", 2),
        ("just text", "no_library", None),
        ("", "no_library", None),
        ("objects: {framework: {requirement_nodes: []}}", "no_library", None),
        ("objects: {frameworks: []}", "no_library", None),
        ("objects: {framework: {requirement_nodes: [1, {urn: x}]}}", "no_library", None),
        ("\x00", "broken_yaml", None),
    ],
)
def test_a_library_that_cannot_be_trusted(text: str, code: str, row: int | None) -> None:
    with pytest.raises(TableError) as caught:
        ciso_assistant.read_library(text.encode())
    assert (caught.value.problem.code, caught.value.problem.place.row) == (code, row)


def test_a_library_that_is_too_large() -> None:
    with pytest.raises(TableError) as caught:
        ciso_assistant.read_library(b"a: " + b"x" * ciso_assistant.LIBRARY_SIZE)
    assert caught.value.problem.code == "too_large"
