"""Values of facts as plain JSON values, and back. The one place that knows the form of each value kind."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dijkwacht.core.days import Duration, parse_day, parse_duration
from dijkwacht.core.facts import NEVER, NOTHING_HAPPENED, FactType

MAX_TEXT = 10_000
GRANTED = "register:exceptions"  # the source of exceptions that nobody but who has the mandate can make
# Of an exception: why, who answers for it, till and with which day; and where it was granted in the management system in
# which role, what is done instead, and the number of the risk on whose analysis it rests.
EXCEPTION = frozenset({"reason", "owner", "until", "mandate", "instead", "risk"})


class ValueFormError(ValueError):
    """A value that does not fit its fact type. ``code`` says what was expected."""

    def __init__(self, code: str, found: Any) -> None:
        super().__init__(f"{_EXPECTED.get(code, code)}, not {found!r:.60}")
        self.code, self.found = code, found


_EXPECTED = {
    "yes_no": "true or false was expected",
    "date": "a day as YYYY-MM-DD was expected",
    "count": "a whole number of 0 or more was expected",
    "percentage": "a number from 0 to 100 was expected",
    "choice": "one of the choices was expected",
    "text": "a text was expected",
    "reference": "the id of a subject was expected",
    "duration": "a duration such as P1Y was expected",
    "exception": "an exception with reason, owner or mandate, and until was expected",
    "granted": "an exception that was granted at a risk in the management system was expected",
    "nothing_happened": "a period as YYYY-MM-DD/YYYY-MM-DD was expected",
    "must_happen": "this cannot be answered with nothing happened",
    "not_never": "this always has a day, as YYYY-MM-DD",
}


def read_value(fact_type: FactType, raw: Any) -> Any:
    """The value of a fact from its plain form. Raises ValueFormError."""
    if isinstance(raw, Mapping) and NOTHING_HAPPENED in raw:
        return _nothing_happened(fact_type, raw)
    match fact_type.value:
        case "yes_no" if isinstance(raw, bool):
            return raw
        case "date":
            return _never(fact_type) if raw == NEVER else _day(raw, "date")
        case "count" if isinstance(raw, int | float) and not isinstance(raw, bool) and raw >= 0 and raw % 1 == 0:
            return int(raw)  # 4.0 is how some programs write 4
        case "percentage" if isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw <= 100:
            return raw
        case "choice" if isinstance(raw, str) and raw in fact_type.choices:
            return raw
        case "text" | "reference" if isinstance(raw, str) and 0 < len(raw) <= MAX_TEXT:
            return raw
        case "duration":
            return _duration(raw)
        case "exception":
            return _exception(fact_type, raw)
    raise ValueFormError(fact_type.value, raw)


def _day(raw: Any, code: str) -> date:
    try:
        return parse_day(raw)
    except (ValueError, TypeError):
        raise ValueFormError(code, raw) from None


def _never(fact_type: FactType) -> str:
    if not fact_type.may_be_never:
        raise ValueFormError("not_never", NEVER)
    return NEVER


def _duration(raw: Any) -> Duration:
    try:
        return parse_duration(raw)
    except (ValueError, TypeError):
        raise ValueFormError("duration", raw) from None


def _exception(fact_type: FactType, raw: Any) -> dict[str, Any]:
    """Somebody answers for it by name (``owner``), or by the role in which it was granted (``mandate``)."""
    if not isinstance(raw, Mapping) or not {"reason", "until"} <= set(raw) <= EXCEPTION:
        raise ValueFormError("exception", raw)
    texts = {key: raw[key] for key in raw if key != "until"}
    if not all(isinstance(each, str) and each.strip() for each in texts.values()):
        raise ValueFormError("exception", raw)
    if not {"owner", "mandate"} & texts.keys():
        raise ValueFormError("exception", raw)
    if fact_type.measured_by == GRANTED and "mandate" not in texts:
        raise ValueFormError("granted", raw)
    return {**texts, "until": _day(raw["until"], "exception")}


def _nothing_happened(fact_type: FactType, raw: Mapping[str, Any]) -> dict[str, Any]:
    if not fact_type.may_not_happen:
        raise ValueFormError("must_happen", raw)
    first, slash, last = str(raw[NOTHING_HAPPENED]).partition("/")
    days = _day(first, NOTHING_HAPPENED), _day(last, NOTHING_HAPPENED)
    if not slash or days[0] > days[1]:
        raise ValueFormError(NOTHING_HAPPENED, raw)
    return {NOTHING_HAPPENED: days}


def plain(value: Any) -> Any:
    """A value in its plain form: days and durations as ISO text, a period as first/last."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, Mapping):
        if NOTHING_HAPPENED in value:
            return {NOTHING_HAPPENED: "/".join(day.isoformat() for day in value[NOTHING_HAPPENED])}
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value
