"""Reads the values of a JSON document field by field; what is wrong is noted with its JSON pointer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from dijkwacht.core.days import parse_day
from dijkwacht.core.intake_values import CellError
from dijkwacht.core.monitoring import moment_in, offset
from dijkwacht.core.sheets import Place
from dijkwacht.core.table_notes import Notes
from dijkwacht.core.table_reading import LONGEST, whole

_NO_PLACE = Place()


def zone_of(name: str) -> tzinfo:
    """A zone by its name (``Europe/Amsterdam``) or offset (``UTC``, ``+01:00``). Raises CellError ``unknown_zone``."""
    said = name.strip()
    try:
        return offset(said) or ZoneInfo(said)
    except (ValueError, OSError):  # no such zone; ZoneInfoNotFoundError is a KeyError
        raise CellError("unknown_zone", value=said[:60]) from None
    except KeyError:
        raise CellError("unknown_zone", value=said[:60]) from None


class Fields:
    """One object of the document. Each reader takes the first of several names under which a field may stand."""

    def __init__(self, found: Mapping[str, Any], at: str, notes: Notes) -> None:
        self.found, self.at, self.notes = found, at, notes
        self._names = {key.casefold().replace("-", "_").replace(" ", "_"): key for key in found}
        self.used: set[str] = set()
        self._texts: dict[str, str] = {}  # by key: an object may be asked many times, by all that refer to it

    def problem(self, code: str, key: str = "", /, **params: str) -> None:
        """Notes a problem with a field, or with the object itself."""
        self.notes.problem(code, _NO_PLACE, at=f"{self.at}/{key}" if key else self.at or "/", **params)

    def remark(self, code: str, key: str = "", /, **params: str) -> None:
        """Notes a remark on a field, or on the object itself."""
        self.notes.remark(code, _NO_PLACE, at=f"{self.at}/{key}" if key else self.at or "/", **params)

    def raw(self, names: Sequence[str]) -> tuple[str, Any]:
        """The key as written and the value of the first of these names that is there and not null; else "" and None."""
        for name in names:
            key = self._names.get(name)
            if key is not None:
                self.used.add(key)
                if self.found[key] is not None:
                    return key, self.found[key]
        return "", None

    def text(self, names: Sequence[str], most: int = LONGEST, *, lines: bool = False) -> str:
        """A text; a number is taken as one. Anything else is the problem ``not_text``."""
        key, value = self.raw(names)
        if value is None:
            return ""
        if key not in self._texts:
            self._texts[key] = self._whole(key, value, most, lines)
        return self._texts[key]

    def _whole(self, key: str, value: Any, most: int, lines: bool) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.problem("not_text", key)
            return ""
        try:
            return whole(str(value), most, lines=lines)
        except CellError as error:
            self.problem(error.code, key, **error.params)
            return ""

    def count(self, names: Sequence[str]) -> int | None:
        """A whole number of zero or more."""
        key, value = self.raw(names)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**9:
            self.problem("not_a_count", key, value=str(value)[:60])
            return None
        return value

    def moment(self, names: Sequence[str], zone: tzinfo | None) -> tuple[datetime | None, bool]:
        """A moment, and whether its time of day is known."""
        text = self.text(names, 60)
        if not text:
            return None, True
        try:
            return moment_in(text, zone)
        except CellError as error:
            self.problem(error.code, self.raw(names)[0], **error.params)
            return None, True

    def day(self, names: Sequence[str]) -> date | None:
        """A day as ``2026-10-31``; of a moment its own day."""
        text = self.text(names, 60)
        if not text:
            return None
        try:
            return parse_day(text[:10])
        except ValueError:
            self.problem("not_a_date", self.raw(names)[0], value=text)
            return None

    def texts(self, names: Sequence[str], most: int) -> tuple[str, ...]:
        """A list of texts, each once; of an object in it its ``value``."""
        key, value = self.raw(names)
        if value is None:
            return ()
        rows = value if isinstance(value, list) else [value]
        rows = [each.get("value", each.get("pattern")) if isinstance(each, dict) else each for each in rows]
        if len(rows) > most:
            self.problem("too_many_names", key, most=str(most))
            return ()
        found = []
        for each in rows:
            if not isinstance(each, str):
                self.problem("not_text", key)
                return ()
            try:
                found.append(whole(each, 2_000))
            except CellError as error:
                self.problem(error.code, key, **error.params)
        return tuple(dict.fromkeys(filter(None, found)))

    def inner(self, names: Sequence[str]) -> "Fields":
        """An object in a field; one without fields when there is none."""
        key, value = self.raw(names)
        if value is not None and not isinstance(value, dict):
            self.problem("not_an_object_here", key)
        return Fields(value if isinstance(value, dict) else {}, f"{self.at}/{key}", self.notes)

    @property
    def left(self) -> tuple[str, ...]:
        """The fields that nobody asked for."""
        return tuple(sorted(key[:60] for key in self.found if key not in self.used))
