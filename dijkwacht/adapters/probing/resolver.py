"""Questions to our own validating resolver: UDP, TCP where an answer was cut off, once more without checking on SERVFAIL.

AD counts only where the configuration says that the resolver, and the way to it, are to be trusted. Each question has a random
id and goes out over one of a few sockets that are made anew now and then; only an answer with that id, for that question, from
that address is taken (the sockets are connected: the kernel drops others).
"""

import asyncio
import secrets
from dataclasses import dataclass

from dijkwacht.adapters.probing import dns_wire
from dijkwacht.adapters.probing.dns_wire import MalformedError
from dijkwacht.adapters.probing.gate import Denied, Gate
from dijkwacht.core.checks.observed import Lookup

WAITS = (2.0, 3.0, 5.0)
"""Seconds to wait for an answer, per try."""
SOCKETS, QUESTIONS_PER_SOCKET = 8, 500
GONE = 40
"""So many questions in a row without an answer, and the resolver counts as gone: one try each, until it answers again."""
KEPT = 8192
"""Answers that are kept for names that others ask about too: name servers, mail hosts, includes."""


@dataclass(slots=True)
class Asked:
    """How many questions went out, and what became of them."""

    questions: int = 0  # asked of the resolver, CD retries included, repeats after silence not
    repeats: int = 0
    over_tcp: int = 0
    kept: int = 0  # answered from what was kept
    dropped: int = 0  # datagrams that answered nothing that was asked
    silent: int = 0


