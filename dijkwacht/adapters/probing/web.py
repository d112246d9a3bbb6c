"""One address of a web name: TLS, the front page and security.txt in the same tunnel, port 80, and where redirects lead."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from dijkwacht.adapters.probing import page, security_txt
from dijkwacht.adapters.probing.certificates import Trust
from dijkwacht.adapters.probing.gate import MAIL_PORTS, Denied, Gate, reach_of
from dijkwacht.adapters.probing.handshake import Tunnel
from dijkwacht.adapters.probing.http import Plain, Reader, clean, request, target_of
from dijkwacht.adapters.probing.plan import examine
from dijkwacht.adapters.probing.talk import Patience
from dijkwacht.adapters.probing.tls import LEVEL, AnyTalk, Examination
from dijkwacht.core.checks.observed import Certificate, Reach, Response, SecurityTxt, WebAddress

MOST_HOPS: Final = 8
_REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
_URL: Final = 2000
_OTHERS: Final = MAIL_PORTS | {53}
"""Ports at which no redirect makes us speak: what answers there is no web server."""

Follow = Callable[[str, str], Awaitable[str]]
"""Gives the address to visit for a host that a redirect leads to, of the same family as a given address when there is one.
Raises Denied when it may not be visited, OSError when it has no address."""


class WebLook(NamedTuple):
    """What was seen; `certificates` by sha256, `body` of the page where the redirects of the front page end."""

    address: WebAddress
    certificates: dict[str, Certificate]
    body: bytes


class Answer(NamedTuple):
    """One answer and its body."""

    response: Response
    body: bytes


async def look_at_web(
    gate: Gate, *, name: str, address: str, trust: Trust, level: int, follow: Follow, patience: Patience | None = None
) -> WebLook:
    """Everything of one address of a web name. Never raises for what the other side does; what was not measured says why."""
    visit = Visit(gate, name, address, follow, trust, patience or Patience())
    look = await examine(visit.examination, level=level, use=visit.use)
    if visit.front is not None and visit.front.response.status:
        visit.hops, visit.last = await visit.followed(visit.front)
        visit.security_txt = visit.security_txt or await visit.sought()
    http, plain = await visit.plain()
    plain_hops, last = await visit.followed(plain, within=f"http://{name}/") if plain else ((), None)
    shown = visit.last or visit.front or last or plain
    body = shown.body if shown else b""
    seen = WebAddress(
        address=address,
        https=look.reach,
        http=http,
        hellos=tuple(look.hellos),
        handshake=look.handshake,
        front=visit.front.response if visit.front else None,
        hops=visit.hops,
        plain=plain.response if plain else None,
        plain_hops=plain_hops,
        page=page.read(shown.response.url, body) if shown and body else None,
        security_txt=visit.security_txt,
        reason=look.reason,
    )
    return WebLook(seen, look.certificates, body)


@dataclass(slots=True)
class Visit:
    """The HTTP side of one address."""

    gate: Gate
    name: str
    address: str
    follow: Follow
    trust: Trust
    patience: Patience
    front: Answer | None = None
    hops: tuple[Response, ...] = ()
    last: Answer | None = None
    security_txt: SecurityTxt | None = None
    examination: Examination = field(init=False)

    def __post_init__(self) -> None:
        """Binds the examination of TLS to port 443 of this address."""
        self.examination = Examination(self.open, name=self.name, trust=self.trust, patience=self.patience)

    @property
    def agent(self) -> str:
        """What we say of ourselves: who we are and where one can read about it."""
        return agent_of(page=self.gate.page, contact=self.gate.contact)

    async def open(self, talk: Callable[[], AnyTalk], *, level: int, timeout: float) -> AnyTalk:
        """A connection to port 443. Raises as the gate does."""
        return (
            await self.gate.connect(
                talk, self.address, 443, host=self.name, level=level, purpose="tls", timeout=timeout,
                patience=self.patience,
            )
        )[1]  # fmt: skip

    async def use(self, tunnel: Tunnel) -> None:
        """The front page and security.txt, in the tunnel that was just finished."""
        self.front = await self.asked(tunnel, f"https://{self.name}/")
        if self.front.response.status:
            self.security_txt = await self._security_txt(tunnel)

    async def asked(self, talk: Tunnel | Plain, url: str) -> Answer:
        """One request on a connection; the answer, or why there is none."""
        reader = Reader()
        since = time.monotonic()
        await talk.ask(request(url, self.agent), reader, self.patience.now() or 0.5)
        self.patience.spent(since)
        response = reader.response(url)
        if not response.status and not response.reason:
            response = Response(url, 0, reason=talk.reason or "no_answer")
        talk.usable = reader.reusable
        return Answer(response, reader.body)

    async def sought(self) -> SecurityTxt | None:
        """security.txt on connections of its own, for a server that hangs up after each answer."""
        return await self._security_txt(None)

    async def _security_txt(self, tunnel: Tunnel | None) -> SecurityTxt | None:
        """On both its places, in order; None when the tunnel is used up before the answer is there."""
        for path in security_txt.PATHS:
            url = f"https://{self.name}{path}"
            if tunnel is not None and not tunnel.usable:
                return None
            first = await (self.asked(tunnel, url) if tunnel else self.fetched(url))
            if tunnel is not None and not first.response.status:
                return None  # it hung up without saying that it would
            hops, last = await self.followed(first)
            end = last or first
            if (hops and hops[-1].reason) or not end.response.status:
                # Not followed or not answered is not the same as absent.
                return SecurityTxt("", end.response.status, reason=(hops[-1] if hops else end.response).reason)
            if end.response.status == 200 and urlsplit(end.response.url).path.endswith(path):
                return security_txt.read(first.response, end.response, end.body)
        return SecurityTxt("", end.response.status)

    async def followed(self, first: Answer, within: str = "") -> tuple[tuple[Response, ...], Answer | None]:
        """The answers after the redirects of `first`, and the last of them with its body; as far as URLs begin with `within`."""
        hops: list[Response] = []
        seen, last = {first.response.url}, None
        answer = first
        while answer.response.status in _REDIRECTS:
            target = target_of(answer.response.url, next(iter(answer.response.values("location")), ""))[:_URL]
            if not target or not target.startswith(within):
                break
            if target in seen or len(hops) >= MOST_HOPS:
                hops.append(Response(target, 0, reason="loop" if target in seen else "too_many_redirects"))
                break
            seen.add(target)
            answer = await self.fetched(target)
            hops.append(answer.response)
            if answer.response.status:
                last = answer
        return tuple(hops), last

    async def fetched(self, url: str) -> Answer:
        """One URL on a connection of its own, wherever it is, if that may be visited."""
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        if port in _OTHERS:
            return Answer(Response(url, 0, reason="port"), b"")
        allowed = self.patience.now()
        if not allowed:
            return Answer(Response(url, 0, reason="patience"), b"")
        try:
            address = self.address if host == self.name else await self.follow(host, self.address)
            talk: Tunnel | Plain
            _, talk = await self.gate.connect(
                (lambda: Tunnel(host, patience=allowed, staple=False)) if secure else (lambda: Plain(allowed)),
                address,
                port,
                host=host,
                level=LEVEL,
                purpose="http",
                timeout=allowed,
                patience=self.patience,
            )
        except Denied as denied:
            return Answer(Response(url, 0, reason=denied.code), b"")
        except (TimeoutError, OSError) as error:
            return Answer(Response(url, 0, reason=reach_of(error)), b"")
        try:
            talk.at_most(self.patience.now())
            if not await self.patience.wait(talk.result):
                return Answer(Response(url, 0, reason=talk.reason or "no_handshake"), b"")
            return await self.asked(talk, url)
        finally:
            talk.transport.abort()

    async def plain(self) -> tuple[Reach, Answer | None]:
        """Port 80: whether it is open, and what it answers."""
        url = f"http://{self.name}/"
        allowed = self.patience.connecting()
        if not allowed:
            return "not_tried", None
        try:
            _, talk = await self.gate.connect(
                lambda: Plain(allowed), self.address, 80, host=self.name, level=LEVEL, purpose="http", timeout=allowed,
                patience=self.patience,
            )  # fmt: skip
        except Denied:
            return "denied", None
        except (TimeoutError, OSError) as error:
            return reach_of(error), None
        try:
            answer = await self.asked(talk, url)
        finally:
            talk.transport.abort()
        return "open", answer


def agent_of(*, page: str, contact: str) -> str:
    """The User-Agent: our name, the page about these measurements and where we can be reached, as far as they are known."""
    said = "; ".join(each for each in (f"+{page}" if page else "", contact) if each)
    return clean(f"Mozilla/5.0 (compatible; Dijkwacht{'; ' if said else ''}{said})")
