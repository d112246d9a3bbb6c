"""Reads the first flight of a TLS server: records until ServerHelloDone, an alert, or the hello of TLS 1.3. No cryptography.

Nothing that a server sends raises: what cannot be read is `garbage`. What is kept is bounded by `LIMIT`.
"""

from hashlib import sha256
from typing import Final, Literal

from dijkwacht.adapters.probing.suites import ELLIPTIC, FINITE_FIELD, RSA_SIGNED, UNSIGNED
from dijkwacht.core.checks.observed import HelloSeen

LIMIT: Final = 128 * 1024
"""Octets of a first flight that are read; more is not TLS but a flood."""
MOST_CERTIFICATES: Final = 16

_ALERT, _HANDSHAKE = 21, 22
_SERVER_HELLO, _CERTIFICATE, _KEY_EXCHANGE, _DONE, _STATUS = 2, 11, 12, 14, 22
_NAMED_CURVE: Final = 3
_SSL2_HELLO: Final = 4

HASHES: Final = {0: "", 1: "md5", 2: "sha1", 3: "sha224", 4: "sha256", 5: "sha384", 6: "sha512"}
INTRINSIC: Final = {
    0x0804: "sha256",
    0x0805: "sha384",
    0x0806: "sha512",
    0x0807: "ed25519",
    0x0808: "ed448",
    0x0809: "sha256",
    0x080A: "sha384",
    0x080B: "sha512",
}
"""Hashes of signature schemes whose first octet is no hash."""


