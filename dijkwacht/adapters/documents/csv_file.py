"""Writes a list as CSV as Dutch Excel opens it with a double click: semicolons, a byte order mark, CR LF. RFC 4180 else."""

import csv
import io
from datetime import date

from dijkwacht.adapters.documents.model import Sheet, Value
from dijkwacht.adapters.documents.safe import neutral


def write_csv(sheet: Sheet) -> bytes:
    """The bytes of one list; days as ISO text, cells that look like a formula neutralised."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(title) for title in sheet.columns])
    writer.writerows([_told(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _told(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date | int):
        return str(value)
    return neutral(value)
