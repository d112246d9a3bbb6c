"""The calendar file, by the rules of RFC 5545."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.ical import Entry, calendar

STAMP = datetime(2026, 11, 25, tzinfo=UTC)
DAY = date(2026, 12, 31)


def made(*entries: Entry, name: str = "Jaar") -> bytes:
    return calendar(name, entries, owner="dijkstad", stamp=STAMP)


def unfolded(body: bytes) -> list[str]:
    return re.sub(r"\r\n[ \t]", "", body.decode()).split("\r\n")[:-1]


def test_a_whole_day_ends_on_the_next() -> None:
    lines = unfolded(made(Entry(DAY, "BIO2 8.13.04: opnieuw doen", "a")))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "SUMMARY:BIO2 8.13.04: opnieuw doen" in lines
    assert "CLASS:CONFIDENTIAL" in lines
    assert "VERSION:2.0" in lines


def test_the_same_events_give_the_same_bytes_in_any_order() -> None:
    one, two = Entry(DAY, "A", "a"), Entry(DAY - timedelta(1), "B", "b")
    assert made(one, two) == made(two, one)


def test_the_stamp_is_told_in_universal_time() -> None:
    amsterdam = datetime(2026, 11, 25, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert b"DTSTAMP:20261125T083000Z" in calendar("x", [Entry(DAY, "A", "a")], owner="o", stamp=amsterdam)


def test_identifiers_differ_by_key_day_and_owner() -> None:
    def identifier(body: bytes) -> str:
        return next(line for line in unfolded(body) if line.startswith("UID:"))

    found = {
        identifier(made(Entry(DAY, "A", "a"))), identifier(made(Entry(DAY, "A", "b"))),
        identifier(made(Entry(DAY + timedelta(1), "A", "a"))),
        identifier(calendar("x", [Entry(DAY, "A", "a")], owner="elsewhere", stamp=STAMP)),
    }  # fmt: skip
    assert len(found) == 4
    assert identifier(made(Entry(DAY, "A", "a"))) == identifier(made(Entry(DAY, "Another title", "a")))


def test_what_somebody_typed_cannot_break_out_of_its_line() -> None:
    body = made(Entry(DAY, "a,b;c\\d\r\nATTENDEE:mailto:x@y.example", "a", url="https://x.example/\r\nX:1"))
    lines = unfolded(body)
    assert "SUMMARY:a\\,b\\;c\\\\d\\nATTENDEE:mailto:x@y.example" in lines
    assert not any(line.startswith(("ATTENDEE", "X:")) for line in lines)


@given(st.text(max_size=300), st.text(max_size=100))
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(title: str, name: str) -> None:
    body = made(Entry(DAY, title, "a"), name=name)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    body.decode()  # never cut within a character
    plain = "".join(sign for sign in title if sign >= " " or sign in "\n\t")
    (line,) = [line for line in unfolded(body) if line.startswith("SUMMARY:")]
    back = re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], line.removeprefix("SUMMARY:"))
    assert back == plain
