"""Fetching over HTTPS what others publish, so that no address in a feed can lead us inside.

Only https unless told otherwise; every redirect is judged anew; a name is resolved once, all its addresses are judged, and the
connection goes to the address that was judged. Size and time are bounded. No proxy of the environment is used, no cookie is kept.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urljoin, urlsplit

from dijkwacht.adapters.csaf.load import LIMITS
from dijkwacht.adapters.probing.fitness import PORT_SCAN, unfit

Resolve = Callable[[str, int], list[str]]
_CHUNK = 64 * 1024
AGENT = "Dijkwacht (CSAF)"


@dataclass(frozen=True, slots=True)
class Policy:
    """What is allowed. ``inside``: networks that may be reached though they are not public (a provider in one's own house)."""

    plain: bool = False  # http too
    inside: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    size: int = LIMITS.size
    seconds: float = 60.0
    redirects: int = 4


class Refused(ValueError):
    """Not fetched. ``code``: `not_https`, `bad_address`, `inside`, `no_such_name`, `no_answer`, `too_slow`, `too_big`,
    `too_many_redirects`, `status`, `bad_coding`, `no_such_file`, `outside_folder`; ``params`` tell about what."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def __str__(self) -> str:
        return f"{self.code} ({', '.join(f'{key}={value}' for key, value in self.params.items())})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``status`` 200, or 304 where nothing changed; ``headers`` with names in lower case."""

    status: int
    body: bytes
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def public(address: str, policy: Policy) -> bool:
    """Whether an address may be connected to: on the public internet, or in a network that is allowed by name."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if any(ip in network for network in policy.inside if network.version == ip.version):
        return True
    return not unfit(address, 443, level=PORT_SCAN, lab=False)


class Https:
    """Fetches addresses under one policy. ``tls``: the context, with certificates checked; tests give their own."""

    def __init__(
        self, policy: Policy = Policy(), *, resolve: Resolve = resolved, tls: ssl.SSLContext | None = None
    ) -> None:  # fmt: skip
        self.policy = policy
        self._resolve = resolve
        self._tls = tls or ssl.create_default_context()

    def get(self, url: str, *, etag: str = "", modified: str = "", size: int | None = None) -> Answer:
        """The body at an address, after redirects. 304 when ``etag`` or ``modified`` still holds. Raises Refused."""
        until = time.monotonic() + self.policy.seconds
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        for _ in range(self.policy.redirects + 1):
            answer = self._once(url, headers, until, size or self.policy.size)
            if answer.status not in (301, 302, 303, 307, 308):
                if answer.status not in (200, 304):
                    raise Refused("status", status=str(answer.status), url=url[:200])
                return answer
            url = _onward(url, answer.headers.get("location", ""))
        raise Refused("too_many_redirects", url=url[:200])

    def _once(self, url: str, headers: Mapping[str, str], until: float, size: int) -> Answer:
        scheme, host, port, target = self._judged(url)
        left = until - time.monotonic()
        if left <= 0:
            raise Refused("too_slow", url=url[:200])
        with _Watch(left) as watch:
            try:
                connection = self._connected(scheme, host, port, watch)
                connection.request("GET", target, headers=dict(headers))
                return _answer(connection.getresponse(), url, size, watch)
            except (OSError, http.client.HTTPException, ValueError) as error:
                if isinstance(error, Refused):
                    raise
                slow = watch.late.is_set() or isinstance(error, TimeoutError)
                raise Refused("too_slow" if slow else "no_answer", url=url[:200], cause=type(error).__name__) from None

    def _judged(self, url: str) -> tuple[Literal["http", "https"], str, int, str]:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise Refused("bad_address", url=url[:200]) from None
        scheme: Literal["http", "https"] = "http" if parts.scheme == "http" else "https"
        if parts.scheme != "https" and not (self.policy.plain and parts.scheme == "http"):
            raise Refused("not_https", url=url[:200])
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not parts.hostname or parts.username or not target.isascii() or not target.isprintable() or " " in target:
            raise Refused("bad_address", url=url[:200])
        return scheme, parts.hostname, port or (80 if scheme == "http" else 443), target

    def _connected(
        self, scheme: Literal["http", "https"], host: str, port: int, watch: "_Watch"
    ) -> http.client.HTTPConnection:
        """A connection to an address that was judged; the name stays that of the request and the certificate."""
        addresses = self._resolve(host, port)
        if not addresses:
            raise Refused("no_such_name", host=host)
        for each in addresses:  # one inside among several: a name that means to lead us in
            if not public(each, self.policy):
                raise Refused("inside", host=host, address=each)
        last: OSError = OSError()
        for each in addresses[:4]:
            try:
                sock = watch.over(socket.create_connection((each, port), timeout=watch.wait))
                if scheme == "https":
                    sock = watch.over(self._tls.wrap_socket(sock, server_hostname=host))
            except OSError as error:
                last = error
                continue
            connection = http.client.HTTPConnection(host, port, timeout=watch.wait)
            connection.default_port = 80 if scheme == "http" else 443
            connection.sock = sock
            return connection
        raise last


class _Watch:
    """Ends every wait on a connection when time is up: a server may send one byte a second for ever."""

    def __init__(self, seconds: float) -> None:
        self.late = threading.Event()
        self.wait = max(0.01, min(seconds, 15.0))
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(0.0, seconds), self._stop)
        self._timer.daemon = True

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for sock in self._sockets:
            sock.close()

    def over(self, sock: socket.socket) -> socket.socket:
        """Takes a socket under watch; returns it."""
        self._sockets.append(sock)
        if self.late.is_set():
            self._stop()
        return sock

    def _stop(self) -> None:
        self.late.set()
        for sock in tuple(self._sockets):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _onward(url: str, location: str) -> str:
    """Where a redirect leads."""
    try:
        return urljoin(url, location)
    except ValueError:
        raise Refused("bad_address", url=location[:200]) from None


def _answer(response: http.client.HTTPResponse, url: str, size: int, watch: _Watch) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    if response.status != 200:
        return Answer(response.status, b"", url, headers)
    if headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise Refused("bad_coding", url=url[:200], coding=headers["content-encoding"][:40])
    body = bytearray()
    while chunk := response.read(min(_CHUNK, size + 1 - len(body))):
        body += chunk
        if len(body) > size:
            raise Refused("too_big", url=url[:200], most=str(size))
    if watch.late.is_set():
        raise Refused("too_slow", url=url[:200])
    if response.length:  # the other side stopped before the length that it told
        raise Refused("no_answer", url=url[:200], cause="cut short")
    return Answer(200, bytes(body), url, headers)
