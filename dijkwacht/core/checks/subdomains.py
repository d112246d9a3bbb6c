"""Names below a name: from a list of words, from certificates, from the name system. An inventory, no verdict."""

from collections.abc import Iterable, Iterator, Mapping

from dijkwacht.core.checks.asked import Known, Question, is_name, usable, whole, within
from dijkwacht.core.checks.finding import Finding, Why
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy

PROBE = "dijkwacht-wildcard"
"""A label that nobody has. If it has an address, every name has one, and finding a word proves nothing."""


def findings(seen: DomainSeen, _policy: Policy) -> Iterator[Finding]:
    """`subdomains`: the names that were found, by where; with those that no longer exist, and whether any name would answer."""
    if not seen.subdomains:
        yield whole("subdomains", "names", "not_tested", Why("subdomains_not_sought"))
        return
    alive = [name for name in seen.subdomains if exists(seen.lookups, name)]
    gone = sorted(name for name in seen.subdomains if _gone(seen.lookups, name))
    why = [
        Why(
            "subdomains_found",
            {"count": len(alive), "names": sorted(alive)[:100], "sources": _sources(seen.subdomains)},
        )
    ]
    if gone:
        why.append(Why("subdomains_gone", {"count": len(gone), "names": gone[:100]}))
    if exists(seen.lookups, f"{PROBE}.{seen.name}"):
        why.append(Why("subdomains_wildcard"))
    yield whole("subdomains", "names", "info", *why, peer="not_tested")


def candidates(name: str, words: Iterable[str], certificates: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Names below `name` that may exist, and where each comes from: `list` or `ct`. `*.` of a certificate is taken off."""
    found: dict[str, tuple[str, ...]] = {}
    named = (each.lower().removeprefix("*.").rstrip(".") for each in certificates)
    for source, names in (("list", (f"{word}.{name}" for word in words)), ("ct", named)):
        for each in names:
            if each != name and within(each, name) and is_name(each) and source not in found.get(each, ()):
                found[each] = (*found.get(each, ()), source)
    return found


def wanted(known: Known, names: Iterable[str]) -> set[Question]:
    """The address questions about these names that were not asked yet; IPv6 only where IPv4 gave none."""
    todo: set[Question] = set()
    for name in names:
        first = known.get((name, "A"))
        if first is None:
            todo.add((name, "A"))
        elif first.rcode == "NOERROR" and not first.records and (name, "AAAA") not in known:
            todo.add((name, "AAAA"))
    return todo


def exists(known: Known, name: str) -> bool:
    """Whether a name has an address."""
    return any((found := known.get((name, kind))) is not None and bool(found.records) for kind in ("A", "AAAA"))


def _gone(known: Known, name: str) -> bool:
    found = known.get((name, "A"))
    return found is not None and usable(found) and found.rcode == "NXDOMAIN" and not found.aliases


def _sources(found: Mapping[str, tuple[str, ...]]) -> list[str]:
    return sorted({source for sources in found.values() for source in sources})
