"""What in a text may lead to a person: addresses, numbers, accounts, names. A warning, never a proof that there is none. Pure.

The log of signals is about what happens and not about who: whoever types one of these is asked whether it is needed, and the
privacy officer looks at it (AVG 5, the least data).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from ipaddress import IPv6Address
from typing import Literal

Kind = Literal["email", "phone", "bsn", "iban", "handle", "profile", "ip", "name"]
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,/-])\d(?:[ .-]?\d){7,8}(?![\w/-])")
_PHONE = re.compile(r"(?<![\w.])(?:(?:\+|00)\d{2}[ -]?(?:\(0\)[ -]?)?|0)[1-9](?:[ -]?\d){7,8}(?!\d)")
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_][\w.]{1,63}")
_PROFILE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:facebook|instagram|tiktok|twitter|x|t|telegram|snapchat|linkedin|youtube|threads|discord|"
    r"reddit|vk|wa)\.(?:com|me|net|org|gg|ru)/[^\s]+",
    re.IGNORECASE,
)
_IP4 = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])")
_IP6 = re.compile(r"(?<![\w:])(?=[0-9a-f:]*[0-9a-f])[0-9a-f:]{3,39}(?![\w:])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*|'t")
_ORDER: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", _EMAIL), ("profile", _PROFILE), ("ip", _IP4), ("handle", _HANDLE),
)  # fmt: skip
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Names:
    """By what a name is known, in lower case."""

    first: frozenset[str]
    particles: frozenset[str]

    @classmethod
    def of(cls, first: Iterable[str], particles: Iterable[str]) -> "Names":
        """From lists as people write them."""
        return cls(frozenset(each.lower() for each in first), frozenset(each.lower() for each in particles))


@dataclass(frozen=True, slots=True, order=True)
class Lead:
    """A piece of a text that may lead to a person, and where it stands."""

    start: int
    end: int
    kind: Kind

    def shown(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


def leads(text: str, names: Names) -> tuple[Lead, ...]:
    """Everything in the text that may lead to a person, in order; what lies within another is not told twice."""
    text = text[:LONGEST]
    taken: list[Lead] = []
    for kind, pattern in _ORDER:
        _add(taken, (Lead(each.start(), each.end(), kind) for each in pattern.finditer(text)))
    _add(taken, (Lead(m.start(), m.end(), "ip") for m in _IP6.finditer(text) if _is_ip6(m.group())))
    _add(taken, (Lead(m.start(), m.end(), "iban") for m in _IBAN.finditer(text) if is_iban(m.group())))
    _add(taken, (Lead(m.start(), m.end(), "phone") for m in _PHONE.finditer(text)))
    _add(taken, (Lead(m.start(), m.end(), "bsn") for m in _NUMBER.finditer(text) if is_bsn(m.group())))
    _add(taken, _names(text, names))
    return tuple(sorted(taken))


def kinds_in(texts: Iterable[str], names: Names) -> tuple[Kind, ...]:
    """Which kinds there are in these texts together, each once."""
    return tuple(dict.fromkeys(each.kind for text in texts for each in leads(text, names)))


def is_bsn(text: str) -> bool:
    """Whether the digits pass the eleven test of a citizen service number; eight digits get a zero before them."""
    digits = [int(each) for each in text if each.isdecimal()]
    if len(digits) == 8:
        digits.insert(0, 0)
    if len(digits) != 9 or not any(digits):
        return False
    return (sum((9 - n) * each for n, each in enumerate(digits[:8])) - digits[8]) % 11 == 0


def is_iban(text: str) -> bool:
    """Whether the check digits of an account number are right."""
    plain = "".join(text.split()).upper()
    if not 15 <= len(plain) <= 34 or not plain.isascii() or not plain.isalnum():
        return False
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def digest(salt: str, texts: Sequence[str]) -> str:
    """What stays of a signal after its text is erased; without the salt, which goes too, nobody can guess the text by it."""
    whole = sha256(salt.encode())
    for each in texts:
        whole.update(f"{len(each)}:{each}".encode())
    return whole.hexdigest()


def is_past(keep_until: date, *, on: date) -> bool:
    """Whether a signal may no longer be kept: its last day has gone by."""
    return on > keep_until


def _add(taken: list[Lead], found: Iterable[Lead]) -> None:
    for each in found:
        if not any(each.start < other.end and other.start < each.end for other in taken):
            taken.append(each)


def _names(text: str, names: Names) -> Iterator[Lead]:
    """A known first name with a capital, and after it a word with a capital, maybe particles between."""
    words = list(_WORD.finditer(text))
    for n, word in enumerate(words):
        if not word.group()[0].isupper() or word.group().lower() not in names.first:
            continue
        after, end = n + 1, word.end()
        while (
            after < len(words) and words[after].group().lower() in names.particles and _beside(text, end, words[after])
        ):
            end = words[after].end()
            after += 1
        if after < len(words) and words[after].group()[0].isupper() and _beside(text, end, words[after]):
            yield Lead(word.start(), words[after].end(), "name")


def _beside(text: str, end: int, word: re.Match[str]) -> bool:
    """Whether only blanks lie between."""
    return text[end : word.start()].strip(" \t") == ""


def _is_ip6(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True
