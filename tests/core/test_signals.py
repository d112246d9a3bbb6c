"""What may lead to a person in a text: each kind is seen, ordinary words are left alone, erased texts cannot be guessed."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.signals import digest, is_bsn, is_iban, is_past, kinds_in, leads
from dijkwacht.norms.powers_names import signal_names

NAMES = signal_names()


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("mail naar iemand@voorbeeld.test graag", "email", "iemand@voorbeeld.test"),
        ("bel 06-12345678 vanavond", "phone", "06-12345678"),
        ("bel +31 6 1234 5678", "phone", "+31 6 1234 5678"),
        ("nummer 111222333 stond erbij", "bsn", "111222333"),
        ("rekening NL91 ABNA 0417 1643 00.", "iban", "NL91 ABNA 0417 1643 00"),
        ("geplaatst door @rellen_maker", "handle", "@rellen_maker"),
        ("zie https://t.me/voorbeeldkanaal/12", "profile", "https://t.me/voorbeeldkanaal/12"),
        ("zie instagram.com/iemand", "profile", "instagram.com/iemand"),
        ("vanaf 192.0.2.17 gekomen", "ip", "192.0.2.17"),
        ("vanaf 2001:db8::7 gekomen", "ip", "2001:db8::7"),
        ("volgens Jan Jansen komt het", "name", "Jan Jansen"),
        ("volgens Fatima el Voorbeeld", "name", "Fatima el Voorbeeld"),
        ("volgens Pieter van den Berg", "name", "Pieter van den Berg"),
    ],
)
def test_what_is_seen(text: str, kind: str, shown: str) -> None:
    found = leads(text, NAMES)
    assert [(each.kind, each.shown(text)) for each in found] == [(kind, shown)]


@pytest.mark.parametrize(
    "text",
    [
        "Om 20.30 uur verzamelen op het Marktplein, ongeveer 150 mensen.", "Oproep in een openbaar kanaal; 12 reacties.",
        "De politie Dijkstad meldt vuurwerk bij station Zuid.", "Op 24-11-2026 is gebeld.", "Zaaknummer 2026-1234567.",
        "Jan. Daarna kwam de politie.", "versie 1.2.3.4.5",
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str) -> None:
    assert leads(text, NAMES) == ()


def test_numbers_that_only_look_like_it() -> None:
    assert is_bsn("111222333")
    assert not is_bsn("111222334")
    assert not is_bsn("000000000")
    assert is_iban("NL91ABNA0417164300")
    assert not is_iban("NL92ABNA0417164300")


@given(st.text(max_size=400))
def test_any_text_is_read_and_each_lead_lies_in_it(text: str) -> None:
    found = leads(text, NAMES)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert set(kinds_in([text], NAMES)) == {each.kind for each in found}


@given(st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=20), max_size=4))
def test_a_digest_tells_texts_apart_and_needs_the_salt(one: list[str], other: list[str]) -> None:
    assert (digest("a", one) == digest("a", other)) == (one == other)
    assert digest("a", one) != digest("b", one)


def test_the_last_day_is_kept() -> None:
    assert not is_past(date(2026, 12, 1), on=date(2026, 12, 1))
    assert is_past(date(2026, 12, 1), on=date(2026, 12, 2))


def test_a_long_text_takes_no_long_time() -> None:
    assert leads("a@" * 10_000 + "1 " * 10_000 + "Jan " * 10_000, NAMES) is not None
