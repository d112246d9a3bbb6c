"""Every code that a reader or the intake can give has a sentence, and the sentence names its place."""

import re
from pathlib import Path

from django.utils import translation

import dijkwacht
from dijkwacht.core.sheets import Place, Problem
from dijkwacht.web.import_words import CODES, error_sentence

HOUSE = Path(dijkwacht.__file__).parent
CODE = re.compile(r"""(?:TableError|CellError|Problem|_remark\(row,|_problem\(row, "\w+",)[( ]\s*"([a-z_]+)"[,)]""")
GIVEN = {"number_unknown", "number_date", "number_decimal", "number_empty", "number_no_measure", "number_withdrawn",
         "several_subjects", "unknown_subject", "text_too_long", "broken_quotes", "not_a_date", "formula", "fault"}  # fmt: skip


def test_every_code_has_a_sentence() -> None:
    sources = [*HOUSE.glob("core/intake*.py"), *(HOUSE / "adapters").glob("*.py")]
    codes = set(GIVEN)
    for source in sources:
        if source.name != "plain.py":
            codes |= set(CODE.findall(source.read_text()))
    assert codes - CODES == set()


def test_the_place_comes_first() -> None:
    with translation.override("en"):
        params = {"name": "bio2:8.13.04", "row": "4"}
        sentence = error_sentence(Problem("duplicate", Place("BIO", 7, 0), params))
        assert sentence == "Sheet BIO, row 7, column A: bio2:8.13.04 was already answered in row 4."
        assert error_sentence(Problem("nothing_to_import", Place("BIO"))).startswith("Sheet BIO: ")
        assert error_sentence(Problem("broken_xml", Place("BIO", 3))).startswith("Sheet BIO, row 3: ")
        assert error_sentence(Problem("broken_yaml", Place(row=3))).startswith("Line 3: ")
        assert error_sentence(Problem("empty_file")) == "This file is empty."
        assert "(brand_new)" in error_sentence(Problem("brand_new"))


def test_every_sentence_is_whole_whatever_the_parameters_are() -> None:
    names = (
        "most",
        "seconds",
        "value",
        "earliest",
        "latest",
        "choices",
        "ids",
        "name",
        "row",
        "number",
        "to",
        "library",
        "kind",
    )
    for code in CODES:
        assert error_sentence(Problem(code, params=dict.fromkeys(names, "7"))).endswith(".")
