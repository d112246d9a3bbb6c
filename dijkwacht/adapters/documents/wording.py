"""What a document says: words for codes come from the caller, texts of the documents themselves stand beside them here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.verdict import Reason, Status

Names = Mapping[str, str]  # what subjects are called, by id
Pair = tuple[str, str]  # a text in Dutch and in English, each with {named} places

HOUSE = ZoneInfo("Europe/Amsterdam")
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


class Words(Protocol):
    """Words for codes in one language (``nl`` or ``en``). The room that asks for documents brings them."""

    @property
    def language(self) -> str:
        """The language of every word here, and so of the whole document."""
        ...

    def status(self, status: Status) -> str:
        """``niet op orde``."""
        ...

    def assurance(self, level: Assurance) -> str:
        """``gezegd``, ``op papier`` …"""
        ...

    def shows(self, level: Shows) -> str:
        """``opzet``, ``bestaan``, ``werking``."""
        ...

    def reason(self, reason: Reason, names: Names) -> str:
        """One whole sentence."""
        ...

    def question(self, fact_type: str, subject: str, names: Names) -> str:
        """What was asked."""
        ...

    def value(self, fact_type: str, value: Any, names: Names) -> str:
        """What was answered."""
        ...

    def origin(self, origin: str) -> str:
        """Where an answer came from."""
        ...

    def speaker(self, said_by: str) -> str:
        """Who said it: a name as it is, one of our own measurements in words."""
        ...

    def role(self, role: str) -> str:
        """The role of somebody who signs."""
        ...

    def claim(self, answer: str) -> str:
        """What a self-assessment said about a requirement as a whole."""
        ...


def day_words(day: date, language: str) -> str:
    """``25 november 2026``."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def yearly_words(month_day: str, language: str) -> str:
    """``12-31`` as ``31 december``."""
    month, _, day = month_day.partition("-")
    return f"{int(day)} {_MONTHS[language][int(month) - 1]}"


def moment_words(at: datetime, language: str) -> str:
    """``25 november 2026, 14:05 uur``, on Dutch clocks."""
    there = at.astimezone(HOUSE)
    return f"{day_words(there.date(), language)}, {there:%H:%M}{' uur' if language == 'nl' else ''}"


def text_of(texts: Mapping[str, str] | None, language: str) -> str:
    """A text of a pack in a language; in Dutch, or whatever there is, when that is missing."""
    if not texts:
        return ""
    return texts.get(language) or texts.get("nl") or next(iter(texts.values()))


class Say:
    """The texts of a document in one language: ``say("title", name=…)``. Raises KeyError for a text that is not there."""

    def __init__(self, texts: Mapping[str, Pair], language: str) -> None:
        self._texts, self._at = texts, 1 if language == "en" else 0

    def __call__(self, key: str, **places: object) -> str:
        return self._texts[key][self._at].format(**places)

    def count(self, key: str, n: int, **places: object) -> str:
        """The same for a number of things: ``key_1`` for one, ``key_n`` otherwise."""
        return self(f"{key}_1" if n == 1 else f"{key}_n", n=n, **places)
