"""Writes lists as an OpenDocument workbook: days as days; in print lying, as wide as the page, headings on every page."""

from datetime import date

from dijkwacht.adapters.documents.model import Sheet, Value, Workbook
from dijkwacht.adapters.documents.odf import NAMESPACES, meta, package, paragraphs, spaced
from dijkwacht.adapters.documents.safe import xml

# by how many characters usually stand in a column, its width in millimetres
_WIDTHS = ((12, 20), (40, 36), (10**9, 64))
_NARROW = 20  # a day or a number just fits in it, so it is never made narrower
# lying, in millimetres; a list goes on A3 when its columns would have to be made too narrow for A4
_PAGES = (("A4", 297, 210, 320), ("A3", 420, 297, 10**9))
_MARGIN = 12
# A line more than was reckoned fits: programs print with other widths of letters than they make rows with.
_ROOM = 'fo:padding-bottom="3.5mm"'
_STYLES = (
    '<number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    '<style:style style:name="head" style:family="table-cell"><style:table-cell-properties fo:background-color="#e8eef1" '
    'fo:wrap-option="wrap" style:vertical-align="bottom"/><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="text" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" '
    f'style:vertical-align="top" {_ROOM}/></style:style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"><style:table-cell-properties '
    'style:text-align-source="fix" style:vertical-align="top"/><style:paragraph-properties fo:text-align="start"/></style:style>'
    '<style:style style:name="row" style:family="table-row"><style:table-row-properties '
    'style:use-optimal-row-height="true"/></style:style>'
)


def write_ods(book: Workbook) -> bytes:
    """The bytes of a workbook; text is text, whatever it looks like."""
    every = sorted({width for sheet in book.sheets for width in _laid_out(sheet)[1]})
    widths = "".join(
        f'<style:style style:name="w{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}mm"/></style:style>'
        for width in every
    ) + "".join(
        f'<style:style style:name="on-{name}" style:family="table" style:master-page-name="{name}">'
        f'<style:table-properties table:display="true"/></style:style>'
        for name, *_ in _PAGES
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
        f'fo:country="{"GB" if book.language == "en" else "NL"}" fo:font-size="9pt"/></style:default-style>'
        f"</office:styles>{_pages(book)}</office:document-styles>"
    )
    about = meta(book.title, language=book.language, organisation=book.organisation, at=book.at)
    return package("spreadsheet", content=content, styles=styles, meta=about, at=book.at)


_EDGE = '<style:header-footer-properties fo:min-height="8mm" fo:margin-top="2mm" fo:margin-bottom="2mm"/>'


def _pages(book: Workbook) -> str:
    """A page per size: above it the name of the list, below it of what and which page."""
    layouts = "".join(
        f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}mm" '
        f'fo:page-height="{height}mm" style:print-orientation="landscape" fo:margin="{_MARGIN}mm"/>'
        f"<style:header-style>{_EDGE}</style:header-style><style:footer-style>{_EDGE}</style:footer-style>"
        f"</style:page-layout>"
        for name, width, height, _ in _PAGES
    )
    foot = (
        f"<text:p>{spaced(f'{book.title} · {book.organisation} · ')}<text:s/><text:page-number>1</text:page-number> / "
        f"<text:page-count>1</text:page-count></text:p>"
    )
    masters = "".join(
        f'<style:master-page style:name="{name}" style:page-layout-name="{name}"><style:header><text:p>'
        f"<text:sheet-name>–</text:sheet-name></text:p></style:header><style:footer>{foot}</style:footer></style:master-page>"
        for name, *_ in _PAGES
    )
    return (
        f"<office:automatic-styles>{layouts}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles>"
    )


def _table(sheet: Sheet) -> str:
    page, widths = _laid_out(sheet)
    columns = "".join(f'<table:table-column table:style-name="w{width}"/>' for width in widths)
    head = "".join(_cell(title, "head") for title in sheet.columns)
    rows = "".join(
        f'<table:table-row table:style-name="row">{"".join(_cell(value, "text") for value in row)}</table:table-row>'
        for row in sheet.rows
    )
    return (
        f'<table:table table:name="{xml(sheet.name)}" table:style-name="on-{page}">{columns}<table:table-header-rows>'
        f'<table:table-row table:style-name="row">{head}'
        f"</table:table-row></table:table-header-rows>{rows}</table:table>"
    )


def _laid_out(sheet: Sheet) -> tuple[str, list[int]]:
    """The page on which a list fits, and the width of each column in millimetres: as wide as most of what stands in it."""
    wanted = [_width(sheet, at) for at in range(len(sheet.columns))]
    name, page = next((name, page) for name, page, _, most in _PAGES if sum(wanted) <= most)
    return name, _fitted(wanted, page - 2 * _MARGIN)


def _fitted(wanted: list[int], across: int) -> list[int]:
    """Widths made smaller in proportion until they fit; what would become narrower than _NARROW is that, and the rest pays."""
    fits, before = 1.0, 2.0
    while fits < before:
        before = fits
        rest = sum(each for each in wanted if each * fits > _NARROW)
        narrow = _NARROW * sum(1 for each in wanted if each * fits <= _NARROW)
        fits = min(fits, (across - narrow) / max(1, rest))
    return [max(_NARROW, int(each * fits)) for each in wanted]


def _width(sheet: Sheet, at: int) -> int:
    lengths = sorted(len(str(row[at] or "")) for row in sheet.rows) or [0]
    usual = max(lengths[len(lengths) * 9 // 10], len(sheet.columns[at]))
    return next(width for most, width in _WIDTHS if usual <= most)


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
