"""Every problem with a supplier's answers has its sentence, with where and what."""

import re
from pathlib import Path

from django.utils import translation

from dijkwacht.adapters.suppliers_out import answers
from dijkwacht.adapters.suppliers_out.answers import read_answers
from dijkwacht.web.tender_words import CODES, answer_sentence

HEAD = "Kenmerk;Voldoet u?;Toelichting\r\n"


def test_every_code_that_the_reader_gives_has_a_sentence() -> None:
    source = Path(answers.__file__).read_text()
    codes = set(re.findall(r'_wrong\("(\w+)"', source)) | set(
        re.findall(r'"((?:id|no|two)_\w+|formula|fault)"', source)
    )
    assert len(codes) > 6
    assert codes <= CODES


def test_where_and_what() -> None:
    found = read_answers((HEAD + "a;misschien;\r\na;ja;\r\n;ja;\r\nb;ja;").encode(), "terug.csv", known=["a"])
    with translation.override("en"):
        told = [answer_sentence(each) for each in found.problems]
    assert told == [
        "Sheet terug.csv, row 2, column B: \u201cmisschien\u201d is no answer to a requirement. Use yes, partly or no.",
        "Sheet terug.csv, row 3, column A: Requirement a was already answered in row 2.",
        "Sheet terug.csv, row 4, column A: This row has an answer, but not the reference of the requirement that it answers.",
        "Sheet terug.csv, row 5, column A: \u201cb\u201d is not a requirement of this tender.",
    ]


def test_of_the_file_as_a_whole() -> None:
    with translation.override("en"):
        (told,) = [answer_sentence(each) for each in read_answers(b"naam;getal\r\na;1", "x.csv").problems]
        (pdf,) = [answer_sentence(each) for each in read_answers(b"%PDF", "x.pdf").problems]
    assert told.startswith("No sheet has the columns")
    assert pdf.startswith("This is a PDF.")
