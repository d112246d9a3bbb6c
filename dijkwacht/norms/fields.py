"""One mapping of a pack file, read field by field; what is wrong is noted with its line, and reading goes on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dijkwacht.core.days import Duration, parse_duration
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.text import Document, load

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping at a known place. ``what`` names it in messages. Strict: what the pages need is required too."""

    document: Document
    data: Mapping[str, Any]
    what: str
    problems: list[Problem]
    strict: bool

    def wrong(self, key: str | None, message: str) -> None:
        """Notes what is wrong, at the line of the key."""
        line = self.document.line(self.data, key)
        self.problems.append(self.document.problem(line, f"{self.what}: {message}"))

    def wrong_at(self, path: str, message: str) -> None:
        """Notes what is wrong, at the line of a path within this mapping."""
        self.problems.append(self.document.problem(self.document.line_at(self.data, path), f"{self.what}: {message}"))

    def only(self, allowed: Iterable[str]) -> None:
        """Notes every key that is not known, when strict."""
        if self.strict:
            known = set(allowed)
            for key in self.data:
                if key not in known:
                    self.wrong(key, f"unknown key {key}")

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        """A text."""
        value = self.data.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, f"{key} must be text")
            return default
        if needed and not value:
            self.wrong(key, f"{key} is missing")
        return str(value)

    def one_of(self, key: str, allowed: Iterable[str], default: str) -> str:
        """A word out of a list."""
        value = self.text(key, default)
        if value not in (words := tuple(allowed)):
            self.wrong(key, f"unknown {key} {value}; it is one of {', '.join(words)}")
            return default
        return value

    def words(self, key: str, default: Iterable[str] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self.data.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.wrong(key, f"{key} must be a list of words")
            return tuple(default)
        return tuple(value)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, f"{key} must be true or false")
            return default
        return value

    def duration(self, key: str) -> Duration | None:
        """An ISO 8601 duration, or None when absent."""
        value = self.data.get(key)
        if value is None:
            return None
        try:
            return parse_duration(value)
        except (ValueError, TypeError):
            self.wrong(key, f"{key} must be a duration such as P1Y, not {value!r:.40}")
            return None

    def day(self, key: str) -> date | None:
        """A day, or None when absent."""
        value = self.data.get(key)
        if value is not None and type(value) is not date:
            self.wrong(key, f"{key} must be a day as YYYY-MM-DD")
            return None
        return value

    def both(self, key: str, *, needed: bool = False) -> Mapping[str, str]:
        """A text in Dutch and English."""
        value = self.data.get(key)
        if value is None:
            if needed and self.strict:
                self.wrong(key, f"{key} is missing")
            return {}
        return self.languages(key, value)

    def languages(self, key: str, value: Any) -> Mapping[str, str]:
        """The value as a text per language; when strict, all languages and no other. Loose: one text will do."""
        if isinstance(value, str) and not self.strict:
            return dict.fromkeys(LANGUAGES, value)
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            if self.strict:
                self.wrong(key, f"{key} must have {' and '.join(LANGUAGES)}")
            return {}
        if self.strict:
            for language in LANGUAGES:
                if not value.get(language):
                    self.wrong(key, f"{key} has no translation {language}")
            for language in value:
                if language not in LANGUAGES:
                    self.wrong(key, f"{key} has an unknown language {language}")
        return value

    def nested(self, key: str) -> "Fields":
        """A mapping within this one; empty when absent."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f"{key} must be a mapping")
            value = {}
        return Fields(self.document, value, f"{self.what} {key}", self.problems, self.strict)


def fields_of(root: Path, file: str, what: str, problems: list[Problem]) -> Fields:
    """One file of a folder of packs as strict fields, named ``what``; empty when it cannot be read, which is noted."""
    try:
        document = load(root / file, root=root)
    except PackErrors as error:
        problems += error.problems
        document = Document(file, {})
    return Fields(document, document.value if isinstance(document.value, dict) else {}, what, problems, True)
