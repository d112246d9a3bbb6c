"""A workbook that somebody fills in: OpenDocument, its head always in sight, columns to fill in coloured, choices from a list.

Text is text, whatever it looks like: a cell that begins with ``=`` is never a formula. OpenDocument 1.3, parts 2 and 3.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

from dijkwacht.adapters.documents.odf import HEAD, NAMESPACES, meta, package, paragraphs, spaced
from dijkwacht.adapters.documents.safe import xml
from dijkwacht.core.sheets import column_letter

Value = str | int
_MARGIN = 12  # millimetres
_PAGE = (420, 297)  # A3, lying
_FORMULA = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
_EDGE = 'fo:border="0.5pt solid #c5d0d6" fo:padding="1mm"'
_CELL = 'style:family="table-cell"'
_STYLES = "".join(
    f'<style:style style:name="{name}" {_CELL}><style:table-cell-properties {_EDGE} fo:wrap-option="wrap" '
    f'style:vertical-align="{align}"{ground}/>{text}</style:style>'
    for name, align, ground, text in (
        ("text", "top", "", ""),
        ("fill", "top", ' fo:background-color="#fcf5dc"', ""),
        ("head", "bottom", ' fo:background-color="#dfecee"', '<style:text-properties fo:font-weight="bold"/>'),
        ("head-fill", "bottom", ' fo:background-color="#f0dc9a"', '<style:text-properties fo:font-weight="bold"/>'),
    )
) + (
    '<style:style style:name="row" style:family="table-row"><style:table-row-properties '
    'style:use-optimal-row-height="true"/></style:style>'
    '<style:style style:name="sheet" style:family="table" style:master-page-name="page"><style:table-properties '
    'table:display="true"/></style:style>'
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column, ``width`` in millimetres. ``fill``: for who fills it in; ``choices``: all that may stand in it."""

    title: str
    width: int
    fill: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet. Every row is as long as ``columns``. ``held``: so many columns stay in sight."""

    name: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    held: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """The whole workbook."""

    title: str
    language: str
    at: datetime
    organisation: str
    sheets: tuple[FormSheet, ...]


def write_form(form: Form) -> bytes:
    """The bytes of the workbook."""
    widths = "".join(
        f'<style:style style:name="w{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}mm"/></style:style>'
        for width in sorted({column.width for sheet in form.sheets for column in sheet.columns})
    )
    content = (
        f'<office:document-content {NAMESPACES} {_FORMULA} office:version="1.3"><office:automatic-styles>{_STYLES}{widths}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{_choices(form)}"
        f"{''.join(_table(number, sheet) for number, sheet in enumerate(form.sheets))}{_filters(form)}"
        f"</office:spreadsheet></office:body></office:document-content>"
    )
    about = meta(form.title, language=form.language, organisation=form.organisation, at=form.at)
    data = package("spreadsheet", content=content, styles=_styles(form), meta=about, at=form.at)
    return _held(data, _settings(form))


def _choices(form: Form) -> str:
    """The lists to choose from; a cell may stay empty."""
    found = "".join(
        _choice(_named(number, at), column, f"'{_quoted(sheet.name)}'.{column_letter(at)}2")
        for number, sheet in enumerate(form.sheets)
        for at, column in enumerate(sheet.columns)
        if column.choices
    )
    return f"<table:content-validations>{found}</table:content-validations>" if found else ""


def _choice(name: str, column: FormColumn, first: str) -> str:
    listed = ";".join(f'"{each}"' for each in column.choices)
    return (
        f'<table:content-validation table:name="{name}" table:condition="{xml(f"of:cell-content-is-in-list({listed})")}" '
        f'table:allow-empty-cell="true" table:display-list="unsorted" table:base-cell-address="{xml(first)}">'
        f'<table:error-message table:title="{xml(column.title)}" table:message-type="stop" table:display="true"/>'
        f"</table:content-validation>"
    )


def _named(number: int, at: int) -> str:
    return f"list-{number}-{at}"


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def _table(number: int, sheet: FormSheet) -> str:
    columns = "".join(f'<table:table-column table:style-name="w{column.width}"/>' for column in sheet.columns)
    head = "".join(_cell(column.title, "head-fill" if column.fill else "head") for column in sheet.columns)
    kinds = [("fill" if column.fill else "text", _named(number, at) if column.choices else "")
             for at, column in enumerate(sheet.columns)]  # fmt: skip
    rows = "".join(
        '<table:table-row table:style-name="row">'
        + "".join(_cell(value, *kind) for value, kind in zip(row, kinds, strict=True))
        + "</table:table-row>"
        for row in sheet.rows
    )
    return (
        f'<table:table table:name="{xml(sheet.name)}" table:style-name="sheet"><table:table-columns>'
        f'{columns}</table:table-columns><table:table-header-rows><table:table-row table:style-name="row">{head}'
        f"</table:table-row></table:table-header-rows>{rows}</table:table>"
    )


def _cell(value: Value, style: str, choices: str = "") -> str:
    chosen = f' table:content-validation-name="{choices}"' if choices else ""
    if value == "":
        return f'<table:table-cell table:style-name="{style}"{chosen}/>'
    if isinstance(value, int):
        return (
            f'<table:table-cell table:style-name="{style}"{chosen} office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell table:style-name="{style}"{chosen} office:value-type="string">{paragraphs(value)}'
        f"</table:table-cell>"
    )


def _filters(form: Form) -> str:
    """Buttons on the head by which rows are picked; only where there is something to fill in."""
    found = "".join(
        f'<table:database-range table:name="filter-{number}" table:display-filter-buttons="true" '
        f"table:target-range-address=\"'{xml(_quoted(sheet.name))}'.A1:'{xml(_quoted(sheet.name))}'."
        f'{column_letter(len(sheet.columns) - 1)}{len(sheet.rows) + 1}"/>'
        for number, sheet in enumerate(form.sheets)
        if any(column.fill for column in sheet.columns)
    )
    return f"<table:database-ranges>{found}</table:database-ranges>" if found else ""


def _styles(form: Form) -> str:
    """Language, letters, and the page: lying, the name of the sheet above it, title and page number below it."""
    edge = '<style:header-footer-properties fo:min-height="8mm" fo:margin-top="2mm" fo:margin-bottom="2mm"/>'
    foot = (
        f"<text:p>{spaced(f'{form.title} · {form.organisation} · ')}<text:s/><text:page-number>1</text:page-number> / "
        f"<text:page-count>1</text:page-count></text:p>"
    )
    country = "GB" if form.language == "en" else "NL"
    return (
        f'<office:document-styles {NAMESPACES} office:version="1.3"><office:styles><style:default-style {_CELL}>'
        f'<style:text-properties fo:language="{form.language}" fo:country="{country}" fo:font-size="9pt"/>'
        f'</style:default-style></office:styles><office:automatic-styles><style:page-layout style:name="A3">'
        f'<style:page-layout-properties fo:page-width="{_PAGE[0]}mm" fo:page-height="{_PAGE[1]}mm" '
        f'style:print-orientation="landscape" fo:margin="{_MARGIN}mm" style:scale-to-X="1"/>'
        f"<style:header-style>{edge}</style:header-style><style:footer-style>{edge}</style:footer-style>"
        f"</style:page-layout></office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="page" style:page-layout-name="A3"><style:header><text:p>'
        f"<text:sheet-name>–</text:sheet-name></text:p></style:header><style:footer>{foot}</style:footer>"
        f"</style:master-page></office:master-styles></office:document-styles>"
    )


def _settings(form: Form) -> str:
    """That the head stays in sight when one scrolls: how a sheet is looked at, which is no part of its content."""
    entries = "".join(_view(sheet) for sheet in form.sheets)
    return (
        '<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office" '
        'office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'{_item("ViewId", "string", "view1")}<config:config-item-map-named config:name="Tables">{entries}'
        f"</config:config-item-map-named>{_item('ActiveTable', 'string', form.sheets[0].name)}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )


def _view(sheet: FormSheet) -> str:
    across = sheet.held
    items = (
        ("HorizontalSplitMode", "short", 2 if across else 0), ("VerticalSplitMode", "short", 2),
        ("HorizontalSplitPosition", "int", across), ("VerticalSplitPosition", "int", 1),
        ("ActiveSplitRange", "short", 3 if across else 2), ("PositionLeft", "int", 0), ("PositionRight", "int", across),
        ("PositionTop", "int", 0), ("PositionBottom", "int", 1),
    )  # fmt: skip
    told = "".join(_item(*each) for each in items)
    return f'<config:config-item-map-entry config:name="{xml(sheet.name)}">{told}</config:config-item-map-entry>'


def _item(name: str, kind: str, value: str | int) -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{xml(str(value))}</config:config-item>'


def _held(data: bytes, settings: str) -> bytes:
    """The same package with how it is looked at."""
    entry = '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as archive:
        for info in given.infolist():
            part = given.read(info)
            if info.filename == "META-INF/manifest.xml":
                part = part.replace(b"</manifest:manifest>", entry.encode() + b"</manifest:manifest>")
                extra = zipfile.ZipInfo("settings.xml", info.date_time)
                extra.compress_type, extra.create_system, extra.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
                archive.writestr(extra, HEAD + settings)
            archive.writestr(info, part)
    return out.getvalue()
