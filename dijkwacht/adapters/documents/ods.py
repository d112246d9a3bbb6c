"""Writes lists as an OpenDocument workbook: heading row repeated in print, days as days."""

from datetime import date

from dijkwacht.adapters.documents.model import Sheet, Value, Workbook
from dijkwacht.adapters.documents.odf import NAMESPACES, meta, package, paragraphs
from dijkwacht.adapters.documents.safe import xml

_WIDTHS = ((12, "narrow", "2.4cm"), (40, "middle", "5cm"), (10**9, "wide", "10cm"))
_STYLES = (
    '<number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    '<style:style style:name="head" style:family="table-cell"><style:table-cell-properties fo:background-color="#e8eef1" '
    'fo:wrap-option="wrap" style:vertical-align="bottom"/><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="text" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" '
    'style:vertical-align="top"/></style:style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"><style:table-cell-properties '
    'style:vertical-align="top"/></style:style>'
)


def write_ods(book: Workbook) -> bytes:
    """The bytes of a workbook; text is text, whatever it looks like."""
    widths = "".join(
        f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}"/></style:style>'
        for _, name, width in _WIDTHS
    )
    tables = "".join(_table(sheet) for sheet in book.sheets)
    content = (
        f'<office:document-content {NAMESPACES} office:version="1.3"><office:automatic-styles>{_STYLES}{widths}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        f"</office:document-content>"
    )
    styles = (
        f'<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>'
        f'<style:default-style style:family="table-cell"><style:text-properties fo:language="{book.language}" '
        f'fo:country="{"GB" if book.language == "en" else "NL"}" fo:font-size="10pt"/></style:default-style>'
        f"</office:styles></office:document-styles>"
    )
    about = meta(book.title, language=book.language, organisation=book.organisation, at=book.at)
    return package("spreadsheet", content=content, styles=styles, meta=about, at=book.at)


def _table(sheet: Sheet) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="{_width(sheet, at)}"/>' for at in range(len(sheet.columns))
    )
    head = "".join(_cell(title, "head") for title in sheet.columns)
    rows = "".join(
        f"<table:table-row>{''.join(_cell(value, 'text') for value in row)}</table:table-row>" for row in sheet.rows
    )
    return (
        f'<table:table table:name="{xml(sheet.name)}">{columns}<table:table-header-rows><table:table-row>{head}'
        f"</table:table-row></table:table-header-rows>{rows}</table:table>"
    )


def _width(sheet: Sheet, at: int) -> str:
    """As wide as most of what stands in it."""
    lengths = sorted(len(str(row[at] or "")) for row in sheet.rows) or [0]
    usual = max(lengths[len(lengths) * 9 // 10], len(sheet.columns[at]))
    return next(name for most, name, _ in _WIDTHS if usual <= most)


def _cell(value: Value, style: str) -> str:
    if value is None or value == "":
        return f'<table:table-cell table:style-name="{style}"/>'
    if isinstance(value, date):
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{value.isoformat()[:10]}">'
            f"<text:p>{value.isoformat()[:10]}</text:p></table:table-cell>"
        )
    if isinstance(value, int):
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs(value)}</table:table-cell>'
