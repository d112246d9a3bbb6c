"""Every code of a file about suppliers or a monitoring report has a sentence, and none is said that no reader gives."""

import re

from django.utils.translation import override

from dijkwacht.core.sheets import Place, Problem
from dijkwacht.web.supplier_import_words import _SENTENCES, CODES, words
from tests.architecture import house

CORE = house.PACKAGE / "core"
READERS = ("register_read", "register_same", "register_words", "requirement_rows")
PATHS = [
    CORE / "table_reading.py", CORE / "monitoring.py", *(CORE / "suppliers" / f"{name}.py" for name in READERS),
    *(house.PACKAGE / "adapters" / "suppliers").glob("*.py"), *(house.PACKAGE / "adapters" / "monitoring").glob("*.py"),
]  # fmt: skip
SOURCES = "\n".join(path.read_text() for path in PATHS)
GIVEN = re.compile(r'(?:problem|remark|_too_much|TableError|CellError|Problem)\(\s*"([a-z_]+)"|missing="([a-z_]+)"')


def test_every_code_that_readers_give_has_a_sentence() -> None:
    given = {first or second for first, second in GIVEN.findall(SOURCES)}
    assert len(given) > 60
    assert given - CODES == set()
    assert {
        "formula",
        "fault",
        "not_yes_or_no",
        "date_too_early",
        "date_too_late",
        "number_decimal",
        "number_date",
    } <= CODES


def test_no_sentence_is_there_for_nothing() -> None:
    assert {code for code in _SENTENCES if f'"{code}"' not in SOURCES} == set()


def test_a_sentence_begins_with_its_place() -> None:
    with override("en"):
        assert words(Problem("not_a_kvk", Place("Blad1", 7, 2), {"value": "x"})).startswith(
            "Sheet Blad1, row 7, column C: "
        )
        assert words(Problem("formula", Place("Blad1", 7, 2))).startswith("Sheet Blad1, row 7, column C: This cell")
        assert words(Problem("not_text", Place(), {"at": "/alerts/3/at"})) == "/alerts/3/at: A text belongs here."
        assert words(Problem("not_a_count", Place(), {"at": "/sources/x", "value": "-1"})).startswith("/sources/x: ")
        assert words(Problem("pdf")).startswith("This is a PDF")
