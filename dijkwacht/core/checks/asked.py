"""Reading the answers of the name system: what may be believed, what was not measured and why, and small ways to names."""

from collections.abc import Iterable, Iterator, Mapping

from dijkwacht.core.checks.finding import Area, Finding, Why, Word
from dijkwacht.core.checks.naming import LABEL, LONGEST
from dijkwacht.core.checks.observed import DomainSeen, Lookup

Question = tuple[str, str]  # name, kind
Known = Mapping[Question, Lookup]


def usable(found: Lookup | None) -> bool:
    """Whether an answer says something: a firm yes or no, or what a name with a broken signature answers anyhow."""
    return found is not None and (found.answered or (found.bogus and bool(found.records)))


def unmeasured(found: Lookup | None) -> tuple[Word, Why]:
    """The word and the reason for an answer that is not `usable`: not asked and not allowed are no error."""
    if found is None:
        return "not_tested", Why("dns_not_asked")
    about = {"name": found.name, "kind": found.kind, "rcode": found.rcode}
    if found.rcode == "DENIED":
        return "not_tested", Why("dns_denied", about)
    return "error", Why("dns_unanswered", about)


def is_name(text: str) -> bool:
    """Whether a text can be asked of the name system as a host: bounded labels of plain letters, two or more of them."""
    labels = text.split(".")
    return (
        len(text) <= LONGEST
        and len(labels) > 1
        and all(LABEL.match(label) for label in labels)
        and not labels[-1].isdigit()  # an address is no name
    )


def plain(text: str, most: int = 500) -> str:
    """A text of a stranger that can be kept and shown: no longer than `most`, and marks that do not print replaced."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in text[:most])


def parents(name: str) -> Iterator[str]:
    """The names above a name, nearest first, without the root."""
    while "." in name:
        name = name.partition(".")[2]
        yield name


def addresses(known: Known, host: str) -> tuple[str, ...]:
    """The IPv4 and then the IPv6 addresses of a host, as far as they are known. IPv4 in IPv6 does not count as IPv6."""
    found = [known.get((host, kind)) for kind in ("A", "AAAA")]
    return tuple(each for lookup in found if lookup for each in lookup.records if not each.startswith("::ffff:"))


def within(name: str, domain: str) -> bool:
    """Whether a name is a domain or lies under it."""
    return bool(domain) and (name == domain or name.endswith("." + domain))


def whole(check: str, area: Area, word: Word, *why: Why, peer: Word | None = None) -> Finding:
    """A finding about the name as a whole."""
    return Finding(check, area, "", word, peer or word, why)


def mail_hosts(seen: DomainSeen, most: int) -> tuple[str, ...]:
    """The mail hosts of a name, in order of preference and then of name, at most `most`; without the null MX."""
    return exchanges(seen.records(seen.name, "MX"))[:most]


def exchanges(records: Iterable[str]) -> tuple[str, ...]:
    """Hosts out of MX records `preference host`, each once; records that are none are passed over."""
    found: dict[str, int] = {}
    for record in records:
        preference, _, host = record.partition(" ")
        if preference.isdecimal() and len(preference) <= 5 and host not in ("", "."):
            found[host] = min(int(preference), found.get(host, 1 << 16))
    return tuple(sorted(found, key=lambda host: (found[host], host)))
