"""Consents and opt-outs out of files: JSON, one consent or a list of them; opt-outs one name, network or AS number a line.

    {"organisation": "dijkstad", "scope": ["dijkstad.example", "*.dijkstad.example", "192.0.2.0/24", "AS64500"],
     "exclude": ["loket.dijkstad.example"], "level": 2, "from": "2026-01-01", "until": "2026-12-31",
     "kind": "own", "window": ["mon-fri 20:00-06:00"], "text": "…", "version": "1", "signatory": "…", "mandate": "…",
     "article": "…", "revoked": "2026-06-01T12:00:00+02:00"}

A day as `until` is the last day on which it holds. A field that we do not know is refused: it could be a limit that somebody
meant.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any, cast

from dijkwacht.adapters.probing.page import is_public_suffix
from dijkwacht.core.consent import Consent, Kind, text_hash
from dijkwacht.core.consent_scope import Scope, Window, scope_of

LARGEST = 16 * 1024 * 1024
_FIELDS = {
    "organisation", "scope", "exclude", "level", "from", "until", "kind", "window", "text", "version", "signatory",
    "mandate", "article", "revoked",
}  # fmt: skip
_KINDS = ("own", "supplier", "csirt")
_WIDEST = {4: 8, 6: 16}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOW = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))? ([0-2]\d):([0-5]\d)-([0-2]\d):([0-5]\d)"
)


class ConsentError(ValueError):
    """A consent that cannot be read, with its place in the file and what is wrong."""


def read_consents(path: Path, *, zone: tzinfo) -> list[Consent]:
    """The consents in a file; days and hours in that zone. Raises ConsentError, OSError."""
    text = _text(path)
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ConsentError(f"{path.name}: not JSON: {error}") from None
    rows = data if isinstance(data, list) else [data]
    if not rows:
        raise ConsentError(f"{path.name}: no consent in it")
    found = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(consent_of(row, zone=zone))
        except (ValueError, TypeError, KeyError) as error:
            what = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            raise ConsentError(f"{path.name}, consent {number}: {what}") from None
    return found


def consent_of(row: Any, *, zone: tzinfo) -> Consent:
    """One consent out of plain values. Raises ValueError, TypeError, or KeyError with the field that is missing."""
    if not isinstance(row, dict):
        raise TypeError("an object with organisation, scope, level, from and until was expected")
    if unknown := row.keys() - _FIELDS:
        raise ValueError(f"unknown field {min(unknown)}")
    kind = row.get("kind", "own")
    if kind not in _KINDS:
        raise ValueError(f"kind is one of {', '.join(_KINDS)}")
    if type(row["level"]) is not int:
        raise TypeError("level is a whole number")
    since, until = _moment(row["from"], zone), _moment(row["until"], zone, last=True)
    if until <= since:
        raise ValueError("until lies before from")
    scope = _texts(row["scope"])
    if kind != "csirt" and (wide := too_wide(scope)):
        raise ValueError(f"nobody can consent for all names or addresses of others: {wide}")
    return Consent(
        organisation=_filled(row["organisation"]),
        scope=scope_of(scope),
        exclude=scope_of(_texts(row.get("exclude", []))),
        level=row["level"],
        since=since,
        until=until,
        kind=cast(Kind, kind),
        version=str(row.get("version", "")),
        text=text_hash(str(row["text"])) if row.get("text") else "",
        signatory=str(row.get("signatory", "")),
        mandate=str(row.get("mandate", "")),
        article=str(row.get("article", "")),
        windows=tuple(window_of(each) for each in _texts(row.get("window", []))),
        revoked=_moment(row["revoked"], zone) if row.get("revoked") else None,
    )


def too_wide(entries: Sequence[str]) -> str:
    """The first entry of a scope that covers more than one organisation could speak for; "" when none does.

    Those are all names, all below a public suffix (`*.nl`), and networks larger than any that was ever given out.
    """
    for entry in entries:
        scope = scope_of([entry])
        if any(each == "*" or is_public_suffix(each.removeprefix("*.")) for each in scope.names):
            return entry
        if any(each.prefixlen < _WIDEST[each.version] for each in scope.networks):
            return entry
    return ""


def window_of(text: str) -> Window:
    """A part of the week out of `mon-fri 20:00-06:00` or `sun 00:00-24:00`. Raises ValueError."""
    match = _WINDOW.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(f"a window is written as mon-fri 20:00-06:00, not {text!r}")
    first = _DAYS.index(match[1])
    last = _DAYS.index(match[2] or match[1])
    start, end = int(match[3]) * 60 + int(match[4]), int(match[5]) * 60 + int(match[6])
    if start >= 24 * 60 or end > 24 * 60 or start == end:
        raise ValueError(f"no hours of a day: {text!r}")
    days = frozenset((first + step) % 7 + 1 for step in range((last - first) % 7 + 1))
    return Window(days, start, end)


def read_opted_out(path: Path) -> Scope:
    """Who asked not to be looked at: one name, network or AS number a line, `#` begins a remark; a name with all below it.

    Raises ConsentError.
    """
    lines = [line.partition("#")[0].strip() for line in _text(path).splitlines()]
    try:
        scope = scope_of([line for line in lines if line])
    except ValueError as error:
        raise ConsentError(f"{path.name}: {error}") from None
    return replace(scope, names=scope.names | {f"*.{name}" for name in scope.names if "*" not in name})


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise ConsentError(f"{path.name}: more than {LARGEST} octets")
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise ConsentError(f"{path.name}: not UTF-8") from None


def _moment(value: object, zone: tzinfo, *, last: bool = False) -> datetime:
    text = _filled(value)
    try:
        if len(text) == 10:
            day = date.fromisoformat(text) + timedelta(days=last)
            return datetime.combine(day, time(), zone)
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ValueError(f"a day or a moment (ISO 8601) was expected, not {text!r}") from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError("a list of texts was expected for scope, exclude and window")
    return value


def _filled(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError("organisation, from and until are texts that say something")
    return value.strip()
