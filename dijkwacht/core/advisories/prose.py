"""Sentences of publishers about versions: *prior to 7.4.1*, *9.0 through 9.0.3*, *ouder dan 3*, *vor 2.1*, *3.x*.

First the words of three languages become six signs, then the signs are read strictly. What is left over makes the whole not
understood: a half-read sentence would be a guess.
"""

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Bound", "read_prose"]


@dataclass(frozen=True, slots=True)
class Bound:
    """One stretch. Empty ends are open. ``high_in`` None: the text does not tell whether its end is meant (*up to*)."""

    low: str = ""
    low_in: bool = True
    high: str = ""
    high_in: bool | None = True
    wild: str = ""  # 3.x is told as 3
    all: bool = False


_SUFFIX = r"(?: (?:sp|r|u|p|hf|cu|update|patch|build|beta|alpha|rc|service pack) ?\d[0-9a-z.]*)*"
_BARE = rf"(\d[0-9a-z_+~():-]*(?:\.[0-9a-z_+~():*-]+)*{_SUFFIX})"
_V = rf"(?:(?:version|versions|versie|versies|versionen|release|ver|v)\.? ?)?{_BARE}"
_UNIT = r"(?:(?:all |alle )?(?:versions?|versies?|versionen|releases?|firmware|software) ?)?"
_AND = r"(?: ?,? ?(?:and|or|en|of|und|oder|&))? ?(?:all |alle )?"
_DOWN = "(?:earlier|prior|below|lower|older|previous|eerdere?|oudere?|lagere?|frühere?|ältere?|niedriger)"
_UP = "(?:later|above|newer|higher|up|greater|hogere?|nieuwere?|latere?|höhere?|neuere?|spätere?)"
_WITH = r"(?:\(?(?:including|included|inclusive|incl\.?|inclusief|einschließlich|einschliesslich|inklusive)\)?)"
_WITHOUT = r"(?:\(?(?:excluding|exclusive|excl\.?|exclusief|ausschließlich|but not including|not including)\)?)"
_TO = "(?:up to|upto|until|till|to|bis|bis zu|tot)"
_THROUGH = "(?:up to and including|up to and|up through|through|thru|t/m|tot en met|bis und mit)"
_BEFORE = (
    "(?:prior to|previous to|(?:earlier|lower|less|older) than|before|below|under|v(?:oo|óó)r|(?:eerder|lager|ouder|kleiner) dan"
    "|vor|(?:kleiner|niedriger|älter) als|unter)"
)
_AFTER = (
    "(?:(?:later|newer|higher|greater) than|after|above|na|(?:hoger|nieuwer|later) dan|nach|(?:höher|neuer|später) als)"
)
_FROM = "(?:from|since|starting (?:with|from|in)|beginning with|at least|vanaf|sinds|van|ab|seit|von)"

# In this order: what is longer and says more comes first. <? is an upper end of which the text does not tell if it is meant.
_RULES = [
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"[≤⩽]|=<", " <= "),
        (r"[≥⩾]|=>", " >= "),
        (r"[–—−]", " - "),
        (rf"{_V}{_AND}{_DOWN}(?: {_UNIT})?(?: than)?(?![a-zä-ü0-9])", r" <= \1 "),
        (rf"{_V}{_AND}{_UP}(?: {_UNIT})?(?![a-zä-ü0-9])", r" >= \1 "),
        (rf"\b{_THROUGH}(?: {_WITH})? {_UNIT}{_V}", r" <= \1 "),
        (rf"\b{_TO} {_UNIT}{_V},? {_WITHOUT}", r" < \1 "),
        (rf"\b{_TO} {_WITHOUT} {_UNIT}{_V}", r" < \1 "),
        (rf"\b{_TO} {_UNIT}{_V},? {_WITH}", r" <= \1 "),
        (rf"\b{_TO}(?: and)? {_WITH} {_UNIT}{_V}", r" <= \1 "),
        (rf"\b{_BEFORE} {_UNIT}(?=v?\d)", " < "),
        (rf"\b{_TO} {_UNIT}(?=v?\d)", " <? "),
        (rf"\b{_AFTER} {_UNIT}(?=v?\d)", " > "),
        (rf"\b(?:between|tussen|zwischen) {_UNIT}{_V} (?:and|en|und) {_V}", r" >= \1 <? \2 "),
        (rf"\b{_FROM} {_UNIT}(?=v?\d)", " >= "),
        (r"(\d[0-9a-z.]*)\+(?![0-9a-z])", r" >= \1 "),
        (r"(?<=\d)\.(?:x|\*)(?:\.(?:x|\*))*(?![0-9a-z])", ".x"),
        (r" (?:only|alleen|nur)$", " "),
    )
]
_ALL = re.compile(
    r"\*|(?:all|any|every|alle|alle bekannten|all known) ?(?:versions?|versies|versionen|releases)?|(?:all|alle)"
)
_PREFIX = re.compile(
    r"^(?:all |any |alle )?(?:versions?|versies?|versionen|version|releases?|firmware)(?: die)? (?=[<>v\d])"
)
_SEPARATOR = re.compile(r"\s*(?:,|;|\|\||\band\b|\bor\b|\ben\b|\bof\b|\bund\b|\boder\b|&)\s*")
_VERSION = rf"(?:version |versions |versie |v)?\.? ?(\d[0-9a-z_+~():.-]*{_SUFFIX})"
_PIECE = re.compile(rf"\s*(<=|>=|<\?|<|>|==|=|-)?\s*{_VERSION}\s*")
_MOST_PIECES = 40


