"""Reading good files: what a person sees in the spreadsheet is what comes out."""

import io
from datetime import date

import pytest

from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.tables import read_table
from dijkwacht.core.sheets import Odd
from tests.adapters import files

ROWS = [
    ["Nummer", "Antwoord", "Toelichting", "Datum", "Aantal"],
    ["5.01.01", "ja", "Vastgesteld & gepubliceerd", date(2026, 3, 1), 3],
    [None, None, None, None, None],
    ["8.13.04", "nee", "Zie memo\nen bijlage", date(2026, 2, 28), 2.5],
]


@pytest.mark.parametrize("build", [files.xlsx, files.ods])
def test_cells_keep_their_type_and_rows_their_number(build) -> None:
    (sheet,) = read_table(build(ROWS))
    assert sheet.name == "Blad1"
    assert [row.number for row in sheet.rows] == [1, 2, 4]
    assert sheet.rows[1].cells == ("5.01.01", "ja", "Vastgesteld & gepubliceerd", date(2026, 3, 1), 3)
    assert sheet.rows[2].cell(4) == 2.5
    assert sheet.rows[2].cell(99) is None


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_every_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    rows = [
        ["Nummer", "Toelichting"],
        ["5.01.01", "geëvalueerd; door, het\tcollege | 2026"],
        ["5.01.02", "regel 1\nregel 2"],
    ]
    (sheet,) = read_table(files.csv(rows, delimiter=delimiter, encoding=encoding), name="lijst.csv")
    assert sheet.name == "lijst.csv"
    assert [list(row.cells) for row in sheet.rows] == rows
    assert [row.number for row in sheet.rows] == [1, 2, 3]  # a quoted line break starts no row


def test_csv_with_the_line_that_excel_reads() -> None:
    (sheet,) = read_table(b"sep=,\r\nNummer,Antwoord\r\n5.01.01,ja\r\n")
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("Nummer", "Antwoord")), (3, ("5.01.01", "ja"))]


def test_a_stream_a_path_and_bytes_are_read_alike(tmp_path) -> None:
    data = files.xlsx(ROWS)
    (tmp_path / "x.bin").write_bytes(data)
    assert read_table(io.BytesIO(data)) == read_table(tmp_path / "x.bin") == read_table(str(tmp_path / "x.bin"))


def test_excel_days_of_both_calendars() -> None:
    styles = "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>"
    row = "<row r='1'><c r='A1' s='1'><v>1</v></c><c r='B1' s='1'><v>60</v></c><c r='C1' s='1'><v>61</v></c>"
    row += "<c r='D1' s='1'><v>46082.75</v></c><c r='E1' s='1'><v>99999999</v></c><c r='F1' s='1'><v>-3</v></c></row>"
    (sheet,) = read_table(files.raw_xlsx(row, styles=styles))
    assert sheet.rows[0].cells == (
        date(1900, 1, 1),
        Odd.NO_DATE,
        date(1900, 3, 1),
        date(2026, 3, 1),
        Odd.NO_DATE,
        Odd.NO_DATE,
    )
    (sheet,) = read_table(files.raw_xlsx(row, styles=styles, book="<workbookPr date1904='1'/>"))
    assert sheet.rows[0].cells[:3] == (date(1904, 1, 2), date(1904, 3, 1), date(1904, 3, 2))


@pytest.mark.parametrize(
    ("code", "value"),
    [("dd\\-mm\\-yyyy", date(2026, 3, 1)), ("[$-413]d mmmm yyyy;@", date(2026, 3, 1)), ("General", 46082), ('0 "dagen"', 46082),
     ("h:mm", 46082), ("0%", "4608200%")],
)  # fmt: skip
def test_a_number_is_a_day_when_its_format_shows_one(code: str, value: object) -> None:
    code = code.replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
    (sheet,) = read_table(files.raw_xlsx("<row><c s='0'><v>46082</v></c></row>", styles=styles))
    assert sheet.rows[0].cells == (value,)


