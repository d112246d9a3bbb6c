"""Is this the same product: names folded mechanically, CPE and package URL as keys, aliases that a person confirmed.

Nothing is joined because it looks alike: what looks alike is a candidate (`candidates`), for a person to confirm.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dijkwacht.core.advisories.ranges import unescaped

__all__ = [
    "Alias", "Aliases", "cpe_key", "cpe_parts", "fold", "fold_product", "fold_vendor", "name_key", "product_keys", "purl_key",
    "purl_parts", "scheme_of", "stated_version",
]  # fmt: skip

_LEGAL = frozenset((
    "ab", "ag", "apa", "aps", "as", "asa", "bhd", "bv", "bvba", "co", "company", "corp", "corporation", "cv", "eg", "ev", "gbr",
    "gmbh", "inc", "incorporated", "kg", "kgaa", "kk", "limited", "llc", "llp", "lp", "ltd", "ltda", "mbh", "nv", "oy", "oyj",
    "plc", "pte", "pty", "sa", "sarl", "sas", "spa", "srl", "sro", "ug", "vof", "zrt",
))  # fmt: skip
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.)+(?:[^\W\d_]\b)?")  # B.V. and S.p.A. are one word, so their dots go first
_MARKS = re.compile(r"[®™©℠]|\((?:r|tm|c)\)", re.I)
_NOT_WORD = re.compile(r"[^0-9a-z+#]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_CPE_SPLIT = re.compile(r"(?<!\\):")
_CPE_ESCAPE = re.compile(r"\\(.)")
MOST_REMEMBERED = 1 << 17  # products
LONGEST = 500  # characters of a name that are looked at


@dataclass(frozen=True, slots=True)
class Alias:
    """Somebody confirmed that one name means another. Without a product: for all of that vendor that has no alias itself."""

    vendor: str
    product: str
    to_vendor: str
    to_product: str
    who: str = ""
    on: date | None = None


class Aliases:
    """Confirmed aliases, applied to names that are folded already. A chain is followed; a circle does no harm."""

    def __init__(self, aliases: Iterable[Alias] = ()) -> None:
        self.products: dict[tuple[str, str], tuple[str, str]] = {}
        self.vendors: dict[str, str] = {}
        self.source: dict[tuple[str, str], Alias] = {}
        self.keys: dict[
            tuple[str, str, str, str], tuple[str, ...]
        ] = {}  # of what was asked before: the same comes again
        for each in aliases:
            vendor, to_vendor = fold_vendor(each.vendor), fold_vendor(each.to_vendor)
            if each.product:
                product = fold_product(each.product, each.vendor)
                self.products[vendor, product] = (to_vendor, fold_product(each.to_product, each.to_vendor))
            else:
                product = ""
                self.vendors[vendor] = to_vendor
            self.source[vendor, product] = each

    def resolved(self, vendor: str, product: str) -> tuple[str, str]:
        """The folded name that counts for this one: the end of a chain; of a circle its first, so that all in it are one."""
        name, passed = (vendor, product), list[tuple[str, str]]()
        while name not in passed:
            passed.append(name)
            name = self._next(name)
        return min(passed[passed.index(name) :])

    def name_key(self, vendor: str, product: str) -> str:
        """The key of a product by the name that somebody wrote; empty when vendor or product is not told."""
        if not vendor or not product:
            return ""
        folded = self.resolved(fold_vendor(vendor), fold_product(product, vendor))
        return f"n|{folded[0]}|{folded[1]}" if all(folded) else ""

    def _next(self, name: tuple[str, str]) -> tuple[str, str]:
        return self.products.get(name) or (self.vendors.get(name[0], name[0]), name[1])


NO_ALIASES = Aliases()


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """The words of a name: small letters without accents, dots of abbreviations, marks and punctuation."""
    text = text[:LONGEST]
    if text.isascii():
        plain = (_MARKS.sub(" ", text) if "(" in text else text).lower()
    else:
        plain = unicodedata.normalize("NFKD", _MARKS.sub(" ", text)).casefold()
    if not plain.isascii():
        plain = "".join(each for each in plain if not unicodedata.combining(each))
        if not plain.isascii():
            return " ".join(re.sub(r"[^\w+#]+|_", " ", plain).split())  # a name in another script keeps its letters
    if "." in plain:
        plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), plain)
    return " ".join(_NOT_WORD.sub(" ", plain).split())


@lru_cache(maxsize=1 << 15)
def fold_vendor(text: str) -> str:
    """The words of a vendor without its legal form, as one: ``Voorbeeld Software B.V.`` is ``voorbeeldsoftware``."""
    return _joined(_vendor_words(text))


@lru_cache(maxsize=1 << 17)
def fold_product(text: str, vendor: str) -> str:
    """The words of a product as one, without the name of its vendor in front."""
    words, own = fold(text).split(), _vendor_words(vendor)
    for head in (own, own[:1]) if words != own else ():
        if head and words[: len(head)] == head and len(words) > len(head):
            words = words[len(head) :]
            break
    return _joined(words)


def _vendor_words(text: str) -> list[str]:
    words = fold(text).split()
    if words[:1] == ["the"]:
        words = words[1:] or words
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    return words


def _joined(words: list[str]) -> str:
    """Spaces do not make another product, but between digits they do: ``10 1`` is not ``101``."""
    text = " ".join(words)
    return _BETWEEN_DIGITS.sub("_", text).replace(" ", "").replace("_", " ")


def name_key(vendor: str, product: str, aliases: Aliases = NO_ALIASES) -> str:
    """The key of a product by name; empty when vendor or product is not told."""
    return aliases.name_key(vendor, product)


@lru_cache(maxsize=1 << 16)
def cpe_parts(text: str) -> tuple[str, str, str, str] | None:
    """Part, vendor, product and version of a CPE 2.3 or 2.2 name; None when it is neither, or names no product."""
    bare = text.strip()
    if bare[:8].lower() == "cpe:2.3:":
        fields = [_CPE_ESCAPE.sub(r"\1", each) for each in _CPE_SPLIT.split(bare[8:])]
        if len(fields) != 11:
            return None
        version = " ".join(each for each in fields[3:5] if each not in ("*", "-"))
    elif bare[:5].lower() == "cpe:/":
        fields = [unescaped(each) for each in bare[5:].split(":")]
        if not 3 <= len(fields) <= 7:
            return None
        version = " ".join(each for each in fields[3:5] if each not in ("", "*", "-"))
    else:
        return None
    part, vendor, product = (each.strip().lower() for each in fields[:3])
    if part not in ("a", "o", "h") or vendor in ("", "*", "-") or product in ("", "*", "-"):
        return None
    return part, vendor, product, version


def cpe_key(text: str) -> str:
    """``c|part:vendor:product``; empty when it is no CPE that names one."""
    found = cpe_parts(text)
    return f"c|{found[0]}:{found[1]}:{found[2]}" if found else ""


@lru_cache(maxsize=1 << 16)
def purl_parts(text: str) -> tuple[str, str, str, str] | None:
    """Type, namespace, name and version of a package URL; None when it is none. Qualifiers and subpath are of files."""
    bare = text.strip()
    if bare[:4].lower() != "pkg:":
        return None
    bare = bare[4:].lstrip("/").partition("#")[0].partition("?")[0]
    kind, slash, rest = bare.partition("/")
    kind = kind.lower()
    path, at, version = (
        rest.rpartition("@") if "@" in rest[1:] and "/" not in rest.rpartition("@")[2] else (rest, "", "")
    )
    names = [unescaped(each) for each in path.strip("/").split("/") if each]
    if not slash or not names or not re.fullmatch(r"[a-z][a-z0-9.+-]*", kind):
        return None
    *spaces, name = names
    namespace = "/".join(spaces)
    if kind in (
        "pypi",
        "npm",
        "deb",
        "rpm",
        "golang",
        "github",
        "bitbucket",
        "composer",
        "nuget",
        "hex",
        "alpm",
        "apk",
    ):
        namespace, name = namespace.lower(), name.lower()
    if kind == "pypi":
        name = re.sub(r"[-_.]+", "-", name)
    return kind, namespace, name, unescaped(version) if at else ""


def purl_key(text: str) -> str:
    """``p|type/namespace/name``; empty when it is no package URL."""
    found = purl_parts(text)
    return f"p|{found[0]}/{found[1]}/{found[2]}" if found else ""


def stated_version(version: str, purl: str, cpe: str) -> str:
    """The version that is told: in its own field, else in the package URL, else in the CPE."""
    if version.strip():
        return version
    parts = (purl_parts(purl) if purl else None, cpe_parts(cpe) if cpe else None)
    return next((each[3] for each in parts if each and each[3]), "")


def product_keys(
    *, vendor: str, product: str, purl: str = "", cpe: str = "", aliases: Aliases = NO_ALIASES
) -> tuple[str, ...]:
    """All keys by which a product is known, the most exact first. Without a name a CPE gives it: its own words are names too."""
    told = (vendor, product, purl, cpe)
    keys = aliases.keys.get(told)
    if keys is None:
        if len(aliases.keys) >= MOST_REMEMBERED:
            aliases.keys.clear()
        keys = aliases.keys[told] = tuple(_keys(*told, aliases))
    return keys


def _keys(vendor: str, product: str, purl: str, cpe: str, aliases: Aliases) -> Iterator[str]:
    if purl and (key := purl_key(purl)):
        yield key
    parts = cpe_parts(cpe) if cpe else None
    if parts:
        yield f"c|{parts[0]}:{parts[1]}:{parts[2]}"
    if parts and not (vendor and product):
        vendor, product = parts[1].replace("_", " "), parts[2].replace("_", " ")
    if key := name_key(vendor, product, aliases):
        yield key


def scheme_of(key: str) -> str:
    """The type of package that a key names; empty for the others."""
    return key[2:].partition("/")[0] if key.startswith("p|") else ""