def read_prose(text: str) -> list[Bound] | None:
    """The stretches that a sentence means; None when any part of it is not understood."""
    told = " ".join(unicodedata.normalize("NFC", text).lower().split()).rstrip(". ")
    if _ALL.fullmatch(told):
        return [Bound(all=True)]
    for pattern, sign in _RULES:
        told = pattern.sub(sign, told)
    told = _PREFIX.sub("", " ".join(told.split()))
    pieces = [each for each in _SEPARATOR.split(told) if each.strip()]
    if not pieces or len(pieces) > _MOST_PIECES:
        return None
    ends: list[tuple[str, str, bool]] = []  # sign, version, whether it follows the one before without a separator
    for piece in pieces:
        if not _read_piece(piece, ends):
            return None
    return _bounds(ends)


def _read_piece(piece: str, ends: list[tuple[str, str, bool]]) -> bool:
    place = 0
    while place < len(piece):
        found = _PIECE.match(piece, place)
        if not found or found.end() == place:
            return False
        ends.append((found[1] or "", found[2], place > 0))
        place = found.end()
    return True


def _bounds(ends: list[tuple[str, str, bool]]) -> list[Bound] | None:
    out: list[Bound] = []
    waiting: Bound | None = None  # a lower end, or a wildcard, that an upper end may close
    for sign, version, joined in ends:
        upper = sign in ("<", "<=", "<?") or (sign == "-" and joined)
        if upper and waiting is not None and (joined or waiting.low or waiting.wild):
            out.append(_closed(waiting, sign, version))
            waiting = None
            continue
        if sign == "-":
            return None
        if waiting is not None:
            out.append(_alone(waiting))
            waiting = None
        if upper:
            out.append(_closed(Bound(), sign, version))
        elif sign in (">", ">="):
            open_end = (
                out[-1] if out and out[-1].high and not out[-1].low and not out[-1].wild and len(ends) == 2 else None
            )
            if open_end is not None:  # < 2.4, >= 2.0
                return _both(open_end, sign, version)
            waiting = Bound(low=version, low_in=sign == ">=")
        elif version.endswith(".x"):
            waiting = Bound(wild=version[:-2])
        else:
            waiting = Bound(low=version, high="=")
    if waiting is not None:
        out.append(_alone(waiting))
    return out


def _alone(bound: Bound) -> Bound:
    return Bound(low=bound.low, high=bound.low) if bound.high == "=" else bound


def _closed(bound: Bound, sign: str, version: str) -> Bound:
    return Bound(
        low=bound.low, low_in=bound.low_in, high=version, wild=bound.wild,
        high_in={"<": False, "<=": True, "-": True}.get(sign),
    )  # fmt: skip


def _both(upper: Bound, sign: str, version: str) -> list[Bound] | None:
    """An upper and a lower end in that order: what lies between. Where nothing does, the whole is not understood."""
    return [Bound(low=version, low_in=sign == ">=", high=upper.high, high_in=upper.high_in)]
