"""Periods as Statistics Netherlands writes them: ``2025JJ00`` is a year, ``2025KW01`` a quarter, ``2025MM01`` a month. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

_CODE = re.compile(r"(\d{4})(JJ|KW|MM)(\d{2})", re.ASCII)
_MOST = {"JJ": 0, "KW": 4, "MM": 12}


class Kind(StrEnum):
    """How long a period is, as the letters in its code."""

    YEAR = "JJ"
    QUARTER = "KW"
    MONTH = "MM"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a quarter or month of it. ``number`` is 0 for a year."""

    year: int
    kind: Kind
    number: int

    @property
    def code(self) -> str:
        """As it stands in the table."""
        return f"{self.year:04}{self.kind.value}{self.number:02}"

    @property
    def month(self) -> int:
        """Months since the year 0, to count with; of a year or quarter that of its first month."""
        first = {Kind.YEAR: 0, Kind.QUARTER: (self.number - 1) * 3, Kind.MONTH: self.number - 1}[self.kind]
        return self.year * 12 + first


def parse_period(code: str) -> Period:
    """The period of a code; spaces around it are ignored. Raises ValueError on anything else."""
    found = _CODE.fullmatch(code.strip())
    if not found:
        raise ValueError(f"not a period: {code!r:.30}")
    kind, number = found[2], int(found[3])
    if number > _MOST[kind] or (number == 0) != (kind == "JJ"):
        raise ValueError(f"not a period: {code!r:.30}")
    return Period(int(found[1]), Kind(kind), number)


def month_of(months: int) -> Period:
    """The month that is so many months after the year 0; the inverse of ``Period.month``."""
    return Period(months // 12, Kind.MONTH, months % 12 + 1)
