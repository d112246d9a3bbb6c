"""DANE: do TLSA records with DNSSEC say which certificate to expect, does it fit, and is the next one already announced?"""

from collections.abc import Iterable, Iterator

from dijkwacht.core.checks.asked import unmeasured
from dijkwacht.core.checks.ends import End, certificates, ends, nowhere
from dijkwacht.core.checks.finding import Area, Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.tlsa import Tlsa, matches, usable

ANY, MAIL = (0, 1, 2, 3), (2, 3)
"""Usages that count: for mail only those that lean on no public authority (RFC 7672, 3.1.3)."""


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`dane_exists` and `dane_valid` of the web name and of each mail host, and `dane_rollover` of each mail host."""
    found = list(ends(seen, policy))
    if seen.web:
        yield from _of(seen, "web", seen.name, "", [each for each in found if each.area == "web"])
    else:
        yield from nowhere(seen, "dane_exists", "dane_valid")
    if not seen.mail:
        for check in ("dane_exists", "dane_valid", "dane_rollover"):
            yield Finding(check, "mail", "", "not_tested", "not_tested", (Why("mail_no_hosts"),))
    hosts = seen.mail[: policy.limits["mail_hosts"]]
    for host in hosts:
        mine = [each for each in found if each.area == "mail" and each.host == host.name]
        yield from _of(seen, "mail", host.name, host.name, mine)


def _of(seen: DomainSeen, area: Area, host: str, target: str, where: list[End]) -> Iterator[Finding]:
    name = f"_443._tcp.{host}" if area == "web" else f"_25._tcp.{host}"
    lookup = seen.lookup(name, "TLSA")
    records = usable(seen, name, ANY if area == "web" else MAIL)
    if not records:
        yield from _none(seen, area, target, name)
        return
    unsigned = area == "mail" and _unsigned_way(seen)
    reason = Why("dane_unsigned_mx", {"host": host}) if unsigned else Why("dane_found", {"records": len(records)})
    yield Finding("dane_exists", area, target, "warning" if unsigned else "passed", "passed", (reason,))
    yield from _valid(seen, area, target, records, where)
    if area == "mail":
        usages = [each.usage for each in records]
        ready = usages.count(3) > 1 or {2, 3} <= set(usages)
        word: Word = "passed" if ready else "info"
        yield Finding("dane_rollover", area, target, word, word, () if ready else (Why("dane_no_rollover"),))
    if lookup is not None and len(records) < len(lookup.records):
        left = len(lookup.records) - len(records)
        yield Finding("dane_exists", area, target, "info", "passed", (Why("dane_unusable", {"count": left}),))


def _none(seen: DomainSeen, area: Area, target: str, name: str) -> Iterator[Finding]:
    """No record counts: none there, none that can be used, or an answer without DNSSEC."""
    lookup = seen.lookup(name, "TLSA")
    absent: Word = "info" if area == "web" else "failed"
    if lookup is None or not (lookup.answered or lookup.bogus):
        word, why = unmeasured(lookup)
        yield Finding("dane_exists", area, target, word, absent, (why,))
    elif lookup.records and not lookup.secure:
        yield Finding("dane_exists", area, target, absent, absent, (Why("dane_insecure", {"name": name}),))
    elif lookup.records:
        yield Finding(
            "dane_exists", area, target, absent, absent, (Why("dane_unusable", {"count": len(lookup.records)}),)
        )
    else:
        yield Finding("dane_exists", area, target, absent, absent, (Why("dane_none", {"name": name}),))
    for check in ("dane_valid", "dane_rollover") if area == "mail" else ("dane_valid",):
        yield Finding(check, area, target, "not_tested", "not_tested")


def _valid(seen: DomainSeen, area: Area, target: str, records: Iterable[Tlsa], where: list[End]) -> Iterator[Finding]:
    wrong: Word = "warning" if area == "web" else "failed"
    spoken = False
    for end in where:
        chain = certificates(seen, end)
        if not end.tls or not chain:
            continue
        spoken = True
        trust = end.handshake.trust if end.handshake is not None else ()
        if any(matches(each, chain, trust) for each in records):
            yield Finding("dane_valid", area, end.target, "passed", "passed")
        else:
            yield Finding("dane_valid", area, end.target, wrong, wrong, (Why("dane_mismatch", {"host": end.host}),))
    if not spoken:
        yield Finding("dane_valid", area, target, "not_tested", "not_tested", (Why("no_certificate_seen"),))


def _unsigned_way(seen: DomainSeen) -> bool:
    """Whether the way from the name to its mail hosts is unsigned: then DANE at the host protects nobody (RFC 7672, 2.2.1)."""
    found = seen.lookup(seen.name, "MX")
    return found is not None and found.answered and not found.secure
