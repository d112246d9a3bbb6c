"""HTTP/1.1 over a connection that is already there: one request, one answer, with a limit on everything that comes back.

`Reader` reads an answer without knowing a socket; `Plain` is a connection without TLS, `handshake.Tunnel` one with.
"""

import asyncio
import re
import zlib
from hashlib import sha256
from typing import Final
from urllib.parse import urljoin, urlsplit

from dijkwacht.adapters.probing.handshake import Reads
from dijkwacht.adapters.probing.talk import PATIENCE, Talk
from dijkwacht.core.checks.observed import Response

BODY: Final = 500_000
"""Octets of a body that are read, and octets it may become when unpacked."""
_HEAD: Final = 64 * 1024
_HEADERS: Final = 100
_LINE: Final = 1024
_CHUNKS: Final = 20_000
_HEX = re.compile(rb"[0-9A-Fa-f]{1,8}")
_STATUS = re.compile(rb"HTTP/1\.[0-9] +([1-5][0-9][0-9])(?: |$|\r)")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_HOST = re.compile(r"[a-z0-9_.-]{1,253}|[0-9a-f:.]{2,45}")
_URL_PATH = re.compile(r"[^\x21-\x7e]")


def clean(text: str) -> str:
    """Text of a stranger without control characters."""
    return _CONTROL.sub("\ufffd", text) if _CONTROL.search(text) else text


