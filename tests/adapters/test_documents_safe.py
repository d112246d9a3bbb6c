"""Texts of strangers: nothing runs, nothing breaks, nothing pretends."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.documents import products
from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import Column, Document, Heading, Paragraph, Sheet, Table
from dijkwacht.adapters.documents.pdf import typeset, write_pdf
from dijkwacht.adapters.documents.safe import _DRAWN, clipped, drawn, neutral, xml
from dijkwacht.apps.accountability.document_words import document_words
from tests.adapters.statements import AT, ROOT, norms, statement

HOSTILE = (
    "#let x = 1; #panic(x)", "$ sum_(i=0)^n $", r"\ \u{41} \"", "*vet* _schuin_ `code` = kop", "x" * 4000, "a" * 60 + "-" * 60,
    "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627", "\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308",
    "\u202eslaarwdev\u202c", "e\u0301\u0302\u0303", "<script>alert(1)</script>", "]]>", "&amp;", "=cmd|' /C calc'!A0",
    "\u6f22\u5b57", "\x07\x1b[31m", "regel 1\nregel 2\r\nregel 3", "a\u200bb\u00adc", "\ufffe\uffff", "",
)  # fmt: skip


def paper(*texts: str) -> Document:
    blocks = tuple(block for text in texts for block in (Heading(text or "–"), Paragraph(text)))
    return Document("Titel", "Soort", "Gemeente", "nl", AT, "voet", "pagina {page} van {pages}", blocks)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_shows_any_text(text: str) -> None:
    assert write_pdf(replace(paper(text), title=text or "–", organisation=text or "–")).startswith(b"%PDF")


def test_a_whole_statement_of_hostile_texts_is_written_in_every_form() -> None:
    found = statement("cbw-rdi", signed=False)
    text = "".join(HOSTILE)
    lines = tuple(
        replace(
            line, owner=text, subject_name=text,
            facts=tuple(replace(fact, explanation=text, said_by=text, subject_name=text) for fact in line.facts),
        )
        for line in found.lines[:4]
    )  # fmt: skip
    hostile = replace(found, lines=lines, why=text, replaces=1, organisation=replace(found.organisation, name=text))
    made = products(hostile, norms(), words=document_words(norms()), root=ROOT)
    assert len(made) == len(set(made))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80))
def test_a_page_shows_whatever_people_type(text: str) -> None:
    write_pdf(paper(text))


@pytest.mark.parametrize("text", ["nul\0teken", "half \ud800 paar"])
def test_what_the_trail_refuses_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"null|surrogates"):
        write_pdf(paper(text))
    with pytest.raises(ValueError, match=r"null|surrogates"):
        write_csv(Sheet("s", ("a",), ((text,),)))
    with pytest.raises(ValueError, match=r"null|surrogates"):
        xml(text)


def test_markup_is_shown_and_not_run() -> None:
    assert drawn("#let x = 1 $a$") == "#let x = 1 $a$"
    with pytest.raises(typst.TypstError):  # had it been markup, typst would have tripped over it
        typst.compile(b"#panic(1)", format="pdf")


def test_what_cannot_be_drawn_stands_as_its_code() -> None:
    assert drawn("😀") == "[U+1F600]"
    assert drawn("veilig\u202eelieuq") == "veilig[U+202E]elieuq"
    assert drawn("é ü ß Ł Ž – € → ✓") == "é ü ß Ł Ž – € → ✓"
    assert drawn("e\u0301") == "é"
    assert drawn("a\u00adb\u200bc\ufeff") == "abc"
    assert drawn("a\tb\r\nc\u2028d") == "a b\nc\nd"


def test_every_character_said_to_be_drawn_has_a_glyph() -> None:
    """In the typefaces of the typst that is installed: a newer one may differ, and then this tells."""
    letters = [chr(code) for first, last in _DRAWN for code in range(first, last + 1)]
    source = (
        '#set document(title: "t", date: datetime(year: 2026, month: 1, day: 1))\n'
        '#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"), lang: "nl")\n#sys.inputs.letters'
    )
    compiler = typst.Compiler(
        source.encode(),
        ignore_system_fonts=True,
        sys_inputs={"letters": " ".join(each if each.isprintable() else "a" for each in letters)},
    )
    assert compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=0)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    text = f"{start}1+1"
    assert neutral(text) == f"'{text}"
    data = write_csv(Sheet("s", (text,), ((text,),)))
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
        assert row == [f"'{text}"]


def test_csv_opens_in_dutch_excel() -> None:
    data = write_csv(
        Sheet("s", ("Nummer", "Dag", "Aantal"), (("5.10; of\nniet", date(2026, 12, 31), 3), ('"a"', None, -2)))
    )
    assert data == '\ufeffNummer;Dag;Aantal\r\n"5.10; of\nniet";2026-12-31;3\r\n"""a""";;-2\r\n'.encode()


def test_clipped_cuts_at_a_word() -> None:
    assert clipped("een korte tekst", 20) == "een korte tekst"
    assert clipped("een wat langere tekst dan past", 20) == "een wat langere…"
    assert clipped("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=200), st.integers(2, 60))
def test_clipped_never_exceeds(text: str, most: int) -> None:
    assert len(clipped(text, most)) <= most


def test_a_row_that_does_not_fit_on_a_page_goes_on_on_the_next() -> None:
    table = Table("t", (Column("a", 2), Column("b")), (("1", "woord " * 2000 + "laatste"), ("2", "kort")))
    pages = typeset(replace(paper(), blocks=(table,)), form="png", ppi=20)
    assert len(pages) > 1
