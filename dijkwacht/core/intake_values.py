"""Reads what people type in a cell: ja, nee, deels, n.v.t., a day, a number, a choice. Refuses anything else."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from dijkwacht.core.days import Duration, add, parse_duration
from dijkwacht.core.facts import NEVER, FactType, Subject
from dijkwacht.core.sheets import Cell, Odd

EARLIEST = date(2000, 1, 1)  # before this, a date is an empty cell that became 1900
_AHEAD = parse_duration("P1Y")
_COUNT_MOST = 10**9


class Claimed(StrEnum):
    """What a self-assessment says about a requirement."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    NOT_APPLICABLE = "not_applicable"


class CellError(ValueError):
    """A cell that says nothing we understand. ``code`` and ``params`` go into the problem."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def plain(text: str) -> str:
    """Text for comparing: lower case, single spaces, no dots or marks at the ends."""
    return " ".join(text.casefold().replace("\u2019", "'").split()).strip(" .,;:!?\"'()")


_WORDS: dict[Claimed, str] = {
    Claimed.YES: "ja|j|yes|y|true|waar|voldoet|ja, volledig|ja volledig|volledig|compliant|op orde|ja, op orde|geheel",
    Claimed.NO: "nee|n|no|false|onwaar|voldoet niet|niet voldaan|non_compliant|non-compliant|not compliant|niet op orde"
    "|nog niet|nee, nog niet|neen|niet",
    Claimed.PARTLY: "deels|gedeeltelijk|ja, deels|ja deels|ja, gedeeltelijk|deels op orde|voldoet deels|ten dele|partly"
    "|partial|partially|partially compliant|partially_compliant|yes, partly|nee, deels",
    Claimed.NOT_APPLICABLE: "n.v.t|nvt|n.v.t. |niet van toepassing|n/a|na|not applicable|not_applicable|n. v. t",
}
_SAYS = {plain(word): claimed for claimed, words in _WORDS.items() for word in words.split("|")}
_SAYS_NOTHING = frozenset(
    map(
        plain,
        (
            "onbekend",
            "weet ik niet",
            "weet niet",
            "?",
            "-",
            "–",
            "not_assessed",
            "not assessed",
            "unknown",
            "nog te beoordelen",
        ),
    )
)
_NEVER = frozenset(("nooit", "never", "nog nooit", "nog niet"))

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may", "juni june jun",
         "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct", "november nov",
         "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?")
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: [\d:]+)?")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[-. ]+([a-z]+)\.?[-. ]+(\d{4})")
_SPAN = re.compile(r"(\d{1,4}) ?(jaar|jaren|years?|maand|maanden|months?|week|weken|weeks?|dag|dagen|days?)")
_UNITS = {"j": "Y", "y": "Y", "m": "M", "w": "W", "d": "D"}


def read_claim(cell: Cell) -> Claimed | None:
    """What a cell answers; None when it says nothing yet. Raises CellError."""
    match cell:
        case None:
            return None
        case bool():
            return Claimed.YES if cell else Claimed.NO
        case str():
            said = plain(cell)
            if not said or said in _SAYS_NOTHING:
                return None
            if said in _SAYS:
                return _SAYS[said]
    raise CellError("unknown_answer", value=shown(cell))


def read_day(cell: Cell, *, on: date) -> date | None:
    """The day in a cell; None when it is empty. Raises CellError: no day, before 2000, or over a year after ``on``."""
    match cell:
        case None:
            return None
        case date():
            day = cell
        case str():
            day = _day_in(cell)
        case _:
            raise CellError("not_a_date", value=shown(cell))
    if day < EARLIEST:
        raise CellError("date_too_early", value=day.isoformat(), earliest=EARLIEST.isoformat())
    if day > (latest := add(on, _AHEAD)):
        raise CellError("date_too_late", value=day.isoformat(), latest=latest.isoformat())
    return day


def _day_in(text: str) -> date:
    said = plain(text)
    try:
        if match := _ISO_DAY.fullmatch(text.strip()):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DUTCH_DAY.fullmatch(said):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if (match := _WRITTEN_DAY.fullmatch(said)) and match[2] in _MONTHS:
            return date(int(match[3]), _MONTHS[match[2]], int(match[1]))
    except ValueError:
        pass
    raise CellError("not_a_date", value=shown(text))


def read_text(cell: Cell) -> str:
    """A cell as text: a day as ISO, a whole number without decimals; empty for an empty cell. Raises CellError."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Odd():
            raise CellError("fault", value=cell.value)
        case _:
            return shown(cell)


