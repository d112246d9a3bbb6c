"""Whether two suppliers are one: by number, by name, by domain. Proposals for a person to decide on, with why. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

FORMS = (
    "b v", "bv", "n v", "nv", "v o f", "vof", "c v", "cv", "gmbh", "ag", "ltd", "limited", "inc", "llc", "plc", "sa", "s a", "se",
    "cooperatief u a", "u a", "ua", "stichting", "cooperatie", "holding", "groep", "group", "nederland", "netherlands", "benelux",
)  # fmt: skip
_FORM = re.compile(r"(?: (?:" + "|".join(sorted(FORMS, key=len, reverse=True)) + r"))+$")
_FRONT = re.compile(r"^(?:stichting|cooperatie|vereniging) ")
_NUMBER = re.compile(r"\d{8}", re.ASCII)
CROWD = 50  # more that share a name than this are no proposal but a sign of filler, such as "onbekend"


@dataclass(frozen=True, slots=True)
class Named:
    """A supplier as somebody registered it. ``kvk``: eight digits or ""; ``domain``: of its site, or ""."""

    id: str
    name: str
    kvk: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one. ``why``: number, name or domain. ``sure``: by their number; ``against``: their numbers differ."""

    one: str
    other: str
    why: tuple[str, ...]
    sure: bool
    against: bool


def chamber_number(text: str) -> str:
    """A number of the Chamber of Commerce (KvK) as eight digits; seven get the zero they lost in a spreadsheet.

    Raises ValueError on anything else; a number of a branch (twelve digits) is not one.
    """
    digits = re.sub(r"[\s.]", "", text)
    if re.fullmatch(r"\d{7}", digits, re.ASCII):
        digits = "0" + digits
    if not _NUMBER.fullmatch(digits) or digits == "0" * 8:
        raise ValueError(f"a KvK number has eight digits: {text!r:.40}")
    return digits


def folded(name: str) -> str:
    """A name without case, marks, points and what says no more than the form of a company; "" when nothing is left."""
    marked = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(each for each in marked if not unicodedata.combining(each))
    # Letters of every script stay: two names that only differ in them are two names.
    words = re.sub(r"[\W_]+", " ", plain.replace("&", " en ").replace("'", "")).strip()
    short = _FORM.sub("", _FRONT.sub("", words))
    return short or words


def proposals(rows: Iterable[Named]) -> list[Pair]:
    """Every pair that may be one, the sure ones first. Time grows with the number of pairs, not with all against all."""
    shared: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for each in rows:
        for why, key in (("number", each.kvk), ("name", folded(each.name)), ("domain", each.domain.lower())):
            if key:
                shared[why, key].append(each)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_id: dict[str, Named] = {}
    for (why, _), some in shared.items():
        if len(some) > CROWD:
            continue
        for one, other in combinations(sorted(some, key=lambda each: each.id), 2):
            by_id |= {one.id: one, other.id: other}
            found[one.id, other.id].append(why)
    pairs = [_pair(by_id[one], by_id[other], tuple(why)) for (one, other), why in found.items()]
    return sorted(pairs, key=lambda each: (not each.sure, each.against, -len(each.why), each.one, each.other))


def _pair(one: Named, other: Named, why: tuple[str, ...]) -> Pair:
    against = bool(one.kvk and other.kvk and one.kvk != other.kvk)
    return Pair(one.id, other.id, tuple(sorted(why)), "number" in why, against)
