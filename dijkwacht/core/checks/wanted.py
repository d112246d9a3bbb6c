"""Which questions to the name system are still needed: a pure function of the answers so far, called until it wants nothing.

`base` is the first round, ten questions. `follow` gives what those answers lead to, round after round: name servers, mail hosts
and what hangs on them, the tree of SPF, the place of DMARC and its report addresses, the climb of CAA. Every part is bounded by
a limit of the policy, so a hostile zone costs no more than a friendly one: at most `most` questions come out of it.

    known: dict[Question, Lookup] = {}
    todo = base(name)
    while todo:
        known |= await ask(todo)
        todo = follow(known, name, organisational, policy.limits)
"""

from collections.abc import Iterable, Iterator, Mapping

from dijkwacht.core.checks import dmarc, spf
from dijkwacht.core.checks.asked import Known, Question, exchanges, is_name, parents, usable

Limits = Mapping[str, int]

_BASE = ("SOA", "NS", "A", "AAAA", "MX", "TXT", "CAA")


def base(name: str) -> set[Question]:
    """The ten questions that are asked about every name."""
    below = {(f"_dmarc.{name}", "TXT"), (f"_domainkey.{name}", "TXT"), (f"_443._tcp.{name}", "TLSA")}
    return {(name, kind) for kind in _BASE} | below


def follow(known: Known, name: str, organisational: str, limits: Limits) -> set[Question]:
    """What the answers so far ask for, without what is known. Questions that failed are not asked again.

    limits: name_servers, mail_hosts, spf_lookups, dmarc_lookups, dmarc_report_hosts, caa_climb.
    """
    todo = base(name)
    todo |= servers(known, name, limits)
    todo |= climb(known, name, limits["caa_climb"])
    todo |= spf.wanted(known, name, lookups=limits["spf_lookups"])
    todo |= dmarc.wanted(
        known, name, organisational, lookups=limits["dmarc_lookups"], hosts=limits["dmarc_report_hosts"]
    )
    for host in hosts(known, name, limits["mail_hosts"]):
        todo |= mail_host(known, host, limits)
    return {question for question in todo if question not in known}


def most(limits: Limits) -> int:
    """More questions than this never come out of one name, whatever the answers: the bound that `follow` keeps."""
    servers_of_zone = 2 * limits["name_servers"]
    of_host = 3 + limits["caa_climb"] + 1 + limits["zone_climb"] + servers_of_zone
    above = limits["spf_lookups"] + limits["dmarc_lookups"] + limits["dmarc_report_hosts"] + limits["caa_climb"]
    return 10 + servers_of_zone + above + limits["mail_hosts"] * of_host


def hosts(known: Known, name: str, count: int) -> tuple[str, ...]:
    """The mail hosts to look at: at most `count`, in order of preference, and only what can be a name."""
    found = known.get((name, "MX"))
    return tuple(filter(is_name, exchanges(found.records)))[:count] if found else ()


def servers(known: Known, zone: str, limits: Limits) -> set[Question]:
    """The addresses of the name servers of a zone."""
    found = known.get((zone, "NS"))
    names = filter(is_name, sorted(found.records)) if found else ()
    return {(host, kind) for host in _first(names, limits["name_servers"]) for kind in ("A", "AAAA")}


def mail_host(known: Known, host: str, limits: Limits) -> set[Question]:
    """What is asked about a mail host, whichever names lead to it: addresses, TLSA, CAA, and the name servers of its zone."""
    todo = {(host, "A"), (host, "AAAA"), (f"_25._tcp.{host}", "TLSA"), (host, "CAA")}
    todo |= climb(known, host, limits["caa_climb"])
    zones = parents(host) if host.count(".") > 1 else (host,)  # a host is seldom a zone of its own: begin one above it
    for zone in _first(zones, limits["zone_climb"]):
        todo.add((zone, "NS"))
        found = known.get((zone, "NS"))
        if found is None or not usable(found):
            break
        if found.records:
            todo |= servers(known, zone, limits)
            break
    return todo


def climb(known: Known, name: str, steps: int) -> set[Question]:
    """The CAA records that count for a name: its own, or those of the nearest name above that has any (RFC 8659, section 3)."""
    for each in _first((name, *parents(name)), steps + 1):
        found = known.get((each, "CAA"))
        if found is None:
            return {(each, "CAA")}
        if found.records or not usable(found):
            break
    return set()


def _first(found: Iterable[str], count: int) -> Iterator[str]:
    for _, each in zip(range(count), found, strict=False):
        yield each
