"""OpenDocument files as another program finds them: the package, the parts, and what our own reader reads back."""

import io
import zipfile
from datetime import date
from functools import cache

import pytest
from defusedxml.ElementTree import fromstring

from dijkwacht.adapters.documents import product
from dijkwacht.adapters.documents.model import Sheet, Workbook
from dijkwacht.adapters.documents.ods import write_ods
from dijkwacht.adapters.tables import read_table
from dijkwacht.apps.accountability.document_words import document_words
from tests.adapters.statements import AT, ROOT, norms, statement
from tests.adapters.test_documents_safe import HOSTILE

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


@cache
def made(account: str, name: str) -> bytes:
    return product(name, statement(account), norms(), words=document_words(norms()), root=ROOT)


@pytest.mark.parametrize(
    ("account", "name", "kind"),
    [
        ("ensia-council", "raadsinformatiebrief.odt", "text"),
        ("suwinet-statement", "collegeverklaring-suwinet.odt", "text"),
        ("board-view", "bestuur-een-a4.odt", "text"),
        ("bio2-soa", "verklaring-van-toepasselijkheid.ods", "spreadsheet"),
    ],
)
def test_the_package_is_as_the_standard_says(account: str, name: str, kind: str) -> None:
    data = made(account, name)
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    assert data[30:38] == b"mimetype"
    assert data[38 : 38 + len(media_type)] == media_type.encode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        first, *rest = archive.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert {each.date_time for each in archive.infolist()} == {(2027, 1, 14, 14, 30, 0)}
        manifest = fromstring(archive.read("META-INF/manifest.xml"))
        listed = {each.get(f"{MANIFEST}full-path") for each in manifest}
        assert listed == {"/", *(each.filename for each in rest)} - {"META-INF/manifest.xml"}
        for each in ("content.xml", "styles.xml", "meta.xml"):
            assert fromstring(archive.read(each)).get(f"{OFFICE}version") == "1.3"


def test_a_letter_has_real_headings_tables_and_numbered_pages() -> None:
    with zipfile.ZipFile(io.BytesIO(made("ensia-council", "raadsinformatiebrief.odt"))) as archive:
        content, styles = fromstring(archive.read("content.xml")), fromstring(archive.read("styles.xml"))
    headings = [each.get(f"{TEXT}outline-level") for each in content.iter(f"{TEXT}h")]
    assert headings[0] == "1"
    assert len(headings) >= 4
    assert len(list(content.iter(f"{TABLE}table-header-rows"))) == 1
    assert len(list(content.iter(f"{TABLE}title"))) == len(list(content.iter(f"{TABLE}table")))
    assert list(styles.iter(f"{TEXT}page-number"))
    assert list(styles.iter(f"{TEXT}page-count"))


@pytest.mark.parametrize(
    ("account", "name"), [("ensia-council", "raadsinformatiebrief.odt"), ("board-view", "bestuur-een-a4.odt")]
)
def test_every_style_that_is_used_exists(account: str, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(account, name))) as archive:
        parts = [fromstring(archive.read(each)) for each in ("content.xml", "styles.xml")]
    known = {each.get(f"{STYLE}name") for part in parts for each in part.iter() if f"{STYLE}name" in each.attrib}
    used = {
        each.get(key) for part in parts for each in part.iter() for key in (f"{TEXT}style-name", f"{TABLE}style-name")
    }
    assert used - known - {None} == set()


def test_what_we_write_our_own_reader_reads() -> None:
    rows = (("5.10", date(2026, 12, 31), 3, "=1+1"), ("ja  nee\nen\tmeer", None, 0, ""))
    book = Workbook("Titel", "nl", AT, "Gemeente", (Sheet("blad & meer", ("a", "b", "c", "d"), rows),))
    (sheet,) = read_table(write_ods(book))
    assert sheet.name == "blad & meer"
    assert [row.cells for row in sheet.rows] == [
        ("a", "b", "c", "d"), ("5.10", date(2026, 12, 31), 3, "=1+1"), ("ja  nee\nen\tmeer", None, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [1, 6, 12, 18])
def test_in_print_every_list_fits_on_the_width_of_its_page(columns: int) -> None:
    """Or its columns would be torn apart over several pages; a day is never too wide for its column."""
    rows = tuple((date(2026, 12, 31), *("x" * 30 * (at % 3) for at in range(columns - 1))) for _ in range(3))
    book = Workbook("Titel", "nl", AT, "Gemeente", (Sheet("blad", tuple("k" for _ in range(columns)), rows),))
    with zipfile.ZipFile(io.BytesIO(write_ods(book))) as archive:
        content, styles = (fromstring(archive.read(name)) for name in ("content.xml", "styles.xml"))
    style = {each.get(f"{STYLE}name"): each for each in content.iter(f"{STYLE}style")}
    (table,) = content.iter(f"{TABLE}table")
    page = style[table.get(f"{TABLE}style-name")].get(f"{STYLE}master-page-name")
    layout = next(each for each in styles.iter(f"{STYLE}page-layout") if each.get(f"{STYLE}name") == page)
    widths = [
        float(style[each.get(f"{TABLE}style-name")][0].get(f"{STYLE}column-width").removesuffix("mm"))
        for each in table.iter(f"{TABLE}table-column")
    ]
    fo = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
    across = float(layout[0].get(f"{fo}page-width").removesuffix("mm")) - 2 * 12
    assert len(widths) == columns
    assert sum(widths) <= across
    assert min(widths) >= 20
    assert {each.get(f"{STYLE}name") for each in styles.iter(f"{STYLE}master-page")} == {"A4", "A3"}
    assert len(list(styles.iter(f"{TEXT}page-count"))) == 2


def test_every_line_of_a_statement_comes_back() -> None:
    found = statement("bio2-soa")
    sheets = read_table(made("bio2-soa", "verklaring-van-toepasselijkheid.ods"))
    assert [row.cells[0] for row in sheets[0].rows[1:]] == [line.requirement for line in found.lines]
    assert sheets[-1].name == "verklaring"


def test_hostile_texts_stay_text() -> None:
    rows = tuple((text,) for text in HOSTILE)
    book = Workbook("<t>", "nl", AT, "&", (Sheet("s", ("kop",), rows),))
    with zipfile.ZipFile(io.BytesIO(write_ods(book))) as archive:
        content = fromstring(archive.read("content.xml"))
    cells = list(content.iter(f"{TABLE}table-cell"))
    assert len(cells) == len(HOSTILE) + 1
    assert {each.get(f"{OFFICE}value-type") for each in cells} == {"string", None}
    assert not any(f"{TABLE}formula" in each.attrib for each in cells)
