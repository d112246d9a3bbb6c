"""The CSV files of ``dijkwacht match``: a register of many organisations, and confirmed aliases. Errors name the row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dijkwacht.adapters.csv_table import read_csv
from dijkwacht.adapters.limits import MEGABYTE, Budget, Limits, TableError
from dijkwacht.core.advisories.naming import Alias, Aliases, cpe_key, product_keys, purl_key
from dijkwacht.core.advisories.shapes import Asset
from dijkwacht.core.days import parse_day
from dijkwacht.core.sheets import Row

__all__ = ["FileError", "RegisterRead", "Trouble", "read_aliases", "read_register"]

LIMITS = Limits(size=500 * MEGABYTE, rows=2_000_000, cells=20_000_000, columns=200, seconds=300.0)
_REGISTER = ("organisation", "vendor", "product", "version", "purl", "cpe")
_ALIASES = ("from_vendor", "from_product", "to_vendor", "to_product", "who", "when")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong in a row; words for the code are in web/advisory_words."""

    code: str
    params: Mapping[str, str]


class FileError(Exception):
    """A file that cannot be used at all. ``trouble`` says why, or it is a TableError's own problem."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.trouble = trouble


@dataclass(slots=True)
class RegisterRead:
    """The assets of a register; the id of an asset is its row. ``left_out``: rows that could not be used; ``noted``: the rest."""

    assets: list[Asset] = field(default_factory=list)
    left_out: list[Trouble] = field(default_factory=list)
    noted: list[Trouble] = field(default_factory=list)


def read_register(path: Path, *, clock: Callable[[], float]) -> RegisterRead:
    """The register in a CSV file. Raises OSError, TableError, and FileError when the columns are not there."""
    columns, rows, unused = _table(path, _REGISTER, clock)
    if "organisation" not in columns or not (
        {"vendor", "product"} <= columns.keys() or columns.keys() & {"purl", "cpe"}
    ):
        raise FileError(Trouble("missing_columns", {"columns": "organisation, vendor, product"}))
    found = RegisterRead()
    if unused:
        found.noted.append(Trouble("unused_columns", {"columns": ", ".join(unused)}))
    for row in rows:
        _asset(row, columns, found)
    return found


def _asset(row: Row, columns: Mapping[str, int], found: RegisterRead) -> None:
    told = {name: _text(row, columns.get(name)) for name in _REGISTER}
    number = {"row": str(row.number)}
    if not told["organisation"]:
        found.left_out.append(Trouble("no_organisation", number))
        return
    for name, key_of in (("purl", purl_key), ("cpe", cpe_key)):
        if told[name] and not key_of(told[name]):
            found.noted.append(Trouble(f"bad_{name}", {**number, "value": told[name][:80]}))
    if not product_keys(vendor=told["vendor"], product=told["product"], purl=told["purl"], cpe=told["cpe"]):
        found.left_out.append(Trouble("no_product", number))
        return
    found.assets.append(
        Asset(
            organisation=told["organisation"], id=str(row.number), vendor=told["vendor"], product=told["product"],
            version=told["version"], purl=told["purl"], cpe=told["cpe"], source="cmdb",
        )
    )  # fmt: skip


def read_aliases(path: Path, *, clock: Callable[[], float]) -> Aliases:
    """Confirmed aliases in a CSV file: all of them, or FileError with the first row that is wrong; OSError, TableError."""
    columns, rows, _ = _table(path, _ALIASES, clock)
    if missing := [each for each in _ALIASES if each not in columns]:
        raise FileError(Trouble("missing_columns", {"columns": ", ".join(missing)}))
    return Aliases(list(_aliases(rows, columns)))


def _aliases(rows: Sequence[Row], columns: Mapping[str, int]) -> Iterator[Alias]:
    for row in rows:
        told = {name: _text(row, columns[name]) for name in _ALIASES}
        number = {"row": str(row.number)}
        for name in ("from_vendor", "to_vendor", "who", "when"):
            if not told[name]:
                raise FileError(Trouble("incomplete_alias", {**number, "column": name}))
        if bool(told["from_product"]) != bool(told["to_product"]):
            raise FileError(Trouble("half_alias", number))
        yield Alias(
            told["from_vendor"],
            told["from_product"],
            told["to_vendor"],
            told["to_product"],
            told["who"],
            _day(told, number),
        )


def _day(told: Mapping[str, str], number: Mapping[str, str]) -> date:
    try:
        return parse_day(told["when"])
    except ValueError:
        raise FileError(Trouble("bad_day", {**number, "value": told["when"][:40]})) from None


def _table(
    path: Path, known: Sequence[str], clock: Callable[[], float]
) -> tuple[dict[str, int], Sequence[Row], list[str]]:
    """Where each known column is, the rows below the header, and the names of columns that we do not know."""
    with path.open("rb") as file:
        data = file.read(LIMITS.size + 1)
    if len(data) > LIMITS.size:
        raise TableError("too_large", most=str(LIMITS.size // MEGABYTE))
    rows = read_csv(data, path.name, Budget(LIMITS, clock), literal=True)[0].rows
    if not rows:
        raise TableError("no_rows")
    columns: dict[str, int] = {}
    unused = []
    for place, cell in enumerate(rows[0].cells):
        name = str(cell or "").strip().lower()
        if name in columns:
            raise FileError(Trouble("double_column", {"column": name}))
        if name in known:
            columns[name] = place
        elif name:
            unused.append(name[:40])
    return columns, rows[1:], unused


def _text(row: Row, column: int | None) -> str:
    value = row.cell(column)
    return value.strip() if isinstance(value, str) else ""
