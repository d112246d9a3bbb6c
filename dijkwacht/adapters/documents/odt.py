"""Writes a document as an OpenDocument text, to be worked on further before it is sent or signed."""

from dijkwacht.adapters.documents.model import (
    Bar,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Judged,
    Note,
    Pairs,
    Paragraph,
    Signature,
    Table,
)
from dijkwacht.adapters.documents.odf import NAMESPACES, meta, package, paragraphs, spaced
from dijkwacht.adapters.documents.safe import xml

_FONT = "fo:font-family=\"'Liberation Sans', Arial, sans-serif\""


def write_odt(document: Document) -> bytes:
    """The bytes of a document; headings, lists and tables are real ones, so that a screen reader finds its way."""
    writer = _Writer()
    body = "".join(writer.block(each) for each in document.blocks)
    title = f'<text:p text:style-name="Title">{xml(document.title)}</text:p>'
    warning = "".join(paragraphs(each, "Warning") for each in (document.warning, document.secret) if each)
    content = (
        f'<office:document-content {NAMESPACES} office:version="1.3"><office:automatic-styles>{_AUTOMATIC}'
        f"{''.join(writer.styles)}</office:automatic-styles><office:body><office:text>{warning}{title}{body}"
        f"</office:text></office:body></office:document-content>"
    )
    about = meta(document.title, language=document.language, organisation=document.organisation, at=document.at)
    return package("text", content=content, styles=_styles(document), meta=about, at=document.at)


class _Writer:
    """Blocks to XML; keeps the column styles that the tables need."""

    def __init__(self) -> None:
        self.styles: list[str] = []
        self._tables = 0

    def block(self, block: Block) -> str:
        """The XML of one block."""
        match block:
            case Heading():
                style = f"H{block.level}{'P' if block.fresh else ''}"
                return (
                    f'<text:h text:style-name="{style}" text:outline-level="{block.level}">{xml(block.text)}</text:h>'
                )
            case Paragraph():
                return paragraphs(block.text, {"lead": "Lead", "small": "Small"}.get(block.style, "Body"))
            case Note():
                return paragraphs(f"{block.title}. {block.text}", "Warning" if block.loud else "Note")
            case Bullets():
                items = "".join(f"<text:list-item>{paragraphs(each, 'Body')}</text:list-item>" for each in block.items)
                return f'<text:list text:style-name="Bullets">{items}</text:list>'
            case Table():
                return self._table(block.about, block.columns, block.rows)
            case Pairs():
                columns = (Column("", 5.5), Column(""))
                return self._table(block.about, columns, block.rows)
            case Judged():
                return paragraphs(f"{block.word}. {block.text}", "Body")
            case Bar():
                return paragraphs(block.about, "Body")
            case Signature():
                return "".join(paragraphs(each, "Body" if block.signed else "Warning") for each in block.lines)

    def _table(self, about: str, columns: tuple[Column, ...], rows: tuple[tuple[str | Cell, ...], ...]) -> str:
        self._tables += 1
        name = f"T{self._tables}"
        room = 17 - sum(column.width for column in columns)
        share = room / max(1, sum(not column.width for column in columns))
        made = "".join(
            f'<style:style style:name="{name}.{at}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{column.width or max(share, 1.5):.2f}cm"/></style:style>'
            for at, column in enumerate(columns)
        )
        self.styles.append(made)
        parts = "".join(f'<table:table-column table:style-name="{name}.{at}"/>' for at in range(len(columns)))
        head = ""
        if any(column.title for column in columns):
            cells = "".join(_cell(column.title, "HeadCell", "Head") for column in columns)
            head = f"<table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>"
        body = "".join(
            f'<table:table-row table:style-name="Row">{"".join(_cell(each, "BodyCell", "InCell") for each in row)}'
            f"</table:table-row>"
            for row in rows
        )
        return (
            f'<table:table table:name="{name}" table:style-name="Table"><table:title>{xml(about)}</table:title>'
            f"{parts}{head}{body}</table:table>{paragraphs('', 'Small')}"
        )


