"""Recognises the number of a requirement as people and programs write it. Never guesses between two.

``8.13.04``, ``8.13.4``, ``BIO2 8.13.04``, ``bio2:8.13.04``, ``U/TV.01``, ``21 lid 3 c``, ``A.8.13`` are understood; a
number that a spreadsheet turned into a date or a decimal (5.10 became 5.1) is refused: it can no longer be told.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dijkwacht.core.catalog import Norms, Withdrawn
from dijkwacht.core.sheets import Cell, Odd

Key = tuple[int | str, ...]

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:_[^\W\d_]+)*")
# words that people write before or within a number and that carry no meaning of their own
_FILLERS = frozenset((
    "art", "artikel", "article", "lid", "onder", "onderdeel", "sub", "maatregel", "overheidsmaatregel", "measure",
    "norm", "norms", "nummer", "nr", "no", "control", "eis", "en", "iec",
))  # fmt: skip
_ALIASES = (
    ("bio2", re.compile(r"^(?:bio\s*2|bio)(?:\s*v?\s*1\.[23](?=\s|:))?(?=[\s:_-])")),
    ("cbw", re.compile(r"^(?:cbw|cyberbeveiligingswet)(?![^\W\d])")),
    ("digid", re.compile(r"^digid(?:\s*3\.0)?(?![^\W\d])")),
    ("suwinet", re.compile(r"^(?:suwinet|gevs)(?![^\W\d])")),
    ("iso27001", re.compile(r"^(?:nen[\s-]*)?(?:en[\s-]*)?iso(?:/iec)?[\s-]*27001(?::\d{4})?(?!\d)")),
    ("iso27002", re.compile(r"^(?:nen[\s-]*)?(?:en[\s-]*)?iso(?:/iec)?[\s-]*27002(?::\d{4})?(?!\d)")),
)
_ANNEX_A = "iso27002"  # the controls of ISO 27001 annex A are those of ISO 27002, with an A before them
_PADDED = re.compile(r"(?<!\d)0\d")
_TITLE = re.compile(r"^(\S*\d[./]\S*|\S+/\S*\d\S*?)(?::\s*|\s+[-–:]?\s*)\D")  # a number with dots, and then a title


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell says: the ids that it can mean (one is clear), or a code why it says nothing.

    Codes: empty, formula, fault, date, decimal, unknown.
    """

    ids: tuple[str, ...] = ()
    code: str = ""


class Numbers:
    """All numbers of the norms, live and withdrawn, by the way they are written."""

    def __init__(self, norms: Norms) -> None:
        self.withdrawn: dict[str, Withdrawn] = {}
        ids = list(norms.requirements)
        for catalog in norms.catalogs.values():
            for key, gone in catalog.withdrawn.items():
                identity = key if ":" in key else f"{catalog.id}:{key}"
                self.withdrawn[identity] = gone
        ids.extend(each for each in self.withdrawn if each not in norms.requirements)
        self._by_key = _by_key(ids)
        self._found: dict[str, Found] = {}  # a column is read more than once
        self._catalogs = frozenset(each.partition(":")[0] for each in ids)

    def find(self, cell: Cell) -> Found:
        """The requirements that a cell can mean."""
        match cell:
            case None:
                return Found(code="empty")
            case Odd.FORMULA:
                return Found(code="formula")
            case Odd():
                return Found(code="fault")
            case bool():
                return Found(code="unknown")
            case date():
                return Found(code="date")
            case float():
                return self._decimal(cell)
            case int():
                return Found(code="decimal")
            case str():
                if cell not in self._found:
                    self._found[cell] = self._text(cell)
                return self._found[cell]

    def _decimal(self, number: float) -> Found:
        """Two decimals can only have been typed so; with one, 5.1 may have been 5.10."""
        text = repr(number)
        if not re.fullmatch(r"\d{1,2}\.\d[1-9]", text):
            return Found(code="decimal")
        return self._text(text)

    def _text(self, text: str) -> Found:
        plain = unicodedata.normalize("NFKC", text).casefold().strip().lstrip("'").strip(" .:;-")
        if not plain:
            return Found(code="empty")
        found = self._whole(plain)
        if not found and (titled := _TITLE.match(plain)):
            found = self._whole(titled[1].strip(".:-"))
        return Found(ids=found) if found else Found(code="unknown")

    def _whole(self, text: str) -> tuple[str, ...]:
        catalog, rest = self._catalog(text)
        key = key_of(rest)
        if len(key) > 1 and key[0] == "a" and isinstance(key[1], int) and catalog in (None, "iso27001", _ANNEX_A):
            catalog, key = _ANNEX_A, key[1:]
        ids = self._by_key.get(key, ())
        if _PADDED.search(rest) and (exact := [each for each in ids if each.partition(":")[2] == rest.strip()]):
            ids = tuple(exact)  # 5.01.01 is no 5.1.1: only a number that has its zeros is written so
        return tuple(each for each in ids if catalog is None or each.partition(":")[0] == catalog)

    def _catalog(self, text: str) -> tuple[str | None, str]:
        before, colon, after = text.partition(":")
        if colon and before.strip() in self._catalogs:
            return before.strip(), after
        for catalog, pattern in _ALIASES:
            if match := pattern.match(text):
                return catalog, text[match.end() :]
        return None, text


def key_of(text: str) -> Key:
    """The parts that make a number: 8.13.04 and 8.13.4 are (8, 13, 4); 21 lid 3 onder c is (21, 3, 'c')."""
    parts: list[int | str] = []
    for token in _TOKEN.findall(text.casefold()):
        if token.isdigit():
            if len(token) > 6 or not token.isascii():
                return ()
            parts.append(int(token))
        elif token not in _FILLERS:
            parts.append(token)
    return tuple(parts)


def _by_key(ids: Iterable[str]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, tuple[str, ...]] = {}
    for each in ids:
        key = key_of(each.partition(":")[2])
        found[key] = (*found.get(key, ()), each)
    return found
