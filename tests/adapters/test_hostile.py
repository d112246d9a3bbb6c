"""Files that want to hurt, or are simply broken: each is refused with a code and, where there is one, a place."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.limits import MEGABYTE, Limits, TableError
from dijkwacht.adapters.tables import read_table
from tests.adapters import files

GOOD = [["Nummer", "Antwoord"], ["5.01.01", "ja"], ["8.13.04", "nee"]]
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"


def refused(data: bytes, **limits: float) -> TableError:
    with pytest.raises(TableError) as caught:
        read_table(data, name="x", limits=Limits(**limits))
    return caught.value


def place(error: TableError) -> tuple[str | None, int | None, str]:
    return error.problem.place.sheet, error.problem.place.row, error.problem.place.letter


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b";;;\n;;\n", "no_rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old_excel"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x1f\x8b\x08rest", "compressed"),
        (b"<html><table><tr><td>1</td></tr></table>", "web_page"),
        (b"<?xml version='1.0'?><a/>", "web_page"),
        (b"a;b\n\0\0\0;1\n", "binary"),
        (b"\xff\xfea\0\0\0", "binary"),
        (b"a;b\n\x81\x8d;1\n", "encoding"),
        (b"PK\x03\x04 and then nothing", "broken_archive"),
        (files.archive({"word/document.xml": "<w/>"}), "not_a_spreadsheet"),
        (files.archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "not_a_spreadsheet"),
        (
            files.archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "not_a_spreadsheet",
        ),
        (files.xlsx([]), "no_rows"),
    ],
)
def test_what_is_no_table_is_told(data: bytes, code: str) -> None:
    assert refused(data).problem.code == code


@pytest.mark.parametrize("build", [files.xlsx, files.ods])
def test_a_file_cut_off_anywhere_is_refused(build: Callable[..., bytes]) -> None:
    data = build(GOOD)
    for length in range(4, len(data) - 1, max(1, len(data) // 60)):
        refused(data[:length])


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE, "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>"])
def test_entities_and_document_types_are_refused_in_every_part(prolog: str) -> None:
    parts = files.xlsx_parts("<row><c t='inlineStr'><is><t>&amp;</t></is></c></row>")
    for part in parts:
        if part != "[Content_Types].xml":
            assert refused(files.archive({**parts, part: prolog + parts[part]})).problem.code == "unsafe_xml", part
    content = f"{prolog}<office:document-content {files.ODS_SPACES}/>"
    assert refused(files.archive({"mimetype": files.ODS_TYPE, "content.xml": content})).problem.code == "unsafe_xml"


def test_the_sheet_is_named_when_it_holds_an_entity() -> None:
    parts = files.xlsx_parts("")
    parts["xl/worksheets/sheet1.xml"] = LAUGHS + parts["xl/worksheets/sheet1.xml"]
    assert place(refused(files.archive(parts))) == ("Blad1", None, "")


def test_a_bomb_is_refused_quickly_and_in_little_memory() -> None:
    data = files.archive({**files.xlsx_parts(""), "xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * (300 * MEGABYTE)})
    assert len(data) < MEGABYTE
    tracemalloc.start()
    began = time.perf_counter()
    error = refused(data)
    took, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.problem.code == "zip_bomb"
    assert took < 5
    assert peak < 20 * MEGABYTE


def test_a_bomb_in_pieces_is_refused_too() -> None:
    filler = "<!-- " + "ab" * 200_000 + " -->"
    parts = files.xlsx_parts("<row><c><v>1</v></c></row>")
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace("<sheetData>", filler + "<sheetData>")
    assert refused(files.archive(parts), unpacked=300_000).problem.code == "zip_bomb"


def test_a_workbook_in_a_workbook_is_never_opened() -> None:
    inner = files.archive({"bomb.xml": b" " * 5_000_000})
    assert read_table(
        files.archive({**files.xlsx_parts("<row><c><v>1</v></c></row>"), "xl/embeddings/inner.xlsx": inner})
    )


@pytest.mark.parametrize("name", ["../../x", "/etc/x", "a\\b", "C:x"])
def test_names_that_climb_out_are_refused(name: str) -> None:
    assert refused(files.archive({**files.xlsx_parts(""), name: "x"})).problem.code == "unsafe_archive"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused() -> None:
    parts = files.xlsx_parts("<row><c><v>1</v></c></row>")
    assert refused(files.archive([*parts.items(), ("xl/workbook.xml", "<other/>")])).problem.code == "unsafe_archive"


def test_a_password_is_told() -> None:
    data = bytearray(files.archive(files.xlsx_parts("")))
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    assert refused(bytes(data)).problem.code == "protected"
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert refused(files.raw_ods("", more=manifest)).problem.code == "protected"


def test_other_compression_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as file:
        for name, content in files.xlsx_parts("").items():
            file.writestr(name, content)
    assert refused(out.getvalue()).problem.code == "unsafe_archive"


def test_ten_million_rows_in_ods() -> None:
    for filled, code in ((files.ods_cell("ja"), "too_many_rows"), ("<table:table-cell/>", "no_rows")):
        row = f"<table:table-row table:number-rows-repeated='10000000'>{filled}</table:table-row>"
        error = refused(files.raw_ods(f"<table:table table:name='B'>{row}</table:table>"))
        assert error.problem.code == code
    cell = "<table:table-cell table:number-columns-repeated='10000000' office:value-type='float' office:value='1'/>"
    row = f"<table:table-row>{cell}</table:table-row>"
    error = refused(files.raw_ods(f"<table:table table:name='B'>{row}</table:table>"))
    assert (error.problem.code, place(error)) == ("too_many_columns", ("B", 1, "GS"))


def test_ten_million_rows_in_xlsx() -> None:
    for number in (50_001, 10_000_000):
        error = refused(files.raw_xlsx(f"<row r='{number}'><c r='A{number}'><v>1</v></c></row>"))
        assert (error.problem.code, place(error)[:2]) == ("too_many_rows", ("Blad1", number))
    began = time.perf_counter()
    error = refused(files.raw_xlsx("<row><c><v>1</v></c></row>" * 1_000_000))
    assert (error.problem.code, error.problem.place.row) == (
        "too_many_rows",
        50_001,
    ) or error.problem.code == "zip_bomb"
    assert time.perf_counter() - began < 5


def test_limits_name_the_cell() -> None:
    wide = "<row r='3'><c r='GS3'><v>1</v></c></row>"
    assert place(refused(files.raw_xlsx(wide))) == ("Blad1", 3, "GS")
    assert place(refused(files.csv([["a"] * 201]))) == ("x", 1, "GS")
    for data in (files.csv([["a", "b"], ["c", "d" * 40_000]]), files.ods([["a", "b"], ["c", "d" * 40_000]])):
        error = refused(data)
        assert (error.problem.code, place(error)[1:]) == ("text_too_long", (2, "B"))
    assert refused(files.csv([["a", "b"]] * 50_001)).problem.place.row == 50_001
    assert refused(files.csv([["a", "b"]] * 6), cells=10).problem.code == "too_many_cells"
    assert refused(files.xlsx(GOOD), sheets=0).problem.code == "too_many_sheets"
    assert refused(files.xlsx(GOOD), entries=3).problem.code == "too_many_entries"
    assert refused(files.xlsx(GOOD), size=100).problem.code == "too_large"


def test_csv_quotes_and_huge_fields_name_the_row() -> None:
    error = refused(b'a;b\nc;"never closed\nd;e\n')
    assert (error.problem.code, error.problem.place.row) == ("broken_quotes", 2)
    error = refused(b'a;b\nc;"' + b"x" * 200_000 + b'"\n')
    assert (error.problem.code, error.problem.place.row) == ("text_too_long", 2)


@pytest.mark.parametrize(
    "row",
    [
        "<row r='2'/><row r='1'/>",
        "<row r='1'><c r='B1'/><c r='A1'/></row>",
        "<row r='1'><c r='1A'/></row>",
        "<row><c t='s'><v>7</v></c></row>",
        "<row><c t='s'><v>-1</v></c></row>",
        "<row><c><v>een</v></c></row>",
        "<row><c><v>NaN</v></c></row>",
        "<row><c><v>1e999</v></c></row>",
    ],
)
def test_wrong_cells_are_refused(row: str) -> None:
    error = refused(files.raw_xlsx(row, texts="<si><t>een</t></si>"))
    assert error.problem.code in ("broken_xml", "broken_cell")
    assert error.problem.place.sheet == "Blad1"
    assert error.problem.place.row is not None


def test_deep_nesting_and_endless_tokens_are_refused() -> None:
    assert refused(files.raw_xlsx("<a>" * 100 + "</a>" * 100)).problem.code == "too_deep"
    token = "<row r='" + "".join(map(str, range(600_000))) + "'/>"
    assert refused(files.raw_xlsx(token)).problem.code in ("broken_xml", "zip_bomb")


def test_the_time_is_limited() -> None:
    ticks = count()
    with pytest.raises(TableError) as caught:
        read_table(files.xlsx(GOOD), limits=Limits(seconds=3), clock=lambda: float(next(ticks)))
    assert caught.value.problem.code == "too_slow"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "PK\x03\x04", "\xef\xbb\xbf", "a;b\n"]))
def test_random_bytes_give_a_table_or_a_table_error(data: bytes, start: str) -> None:
    try:
        read_table(start.encode("latin-1") + data)
    except TableError:
        pass


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from([files.xlsx(GOOD), files.ods(GOOD)]))
def test_damaged_workbooks_give_a_table_or_a_table_error(data: st.DataObject, good: bytes) -> None:
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_table(bytes(damaged))
    except TableError:
        pass


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="<>/crow vt='\"0129AB&;tabl:-", max_size=120))
def test_random_markup_gives_a_table_or_a_table_error(markup: str) -> None:
    for data in (files.raw_xlsx(markup), files.raw_ods(f"<table:table table:name='B'>{markup}</table:table>")):
        try:
            read_table(data)
        except TableError:
            pass