def _cell(cell: str | Cell, style: str, inside: str) -> str:
    text = cell.text if isinstance(cell, Cell) else cell
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs(text, inside)}'
        f"</table:table-cell>"
    )


def _paragraph(name: str, *, text: str = "", paragraph: str = "", parent: str = "Standard", outline: int = 0) -> str:
    level = f' style:default-outline-level="{outline}"' if outline else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"{level}>'
        f"<style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>"
    )


_AUTOMATIC = (
    '<style:style style:name="Table" style:family="table"><style:table-properties style:width="17cm" '
    'table:align="left" fo:margin-top="0.2cm"/></style:style>'
    '<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
    "</style:style>"
    '<style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" '
    'fo:border-bottom="1pt solid #16242a" style:vertical-align="bottom"/></style:style>'
    '<style:style style:name="BodyCell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" '
    'fo:border-bottom="0.5pt solid #c5d0d6" style:vertical-align="top"/></style:style>'
    + "".join(
        f'<style:style style:name="H{level}P" style:family="paragraph" style:parent-style-name="H{level}">'
        f'<style:paragraph-properties fo:break-before="page"/></style:style>'
        for level in (1, 2, 3)
    )
)
_NAMED = (
    _paragraph("Title", text='fo:font-size="20pt" fo:font-weight="bold"', paragraph='fo:margin-bottom="0.4cm"')
    + _paragraph("H1", outline=1, text='fo:font-size="14pt" fo:font-weight="bold"',
                 paragraph='fo:margin-top="0.7cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"')
    + _paragraph("H2", outline=2, text='fo:font-size="11.5pt" fo:font-weight="bold"',
                 paragraph='fo:margin-top="0.5cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"')
    + _paragraph("H3", outline=3, text='fo:font-weight="bold"', paragraph='fo:margin-top="0.4cm" fo:keep-with-next="always"')
    + _paragraph("Body", paragraph='fo:margin-bottom="0.25cm" fo:line-height="135%"')
    + _paragraph("Lead", text='fo:font-size="12.5pt"', paragraph='fo:margin-bottom="0.35cm" fo:line-height="130%"')
    + _paragraph("Small", text='fo:font-size="8.5pt" fo:color="#44545b"', paragraph='fo:margin-bottom="0.15cm"')
    + _paragraph("Note", paragraph='fo:margin-bottom="0.25cm" fo:padding="0.2cm" fo:border-left="2pt solid #8298a8"')
    + _paragraph("Warning", text='fo:font-weight="bold"',
                 paragraph='fo:margin-bottom="0.25cm" fo:padding="0.2cm" fo:border="1pt solid #8f3d00"')
    + _paragraph("Head", text='fo:font-weight="bold" fo:font-size="9pt"')
    + _paragraph("InCell", text='fo:font-size="9.5pt"')
    + '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
      '<style:list-level-properties text:space-before="0.4cm" text:min-label-width="0.5cm"/>'
      "</text:list-level-style-bullet></text:list-style>"
)  # fmt: skip


def _styles(document: Document) -> str:
    """Typeface, language, A4 and the foot of the page with its number."""
    before, between, after = document.page.replace("{pages}", "{page}").split("{page}")
    foot = (
        f'<text:p text:style-name="Small">{spaced(document.marks)}<text:s/>· {spaced(before)}<text:page-number '
        f'text:select-page="current">1</text:page-number>{spaced(between)}<text:page-count>1</text:page-count>'
        f"{spaced(after)}</text:p>"
    )
    country = "GB" if document.language == "en" else "NL"
    return (
        f'<office:document-styles {NAMESPACES} office:version="1.3"><office:styles><style:default-style '
        f'style:family="paragraph"><style:text-properties {_FONT} fo:font-size="10.5pt" fo:hyphenate="true" '
        f'fo:language="{document.language}" fo:country="{country}"/></style:default-style>'
        f'<style:style style:name="Standard" style:family="paragraph"/>{_NAMED}</office:styles>'
        f'<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
        f'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:footer-style>'
        f'<style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>'
        f"</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>{foot}</style:footer>'
        f"</style:master-page></office:master-styles></office:document-styles>"
    )