def test_xlsx_of_other_writers() -> None:
    """Without positions, with prefixes, rich and phonetic text, shared and inline text, booleans, errors, ISO days."""
    texts = "<si><r><t>ge</t></r><r><t>deeld</t></r><rPh><t>zzz</t></rPh></si>"
    cells = "<c t='s'><v>0</v></c><c t='inlineStr'><is><t>in</t></is></c><c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c>"
    cells += "<c t='d'><v>2026-03-01T00:00:00</v></c><c><v>5.10</v></c><c t='str'><v>a_x000D_b</v></c><c/>"
    parts = files.xlsx_parts(f"<row>{cells}</row>", texts=texts)
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace("<", "<x:").replace("<x:/", "</x:")
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace("xmlns=", "xmlns:x=")
    (sheet,) = read_table(files.archive(parts))
    assert sheet.rows[0].cells == ("gedeeld", "in", True, Odd.FAULT, date(2026, 3, 1), 5.1, "ab")


def test_hidden_sheets_are_marked() -> None:
    parts = files.xlsx_parts("<row><c><v>1</v></c></row>")
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheet ", "<sheet state='veryHidden' ")
    assert [sheet.hidden for sheet in read_table(files.archive(parts))] == [True]
    styles = "<style:style style:name='ta1'><style:table-properties table:display='false'/></style:style>"
    row = f"<table:table-row>{files.ods_cell(1)}</table:table-row>"
    table = f"<table:table table:name='H' table:style-name='ta1'>{row}</table:table>"
    assert [sheet.hidden for sheet in read_table(files.raw_ods(table, styles=styles))] == [True]


def test_a_merged_cell_has_its_value_once() -> None:
    covered = "<table:covered-table-cell table:number-columns-repeated='2'/>"
    row = f"<table:table-row>{files.ods_cell('kop')}{covered}{files.ods_cell('na')}</table:table-row>"
    (sheet,) = read_table(files.raw_ods(f"<table:table table:name='B'>{row}</table:table>"))
    assert sheet.rows[0].cells == ("kop", None, None, "na")


def test_ods_repeats_comments_and_spaces() -> None:
    comment = "<office:annotation><text:p>niet van de cel</text:p></office:annotation>"
    text = f"{comment}<text:p>een<text:s text:c='2'/>twee</text:p><text:p>drie</text:p>"
    cell = f"<table:table-cell office:value-type='string'>{text}</table:table-cell>"
    twice = "<table:table-cell table:number-columns-repeated='2' office:value-type='percentage' office:value='0.95'/>"
    rows = f"<table:table-row>{cell}</table:table-row><table:table-row table:number-rows-repeated='5'/>"
    rows += f"<table:table-row table:number-rows-repeated='2'>{twice}</table:table-row>"
    rest = "<table:table-cell table:number-columns-repeated='16384'/>"
    rows += f"<table:table-row table:number-rows-repeated='1048568'>{rest}</table:table-row>"
    (sheet,) = read_table(files.raw_ods(f"<table:table table:name='B'>{rows}</table:table>"))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("een  twee\ndrie",)), (7, ("95%", "95%")), (8, ("95%", "95%")),
    ]  # fmt: skip


def test_formulas_are_marked_and_never_computed() -> None:
    (sheet,) = read_table(files.xlsx([["ja", "=1+1"]]))
    assert sheet.rows[0].cells == ("ja", Odd.FORMULA)
    cell = "<table:table-cell table:formula='of:=1+1' office:value-type='float' office:value='2'/>"
    (sheet,) = read_table(
        files.raw_ods(f"<table:table table:name='B'><table:table-row>{cell}</table:table-row></table:table>")
    )
    assert sheet.rows[0].cells == (Odd.FORMULA,)
    (sheet,) = read_table(b"a;b\nja;=HYPERLINK(1)\n")
    assert sheet.rows[1].cells == ("ja", Odd.FORMULA)


def test_the_error_reads_as_text() -> None:
    assert str(TableError("broken_cell", sheet="B", row=7, column=2)) == "broken_cell (B, 7, C)"
    assert str(TableError("empty_file")) == "empty_file"


def test_ods_messages_of_a_choice_are_no_cell_text() -> None:
    told = (
        "<table:content-validations><table:content-validation table:name='v'><table:error-message><text:p>Kies</text:p>"
    )
    told += "</table:error-message></table:content-validation></table:content-validations>"
    cell = "<table:table-cell office:value-type='string'><text:p>kop</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}</table:table-row>"
    (sheet,) = read_table(files.raw_ods(f"{told}<table:table table:name='B'>{row}</table:table>"))
    assert sheet.rows[0].cells == ("kop",)
