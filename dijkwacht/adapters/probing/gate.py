"""The gate: the only way to open a socket for probing. It asks for consent first; what it refuses never leaves this machine.

It also refuses private and loopback addresses (unless the lab says so), keeps to the pace, holds one connection at a time per
mail host, and counts and logs every connection and every refusal. The address that is judged is the address that is connected
to: a gate takes no names to resolve.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address
from typing import TypeVar

from dijkwacht.adapters.probing.fitness import unfit
from dijkwacht.adapters.probing.gate_lease import Lease
from dijkwacht.adapters.probing.gate_log import Counts, Denied, Event, reach_of
from dijkwacht.adapters.probing.outlook import GoneError, Outlook
from dijkwacht.adapters.probing.pace import OneAtATime, Pace
from dijkwacht.adapters.probing.talk import Patience
from dijkwacht.core.checks.observed import Reach
from dijkwacht.core.consent import Allowed, Consent, Decision, Refused, Request, decide, holds_until
from dijkwacht.core.consent_scope import NOTHING, Scope

SECONDS = 4.0
"""How long a connection may take to be made."""
MAIL_PORTS = frozenset({25, 465, 587})
__all__ = ["Counts", "Denied", "Event", "Gate", "reach_of"]

FAR_AWAY = "2001:7fd::1"
"""A name server of the root: an address that every machine with IPv6 has a route to. Nothing is sent to it."""
CERTAIN = 60.0
"""Seconds for which it is taken as known whether this machine has IPv6."""
KEPT = 1000
"""Refusals that are kept to be looked at; all are counted and logged."""
KEPT_DECISIONS = 10_000
"""Decisions that are kept for as long as they cannot turn: an address is asked about for every hello."""

_Protocol = TypeVar("_Protocol", bound=asyncio.BaseProtocol)


class Gate:
    """Opens connections, when `core.consent` and the pace allow. One gate per run and per process.

    `clock` gives aware moments in the zone in which windows were written; `systems` the AS numbers that announce an address;
    `served` which organisations an address is known to serve; `log` is called with every event; `contact` and `page` (where one
    can opt out) go into what we say of ourselves; `resolver` is our own: address and port.
    """

    def __init__(
        self,
        *,
        consents: Sequence[Consent],
        clock: Callable[[], datetime],
        lab: bool = False,
        pace: Pace | None = None,
        log: Callable[[Event], None] | None = None,
        opted_out: Scope = NOTHING,
        systems: Callable[[str], frozenset[int]] | None = None,
        served: Mapping[str, frozenset[str]] | None = None,
        contact: str = "",
        page: str = "",
        resolver: tuple[str, int] | None = None,
    ) -> None:
        self.lab = lab
        self.contact, self.page, self.resolver = contact, page, resolver
        self.counts = Counts()
        self.refusals: deque[Event] = deque(maxlen=KEPT)
        self._consents = tuple(consents)
        self._clock, self._log, self._opted_out = clock, log, opted_out
        self._pace = pace or Pace()
        self._tables = systems
        self._served = dict(served or {})
        self._mail, self._outlook = OneAtATime(), Outlook()
        self._decided: dict[tuple[str, str, int], Decision] = {}
        self._decided_until: float | None = None  # as a number: in the night that summer ends an hour comes twice
        self._ipv6: tuple[float, bool] | None = None
        self._weighed()

    def now(self) -> datetime:
        """The moment, by the clock that consent is held against."""
        return self._clock()

    def replace(self, consents: Sequence[Consent], *, opted_out: Scope | None = None) -> None:
        """Takes other consents (and, if given, opt-outs), from this moment on: a revocation works at once."""
        self._consents = tuple(consents)
        if opted_out is not None:
            self._opted_out = opted_out
        self._weighed()
        self._decided.clear()

    def _weighed(self) -> None:
        """What matters for these consents. Without route tables it cannot be known who is left alone by AS number: all are."""
        self._many = len({each.organisation for each in self._consents}) > 1
        alone = any(each.systems for each in (self._opted_out, *(consent.exclude for consent in self._consents)))
        self._systems = self._tables if alone or any(each.scope.systems for each in self._consents) else None
        self._blind = alone and self._tables is None

    @property
    def many(self) -> bool:
        """Whether several organisations gave consent."""
        return self._many

    def serves(self, name: str, address: str) -> None:
        """Notes that a name resolves to an address, so that an address which serves several organisations is known as such."""
        if self._many:
            owners = {each.organisation for each in self._consents if each.scope.names_it(name)}
            if not owners <= (known := self._served.get(address, frozenset())):
                self._served[address] = known | owners
                self._decided.clear()

    def decision(self, host: str, address: str, *, level: int) -> Decision:
        """What consent says of sending to an address for a host, or (address "") of asking about a name. Sends nothing."""
        now = self._clock()
        if address and self._blind:
            return Refused("no_routes")
        if (self._decided_until is not None and now.timestamp() >= self._decided_until) or len(
            self._decided
        ) > KEPT_DECISIONS:
            self._decided.clear()
        key = (host, address, level)
        if (found := self._decided.get(key)) is not None:
            return found
        if not self._decided:
            until = holds_until(self._consents, now.astimezone(UTC))
            self._decided_until = until.timestamp() if until else None
        systems = self._systems(address) if self._systems and address else frozenset()
        others = self._served.get(address, frozenset()) if self._served else frozenset()
        request = Request(host, address, level, now, systems, others)
        found = self._decided[key] = decide(self._consents, request, opted_out=self._opted_out)
        return found

    async def connect(
        self,
        factory: Callable[[], _Protocol],
        address: str,
        port: int,
        *,
        host: str,
        level: int,
        purpose: str,
        timeout: float = SECONDS,
        patience: Patience | None = None,
    ) -> tuple[asyncio.Transport, _Protocol]:
        """A TCP connection to an address, for a host. Waiting for a turn counts for neither `timeout` (seconds) nor `patience`.

        The turn ends when the protocol is told `connection_lost`: close or abort every transport, do not set another protocol on
        it, and give the class no `__slots__`. Raises Denied, TimeoutError, OSError.
        """
        lease = await self._turn(Event(self._clock(), "open", host, address, port, level, purpose, ""))
        since = time.monotonic()
        try:
            async with asyncio.timeout(timeout):
                transport, protocol = await self._connected(lease.around(factory), address, port)
        except BaseException as error:
            lease.failed(error)
            if patience is not None:
                patience.spent(since, answered=not isinstance(error, TimeoutError))
            if self._nobody(address, reach_of(error)):
                raise GoneError from error
            raise
        self._outlook.heard()
        if patience is not None:
            patience.spent(since)
        lease.opened()
        return transport, protocol

    @property
    def gone(self) -> bool:
        """Whether our own network seems to be gone."""
        return self._outlook.gone

    def _nobody(self, address: str, reach: Reach) -> bool:
        """Notes that no connection was made; whether that is because our network is gone."""
        if reach in ("closed", "reset"):
            self._outlook.heard()
        return reach in ("timeout", "unreachable") and self._outlook.silent(address)

    async def _connected(
        self, factory: Callable[[], _Protocol], address: str, port: int
    ) -> tuple[asyncio.Transport, _Protocol]:
        loop = asyncio.get_running_loop()
        return await loop.create_connection(factory, address, port)

    async def datagram(
        self,
        factory: Callable[[], _Protocol],
        address: str,
        port: int,
        *,
        host: str,
        level: int,
        purpose: str,
    ) -> tuple[asyncio.DatagramTransport, _Protocol]:
        """A UDP socket that only hears that address. The same rules as `connect`. Raises Denied, OSError."""
        lease = await self._turn(Event(self._clock(), "open", host, address, port, level, purpose, ""), udp=True)
        made, there, loop = lease.around(factory), (address, port), asyncio.get_running_loop()
        try:
            transport, protocol = await loop.create_datagram_endpoint(made, remote_addr=there)
        except BaseException as error:
            lease.failed(error)
            raise
        lease.opened()
        return transport, protocol

    @property
    def per_address(self) -> int:
        """Connections to one address at once."""
        return self._pace.rates.per_address

    async def has_ipv6(self) -> bool:
        """Whether this machine has IPv6 at all: what we lack says nothing of the other side. A lab has its own.

        Sends nothing: a connected UDP socket tells from which address we would send.
        """
        if self.lab:
            return True
        now = asyncio.get_running_loop().time()
        if self._ipv6 is None or now - self._ipv6[0] > CERTAIN:
            self._ipv6 = now, await _sends_from_everywhere(FAR_AWAY)
        return self._ipv6[1]

    async def speaks(self, address: str) -> bool:
        """Whether this machine speaks the family of an address."""
        return ":" not in address or await self.has_ipv6()

    def refuses_to_ask(self, host: str, purpose: str) -> str:
        """Why no question may be asked for a host (the code of the refusal, which is counted and logged); "" when it may."""
        decision = self.decision(host, "", level=1)
        if isinstance(decision, Allowed):
            return ""
        self._refused(Event(self._clock(), "refused", host, "", 0, 1, purpose, decision.code))
        return decision.code

    async def to_resolver(
        self, factory: Callable[[], _Protocol], *, tcp: bool = False, timeout: float = SECONDS
    ) -> tuple[asyncio.BaseTransport, _Protocol]:
        """A socket to our own resolver, which is no target: whoever asks it about a name asks `decision` first."""
        if self.resolver is None:
            raise Denied("no_resolver")
        loop = asyncio.get_running_loop()
        if not tcp:
            return await loop.create_datagram_endpoint(factory, remote_addr=self.resolver)
        async with asyncio.timeout(timeout):
            return await loop.create_connection(factory, *self.resolver)

    async def _turn(self, asked: Event, *, udp: bool = False) -> Lease:
        """Consent, then a turn, then, if we waited for it, consent again: meanwhile it may have been withdrawn."""
        allowed = self._judge(asked)
        done: list[Callable[[], None]] = []
        try:
            if asked.port in MAIL_PORTS and not udp:  # always the host first: nobody waits in a ring
                done.append(await self._mail.enter(f"host {asked.host}"))
                done.append(await self._mail.enter(f"address {asked.address}"))
            if done or not self._pace.entered(asked.address):
                await self._pace.enter(asked.address)
                done.append(partial(self._pace.leave, asked.address))
                allowed = self._judge(asked)
            else:
                done.append(partial(self._pace.leave, asked.address))
        except BaseException:
            for each in reversed(done):
                each()
            raise
        self.counts.started(asked.purpose, udp=udp)
        done.append(self.counts.ended)
        return Lease(self, asked, allowed, done)

    def _judge(self, asked: Event) -> Allowed:
        """What allows it; raises Denied, and logs that, when nothing does."""
        code = unfit(asked.address, asked.port, level=asked.level, lab=self.lab)
        decision = Refused(code) if code else self.decision(asked.host, asked.address, level=asked.level)
        if isinstance(decision, Allowed):
            return decision
        self._refused(asked._replace(at=self._clock(), outcome="refused", why=decision.code))
        raise Denied(decision.code, decision.params)

    def _refused(self, event: Event) -> None:
        self.counts.refused[event.why] += 1
        self.refusals.append(event)
        self.tell(event)

    @property
    def logs(self) -> bool:
        """Whether anybody wants to know."""
        return self._log is not None

    def tell(self, event: Event) -> None:
        """Hands an event to the log, if there is one."""
        if self._log is not None:
            self._log(event)


async def _sends_from_everywhere(address: str) -> bool:
    """Whether there is a route to an address, and an address of ours to which the whole internet can answer."""
    loop = asyncio.get_running_loop()
    try:
        transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=(address, 53))
    except OSError:
        return False
    try:
        return ip_address(transport.get_extra_info("sockname")[0].partition("%")[0]).is_global
    finally:
        transport.close()
