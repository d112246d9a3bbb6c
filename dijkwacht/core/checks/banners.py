"""What software says of itself: product and version, read from headers, pages, scripts and greetings by rules that are data.

A banner is a claim: it may be hidden, false, or the version of a package whose mistakes were mended without a new number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dijkwacht.core.checks.known import SoftwareRule, Where
from dijkwacht.core.checks.observed import DomainSeen, WebAddress

LONGEST = 256  # octets of a text that rules see
_MOST_TEXTS = 200
_VERSION_OCTETS = 48
_DISTRIBUTION = re.compile(
    r"\b(debian|ubuntu|raspbian|el[789]|centos|red hat|rhel|suse|freebsd|alpine|\+deb\d)", re.IGNORECASE
)
_FAMILIES = {"raspbian": "debian", "centos": "rhel", "red hat": "rhel", "rhel": "rhel"}


@dataclass(frozen=True, slots=True)
class Software:
    """A product that names itself. `version` "" when it does not tell; `distribution`: who packs it, "" unknown."""

    product: str  # vendor:product as in CPE 2.3
    title: str
    version: str
    target: str  # address, host or host:port that says so
    where: Where
    evidence: str  # the words as said, at most 256 octets
    distribution: str = ""


def software(seen: DomainSeen, rules: Iterable[SoftwareRule]) -> tuple[Software, ...]:
    """Every product with its version, once per product, version and target, in the order seen."""
    found: dict[tuple[str, str, str], Software] = {}
    rules = tuple(rules)
    for (where, text), target in _texts(seen).items():
        for each in read(rules, where, text, target):
            found.setdefault((each.product, each.version, each.target), each)
    return tuple(found.values())


def read(rules: Iterable[SoftwareRule], where: Where, text: str, target: str) -> Iterator[Software]:
    """The products in one text."""
    said = text[:LONGEST]
    for rule in rules:
        if where in rule.where and (match := rule.pattern.search(said)):
            version = (match.groupdict().get("version") or "")[:_VERSION_OCTETS].strip(".")
            yield Software(rule.product, rule.title, version, target, where, said, _distribution(said))


def _distribution(text: str) -> str:
    found = _DISTRIBUTION.search(text)
    if not found:
        return ""
    word = found[1].lower()
    if word.startswith("+deb"):
        return "debian"
    return "rhel" if word.startswith("el") else _FAMILIES.get(word, word)


def _texts(seen: DomainSeen) -> dict[tuple[Where, str], str]:
    """Every text that may name software, with who says it first; a text that two addresses say counts once."""
    found: dict[tuple[Where, str], str] = {}
    for address in seen.web:
        for where, text in _web(address):
            found.setdefault((where, text[:LONGEST]), address.address)
    for host in seen.mail:
        for each in host.addresses:
            found.setdefault(("smtp", each.banner[:LONGEST]), host.name)
    for port in seen.ports:
        found.setdefault(("port", port.banner[:LONGEST]), f"{port.host}:{port.port}")
    return dict(list(found.items())[:_MOST_TEXTS])


def _web(address: WebAddress) -> Iterator[tuple[Where, str]]:
    answers = (address.front, *address.hops, address.plain, *address.plain_hops)
    for answer in filter(None, answers):
        for value in answer.values("server"):
            yield "server", value
        for header in ("x-powered-by", "x-aspnet-version", "x-aspnetmvc-version"):
            for value in answer.values(header):
                yield "powered", value if header == "x-powered-by" else f"{header}: {value}"
        for value in answer.values("x-generator"):
            yield "generator", value
    if address.page:
        if address.page.generator:
            yield "generator", address.page.generator
        for script in address.page.scripts:
            yield "script", script
