"""IPv6: do the web site and the mail hosts have an address, does it answer, and is it the same site as over IPv4?"""

from collections.abc import Iterator

from dijkwacht.core.checks.asked import mail_hosts, unmeasured, usable
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen, Likeness, Reach, WebAddress
from dijkwacht.core.checks.policy import Policy

_OURS = frozenset({"denied", "not_tried"})


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`web_aaaa` of the name, `web_reach` of each IPv6 address, `web_ipv46` of both families together; `mx_aaaa` of each mail
    host, `mx_reach` of each of their IPv6 addresses."""
    yield _exists(seen)
    sixes = [each for each in seen.web if ":" in each.address]
    fours = [each for each in seen.web if ":" not in each.address]
    if not sixes:
        yield Finding("web_reach", "web", "", "not_tested", "not_tested", (Why("no_ipv6"),))
    for each in sixes:
        yield _reach(each)
    yield _same(fours, sixes, seen.likeness, policy.limits["likeness_percent"])
    yield from _mail(seen, policy.limits["mail_hosts"])


def _exists(seen: DomainSeen) -> Finding:
    found = seen.lookup(seen.name, "AAAA")
    if found is None or not (usable(found) or found.bogus):
        word, why = unmeasured(found)
        return Finding("web_aaaa", "web", "", word, word, (why,))
    if any(not each.startswith("::ffff:") for each in found.records):
        return Finding("web_aaaa", "web", "", "passed", "passed")
    four = seen.lookup(seen.name, "A")
    if four is not None and usable(four) and not four.records:
        return Finding("web_aaaa", "web", "", "not_tested", "not_tested", (Why("no_address"),))
    return Finding("web_aaaa", "web", "", "failed", "failed", (Why("no_ipv6"),))


def _ports(seen: WebAddress) -> frozenset[int]:
    return frozenset(port for port, reach in ((80, seen.http), (443, seen.https)) if _open(reach))


def _open(reach: Reach) -> bool:
    return reach in ("open", "reset")


def _untried(seen: WebAddress) -> bool:
    return seen.http in _OURS and seen.https in _OURS


def _reach(seen: WebAddress) -> Finding:
    about = {"address": seen.address, "https": seen.https, "http": seen.http}
    if _untried(seen):
        return Finding("web_reach", "web", seen.address, "not_tested", "not_tested", (Why("ipv6_not_tried", about),))
    if not _ports(seen):
        return Finding("web_reach", "web", seen.address, "failed", "failed", (Why("ipv6_dead", about),))
    return Finding("web_reach", "web", seen.address, "passed", "passed")


def _same(fours: list[WebAddress], sixes: list[WebAddress], likeness: Likeness | None, least: int) -> Finding:
    check = "web_ipv46"
    if not fours or not sixes or any(_untried(each) or not _ports(each) for each in (*fours, *sixes)):
        return Finding(check, "web", "", "not_tested", "not_tested", (Why("no_two_families"),))
    four, six = (frozenset[int].union(*map(_ports, each)) for each in (fours, sixes))
    if four != six:
        params = {"ipv4": sorted(four), "ipv6": sorted(six)}
        return Finding(check, "web", "", "failed", "failed", (Why("other_ports", params),))
    for ours, theirs in (
        (_statuses(fours), _statuses(sixes)),
        (_statuses(fours, plain=True), _statuses(sixes, plain=True)),
    ):
        if ours and theirs and ours != theirs:
            params = {"ipv4": sorted(ours), "ipv6": sorted(theirs)}
            return Finding(check, "web", "", "failed", "failed", (Why("other_status", params),))
    if likeness is None:
        return Finding(check, "web", "", "not_tested", "passed", (Why("likeness_unmeasured"),))
    percent = round(likeness.ratio * 100)
    word: Word = "passed" if likeness.ratio * 100 >= least else "warning"
    return Finding(
        check, "web", "", word, word, () if word == "passed" else (Why("other_content", {"percent": percent}),)
    )


def _statuses(addresses: list[WebAddress], *, plain: bool = False) -> frozenset[int]:
    """The status codes of the first answers: of port 80, or over TLS."""
    answers = (each.plain if plain else each.front for each in addresses)
    return frozenset(each.status for each in answers if each is not None and each.status)


def _mail(seen: DomainSeen, most: int) -> Iterator[Finding]:
    hosts = mail_hosts(seen, most)
    for host in hosts:
        yield _mail_host(seen, host)
    if not hosts:
        yield Finding("mx_aaaa", "mail", "", "not_tested", "not_tested", (Why("mail_no_hosts"),))
    sixes = [(host, each) for host in seen.mail[:most] for each in host.addresses if ":" in each.address]
    if not sixes:
        yield Finding("mx_reach", "mail", "", "not_tested", "not_tested", (Why("mail_no_ipv6"),))
    for server, each in sixes:
        about = {"host": server.name, "address": each.address, "reach": each.smtp}
        word: Word = "passed" if _open(each.smtp) else "not_tested" if each.smtp in _OURS else "failed"
        why = (
            ()
            if word == "passed"
            else (Why("mail_ipv6_not_tried" if word == "not_tested" else "mail_ipv6_dead", about),)
        )
        yield Finding("mx_reach", "mail", each.address, word, word, why, host=server.name)


def _mail_host(seen: DomainSeen, host: str) -> Finding:
    found = seen.lookup(host, "AAAA")
    if found is None or not (usable(found) or found.bogus):
        word, why = unmeasured(found)
        return Finding("mx_aaaa", "mail", host, word, word, (why,))
    if any(not each.startswith("::ffff:") for each in found.records):
        return Finding("mx_aaaa", "mail", host, "passed", "passed")
    return Finding("mx_aaaa", "mail", host, "failed", "failed", (Why("mail_host_no_ipv6", {"host": host}),))
