"""What a check says: a word, what it is about, and why, as codes with parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Word = Literal["passed", "info", "warning", "failed", "not_tested", "error"]
Area = Literal["web", "mail", "names"]

ORDER: Mapping[Word, int] = {"error": 0, "failed": 1, "warning": 2, "info": 3, "not_tested": 4, "passed": 5}
"""Worst first, as internet.nl folds the servers of one name."""

SAID: frozenset[Word] = frozenset({"failed", "warning", "info", "passed"})
"""Our own words that say something. `not_tested`: it does not apply or was not asked; `error`: it could not be measured."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: a code, put in words at the rim, with its parameters (text, numbers, lists of text)."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """The word of one check about one target of one name."""

    check: str  # https_hsts, spf_policy … : the subtests of internet.nl, and our own
    area: Area
    target: str  # an address, a mail host, a name; "" the name as a whole
    word: Word  # our own
    peer: Word  # what internet.nl would say; the same unless the meaning differs (443 closed: failed here, error there)
    why: tuple[Why, ...] = ()
    editions: Mapping[str, Word] = field(
        default_factory=dict
    )  # per edition of a guideline, where two are judged side by side
    host: str = ""  # the name server or mail host that a target belongs to, where that matters for a score


def worst(words: Iterable[Word], *, empty: Word = "not_tested") -> Word:
    """The worst of several words, by `ORDER`; `empty` when there are none."""
    return min(words, key=ORDER.__getitem__, default=empty)