class Resolver:
    """Asks, keeps what was asked, and asks nothing twice at once. `trusted`: AD of this resolver counts."""

    def __init__(self, gate: Gate, *, trusted: bool, waits: tuple[float, ...] = WAITS, at_once: int = 400) -> None:
        self.asked = Asked()
        self._gate, self._trusted, self._waits = gate, trusted, waits
        self._sockets: list[_Socket] = []
        self._turn = 0
        self._room = asyncio.Semaphore(at_once)
        self._kept: dict[tuple[str, str], asyncio.Future[Lookup]] = {}
        self._making = asyncio.Lock()
        self._unanswered = 0  # questions in a row

    async def ask(self, name: str, kind: str, *, host: str = "") -> Lookup:
        """The answer to a question about a name, asked for `host`, the name that we have consent for (default: the name itself).

        Never raises: silence, refusal and malformed answers are a Lookup with rcode TIMEOUT, DENIED or ERROR and a reason.
        """
        name = name.lower().removesuffix(".") or "."
        key = (name, kind)
        found = self._kept.get(key)
        if found is not None:
            self.asked.kept += 1
            return found.result() if found.done() else await asyncio.shield(found)
        if refused := self._gate.refuses_to_ask(host or name, kind):
            return Lookup(name, kind, "DENIED", reason=refused)
        future: asyncio.Future[Lookup] = asyncio.get_running_loop().create_future()
        if len(self._kept) >= KEPT:
            self._forget()
        self._kept[key] = future
        lookup = Lookup(name, kind, "ERROR", reason="broken off")
        try:
            lookup = await self._lookup(name, kind)
        finally:
            future.set_result(lookup)  # whoever waits along is told, even when we were broken off
            if not lookup.answered:
                self._kept.pop(key, None)  # silence is asked again by whoever comes next
        return lookup

    def kept(self, name: str, kind: str) -> Lookup | None:
        """The answer to a question that was asked before; None when it must be asked. Name in lower case, no final dot."""
        found = self._kept.get((name, kind))
        if found is None or not found.done():
            return None
        self.asked.kept += 1
        return found.result()

    def close(self) -> None:
        """Closes the sockets."""
        for each in self._sockets:
            each.close()
        self._sockets.clear()

    def _forget(self) -> None:
        for key in [key for key, future in self._kept.items() if future.done()][: KEPT // 4]:
            del self._kept[key]

    async def _lookup(self, name: str, kind: str) -> Lookup:
        try:
            section = dns_wire.question(name, kind)
        except MalformedError as error:
            return Lookup(name, kind, "ERROR", reason=str(error))
        async with self._room:
            first = await self._answer(section, checking=True)
            if isinstance(first, str):
                return Lookup(name, kind, "TIMEOUT" if first == "timeout" else "ERROR", reason=first)
            reason = "; ".join(f"EDE {code} {text}".strip() for code, text in first.ede)
            if first.rcode != "SERVFAIL":
                secure = first.authentic and self._trusted
                return Lookup(name, kind, first.rcode, first.records, secure, False, first.aliases, reason)
            second = await self._answer(section, checking=False)
        if isinstance(second, str) or second.rcode == "SERVFAIL":
            return Lookup(name, kind, "SERVFAIL", reason=reason)
        return Lookup(name, kind, second.rcode, second.records, False, True, second.aliases, reason)

    async def _answer(self, section: bytes, *, checking: bool) -> dns_wire.Answer | str:
        """An answer, or why there is none."""
        self.asked.questions += 1
        why = "timeout"
        for repeat, seconds in enumerate(self._waits if self._unanswered < GONE else self._waits[:1]):
            self.asked.repeats += bool(repeat)
            try:
                data = await self._sent(section, seconds, checking=checking)
                answer = dns_wire.read(data, section)
                if answer.truncated:
                    answer = dns_wire.read(await self._over_tcp(section, seconds, checking=checking), section)
                self._unanswered = 0
                return answer
            except TimeoutError:
                why = "timeout"
            except (OSError, MalformedError, Denied) as error:
                why = f"{type(error).__name__}: {error}"[:200]
        self._unanswered += 1
        self.asked.silent += 1
        return why

    async def _sent(self, section: bytes, seconds: float, *, checking: bool) -> bytes:
        socket = await self._socket()
        return await socket.exchange(section, seconds, checking=checking)

    async def _socket(self) -> "_Socket":
        self._turn = (self._turn + 1) % SOCKETS
        if self._turn < len(self._sockets) and self._sockets[self._turn].fit:
            return self._sockets[self._turn]
        async with self._making:
            place = self._turn
            if place < len(self._sockets) and self._sockets[place].fit:
                return self._sockets[place]
            _, made = await self._gate.to_resolver(lambda: _Socket(self.asked))
            if place < len(self._sockets):
                self._sockets[place].retire()
                self._sockets[place] = made
            else:
                self._sockets.append(made)
            return made

    async def _over_tcp(self, section: bytes, seconds: float, *, checking: bool) -> bytes:
        self.asked.over_tcp += 1
        transport, stream = await self._gate.to_resolver(_Stream, tcp=True, timeout=seconds)
        try:
            async with asyncio.timeout(seconds):
                return await stream.exchange(section, checking=checking)
        finally:
            transport.close()


@dataclass(slots=True)
class _Waiting:
    section: bytes
    answer: asyncio.Future[bytes]


class _Socket(asyncio.DatagramProtocol):
    """One socket with the questions that are out over it."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._out: dict[int, _Waiting] = {}
        self._sent = 0
        self._retired = False
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def fit(self) -> bool:
        return self._transport is not None and not self._transport.is_closing() and self._sent < QUESTIONS_PER_SOCKET

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: object) -> None:
        waiting = self._out.get(int.from_bytes(data[:2]))
        if waiting is None or not dns_wire.answers(data, int.from_bytes(data[:2]), waiting.section):
            self._asked.dropped += 1
        elif not waiting.answer.done():
            waiting.answer.set_result(data)

    def error_received(self, exc: Exception) -> None:
        """The resolver is not there (ICMP): no use waiting."""
        for waiting in self._out.values():
            if not waiting.answer.done():
                waiting.answer.set_exception(OSError(f"resolver: {exc}"))

    def connection_lost(self, exc: Exception | None) -> None:
        self.error_received(exc or OSError("closed"))

    async def exchange(self, section: bytes, seconds: float, *, checking: bool) -> bytes:
        """Sends a question and waits for its answer. Raises TimeoutError, OSError."""
        number = secrets.randbelow(65536)
        while number in self._out:
            number = secrets.randbelow(65536)
        loop = asyncio.get_running_loop()
        waiting = self._out[number] = _Waiting(section, loop.create_future())
        timer = loop.call_later(seconds, _too_late, waiting.answer)
        self._sent += 1
        try:
            if self._transport is None or self._transport.is_closing():
                raise OSError("closed")
            self._transport.sendto(dns_wire.message(number, section, checking=checking))
            return await waiting.answer
        finally:
            timer.cancel()
            del self._out[number]
            if self._retired and not self._out:
                self.close()

    def retire(self) -> None:
        """No new questions; closes when the last answer is in."""
        self._retired = True
        if not self._out:
            self.close()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _too_late(answer: asyncio.Future[bytes]) -> None:
    if not answer.done():
        answer.set_exception(TimeoutError())


class _Stream(asyncio.Protocol):
    """One question over TCP."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._data += data
        if len(self._data) >= 2 and len(self._data) >= 2 + int.from_bytes(self._data[:2]):
            self._finish()

    def eof_received(self) -> None:
        self._finish()

    def connection_lost(self, exc: Exception | None) -> None:
        self._finish()

    async def exchange(self, section: bytes, *, checking: bool) -> bytes:
        """Sends a question and waits for its answer. Raises MalformedError."""
        number = secrets.randbelow(65536)
        sent = dns_wire.message(number, section, checking=checking)
        if self._transport is not None:
            self._transport.write(len(sent).to_bytes(2) + sent)
        await self._ended
        data = bytes(self._data[2 : 2 + int.from_bytes(self._data[:2])])
        if not dns_wire.answers(data, number, section):
            raise MalformedError("an answer over TCP to something else")
        return data

    def _finish(self) -> None:
        if not self._ended.done():
            self._ended.set_result(None)
