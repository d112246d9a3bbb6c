"""One name, looked at whole: questions to the name system, then its name servers, web addresses and mail hosts side by side.

What goes wrong on the other side, or on ours, is written down where it went wrong; nothing here raises but a cancellation.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from functools import partial

from dijkwacht.adapters.probing import page
from dijkwacht.adapters.probing.fitness import PORT_SCAN
from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.looks import Looks, PortLook
from dijkwacht.adapters.probing.mail_hosts import MailHosts
from dijkwacht.adapters.probing.resolver import Resolver
from dijkwacht.adapters.probing.routes import Tables
from dijkwacht.adapters.probing.servers import look_at_server
from dijkwacht.adapters.probing.trouble import (
    is_lookup_troubled,
    is_mail_troubled,
    is_server_troubled,
    is_web_troubled,
    unconfirmed,
)
from dijkwacht.adapters.probing.visits import Alone, Once, Sharing
from dijkwacht.adapters.probing.web_addresses import WebAddresses, alike
from dijkwacht.core.checks import subdomains, wanted
from dijkwacht.core.checks.asked import Question, addresses
from dijkwacht.core.checks.observed import (
    Certificate,
    DomainSeen,
    Likeness,
    Lookup,
    MailHost,
    NameServerAddress,
    OpenPort,
    Routing,
    WebAddress,
)
from dijkwacht.core.consent import Allowed

MOST_ADDRESSES = 4
"""Addresses per family of one host that are looked at; more are left alone."""
MOST_ROUNDS = 40
AT_ONCE = 100
"""Names whose addresses are asked for side by side, before any is visited."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run looks for: limits of the policy, labels to try below each name, names of certificates below a name.

    ``itself``: where ports are looked at, those of the name itself too, and not only of names below it.
    """

    limits: Mapping[str, int]
    words: Sequence[str] = ()
    certificates: Mapping[str, frozenset[str]] = field(default_factory=dict)
    itself: bool = False


class Scanner:
    """Looks at names, one run long. What names share is looked at once."""

    def __init__(
        self,
        gate: Gate,
        resolver: Resolver,
        looks: Looks,
        plan: Plan,
        *,
        tables: Tables | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        self.gate, self.resolver = gate, resolver
        self.faults: Counter[str] = Counter()
        self._port_look, self._plan, self._tables = looks.ports, plan, tables
        self._webs = WebAddresses(gate, looks.web, self._addresses_of, self._fault)
        self._mails = MailHosts(gate, looks.mail, sharing or Alone(), self._fault)
        page.organisational("example.nl")  # reads the public suffix list now: later there may be no descriptor left
        self._servers: Once[NameServerAddress] = Once()
        self._port_looks: Once[tuple[OpenPort, ...]] = Once()
        self._servers_twice: Once[NameServerAddress] = Once()

    async def sound(self, names: Sequence[str]) -> None:
        """Asks where the sites of all these names are before any is visited, where several organisations gave consent.

        So an address that serves more than one of them is known as such, whoever comes first.
        """
        room = asyncio.Semaphore(AT_ONCE)

        async def one(name: str) -> None:
            async with room:
                for address in addresses(await self._addresses_of(name, name), name):
                    self.gate.serves(name, address)

        if self.gate.many:
            await asyncio.gather(*map(one, names))

    async def look(self, name: str) -> DomainSeen:
        """All there is to see of a name."""
        at = self.gate.now().astimezone(UTC).isoformat(timespec="seconds")
        organisational = page.organisational(name)
        known = await self._asked(name, organisational)
        found = self._below(name)
        if found:
            await self._resolved(known, [*found, f"{subdomains.PROBE}.{name}", f"www.{name}"], host=name)
        servers, (web, likeness, of_web), (mail, of_mail), ports = await asyncio.gather(
            self._name_servers(name, known),
            self._web(name, known),
            self._mail_hosts(name, known),
            self._ports(known, [name, *found] if self._plan.itself else list(found)),
        )
        return DomainSeen(
            name=name,
            at=at,
            lookups=known,
            name_servers=servers,
            web=web,
            likeness=likeness,
            mail=mail,
            routing=self._routing(known),
            certificates=of_web | of_mail,
            ports=ports,
            subdomains=found,
            organisational=organisational,
        )

    async def mended(self, seen: DomainSeen) -> DomainSeen:
        """Tries again what did not answer. The same observation when nothing does now; else the name, looked at anew."""
        answers = await asyncio.gather(
            *(self._webs.again(seen.name, each.address) for each in seen.web if is_web_troubled(each)),
            *(
                self._mails.again(host.name, each.address)
                for host in seen.mail for each in host.addresses if is_mail_troubled(each)
            ),
            *(self._server_mended(each, seen.name) for each in seen.name_servers if is_server_troubled(each)),
            *(self._lookup_mended(each, seen.name) for each in seen.lookups.values() if is_lookup_troubled(each)),
        )  # fmt: skip
        if any(answers):
            return await self.look(seen.name)
        return unconfirmed(seen) if self.gate.gone else seen

    async def _lookup_mended(self, seen: Lookup, host: str) -> bool:
        return not is_lookup_troubled(await self.resolver.ask(seen.name, seen.kind, host=host))

    async def _server_mended(self, seen: NameServerAddress, zone: str) -> bool:
        key = f"{seen.host} {seen.address}"
        again = await self._servers_twice.of(
            key, partial(look_at_server, self.gate, host=seen.host, address=seen.address, zone=zone)
        )
        if again.reach == "open":
            self._servers.forget(key)
        return again.reach == "open"

    async def _addresses_of(self, host: str, name: str) -> Mapping[Question, Lookup]:
        """The answers about the addresses of a host, asked on behalf of a name."""
        known: dict[Question, Lookup] = {}
        await self._ask(known, [(host, "A"), (host, "AAAA")], host=name)
        return known

    async def _asked(self, name: str, organisational: str) -> dict[Question, Lookup]:
        """The answers to all questions about a name, in rounds; `wanted` bounds them."""
        known: dict[Question, Lookup] = {}
        todo = wanted.base(name)
        for _ in range(MOST_ROUNDS):
            if not todo:
                break
            await self._ask(known, todo, host=name)
            if any(known[question].rcode == "DENIED" for question in todo):
                break
            todo = wanted.follow(known, name, organisational, self._plan.limits)
        return known

    async def _ask(self, known: dict[Question, Lookup], todo: Iterable[Question], *, host: str) -> None:
        questions = []
        for question in todo:
            if (kept := self.resolver.kept(*question)) is not None:
                known[question] = kept
            else:
                questions.append(question)
        answers = await asyncio.gather(*(self.resolver.ask(name, kind, host=host) for name, kind in questions))
        known.update(zip(questions, answers, strict=True))

    def _below(self, name: str) -> dict[str, tuple[str, ...]]:
        """Names below a name that may exist."""
        if not (self._plan.words or self._plan.certificates):
            return {}
        return dict(subdomains.candidates(name, self._plan.words, sorted(self._plan.certificates.get(name, ()))))

    async def _resolved(self, known: dict[Question, Lookup], names: Sequence[str], *, host: str) -> None:
        while todo := subdomains.wanted(known, names):
            await self._ask(known, todo, host=host)

    async def _name_servers(self, name: str, known: Mapping[Question, Lookup]) -> tuple[NameServerAddress, ...]:
        found = known.get((name, "NS"))
        hosts = sorted(found.records)[: self._plan.limits["name_servers"]] if found else []
        pairs = [(host, each) for host in hosts for each in _few(addresses(known, host))]
        return tuple(await asyncio.gather(*(self._server(host, each, name) for host, each in pairs)))

    async def _server(self, host: str, address: str, zone: str) -> NameServerAddress:
        if not await self.gate.speaks(address):
            return NameServerAddress(host, address, "not_tried")
        seen = await self._servers.of(
            f"{host} {address}", lambda: look_at_server(self.gate, host=host, address=address, zone=zone)
        )
        if seen.reach == "denied":  # another name may have the consent that the first one lacked
            self._servers.forget(f"{host} {address}")
        return seen

    async def _web(
        self, name: str, known: Mapping[Question, Lookup]
    ) -> tuple[tuple[WebAddress, ...], Likeness | None, dict[str, Certificate]]:
        looks = await asyncio.gather(*(self._webs.of(name, each) for each in _few(addresses(known, name))))
        certificates = {key: each for _, sent, _ in looks for key, each in sent.items()}
        return tuple(seen for seen, _, _ in looks), alike(looks), certificates

    async def _mail_hosts(
        self, name: str, known: Mapping[Question, Lookup]
    ) -> tuple[tuple[MailHost, ...], dict[str, Certificate]]:
        hosts = wanted.hosts(known, name, self._plan.limits["mail_hosts"])
        found = {host: _few(addresses(known, host)) for host in hosts}
        visits = await asyncio.gather(*(self._mails.of(host, found[host]) for host in hosts))
        return tuple(seen for seen, _ in visits), {key: each for _, sent in visits for key, each in sent.items()}

    async def _ports(self, known: Mapping[Question, Lookup], found: Sequence[str]) -> tuple[OpenPort, ...]:
        """The ports of every address below a name; an address that many hosts share is looked at once per run."""
        if (look := self._port_look) is None:
            return ()
        pairs = [(host, each) for host in found for each in _few(addresses(known, host))]
        return tuple(
            one for some in await asyncio.gather(*(self._ports_of(look, *pair) for pair in pairs)) for one in some
        )

    async def _ports_of(self, look: PortLook, host: str, address: str) -> tuple[OpenPort, ...]:
        allowed = isinstance(self.gate.decision(host, address, level=PORT_SCAN), Allowed)
        key = address if allowed else f"{host} {address}"  # what one host may know, another may not
        seen = await self._port_looks.of(key, partial(self._ports_seen, look, host, address))
        return tuple(replace(each, host=host) for each in seen)

    async def _ports_seen(self, look: PortLook, host: str, address: str) -> tuple[OpenPort, ...]:
        try:
            return await look(host, address) if await self.gate.speaks(address) else ()
        except Exception as error:
            self._fault("ports", error)
            return ()

    def _routing(self, known: Mapping[Question, Lookup]) -> dict[str, Routing] | None:
        """What the route tables say of every address that was found."""
        if self._tables is None:
            return None
        found = {each for (_, kind), lookup in known.items() if kind in ("A", "AAAA") for each in lookup.records}
        return {each: self._tables.routing(each) for each in sorted(found)}

    def _fault(self, where: str, error: BaseException) -> str:
        """A fault of ours: told in the observation, and counted; the run goes on."""
        text = f"{type(error).__name__}: {error}"[:200]
        self.faults[f"{where}: {text}"] += 1
        return text


def _few(found: Sequence[str]) -> list[str]:
    """At most `MOST_ADDRESSES` per family."""
    four, six = ([each for each in found if (":" in each) is family] for family in (False, True))
    return four[:MOST_ADDRESSES] + six[:MOST_ADDRESSES]
