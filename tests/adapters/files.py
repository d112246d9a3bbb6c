"""Builds workbooks by hand, good and bad, so that a test says exactly what is in the file."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

import openpyxl

CONTENT_TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
MAIN = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
RELATIONS = "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f"xmlns:{prefix}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


def archive(parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """A zip file with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            file.writestr(name, content)
    return out.getvalue()


def xlsx_parts(
    sheet_data: str, *, book: str = "", styles: str = "", texts: str = "", name: str = "Blad1"
) -> dict[str, str]:
    """The parts of a workbook with one sheet, whose rows are given as XML."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f"<Relationships {RELATIONS}><Relationship Id='a' Type='{OFFICE}/officeDocument'"
        " Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook {MAIN} xmlns:r='{OFFICE}'>{book}<sheets>"
        f"<sheet name='{name}' sheetId='1' r:id='rId1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELATIONS}>"
        f"<Relationship Id='rId1' Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/>"
        f"<Relationship Id='rId2' Type='{OFFICE}/sharedStrings' Target='sharedStrings.xml'/>"
        f"<Relationship Id='rId3' Type='{OFFICE}/styles' Target='styles.xml'/></Relationships>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{sheet_data}</sheetData></worksheet>",
    }


def raw_xlsx(sheet_data: str, **more: str) -> bytes:
    """A workbook whose rows are given as XML."""
    return archive(xlsx_parts(sheet_data, **more))


def xlsx(rows: Sequence[Sequence[object]], *, title: str = "Blad1") -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_cell(value: object) -> str:
    """One ODS cell."""
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            text = str(value).lower()
            return f"<table:table-cell office:value-type='boolean' office:boolean-value='{text}'/>"
        case int() | float():
            return f"<table:table-cell office:value-type='float' office:value='{value}'><text:p>x</text:p></table:table-cell>"
        case date():
            return f"<table:table-cell office:value-type='date' office:date-value='{value.isoformat()}'/>"
        case _:
            text = escape(str(value))
            return f"<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"


def raw_ods(tables: str, *, styles: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """An ODS file whose tables are given as XML."""
    content = (
        f"<office:document-content {ODS_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": ODS_TYPE, "content.xml": content, **(more or {})})


def ods(rows: Sequence[Sequence[object]], *, title: str = "Blad1") -> bytes:
    """An ODS file with one sheet."""
    xml = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    return raw_ods(f"<table:table table:name='{escape(title)}'>{xml}</table:table>")


def csv(rows: Sequence[Sequence[object]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A CSV file as a Dutch spreadsheet program writes it."""

    def one(value: object) -> str:
        text = "" if value is None else f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)
        return f'"{text}"' if delimiter in text or "\n" in text or '"' in text else text

    return "\r\n".join(delimiter.join(map(one, row)) for row in rows).encode(encoding)
