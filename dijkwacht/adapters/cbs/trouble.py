"""What a delivery may be at most, and the error that says what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dijkwacht.adapters.limits import MEGABYTE


@dataclass(frozen=True, slots=True)
class CbsLimits:
    """Sizes in bytes, time in seconds. ``record``: one row or one value outside the rows; ``listed``: rows of a list of names."""

    size: int = 512 * MEGABYTE  # all files together
    files: int = 200
    rows: int = 2_000_000
    record: int = 64 * 1024
    listed: int = 50_000
    seconds: float = 300.0


LIMITS = CbsLimits()


class CbsError(ValueError):
    """A delivery that cannot be read. ``file``: where; ``missing``, ``there``: columns that we look for, and that are there.

    Codes: empty_file, too_large, too_many_files, too_many_rows, too_slow, web_page, service_error, not_text, broken_json,
    broken_csv, row_too_large, no_value, no_data, incomplete, unknown_table, mixed_tables, wrong_columns, bad_value, bad_period,
    bad_area, twice, no_rows, not_readable, unsafe_archive.
    """

    def __init__(
        self, code: str, *, file: str = "", row: int | None = None, value: str = "", missing: Sequence[str] = (),
        there: Sequence[tuple[str, str]] = (), table: str = "",
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.code, self.file, self.row, self.value = code, file, row, value
        self.missing, self.there, self.table = tuple(missing), tuple(there), table

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, f"row {self.row}" if self.row else "") if part)
        return f"{self.code} ({where})" if where else self.code


def clean(text: object, most: int = 120) -> str:
    """A text of a stranger on one line: no control characters, nothing that turns the direction of writing, not too long."""
    plain = "".join(each if each.isprintable() else " " for each in str(text)[: most * 4])
    return " ".join(plain.split())[:most]