class Reader:
    """Takes the octets of one answer. `feed` says when it is complete; then `status`, `headers`, `body` and `reusable` count."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = b""
        self.truncated = False
        self.reusable = False
        self.reason = ""
        self._data = b""
        self._parts: list[bytes] = []
        self._left: int | None = None  # octets still to come; None: until the connection closes
        self._chunked = self._trailing = False
        self._size = 0
        self._beside = 0  # octets of heads, interim answers and trailers
        self._done = False

    def feed(self, data: bytes) -> bool:
        """True when there is nothing more to wait for."""
        if self._done:
            return True
        if self.status < 200:
            self._data += data
            while self.status < 200:
                end = self._data.find(b"\r\n\r\n")
                if end < 0:
                    return len(self._data) > _HEAD and self._stop("head_too_long")
                head, self._data = self._data[:end], self._data[end + 4 :]
                self._beside += end
                if self._beside > _HEAD or not self._headed(head):
                    return self._stop(self.reason or "head_too_long")
            data, self._data = self._data, b""
        return self._chunks(data) if self._chunked else self._content(data)

    def end(self) -> None:
        """The connection closed, or nobody waits any longer."""
        if self._done:
            return
        if self.status >= 200:
            self.truncated = self._chunked or bool(self._left)
            self._complete()
        else:
            self.status, self.reason = 0, "no_answer" if not self._data else "broken_off"
        self.reusable = False
        self._done = True

    def value(self, name: str) -> str:
        """The first value of a header, or ""."""
        return next((value for key, value in self.headers if key == name), "")

    def response(self, url: str) -> Response:
        """The observation."""
        return Response(
            url=url,
            status=self.status,
            headers=tuple(self.headers),
            size=len(self.body),
            body_sha256=sha256(self.body).hexdigest() if self.body else "",
            truncated=self.truncated,
            reason=self.reason,
        )

    def _stop(self, reason: str) -> bool:
        self.status, self.headers, self.body, self.reason, self._done = 0, [], b"", reason, True
        self.reusable = False
        return True

    def _headed(self, head: bytes) -> bool:
        """Reads status line and headers; False when it is not HTTP/1."""
        first, *lines = head.split(b"\r\n")
        match = _STATUS.match(first)
        if match is None:
            self.reason = "not_http"
            return False
        self.status = int(match[1])
        if self.status < 200:
            return True
        lines = lines[:_HEADERS]
        for line in lines:
            if line[:1] in b" \t" and line and self.headers:
                name, value = self.headers[-1]
                self.headers[-1] = (name, value + " " + clean(line.decode("latin-1").strip()))
                continue
            key, _, value = line.decode("latin-1").partition(":")
            self.headers.append((clean(key.strip().lower()), clean(value.strip())))
        self._framed(first)
        return True

    def _framed(self, first: bytes) -> None:
        """How long the body is, and whether the connection lives on."""
        self._chunked = "chunked" in self.value("transfer-encoding").lower()
        length = self.value("content-length")
        if self.status in (204, 304):
            self._left = 0
        elif not self._chunked and length.isascii() and length.isdigit():
            self._left = int(length[:18])
        closes = self.value("connection").lower()
        self.reusable = (
            (self._chunked or self._left is not None) and "close" not in closes and not first.startswith(b"HTTP/1.0")
        )

    def _content(self, data: bytes) -> bool:
        if self._left is not None:
            data = data[: self._left]
            self._left -= len(data)
        if self._taken(data):
            return True
        return self._left == 0 and self._complete()

    def _taken(self, data: bytes) -> bool:
        """Keeps a part of the body; True when the limit is reached."""
        self._parts.append(data)
        self._size += len(data)
        if self._size <= BODY:
            return False
        self.truncated, self.reusable = True, False
        return self._complete()

    def _chunks(self, data: bytes) -> bool:
        """Sizes and chunks in turn, until the last: `_left` counts what is to come of a chunk, None when a size is."""
        data, at = self._data + data, 0
        while True:
            if self._left is not None and not self._trailing:
                part = data[at : at + self._left]
                at += len(part)
                self._left -= len(part)
                if self._taken(part):
                    return True
                if self._left or len(data) < at + 2:
                    break
                if data[at : at + 2] != b"\r\n":
                    return self._broken()
                at, self._left = at + 2, None
            end = data.find(b"\r\n", at)
            if end < 0:
                if len(data) - at > _LINE:
                    return self._broken()
                break
            line, at = data[at:end], end + 2
            if self._trailing:
                self._beside += len(line)
                if not line or self._beside > 2 * _HEAD:
                    return self._complete() if not line else self._broken()
                continue
            size = line.partition(b";")[0].strip()
            if not _HEX.fullmatch(size) or len(self._parts) > _CHUNKS:
                return self._broken()
            self._left = int(size, 16)
            self._trailing = not self._left
        self._data = data[at:]
        return False

    def _broken(self) -> bool:
        self.truncated, self.reusable = True, False
        return self._complete()

    def _complete(self) -> bool:
        self._done = True
        body = b"".join(self._parts)[:BODY]
        self._parts = []
        if body and self.value("content-encoding").lower().strip() in ("gzip", "x-gzip", "deflate"):
            body = self._unpacked(body)
        self.body = body
        return True

    def _unpacked(self, body: bytes) -> bytes:
        """What was packed, to the limit: a bomb is a truncated page."""
        try:
            unpacker = zlib.decompressobj(47)
            found = unpacker.decompress(body, BODY + 1)
        except zlib.error:
            self.truncated = True
            return body
        if len(found) > BODY:
            self.truncated = True
        return found[:BODY]


class Plain(Talk[bool]):
    """A connection without TLS that carries one answer after another."""

    def __init__(self, patience: float = PATIENCE) -> None:
        super().__init__(patience)
        self.reader: Reads | None = None
        self.usable = True  # whether one more request may follow
        self.reason = ""

    def begin(self) -> None:
        """Nothing to shake: ready at once."""
        self.finish(True, keep=True)

    def heard(self, data: bytes) -> None:
        """A part of an answer."""
        if self.reader is not None and self.reader.feed(data):
            self.reader = None
            self.finish(True, keep=True)

    def ended(self, how: str) -> None:
        """The connection is gone, or nobody answered in time."""
        self.reason = how
        if self.reader is not None:
            self.reader.end()
            self.reader = None
        self.finish(True)

    def ask(self, octets: bytes, reader: Reads, patience: float) -> "asyncio.Future[bool]":
        """Sends a request; the future is done when `reader` has a complete answer, or none will come."""
        self.reader = reader
        future = self.again(patience)
        if not future.done():
            self.transport.write(octets)
        return future


def request(url: str, agent: str) -> bytes:
    """The octets of a GET. `url` is absolute; what is not ASCII in it is escaped."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = _URL_PATH.sub(lambda found: "".join(f"%{octet:02X}" for octet in found[0].encode()), target)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if parts.port and parts.port != (443 if parts.scheme == "https" else 80):
        host += f":{parts.port}"
    return (
        f"GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: text/html,text/plain,*/*;q=0.8\r\n"
        "Accept-Encoding: gzip\r\n\r\n"
    ).encode("ascii", "replace")


def target_of(url: str, location: str) -> str:
    """Where a redirect leads, absolute; "" when it leads nowhere that can be visited."""
    if not location.strip():
        return ""
    try:
        found = urlsplit(urljoin(url, location.strip()))
        host = found.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode()
        if found.scheme in ("http", "https") and _HOST.fullmatch(host) and found.port != 0:
            netloc = (f"[{host}]" if ":" in host else host) + (f":{found.port}" if found.port else "")
            return found._replace(fragment="", netloc=netloc).geturl()
    except ValueError:
        pass
    return ""
