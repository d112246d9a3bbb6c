"""One address and TLS: the handshake that is finished, and the hellos that are not. Which hellos, is the plan (`plan.py`).

It is the same for web and mail: an `Opener` makes the connections, one after another.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol, TypeVar

from OpenSSL import SSL

from dijkwacht.adapters.probing import certificates, staple
from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.flight import Flight
from dijkwacht.adapters.probing.gate import Denied, reach_of
from dijkwacht.adapters.probing.handshake import Tunnel
from dijkwacht.adapters.probing.hello import Hello, octets
from dijkwacht.adapters.probing.talk import PATIENCE, Patience, Talk
from dijkwacht.core.checks.observed import Certificate, Handshake, HelloSeen, Reach

LEVEL: Final = 2

AnyTalk = TypeVar("AnyTalk", bound=Talk[Any])
Use = Callable[[Tunnel], Awaitable[None]]
"""What else is done in a finished tunnel, before it is closed."""


class Opener(Protocol):
    """Makes a connection and hands it to a conversation. Raises Denied, TimeoutError or OSError."""

    async def __call__(self, talk: Callable[[], AnyTalk], *, level: int, timeout: float) -> AnyTalk: ...


_ENDINGS: Final[dict[str, Literal["timeout", "unreachable"]]] = {"timeout": "timeout", "unreachable": "unreachable"}


class HelloTalk(Talk[HelloSeen]):
    """Sends one hello and reads the first flight."""

    def __init__(self, probe: str, data: bytes, patience: float = PATIENCE) -> None:
        super().__init__(patience)
        self.probe, self.data = probe, data
        self.flight = Flight()

    def begin(self) -> None:
        """Sends the hello."""
        self.transport.write(self.data)

    def heard(self, data: bytes) -> None:
        """A part of the first flight."""
        if self.flight.feed(data):
            self.finish(self.flight.seen(self.probe))

    def ended(self, how: str) -> None:
        """Closed without an alert is how many servers refuse; silence is not."""
        self.finish(self.flight.seen(self.probe, otherwise=_ENDINGS.get(how, "closed")))


@dataclass(slots=True)
class TlsLook:
    """What was seen of TLS on one address."""

    reach: Reach = "not_tried"
    reason: str = ""
    hellos: list[HelloSeen] = field(default_factory=list)
    handshake: Handshake | None = None
    certificates: dict[str, Certificate] = field(default_factory=dict)


class Examination:
    """What is asked of one address. Every answer is noted in `look`."""

    def __init__(self, opener: Opener, *, name: str, trust: Trust, patience: Patience) -> None:
        self.opener, self.name, self.trust, self.patience = opener, name, trust, patience
        self.look = TlsLook()
        self.over = False  # denied, unreachable, or silent from the start: nothing more is asked
        self._sni = name.encode("ascii", "ignore")
        self._refusal: Literal["denied", "unreachable", "timeout", "not_tried"] = "not_tried"
        self._chain: list[
            bytes
        ] = []  # of the first hello that showed one, for servers whose handshake nobody can finish

    @property
    def answers(self) -> bool:
        """Whether anything at all came back so far."""
        done = self.look.handshake
        return bool(done and done.ok) or any(each.answer in ("hello", "alert", "closed") for each in self.look.hellos)

    async def finish(self, use: Use | None = None, highest: int = SSL.TLS1_3_VERSION) -> bool:
        """The full handshake, up to a version; True when it was finished."""
        tunnel = await self.opened(lambda: Tunnel(self.name, highest=highest, patience=self.patience.now() or PATIENCE))
        if tunnel is None:
            return False
        self.look.reach = "open"
        try:
            await self.patience.wait(tunnel.result)
            if tunnel.finished and use is not None:
                await use(tunnel)
            self._note(tunnel)
        finally:
            tunnel.transport.abort()
        return tunnel.finished

    async def hello(self, hello: Hello, *, level: int = LEVEL) -> HelloSeen:
        """Sends one hello; the answer is noted, and returned."""
        return await self.say(hello.probe, octets(hello, self._sni), level=level)

    async def say(self, probe: str, data: bytes, *, level: int = LEVEL) -> HelloSeen:
        """Sends the octets of a hello, and once more when nothing came back: silence must not be taken for a refusal."""
        seen = await self._once(probe, data, level)
        if seen.answer == "timeout" and self.answers:
            seen = await self._once(probe, data, level)
        self.look.hellos.append(seen)
        self.over = self.over or not self.answers or seen.answer == "unreachable"
        return seen

    async def opened(self, talk: Callable[[], AnyTalk], level: int = LEVEL) -> AnyTalk | None:
        """A connection, or None with the reason noted; then the address is left alone."""
        first = self.look.reach == "not_tried"
        allowed = 0.0 if self.over else self.patience.connecting() if first else self.patience.now()
        if not allowed:
            return None
        try:
            made = await self.opener(talk, level=level, timeout=allowed)
            if first:
                self.patience.reached()
            made.at_most(self.patience.now())
            return made
        except Denied as denied:
            self._failed("denied", "denied", denied.code)
        except TimeoutError:
            self._failed("timeout", "timeout", "no_connection")
        except OSError as error:
            self._failed(reach_of(error), "unreachable", type(error).__name__)
        return None

    def from_hello(self) -> None:
        """When nobody can finish the handshake (SSL 3.0, ciphers that are gone): takes version, suite and chain from a hello."""
        found = self.look.handshake
        if found is None or found.ok or not self._chain:
            return
        best = max((each for each in self.look.hellos if each.certificates), key=lambda each: each.version)
        self.look.handshake = Handshake(
            ok=False,
            version=best.version,
            suite=best.suite,
            group=best.group,
            chain=self.kept(self._chain),
            trust=self.trust.errors(self._chain),
            reason=found.reason,
        )

    def kept(self, chain: list[bytes]) -> tuple[str, ...]:
        """Notes certificates; their digests, leaf first."""
        found = [certificates.read(each) for each in chain]
        self.look.certificates.update((each.sha256, each) for each in found)
        return tuple(each.sha256 for each in found)

    async def _once(self, probe: str, data: bytes, level: int) -> HelloSeen:
        talk = await self.opened(lambda: HelloTalk(probe, data, self.patience.now() or PATIENCE), level)
        if talk is None:
            return HelloSeen(probe, self._refusal, reason=self.look.reason or "patience")
        self.look.reach = "open"
        seen = await self.patience.wait(talk.result)
        if talk.flight.certificates:
            self._chain = self._chain or talk.flight.certificates
            self.kept(talk.flight.certificates)
        return seen

    def _failed(self, reach: Reach, answer: Literal["denied", "unreachable", "timeout"], reason: str) -> None:
        if self.look.reach == "not_tried":
            self.look.reach = reach
        self.look.reason, self._refusal, self.over = reason, answer, True

    def _note(self, tunnel: Tunnel) -> None:
        """Writes down what the handshake showed."""
        flight = tunnel.flight
        if not tunnel.finished:
            self.look.handshake = Handshake(False, flight.version, flight.suite, flight.group, reason=tunnel.reason)
            self._chain = self._chain or flight.certificates
            return
        chain = tunnel.chain()
        self.look.handshake = Handshake(
            ok=True,
            version=flight.version or tunnel.tls.get_protocol_version(),
            suite=flight.suite,
            group=flight.group,
            chain=self.kept(chain),
            trust=self.trust.errors(chain),
            staple=staple.state(tunnel.staple, chain, self.trust.at),
            early_data=tunnel.early_data(),
        )
