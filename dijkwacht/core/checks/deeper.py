"""What only a deeper look sees (ports, names below by a list of words), and what an ordinary one makes of it: nothing.

An ordinary measurement does not try these, so what stands of them is neither mended nor gone: it waits for the next deeper look.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dijkwacht.core.checks import subdomains
from dijkwacht.core.checks.asked import is_name
from dijkwacht.core.checks.history import Key, Standing
from dijkwacht.core.checks.observed import DomainSeen, OpenPort, Response
from dijkwacht.core.checks.urls import split

ONLY: frozenset[Key] = frozenset({("names", "open_ports"), ("names", "subdomains")})
"""Checks that an ordinary measurement does not make."""
ANSWERING = ("open", "reset")


def left_alone(standing: Mapping[Key, Standing]) -> frozenset[Key]:
    """Of what stands: what a deeper look said, and an ordinary one must not touch."""
    return frozenset(key for key in ONLY & standing.keys() if standing[key].word not in ("not_tested", "error"))


def with_ports(seen: DomainSeen, earlier: tuple[OpenPort, ...]) -> DomainSeen:
    """An ordinary observation with the ports that answered at the last deeper look: their greetings tell of software too."""
    return replace(seen, ports=tuple(each for each in earlier if each.reach in ANSWERING))


def below(seen: DomainSeen) -> tuple[str, ...]:
    """Names below this one that a deeper look found to exist. None where every name would answer: that proves nothing."""
    if subdomains.exists(seen.lookups, f"{subdomains.PROBE}.{seen.name}"):
        return ()
    return tuple(sorted(each for each in seen.subdomains if subdomains.exists(seen.lookups, each)))


def beside(seen: DomainSeen) -> tuple[tuple[str, str], ...]:
    """Hosts that came up while measuring a name, each with how: `dns` (mail hosts, name servers) or `redirect`. Each once."""
    found: dict[str, str] = {}
    for how, hosts in (("dns", _hosts(seen)), ("redirect", _led(seen))):
        for host in hosts:
            name = host.lower().rstrip(".")
            if name != seen.name and is_name(name):
                found.setdefault(name, how)
    return tuple(sorted(found.items()))


def asked_by(check: str, *, looked: bool) -> bool:
    """Whether a check needs a deeper look to be measured again. ``looked``: such a look was taken, so ports told of software."""
    return ("names", check) in ONLY or (looked and check.startswith("software_"))


def _hosts(seen: DomainSeen) -> Iterator[str]:
    yield from (host.name for host in seen.mail)
    yield from seen.records(seen.name, "NS")


def _led(seen: DomainSeen) -> Iterator[str]:
    """Where redirects of the front page lead, also where nobody followed them."""
    for address in seen.web:
        for answer in (address.front, *address.hops, address.plain, *address.plain_hops):
            yield from _hosts_of(answer) if answer else ()


def _hosts_of(answer: Response) -> Iterator[str]:
    for text in (answer.url, *answer.values("location")):
        host = split(text)[1].partition(":")[0]
        if host:
            yield host