def read_value(cell: Cell, fact_type: FactType, *, on: date, subjects: Sequence[Subject]) -> Any:
    """The value of a fact in a cell, of the kind that its type asks. Raises CellError."""
    match fact_type.value:
        case "yes_no":
            return _yes_no(cell)
        case "date":
            return NEVER if isinstance(cell, str) and plain(cell) in _NEVER else read_day(cell, on=on)
        case "count":
            return _count(cell)
        case "percentage":
            return _percentage(cell)
        case "choice":
            return _choice(cell, fact_type)
        case "reference":
            return find_subject(read_text(cell), fact_type.refers_to, subjects).id
        case "duration":
            return _duration(cell)
        case "text":
            return read_text(cell)
        case kind:
            raise CellError("not_in_a_sheet", kind=kind)


def find_subject(name: str, kind: str | None, subjects: Iterable[Subject]) -> Subject:
    """The registered subject with that id or name. Raises CellError when there is none, or more than one."""
    of_kind = [each for each in subjects if kind is None or each.kind == kind]
    found = [each for each in of_kind if each.id == name] or [
        each for each in of_kind if plain(each.name) == plain(name)
    ]
    if len(found) != 1:
        raise CellError("several_subjects" if found else "unknown_subject", value=shown(name), kind=kind or "")
    return found[0]


def _yes_no(cell: Cell) -> bool:
    claimed = read_claim(cell)
    if claimed in (Claimed.YES, Claimed.NO):
        return claimed is Claimed.YES
    raise CellError("not_yes_or_no", value=shown(cell))


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    try:
        number = float(cell.replace(" ", "").replace(",", ".")) if isinstance(cell, str) else float(cell)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _count(cell: Cell) -> int:
    number = _number(cell)
    if number is None or not number.is_integer() or not 0 <= number <= _COUNT_MOST:
        raise CellError("not_a_count", value=shown(cell))
    return int(number)


def _percentage(cell: Cell) -> int | float:
    with_sign = isinstance(cell, str) and cell.strip().endswith("%")
    number = _number(cell.strip().rstrip("%") if isinstance(cell, str) else cell)
    if number is None or not 0 <= number <= 100:
        raise CellError("not_a_percentage", value=shown(cell))
    if not with_sign and 0 < number <= 1:
        raise CellError("unclear_percentage", value=shown(cell))  # 0.95 is 95 % to one, and less than 1 % to another
    return int(number) if number.is_integer() else number


def _choice(cell: Cell, fact_type: FactType) -> str:
    said = plain(read_text(cell))
    for choice in fact_type.choices:
        if said == plain(choice) or said in (plain(label) for label in fact_type.labels.get(choice, {}).values()):
            return choice
    raise CellError("not_a_choice", value=shown(cell), choices=", ".join(fact_type.choices))


def _duration(cell: Cell) -> Duration:
    text = read_text(cell).strip()
    try:
        if match := _SPAN.fullmatch(plain(text)):
            return parse_duration(f"P{match[1]}{_UNITS[match[2][0]]}")
        return parse_duration(text.upper())
    except ValueError:
        raise CellError("not_a_duration", value=shown(cell)) from None


def shown(cell: Cell, most: int = 60) -> str:
    """A cell's value as it goes into a message: short, on one line."""
    match cell:
        case None:
            text = ""
        case Odd():
            text = cell.value
        case date():
            text = cell.isoformat()
        case _:
            text = " ".join(str(cell).split())
    return text if len(text) <= most else text[: most - 1] + "…"
