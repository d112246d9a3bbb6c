"""The requirements of a tender on paper: whole, the same each time, and harmless whatever stands in them."""

import io
import json
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from defusedxml.ElementTree import fromstring

from dijkwacht.adapters.suppliers_out.answers import read_answers
from dijkwacht.adapters.suppliers_out.tender import as_json, document, odt, pdf
from dijkwacht.adapters.suppliers_out.tender_form import ods
from dijkwacht.adapters.tables import read_table
from tests.adapters.suppliers_out.papers import LINES, PAPER, paper

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("write", [odt, ods, pdf, as_json])
def test_the_same_paper_gives_the_same_bytes(write) -> None:  # type: ignore[no-untyped-def]
    assert write(PAPER) == write(paper())
    assert write(PAPER) != write(paper(title="Een andere"))


@pytest.mark.parametrize(("write", "kind"), [(odt, "text"), (ods, "spreadsheet")])
def test_the_package_is_as_the_standard_says(write, kind: str) -> None:  # type: ignore[no-untyped-def]
    data = write(PAPER)
    assert data[30:38] == b"mimetype"
    files = parts(data)
    assert files["mimetype"] == f"application/vnd.oasis.opendocument.{kind}".encode()
    listed = {each.get(f"{MANIFEST}full-path") for each in fromstring(files["META-INF/manifest.xml"])}
    assert listed == {"/", *files} - {"META-INF/manifest.xml", "mimetype"}
    known, used = set(), set()
    for name in ("content.xml", "styles.xml"):
        for each in fromstring(files[name]).iter():
            known.add(each.get(f"{STYLE}name"))
            used |= {each.get(f"{TEXT}style-name"), each.get(f"{TABLE}style-name")}
    assert used - known - {None} == set()


def test_the_text_has_a_chapter_per_theme_with_every_requirement_in_it() -> None:
    content = fromstring(parts(odt(PAPER))["content.xml"])
    heads = [(each.get(f"{TEXT}outline-level"), each.text) for each in content.iter(f"{TEXT}h")]
    assert heads == [
        ("1", "Incidenten"), ("2", "1. Eis"), ("2", "2. Wens"), ("1", "Gegevens"), ("2", "3. Eis"), ("1", "De context"),
        ("1", "Over deze eisen"), ("1", "Kanttekeningen voor de inkoper"),
    ]  # fmt: skip
    told = "\n".join("".join(each.itertext()) for each in content.iter(f"{TEXT}p"))
    for line in LINES:
        assert line.text in told
        assert line.verify in told
    assert "melden-24 · Dient voor: BIO2 5.24.01, Cbw 26 lid 1 · Hoort bij: Altijd, Clouddienst" in told
    assert "2 eisen en 1 wens" in told
    assert "nummer 2, 3" in told
    assert "Na gunning opnieuw bekeken, telkens na een jaar." in told
    assert told.endswith("2 (log-bewaren): Hoe lang nodig is, verschilt per dienst.")


def test_the_workbook_has_three_sheets_and_reads_back() -> None:
    sheets = read_table(ods(PAPER))
    assert [sheet.name for sheet in sheets] == ["Eisen", "Context", "Uitleg"]
    head, first, *_ = sheets[0].rows
    assert head.cells[:3] == ("Nr.", "Kenmerk", "Thema")
    assert first.cells[:7] == (
        1, "melden-24", "Incidenten", "Altijd\nClouddienst", "eis", LINES[0].text, LINES[0].verify,
    )  # fmt: skip
    found = read_answers(ods(PAPER), "eisen.ods", known=[line.id for line in LINES])
    assert [(each.id, each.says) for each in found.rows] == [(line.id, None) for line in LINES]
    assert sheets[1].rows[1].cells == (
        "Verwerkt de dienst persoonsgegevens?", "niet beantwoord", "nummer 2, 3",
    )  # fmt: skip


