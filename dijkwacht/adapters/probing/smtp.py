"""One address of a mail host: banner, EHLO, STARTTLS, and then the same plan as for the web, one connection after another.

Two connections at once never happen: the plan asks one thing at a time, and the gate holds a lock per mail host.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, cast
from urllib.parse import urlsplit

from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.adapters.probing.http import clean
from dijkwacht.adapters.probing.plan import examine
from dijkwacht.adapters.probing.talk import Patience, Talk
from dijkwacht.adapters.probing.tls import AnyTalk, Examination
from dijkwacht.core.checks.observed import Certificate, MailAddress

_LONGEST: Final = 16 * 1024
_MOST: Final = 64
_REPLY_END = re.compile(rb"(?:^|\n)([2-5][0-9][0-9])(?: [^\n]*)?\r?\n")
_LETTERS = re.compile(r"[^A-Za-z0-9.\-]")


class MailLook(NamedTuple):
    """What was seen; `certificates` by sha256."""

    address: MailAddress
    certificates: dict[str, Certificate]


@dataclass(slots=True)
class Greeting:
    """What a mail host says before TLS, as first heard."""

    banner: str = ""
    capabilities: tuple[str, ...] = ()
    starttls: Literal["yes", "no", "refused", "error", "not_tried"] = "not_tried"
    reason: str = ""
    spoke: bool = field(default=False)


class Starttls(asyncio.Protocol):
    """Says what must be said before TLS, then hands the connection to another conversation."""

    def __init__(self, inner: Talk[object], greeting: Greeting, hello: str, patience: float) -> None:
        self.inner, self.greeting, self.hello, self.patience = inner, greeting, hello, patience
        self._data = b""
        self._step: Callable[[str, list[str]], None] = self._banner
        self._ready = False
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Waits for the banner: a polite client does not speak first."""
        self.transport = cast(asyncio.Transport, transport)
        self.inner.transport = self.transport
        loop = asyncio.get_running_loop()
        self._until = loop.time() + self.patience
        self._timer = loop.call_later(self.patience, self._failed, "timeout")

    def at_most(self, seconds: float) -> None:
        """Waits no longer than this from now for what must be said before TLS: connecting has cost some of the patience."""
        loop = asyncio.get_running_loop()
        if self._timer is not None and self._until > loop.time() + seconds:
            self._timer.cancel()
            self._until = loop.time() + seconds
            self._timer = loop.call_later(seconds, self._failed, "timeout")

    def data_received(self, data: bytes) -> None:
        """A reply, or after STARTTLS what belongs to TLS."""
        if self._ready:
            self.inner.data_received(data)
            return
        self._data += data
        if len(self._data) > _LONGEST:
            self._failed("reply_too_long")
            return
        found = _REPLY_END.search(self._data)
        if found is None:
            if not b"220".startswith(self._data[:3]) and self._data[:1] not in b"2345":
                self._failed("not_smtp")
            return
        text, self._data = self._data[: found.end()], self._data[found.end() :]
        self._step(found[1].decode(), text.decode("latin-1").splitlines()[:_MOST])

    def connection_lost(self, exc: Exception | None) -> None:
        """Closed, by them or by us."""
        self._stop_timer()
        if self._ready:
            self.inner.connection_lost(exc)
        elif not self.inner.result.done():
            self._failed("closed")

    def _banner(self, code: str, lines: list[str]) -> None:
        first = not self.greeting.spoke
        self.greeting.spoke = True
        if first:
            self.greeting.banner = clean(lines[0][4:])[:256]
        if code != "220":
            self._failed(f"banner_{code}")
            return
        self._step = self._capabilities
        self.transport.write(f"EHLO {self.hello}\r\n".encode())

    def _capabilities(self, code: str, lines: list[str]) -> None:
        if code != "250":
            self._failed(f"ehlo_{code}")
            return
        if not self.greeting.capabilities:
            self.greeting.capabilities = tuple(clean(line[4:].strip())[:200] for line in lines[1:])
        if not any(line[4:].split(" ")[0].strip().upper() == "STARTTLS" for line in lines):
            if self.greeting.starttls == "not_tried":
                self.greeting.starttls = "no"
            self.transport.write(b"QUIT\r\n")
            self._failed("no_starttls")
            return
        self._step = self._go_ahead
        self.transport.write(b"STARTTLS\r\n")

    def _go_ahead(self, code: str, lines: list[str]) -> None:
        if code != "220":
            if self.greeting.starttls == "not_tried":
                self.greeting.starttls = "refused"
            self._failed(f"starttls_{code}")
            return
        self.greeting.starttls = "yes"
        self._stop_timer()
        self._ready = True
        left = self._until - asyncio.get_running_loop().time()
        self.inner.patience = max(0.5, min(self.inner.patience, left))
        self._data = b""  # what was sent before TLS began is not part of it
        self.inner.connection_made(self.transport)

    def _failed(self, reason: str) -> None:
        self._stop_timer()
        if self.greeting.starttls == "not_tried":
            self.greeting.starttls = "error"
        self.greeting.reason = self.greeting.reason or reason
        if not self.inner.result.done():
            # Never "closed": that would read as a refusal of the hello, which was not even sent.
            self.inner.ended("timeout" if reason == "timeout" else "unreachable")
        self.transport.close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


async def look_at_mail(
    gate: Gate, *, host: str, address: str, trust: Trust, level: int, patience: Patience | None = None
) -> MailLook:
    """Everything of one address of a mail host. Never raises for what the other side does; what was not measured says why."""
    greeting, patience = Greeting(), patience or Patience()

    async def opened(talk: Callable[[], AnyTalk], *, level: int, timeout: float) -> AnyTalk:
        if greeting.starttls not in ("yes", "not_tried"):
            raise OSError(greeting.reason)
        # Many mail servers make a stranger wait some seconds for the banner, to see who cannot.
        waits = patience.now(1 if greeting.spoke else 2) or timeout
        _, protocol = await gate.connect(
            lambda: Starttls(cast(Talk[object], talk()), greeting, _called(gate), waits),
            address,
            25,
            host=host,
            level=level,
            purpose="smtp",
            timeout=timeout,
            patience=patience,
        )
        protocol.at_most(patience.now(1 if greeting.spoke else 2))
        return cast(AnyTalk, protocol.inner)

    examination = Examination(opened, name=host, trust=trust, patience=patience)
    look = await examine(examination, level=level)
    spoke = greeting.starttls == "yes"
    seen = MailAddress(
        address=address,
        smtp=look.reach,
        banner=greeting.banner,
        capabilities=greeting.capabilities,
        starttls=greeting.starttls,
        hellos=tuple(look.hellos) if spoke else (),
        handshake=look.handshake if spoke else None,
        reason=greeting.reason or look.reason,
    )
    return MailLook(seen, look.certificates)


def _called(gate: Gate) -> str:
    """How we call ourselves in EHLO: the host of the page about us, or a name that nobody can own."""
    return _LETTERS.sub("", urlsplit(gate.page).hostname or "") or "dijkwacht.invalid"
