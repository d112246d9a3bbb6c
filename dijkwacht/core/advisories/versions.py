"""The order of versions whose scheme nobody states, as a text that sorts: in Python and in PostgreSQL with ``COLLATE "C"``.

A key is printable ASCII, so without NUL, and no key is the beginning of another. What cannot be read as a version
has no key: nothing is guessed. Told with examples in docs/matching.md.
"""

import re
import unicodedata
from functools import lru_cache

__all__ = ["BLANK", "BUILDS", "END", "LITERALS", "NAMES", "TOP", "is_blank", "literal", "number", "version_key"]

# The first character of each token says its place in the order:
#   ! a tilde  <  $ a pre-release  <  * the end  <  + a revision after a hyphen  <  , letters  <  1..X a number of so many digits
TILDE, PRE, END, REVISION, LETTERS = "!", "$", "*", "+", ","
EPOCH = "Z"  # an epoch above zero comes after everything without one
LITERALS = "^"  # texts that are no version stand here, behind all versions
BUILDS = "["  # builds that stand inside a version; see `builds`
NAMES = "_"  # names of releases that cannot be compared with numbers
TOP = "~"  # behind everything
BLANK = LITERALS + END  # no version at all

LONGEST = 120  # characters of a version text
_MOST_DIGITS = 40  # so that the number of digits is one character, from 1 to X

_RANKS = {
    "dev": "a", "nightly": "a", "canary": "a", "alpha": "b", "beta": "c", "milestone": "d",
    "pre": "e", "preview": "e", "prerelease": "e", "rc": "f", "cr": "f", "snapshot": "g",
}  # fmt: skip
_SAYS_NOTHING = frozenset((
    "final", "ga", "release", "stable", "lts", "esr", "edition", "editie", "community", "datacenter", "enterprise", "express",
    "home", "premium", "pro", "professional", "standard", "ultimate", "nl", "en",
))  # fmt: skip
"""Words behind a version that change nothing of its place: how far it is, and which edition or language it is."""
_SHORT = {"update": "u", "patch": "p", "hotfix": "hf", "servicepack": "sp"}
_NO_VERSION = frozenset((
    "a", "above", "affected", "all", "alle", "alles", "also", "and", "any", "are", "as", "at", "before", "below", "bis",
    "but", "by", "current", "each", "earlier", "eerder", "en", "except", "excluding", "exclusief", "firmware", "fixed",
    "for", "from", "hoger", "in", "including", "inclusief", "is", "lager", "latest", "later", "lower", "most",
    "multiple", "na", "nach", "newer", "nicht", "niet", "no", "none", "not", "of", "older", "on", "only", "or", "ouder",
    "oder", "other", "prior", "see", "since", "than", "the", "this", "through", "till", "to", "tot", "und", "unbekannt",
    "under", "unknown", "unspecified", "until", "up", "upto", "various", "versies", "version", "versionen", "versions",
    "via", "von", "voor", "vor", "when", "with", "without",
))  # fmt: skip
"""A text with one of these words is a sentence, even if it starts with a number."""
_PLAIN = re.compile(r"v?(\d{1,40}(?:\.\d{1,40})*)", re.ASCII)
_LEAD = re.compile(r"(?:version|versie|ver|release|rel|rev|v|r)[. ]*(?=\d)", re.ASCII)
_ALLOWED = re.compile(r"\d[0-9a-z._+~^() :!-]*", re.ASCII)
_HASH = re.compile(r"(?=\d*[a-f]\w)[0-9a-f]{7,64}", re.ASCII)
_WILD = re.compile(r"\.x(?![a-z0-9])")
_TWO = re.compile(
    r".*(?: -|- ).*|.*[+-]|(\d+)\.\d+\.\d+.*-\1\.\d+\.\d.*", re.ASCII
)  # 7.2.0 - 7.2.4, 7.2.0-7.2.4, 3.2+: more than one
_DATE = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)", re.ASCII)
_EPOCH = re.compile(r"(\d{1,9})[:!](?=\d)", re.ASCII)
_METADATA = re.compile(
    r"(\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?)\+(?!deb\d|dfsg|ds\d|esm\d|nmu|really|repack|rpi|ubuntu)[0-9a-z.-]+", re.ASCII
)  # not what Debian and its kin write there: 5+deb12u2 is newer than 5+deb12u1
_BITS = re.compile(r"[ _(-]+(?:x64|x86|amd64|arm64|x86[_-]64|(?:32|64)[ -]?bits?)\)?$", re.ASCII)
_PHRASES = tuple(
    (re.compile(long), short)
    for long, short in (("release candidate", "rc"), ("service pack", "sp"), ("cumulative update", "cu"))
)
_HEAD = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
_TOKEN = re.compile(r"(\d+)|([a-z]+)|([-~^+._ ()]+)", re.ASCII)


