"""An account of the covenant as files: accessible PDF, workbook, CSV and JSON; the same account gives the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dijkwacht.adapters.documents.csv_file import write_csv
from dijkwacht.adapters.documents.model import (
    Attachment,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Pairs,
    Paragraph,
    Sheet,
    Table,
    Workbook,
)
from dijkwacht.adapters.documents.ods import write_ods
from dijkwacht.adapters.documents.pdf import write_pdf
from dijkwacht.core.covenant.papers import Account, Part, plain

TYPES = {
    "pdf": "application/pdf",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The words around an account. ``page`` holds ``{page}`` and ``{pages}``."""

    audience: str
    basis: str
    day: str
    packs: str
    made: str
    digest: str
    figures: str
    figure: tuple[str, str, str, str]
    unknown: str
    page: str
    part: tuple[str, str, str]
    licence: str


@dataclass(frozen=True, slots=True)
class Made:
    """An account with when it was made and the digest of its content."""

    account: Account
    at: datetime
    digest: str
    day: str
    language: str = "nl"


def write(made: Made, labels: Labels, form: str) -> bytes:
    """The bytes of one form of it. Raises KeyError for a form that is not there."""
    return {"pdf": _pdf, "ods": _ods, "csv": _csv, "json": _json}[form](made, labels)


def _pdf(made: Made, labels: Labels) -> bytes:
    data = Attachment("account.json", _json(made, labels), "application/json", made.account.title)
    return write_pdf(_document(made, labels), [data])


def _document(made: Made, labels: Labels) -> Document:
    account = made.account
    about = (
        (labels.audience, account.audience), (labels.basis, account.basis), (labels.day, made.day),
        (labels.packs, account.packs),
    )  # fmt: skip
    blocks: list[Block] = [Paragraph(account.lead, "lead"), Pairs(account.title, about)]
    for part in account.parts:
        blocks += [Heading(part.name), *_blocks(part)]
    if account.figures:
        heads = (
            Column(labels.figure[0], 1),
            Column(labels.figure[1], 3),
            Column(labels.figure[2]),
            Column(labels.figure[3]),
        )
        rows = tuple((f"[{each.number}]", each.value, each.what, each.source) for each in account.figures)
        blocks += [Heading(labels.figures), Table(labels.figures, heads, rows)]
    blocks += [Heading(labels.unknown), Bullets(account.unknown)]
    return Document(
        title=account.title, kind=account.title, organisation=account.organisation, language=made.language,
        at=_stamp(made), marks=f"{labels.digest} {made.digest[:16]}", page=labels.page, blocks=tuple(blocks), wide=True,
    )  # fmt: skip


def _blocks(part: Part) -> Sequence[Block]:
    found: list[Block] = [Paragraph(text) for text in part.texts if text]
    if part.items:
        found.append(Bullets(part.items))
    if part.rows:
        found.append(Table(part.name, tuple(Column(head) for head in part.heads), part.rows))
    return found or [Paragraph("–")]


def _ods(made: Made, labels: Labels) -> bytes:
    account = made.account
    texts = [
        (part.name, number, text) for part in account.parts for number, text in enumerate((*part.texts, *part.items), 1)
    ]
    sheets = [
        Sheet(account.title, labels.part, ((account.title, 0, account.lead), *texts)),
        *(Sheet(part.name, part.heads, part.rows) for part in account.parts if part.rows),
    ]
    if account.figures:
        figures = tuple((each.number, each.value, each.what, each.source) for each in account.figures)
        sheets.append(Sheet(labels.figures, labels.figure, figures))
    sheets.append(Sheet(labels.unknown, (labels.unknown,), tuple((each,) for each in account.unknown)))
    return write_ods(Workbook(account.title, made.language, _stamp(made), account.organisation, _named(sheets)))


def _named(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """With names that a program for workbooks takes: at most 31 characters, none twice, none of its own marks."""
    names: list[str] = []
    for sheet in sheets:
        name = "".join(" " if char in "[]*?:/\\'" else char for char in sheet.name).strip()[:31] or "-"
        while name in names:
            name = f"{name[:27]} {len(names)}"
        names.append(name)
    return tuple(Sheet(name, each.columns, each.rows) for name, each in zip(names, sheets, strict=True))


def _csv(made: Made, labels: Labels) -> bytes:
    """Everything in one list of lines: part, line, column, value."""
    heads = (labels.part[0], labels.part[1], "column", labels.part[2])
    rows: list[tuple[str | int, ...]] = [
        (part.name, number, "", text)
        for part in made.account.parts
        for number, text in enumerate((*part.texts, *part.items), 1)
    ]
    rows += [
        (part.name, number, head, value)
        for part in made.account.parts
        for number, row in enumerate(part.rows, 1)
        for head, value in zip(part.heads, row, strict=True)
    ]
    rows += [(labels.figures, each.number, each.what, f"{each.value} ({each.source})") for each in made.account.figures]
    rows += [(labels.unknown, number, "", text) for number, text in enumerate(made.account.unknown, 1)]
    return write_csv(Sheet(made.account.product, heads, tuple(rows)))


def _json(made: Made, labels: Labels) -> bytes:
    told = {
        "made_at": _stamp(made).isoformat(),
        "sha256": made.digest,
        "licence": labels.licence,
        "account": plain(made.account),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _stamp(made: Made) -> datetime:
    return made.at.astimezone(UTC).replace(microsecond=0)