def test_the_head_stays_in_sight_answers_come_from_a_list_and_it_fits_on_its_page() -> None:
    files = parts(ods(PAPER))
    views = fromstring(files["settings.xml"])
    tables = next(each for each in views.iter() if each.get(f"{CONFIG}name") == "Tables")
    assert [each.get(f"{CONFIG}name") for each in tables] == ["Eisen", "Context", "Uitleg"]
    items = {each.get(f"{CONFIG}name"): each.text for each in tables[0]}
    assert (items["VerticalSplitMode"], items["VerticalSplitPosition"], items["HorizontalSplitPosition"]) == (
        "2",
        "1",
        "2",
    )
    content = fromstring(files["content.xml"])
    (choices,) = content.iter(f"{TABLE}content-validation")
    assert choices.get(f"{TABLE}condition") == 'of:cell-content-is-in-list("ja";"deels";"nee")'
    assert choices.get(f"{TABLE}allow-empty-cell") == "true"
    chosen = [each for each in content.iter(f"{TABLE}table-cell") if each.get(f"{TABLE}content-validation-name")]
    assert len(chosen) == len(LINES)
    (filters,) = content.iter(f"{TABLE}database-range")
    assert filters.get(f"{TABLE}target-range-address") == "'Eisen'.A1:'Eisen'.K4"
    style = {each.get(f"{STYLE}name"): each for each in content.iter(f"{STYLE}style")}
    for table in content.iter(f"{TABLE}table"):
        widths = [
            int(style[each.get(f"{TABLE}style-name")][0].get(f"{STYLE}column-width").removesuffix("mm"))
            for each in table.iter(f"{TABLE}table-column")
        ]
        assert sum(widths) <= 420 - 2 * 12


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+31 6", "-2", "<b>&\"'", "a\tb  c", "één 𝒙 \u202eomgekeerd"])
def test_whatever_stands_in_a_text_stays_text(text: str) -> None:
    line = replace(LINES[0], text=text, verify=text, theme=text, id="x" + text, parts=(text,), links=(text,))
    hostile = paper(title=text, organisation=text, lines=(line,), notes=(text,))
    files = parts(ods(hostile))
    content = fromstring(files["content.xml"])
    assert not [each for each in content.iter() if f"{TABLE}formula" in each.attrib]
    assert read_table(ods(hostile))[0].rows[1].cells[5] == text
    for part in ("content.xml", "styles.xml", "meta.xml"):
        fromstring(parts(odt(hostile))[part])
    assert pdf(hostile).startswith(b"%PDF")
    assert json.loads(as_json(hostile))["requirements"][0]["text"] == text


def test_what_no_file_can_hold_is_refused() -> None:
    for write in (odt, ods, pdf):
        with pytest.raises(ValueError, match=r"."):
            write(paper(lines=(replace(LINES[0], text="a\x00b"),)))


def test_the_pdf_is_accessible_and_has_the_data_inside() -> None:
    with pikepdf.open(io.BytesIO(pdf(PAPER))) as found:
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang) in ("nl", "nl-NL")
        (name,) = found.attachments
        assert name == "eisen.json"
        assert found.attachments[name].get_file().read_bytes() == as_json(PAPER)


def test_the_data_says_what_nobody_answered() -> None:
    data = json.loads(as_json(PAPER))
    assert [each["answer"] for each in data["context"]] == [None, True]
    assert data["requirements"][1]["unanswered"] == ["persoonsgegevens"]
    assert data["requirements"][0]["links"] == ["BIO2 5.24.01", "Cbw 26 lid 1"]


def test_a_tender_without_requirements_says_so() -> None:
    empty = paper(lines=(), context=(), notes=())
    told = "\n".join("".join(each.itertext()) for each in fromstring(parts(odt(empty))["content.xml"]).iter(f"{TEXT}p"))
    assert "Bij deze keuze horen geen eisen." in told
    assert "0 eisen" in told
    assert read_answers(ods(empty), "x.ods").rows == ()
    assert pdf(empty)


def test_in_english_everything_around_it_is_english() -> None:
    english = document(paper(language="en", lines=LINES[:1], context=(), notes=()))
    assert english.kind == "Security requirements for a tender"
    assert [sheet.name for sheet in read_table(ods(paper(language="en")))] == ["Requirements", "Context", "Explanation"]
    found = read_answers(ods(paper(language="en")), "x.ods")
    assert len(found.rows) == 3