@lru_cache(maxsize=1 << 12)
def number(digits: str) -> str:
    """A whole number as text that sorts: how many digits it has, then the digits."""
    bare = digits.lstrip("0") or "0"
    return chr(48 + len(bare)) + bare


@lru_cache(maxsize=1 << 17)
def version_key(text: str) -> str:
    """The place of a version in the order; empty when the text is not understood.

    Equal keys are equal versions: ``v1.0``, ``1`` and ``1.0.0`` have one key.
    """
    if plain := _PLAIN.fullmatch(text):
        return _run(plain[1].split(".")) + END
    folded = _folded(text)
    if lead := _LEAD.match(folded):
        folded = folded[lead.end() :]
    if "64" in folded or "86" in folded or "bit" in folded:
        folded = _BITS.sub("", folded)
    if len(folded) > LONGEST or not _ALLOWED.fullmatch(folded) or not _may_be_version(folded):
        return ""
    head = ""
    if ":" in folded or "!" in folded:
        epoch = _EPOCH.match(folded)
        if epoch is None or ":" in folded[epoch.end() :] or "!" in folded[epoch.end() :]:
            return ""
        head, folded = "" if int(epoch[1]) == 0 else EPOCH + number(epoch[1]), folded[epoch.end() :]
    if "+" in folded and (whole := _METADATA.fullmatch(folded)):
        folded = whole[1]
    if " " in folded:
        for phrase, short in _PHRASES:
            folded = phrase.sub(short, folded)
    if folded.startswith(("19", "20")) and "-" in folded:
        folded = _DATE.sub(r"\1.\2.\3", folded)
    body = _tokens(folded)
    return "" if body is None else head + body + END


def _may_be_version(folded: str) -> bool:
    """Not a hash, a wildcard, or two versions; the cheap signs first, because nearly all texts are versions."""
    if ("-" in folded or "+" in folded) and _TWO.fullmatch(folded):
        return False
    if "." not in folded:
        return not _HASH.fullmatch(folded)
    return not (".x" in folded and _WILD.search(folded))


def literal(text: str) -> str:
    """Where a text that is no version stands: equal texts in one place, behind every version; ``BLANK`` when it says nothing."""
    words = re.sub(r"[^a-z0-9]+", ".", _folded(text)).strip(".")
    return LITERALS + words[:LONGEST] + END if any(each.isdigit() for each in words) else BLANK


def is_blank(text: str) -> bool:
    """Whether no version is given at all: nothing, or the signs that people put for nothing."""
    return not text.strip(" -*.?/")


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _run(numbers: list[str]) -> str:
    """Numbers that dots join, without the zeros at the end."""
    last = len(numbers)
    while last and not numbers[last - 1].strip("0"):
        last -= 1
    return "".join([number(each) for each in numbers[:last]])


def _tokens(text: str) -> str | None:
    """The tokens of a folded version, which begins with a digit; None when a word or a number in it makes it something else."""
    head = _HEAD.match(text)
    if head is None:
        return None
    out: list[str] = []
    numbers = head[0].split(".")
    if len(head[0]) > _MOST_DIGITS and max(map(len, numbers)) > _MOST_DIGITS:
        return None
    between = ""
    for token in _TOKEN.finditer(text, head.end()):
        digits, word, between_now = token.groups()
        if digits:
            if len(digits) > _MOST_DIGITS:
                return None
            if between[-1:] in ("-", "^", "+"):
                _flush(out, numbers)
                out.append(REVISION)
            numbers.append(digits)
        elif word:
            if word in _NO_VERSION and not _suffix_letter(word, text, token):
                return None
            _flush(out, numbers)
            out.append(_word(word, between=between, number_next=_digit_at(text, token.end())))
        elif "~" in between_now:
            _flush(out, numbers)
            out.append(TILDE)
        between = between_now or ""
    _flush(out, numbers)
    return "".join(out)


def _suffix_letter(word: str, text: str, token: re.Match[str]) -> bool:
    """``1.0.2a`` ends in a letter; ``1.0 a`` holds a word."""
    return len(word) == 1 and token.start() > 0 and text[token.start() - 1] != " "


def _digit_at(text: str, place: int) -> bool:
    return text[place : place + 1].isdigit()


def _flush(out: list[str], numbers: list[str]) -> None:
    if numbers:
        run = _run(numbers)
        if not run and out and out[-1] == REVISION:
            out.pop()
        out.append(run)
        numbers.clear()


def _word(word: str, *, between: str, number_next: bool) -> str:
    if word in _SAYS_NOTHING:
        return ""
    if number_next and not between and word in ("a", "b"):  # 1.0b2, as Python writes it; 1.0.2b alone is a letter
        return PRE + ("b" if word == "a" else "c")
    if number_next and word == "m" and between in ("-", "."):  # 1.0-M2 is a milestone; 15.1(4)M3 is not
        return PRE + _RANKS["milestone"]
    if word in _RANKS:
        return PRE + _RANKS[word]
    return LETTERS + _SHORT.get(word, word) + " "