class Flight:
    """What has come in so far on one hello. `feed` until it says that there is nothing more to wait for, then `seen`."""

    def __init__(self) -> None:
        self.certificates: list[bytes] = []  # DER, leaf first
        self.alert = -1
        self.version = self.suite = self.compression = 0
        self.group = self.dh_bits = 0
        self.dh_prime = self.hash = ""
        self.ems = self.secure_renegotiation = self.stapled = False
        self.answer: Literal["", "hello", "alert", "garbage"] = ""
        self.reason = ""
        self._octets = 0
        self._records = b""
        self._messages = b""

    def feed(self, data: bytes) -> bool:
        """Takes octets; True when the answer is known or can no longer become known."""
        self._octets += len(data)
        if self._octets > LIMIT:
            return self._garbage("too_long")
        data = self._records + data if self._records else data
        at, end = 0, len(data)
        while end - at >= 5:
            kind, size = data[at], (data[at + 3] << 8) | data[at + 4]
            if kind not in (_ALERT, _HANDSHAKE) or data[at + 1] != 3:
                return self._other(data)
            if end - at < 5 + size:
                break
            body = data[at + 5 : at + 5 + size]
            at += 5 + size
            if self._alerted(body) if kind == _ALERT else self._handshake(body):
                return True
        self._records = data[at:]
        return False

    def seen(self, probe: str, *, otherwise: Literal["closed", "timeout", "unreachable"] = "closed") -> HelloSeen:
        """The observation. `otherwise`: how it ended, for when nothing that settles it came in."""
        answer = self.answer or ("hello" if self.version else "alert" if self.alert >= 0 else otherwise)
        return HelloSeen(
            probe=probe,
            answer=answer,
            version=self.version,
            suite=self.suite,
            group=self.group,
            dh_bits=self.dh_bits,
            dh_prime=self.dh_prime,
            hash=self.hash,
            ems=self.ems,
            secure_renegotiation=self.secure_renegotiation,
            compression=self.compression,
            stapled=self.stapled,
            alert=self.alert,
            certificates=tuple(sha256(each).hexdigest() for each in self.certificates),
            reason=self.reason,
        )

    def _garbage(self, reason: str) -> bool:
        self.answer, self.reason = "garbage", reason
        return True

    def _other(self, data: bytes) -> bool:
        """Not a TLS record: an SSL 2.0 hello, or something else that listens here."""
        if len(data) >= 7 and data[0] & 0x80 and data[2] == _SSL2_HELLO and data[5:7] == b"\0\2":
            self.answer, self.version = "hello", 2
            return True
        if data.startswith(b"HTTP/"):
            return self._garbage("plain_http")
        return self._garbage("not_tls")

    def _alerted(self, body: bytes) -> bool:
        if len(body) != 2:
            return self._garbage("alert")
        if self.alert < 0 or body[0] == 2:
            self.alert = body[1]
        if body[0] == 1 and body[1] != 0:  # a warning, such as 112 (unrecognised name): the hello still comes
            return False
        self.answer = "hello" if self.version else "alert"
        return True

    def _handshake(self, body: bytes) -> bool:
        if not body:  # not allowed, and a cheap way to keep us busy
            return self._garbage("empty")
        data = self._messages + body if self._messages else body
        at, end = 0, len(data)
        while end - at >= 4:
            size = (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3]
            if size > LIMIT:
                return self._garbage("too_long")
            if end - at < 4 + size:
                break
            message = data[at + 4 : at + 4 + size]
            kind = data[at]
            at += 4 + size
            if self._message(kind, message):
                return True
        self._messages = data[at:]
        return False

    def _message(self, kind: int, body: bytes) -> bool:
        if kind == _SERVER_HELLO:
            if self.version:
                return self._garbage("two_hellos")
            return self._server_hello(body)
        if not self.version:
            return self._garbage("no_hello")
        if kind == _DONE:
            self.answer = "hello"
            return True
        if kind == _CERTIFICATE:
            self._chain(body)
        elif kind == _STATUS:
            self.stapled = len(body) > 4
        elif kind == _KEY_EXCHANGE:
            self._key_exchange(body)
        return False

    def _server_hello(self, body: bytes) -> bool:
        if len(body) < 38 or body[0] != 3:
            return self._garbage("hello")
        at = 35 + body[34]
        if len(body) < at + 3:
            return self._garbage("hello")
        self.version = (body[0] << 8) | body[1]
        self.suite = (body[at] << 8) | body[at + 1]
        self.compression = body[at + 2]
        at += 5
        while at + 4 <= len(body):
            kind, size = (body[at] << 8) | body[at + 1], (body[at + 2] << 8) | body[at + 3]
            self._extension(kind, body[at + 4 : at + 4 + size])
            at += 4 + size
        if self.version >= 0x0304:
            self.answer = "hello"
            return True
        return False

    def _extension(self, kind: int, body: bytes) -> None:
        if kind == 23:
            self.ems = True
        elif kind == 0xFF01:
            self.secure_renegotiation = True
        elif kind == 43 and len(body) == 2:
            self.version = (body[0] << 8) | body[1]
        elif kind == 51 and len(body) >= 2:
            self.group = (body[0] << 8) | body[1]

    def _chain(self, body: bytes) -> None:
        at, end = 3, len(body)
        while at + 3 <= end and len(self.certificates) < MOST_CERTIFICATES:
            size = (body[at] << 16) | (body[at + 1] << 8) | body[at + 2]
            at += 3
            if not size or at + size > end:
                return
            self.certificates.append(body[at : at + size])
            at += size

    def _key_exchange(self, body: bytes) -> None:
        if self.suite in FINITE_FIELD:
            at = self._finite_field(body)
        elif self.suite in ELLIPTIC:
            at = self._curve(body)
        else:
            return
        if at >= 0 and self.suite not in UNSIGNED:
            self._signed_with(body, at)

    def _finite_field(self, body: bytes) -> int:
        """Reads p, g, Ys; where the signature starts, or -1."""
        at = 0
        for part in range(3):
            if at + 2 > len(body):
                return -1
            size = (body[at] << 8) | body[at + 1]
            if at + 2 + size > len(body):
                return -1
            if part == 0:
                prime = body[at + 2 : at + 2 + size].lstrip(b"\0")
                self.dh_bits = int.from_bytes(prime, "big").bit_length()
                self.dh_prime = sha256(prime).hexdigest()
            at += 2 + size
        return at

    def _curve(self, body: bytes) -> int:
        """Reads the named curve and the public point; where the signature starts, or -1."""
        if len(body) < 4 or body[0] != _NAMED_CURVE:
            return -1
        self.group = (body[1] << 8) | body[2]
        return 4 + body[3]

    def _signed_with(self, body: bytes, at: int) -> None:
        if self.version >= 0x0303:
            if at + 2 <= len(body):
                scheme = (body[at] << 8) | body[at + 1]
                self.hash = INTRINSIC.get(scheme) or HASHES.get(body[at], "")
        elif len(body) > at:
            self.hash = "md5-sha1" if self.suite in RSA_SIGNED else "sha1"
