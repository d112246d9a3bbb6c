"""One SPF record as terms: the grammar of RFC 7208, sections 4.5, 4.6, 5, 6, 7.1 and 12, macros included.

Reading never fails: what is not SPF is kept as the words that are wrong. `exp` and unknown modifiers are read and left alone.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

VERSION = "v=spf1"
_LONGEST = 65_535  # a TXT record cannot be longer
_MACRO = r"%(?:\{[slodiphcrtv][0-9]{0,3}r?[-.+,/_=]*\}|[%_-])"
_MACRO_STRING = re.compile(rf"(?:{_MACRO}|[!-$&-~])*", re.IGNORECASE)
_ENDS_IN_MACRO = re.compile(rf"{_MACRO}\Z", re.IGNORECASE)
_TOP_LABEL = re.compile(r"(?=[a-z0-9-]*[a-z-])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_DIRECTIVE = re.compile(r"([-+~?])?(all|include|a|mx|ptr|ip4|ip6|exists)(?=[:/]|\Z)(.*)", re.IGNORECASE | re.DOTALL)
_MODIFIER = re.compile(r"([a-z][a-z0-9._-]*)=(.*)", re.IGNORECASE | re.DOTALL)
_LENGTHS = re.compile(r"(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?\Z")
_ONLY_IN_EXP = re.compile(r"%\{[crt]", re.IGNORECASE)

LOOKING_UP = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
"""Terms that cost a receiver a question to the name system (RFC 7208, section 4.6.4)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A mechanism or a modifier. `domain` as written in small letters, "" when none; `macro`: it cannot be known beforehand."""

    kind: str  # all include a mx ptr ip4 ip6 exists redirect exp, or "modifier"
    qualifier: str = "+"
    domain: str = ""
    macro: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read. `wrong`: the words that break the grammar, at most ten, each at most 80 characters."""

    terms: tuple[Term, ...]
    wrong: tuple[str, ...] = ()

    @property
    def all(self) -> str | None:
        """The qualifier of `all`; None without it."""
        return next((term.qualifier for term in self.terms if term.kind == "all"), None)

    @property
    def redirect(self) -> Term | None:
        """Where the record sends on to; it counts only without `all` (section 6.1)."""
        if self.all is not None:
            return None
        return next((term for term in self.terms if term.kind == "redirect"), None)

    def evaluated(self) -> tuple[Term, ...]:
        """The terms a receiver may come to: mechanisms up to `all`, then the redirect."""
        found: list[Term] = []
        for term in self.terms:
            if term.kind in ("redirect", "exp", "modifier"):
                continue
            found.append(term)
            if term.kind == "all":
                return tuple(found)
        return (*found, self.redirect) if self.redirect else tuple(found)


def is_record(text: str) -> bool:
    """Whether a text says that it is SPF: the version alone, or followed by a space (section 4.5)."""
    return text[:6].lower() == VERSION and text[6:7] in ("", " ")


def parse(text: str) -> Record:
    """The record in a text that `is_record`. Any text at all gives a Record."""
    terms: list[Term] = []
    wrong: list[str] = []
    if not is_record(text) or len(text) > _LONGEST:
        return Record((), (text[:80],))
    for word in filter(None, text[6:].split(" ")):
        term = _term(word)
        if term is None or (term.kind in ("redirect", "exp") and any(each.kind == term.kind for each in terms)):
            wrong.append(word[:80])
        else:
            terms.append(term)
    return Record(tuple(terms), tuple(wrong[:10]))


def _term(word: str) -> Term | None:
    if found := _DIRECTIVE.fullmatch(word):
        qualifier, kind, rest = found[1] or "+", found[2].lower(), found[3]
        return _mechanism(kind, qualifier, rest, word)
    if found := _MODIFIER.fullmatch(word):
        name, value = found[1].lower(), found[2]
        if name in ("redirect", "exp"):
            return _with_domain(name, "+", value, word)
        return Term("modifier", text=word) if _MACRO_STRING.fullmatch(value) else None
    return None


def _mechanism(kind: str, qualifier: str, rest: str, word: str) -> Term | None:
    if kind == "all":
        return None if rest else Term(kind, qualifier, text=word)
    if kind in ("ip4", "ip6"):
        return Term(kind, qualifier, text=word) if _network(kind, rest) else None
    if kind in ("a", "mx"):
        return _with_lengths(kind, qualifier, rest, word)
    if kind == "ptr" and not rest:
        return Term(kind, qualifier, text=word)
    return _with_domain(kind, qualifier, rest[1:], word) if rest.startswith(":") else None


def _with_domain(kind: str, qualifier: str, domain: str, word: str) -> Term | None:
    if not _is_domain(domain):
        return None
    return Term(kind, qualifier, domain.lower().removesuffix("."), "%" in domain, word)


def _with_lengths(kind: str, qualifier: str, rest: str, word: str) -> Term | None:
    """`a` and `mx`: a domain or none, a length for IPv4 and one for IPv6 or none."""
    found = _LENGTHS.search(rest)
    if found is None or int(found[1] or 0) > 32 or int(found[2] or 0) > 128:
        return None
    domain = rest[: found.start()]
    if not domain:
        return Term(kind, qualifier, text=word)
    return _with_domain(kind, qualifier, domain[1:], word) if domain.startswith(":") else None


def _is_domain(text: str) -> bool:
    """A domain-spec (section 7.1): a macro string that ends in a macro, or in a dot and a label that is not all digits."""
    if not text or not _MACRO_STRING.fullmatch(text) or _ONLY_IN_EXP.search(text):
        return False
    if _ENDS_IN_MACRO.search(text):
        return True
    rest, dot, label = text.removesuffix(".").rpartition(".")
    return bool(dot) and bool(rest) and _TOP_LABEL.fullmatch(label) is not None


def _network(kind: str, rest: str) -> bool:
    address, slash, length = rest.removeprefix(":").partition("/")
    if not rest.startswith(":") or (slash and not re.fullmatch(r"0|[1-9][0-9]{0,2}", length)):
        return False
    try:
        most = 32 if kind == "ip4" else 128
        _ = IPv4Address(address) if kind == "ip4" else IPv6Address(address)
    except AddressValueError:
        return False
    return "%" not in address and int(length or 0) <= most
