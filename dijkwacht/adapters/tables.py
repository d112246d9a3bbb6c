"""Reads a table from a stranger: XLSX, ODS or CSV, told apart by what is in the file and not by its name."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from dijkwacht.adapters.csv_table import read_csv
from dijkwacht.adapters.limits import MEGABYTE, Budget, Limits, TableError
from dijkwacht.adapters.ods import MEDIA_TYPES, read_ods
from dijkwacht.adapters.xlsx import read_xlsx
from dijkwacht.adapters.zip_guard import SafeZip
from dijkwacht.core.sheets import Sheet

# the first bytes of files that people send by mistake, and the code of the answer they get
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "old_excel"),  # .xls, and .xlsx with a password
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "compressed"),
    (b"7z\xbc\xaf\x27\x1c", "compressed"),
    (b"Rar!", "compressed"),
    (b"{\\rtf", "not_a_table"),
    (b"\x89PNG", "not_a_table"),
    (b"\xff\xd8\xff", "not_a_table"),
    (b"GIF8", "not_a_table"),
    (b"\x7fELF", "not_a_table"),
    (b"MZ", "not_a_table"),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<office:", b"<workbook")


def read_table(
    source: BinaryIO | Path | str | bytes,
    *,
    name: str = "",
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    clock: Callable[[], float] = time.monotonic,
    literal: bool = False,
) -> list[Sheet]:
    """The sheets of a workbook; a CSV file is one sheet. Nothing is guessed: cells keep their type.

    ``name`` is the file's name: the sheet of a CSV file is called so. ``literal``: cells of a CSV are what they are, also with
    ``=`` in front (``read_csv``). Raises TableError with a code and a place.
    """
    budget = Budget(limits, clock)
    data = _read(source, limits)
    if not data.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise TableError("empty_file")
    sheets = _sheets(data, name or "CSV", budget, literal)
    if not any(sheet.rows for sheet in sheets):
        raise TableError("no_rows")
    return sheets


def _read(source: BinaryIO | Path | str | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | Path):
        with Path(source).open("rb") as file:
            data = file.read(limits.size + 1)
    else:
        data = source.read(limits.size + 1)
    if len(data) > limits.size:
        raise TableError("too_large", most=str(limits.size // MEGABYTE))
    return data


def _sheets(data: bytes, name: str, budget: Budget, literal: bool) -> list[Sheet]:
    if data.startswith(b"PK"):
        return _from_archive(data, budget)
    for start, code in _OTHERS:
        if data.startswith(start):
            raise TableError(code)
    if data[:200].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(_MARKUP):
        raise TableError("web_page")
    return read_csv(data, name, budget, literal=literal)


def _from_archive(data: bytes, budget: Budget) -> list[Sheet]:
    archive = SafeZip(io.BytesIO(data), budget)
    if "mimetype" in archive.names:
        if archive.read("mimetype", most=200).strip() not in MEDIA_TYPES:
            raise TableError("not_a_spreadsheet")
        return read_ods(archive, budget)
    if "[Content_Types].xml" not in archive.names:
        raise TableError("not_a_spreadsheet")
    if not any(entry.startswith("xl/") for entry in archive.names):
        raise TableError("not_a_spreadsheet")
    return read_xlsx(archive, budget)
