"""Writing a calendar that other programs subscribe to: iCalendar, RFC 5545. The same events give the same bytes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Dijkwacht//ISMS//NL"
FOLD = 75  # octets on a line, its end not counted (RFC 5545, 3.1)
REFRESH = "P1D"


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole day in a calendar. ``key``: what makes it this entry; its identifier is made of it and the day."""

    day: date
    title: str
    key: str
    text: str = ""
    url: str = ""
    category: str = ""
    tentative: bool = False


def calendar(name: str, entries: Iterable[Entry], *, owner: str, stamp: datetime) -> bytes:
    """The calendar in the order of its days. ``owner`` makes identifiers unique; ``stamp``: an aware moment of making."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}", f"NAME:{_text(name)}", f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]  # fmt: skip
    moment = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for entry in sorted(entries, key=lambda each: (each.day, each.key, each.title)):
        lines += _event(entry, owner, moment)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def _event(entry: Entry, owner: str, moment: str) -> list[str]:
    identifier = hashlib.sha256(f"{owner}|{entry.key}|{entry.day.isoformat()}".encode()).hexdigest()[:40]
    lines = [
        "BEGIN:VEVENT", f"UID:{identifier}@dijkwacht", f"DTSTAMP:{moment}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}", f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(entry.title)}", "TRANSP:TRANSPARENT", "CLASS:CONFIDENTIAL",
        f"STATUS:{'TENTATIVE' if entry.tentative else 'CONFIRMED'}",
    ]  # fmt: skip
    if entry.text:
        lines.append(f"DESCRIPTION:{_text(entry.text)}")
    if entry.url:
        lines.append(f"URL:{_line(entry.url)}")
    if entry.category:
        lines.append(f"CATEGORIES:{_text(entry.category)}")
    return [*lines, "END:VEVENT"]


def _text(value: str) -> str:
    """A value of type TEXT (3.3.11): no line of ours may be broken open by what somebody typed."""
    clean = "".join(sign for sign in value if sign >= " " or sign in "\n\t")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        clean = clean.replace(plain, escaped)
    return clean


def _line(value: str) -> str:
    return "".join(sign for sign in value if sign > " ")


def _folded(line: str) -> str:
    """The line in pieces of at most FOLD octets, never within a character; each next one starts with a space."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"
