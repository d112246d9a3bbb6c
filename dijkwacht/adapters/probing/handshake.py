"""The one handshake that is finished, with OpenSSL over memory buffers and a connection of the gate. Trust is judged elsewhere.

The context knows no authority and refuses nothing, so that OpenSSL does not build a chain that `certificates.Trust` builds (and
remembers) once per run. What the session ticket allows as early data is read from the session of OpenSSL: the ticket is sent
encrypted, and pyOpenSSL offers `SSL_SESSION_get_max_early_data` only in its binding.
"""

import asyncio
from functools import cache
from typing import Final, Literal, Protocol

from OpenSSL import SSL, crypto
from OpenSSL._util import lib

from dijkwacht.adapters.probing.flight import MOST_CERTIFICATES, Flight
from dijkwacht.adapters.probing.talk import PATIENCE, Talk

_CHUNK: Final = 1 << 16
_UNASKED: Final = 1 << 16
"""Octets that a server may send while nobody asked anything."""
_RECORD_HANDSHAKE, _RECORD_DATA = 22, 23
EVERY_SUITE_13: Final = b":".join(
    b"TLS_" + each
    for each in (b"AES_256_GCM_SHA384", b"CHACHA20_POLY1305_SHA256", b"AES_128_GCM_SHA256", b"AES_128_CCM_SHA256")
)
GROUPS: Final = b"X25519:P-256:P-384:P-521:X448:brainpoolP256r1:brainpoolP384r1:brainpoolP512r1:ffdhe3072:ffdhe2048"
EVERY_SUITE: Final = b"ALL:!aNULL:!eNULL:@SECLEVEL=0"


class Reads(Protocol):
    """Takes the octets of an answer: True when it is complete."""

    def feed(self, data: bytes) -> bool: ...
    def end(self) -> None: ...


@cache
def context(highest: int = SSL.TLS1_3_VERSION) -> SSL.Context:
    """One client context for all, that accepts every version and suite OpenSSL still has, up to `highest`."""
    made = SSL.Context(SSL.TLS_CLIENT_METHOD)
    made.set_cipher_list(EVERY_SUITE)
    made.set_min_proto_version(SSL.TLS1_VERSION)
    made.set_max_proto_version(highest)
    made.set_verify(SSL.VERIFY_NONE)
    made.set_mode(0x10)  # SSL_MODE_RELEASE_BUFFERS: thousands of connections, little memory
    made.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    made.set_options(0x4)  # SSL_OP_LEGACY_SERVER_CONNECT: servers without RFC 5746 are to be seen, not refused
    made.set_ocsp_client_callback(_keep_staple)
    # Without the hybrid groups: a key share of ML-KEM costs as much as all else in a hello, and some servers choke on its size.
    lib.SSL_CTX_set1_curves_list(made._context, GROUPS)
    lib.SSL_CTX_set_ciphersuites(made._context, EVERY_SUITE_13)
    return made


def _keep_staple(connection: SSL.Connection, staple: bytes, _data: object) -> bool:
    holder = connection.get_app_data()
    if holder is not None:
        holder.staple = staple
    return True


class Tunnel(Talk[bool]):
    """A TLS connection: its first result is whether the handshake was finished; after that `ask` exchanges octets inside it."""

    def __init__(
        self, name: str, *, highest: int = SSL.TLS1_3_VERSION, patience: float = PATIENCE, staple: bool = True
    ) -> None:
        super().__init__(patience)
        self.flight = Flight()
        self.staple = b""
        self.reason = ""
        self.finished = False
        self.reader: Reads | None = None
        self.usable = True  # whether one more request may follow
        self._flown = False
        self._unasked = 0
        self.tls = SSL.Connection(context(highest))
        self.tls.set_connect_state()
        if name:
            self.tls.set_tlsext_host_name(name.encode("ascii", "ignore"))
        if staple:
            self.tls.set_app_data(self)
            self.tls.request_ocsp()

    def begin(self) -> None:
        """Sends the hello."""
        self._shake()

    def data_received(self, data: bytes) -> None:
        """Everything goes to OpenSSL, also what nobody waits for now (tickets come when they like)."""
        if not self.finished:
            super().data_received(data)
            return
        self.tls.bio_write(data)
        if self.reader is not None:
            self._read()
            return
        self._unasked += len(data)
        if self._unasked > _UNASKED:
            self.transport.abort()

    def heard(self, data: bytes) -> None:
        """A part of the handshake."""
        if not self._flown:
            self._flown = self.flight.feed(data)
        self.tls.bio_write(data)
        self._shake()

    def ended(self, how: str) -> None:
        """The connection is gone, or nobody answered in time."""
        self.reason = self.reason or how
        if self.reader is not None:
            self.reader.end()
            self.reader = None
            self.finish(True)
        else:
            self.finish(False)

    def ask(self, octets: bytes, reader: Reads, patience: float) -> "asyncio.Future[bool]":
        """Sends octets inside the tunnel; the future is done when `reader` has a complete answer, or none will come."""
        self.reader = reader
        future = self.again(patience)
        if not future.done():
            try:
                self.tls.send(octets)
                _flush(self.tls, self.transport)
            except SSL.Error as error:
                self.reason = _words(error)
                self.ended("closed")
            else:
                self._read()
        return future

    def early_data(self) -> int:
        """Octets of early data that the session ticket allows; 0 without a ticket or below TLS 1.3."""
        session = lib.SSL_get_session(self.tls._ssl)  # borrowed: freed with the connection
        return int(lib.SSL_SESSION_get_max_early_data(session)) if session else 0

    def chain(self) -> list[bytes]:
        """The certificates sent, as DER, leaf first."""
        if self.flight.certificates:
            return self.flight.certificates
        found = self.tls.get_peer_cert_chain() or []  # as OpenSSL has them: other libraries refuse to read some of them
        return [crypto.dump_certificate(crypto.FILETYPE_ASN1, each) for each in found[:MOST_CERTIFICATES]]

    def _shake(self) -> None:
        try:
            self.tls.do_handshake()
        except SSL.WantReadError:
            _flush(self.tls, self.transport)
        except SSL.Error as error:
            _flush(self.tls, self.transport)
            self.reason = _words(error)
            self.finish(False)
        else:
            _flush(self.tls, self.transport)
            self.finished = True
            self.finish(True, keep=True)

    def _read(self) -> None:
        reader = self.reader
        while reader is not None:
            try:
                data = self.tls.recv(_CHUNK)
            except SSL.WantReadError:
                return
            except SSL.Error as error:
                if not isinstance(error, SSL.ZeroReturnError):
                    self.reason = _words(error)
                self.ended("closed")
                return
            if reader.feed(data):
                self.reader = None
                self.finish(True, keep=True)
                return


def _flush(tls: SSL.Connection, transport: asyncio.Transport) -> None:
    """Sends what OpenSSL has to say, if anything."""
    try:
        out = tls.bio_read(_CHUNK)
    except SSL.Error:
        return
    if not transport.is_closing():
        transport.write(out)


def _words(error: SSL.Error) -> str:
    """Why OpenSSL stopped, in its own short words."""
    parts = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return "; ".join(str(each[-1]) for each in parts)[:120] or type(error).__name__


class Renegotiation(Talk[Literal["refused", "accepted", "not_tested"]]):
    """Asks, in a finished handshake of TLS 1.2, for another one. The kind of the next record tells: a handshake is yes.

    The second handshake is not finished: that would cost both sides a key exchange and tell nothing more.
    """

    def __init__(self, name: str, patience: float = PATIENCE) -> None:
        super().__init__(patience)
        self.asked = False
        self._head = b""
        self.tls = SSL.Connection(context(SSL.TLS1_2_VERSION))
        self.tls.set_connect_state()
        if name:
            self.tls.set_tlsext_host_name(name.encode("ascii", "ignore"))

    def begin(self) -> None:
        """Sends the first hello."""
        self._shake()

    def heard(self, data: bytes) -> None:
        """Octets of the other side."""
        if self.asked:
            self._answered(data)
            return
        self.tls.bio_write(data)
        self._shake()

    def _answered(self, data: bytes) -> None:
        """Looks at the kind of each record; data that was on its way says nothing."""
        self._head += data
        while len(self._head) >= 5:
            if self._head[0] != _RECORD_DATA:
                self.finish("accepted" if self._head[0] == _RECORD_HANDSHAKE else "refused")
                return
            size = 5 + int.from_bytes(self._head[3:5], "big")
            if len(self._head) < size:
                return
            self._head = self._head[size:]

    def ended(self, how: str) -> None:
        """Closed or silent after the question is a refusal; before it, nothing was asked."""
        self.finish("refused" if self.asked else "not_tested")

    def _shake(self) -> None:
        try:
            self.tls.do_handshake()
        except SSL.WantReadError:
            _flush(self.tls, self.transport)
        except SSL.Error:
            self.finish("not_tested")
        else:
            _flush(self.tls, self.transport)
            self._ask()

    def _ask(self) -> None:
        try:
            self.tls.renegotiate()
            self.tls.do_handshake()
        except SSL.WantReadError:
            self.asked = True
            _flush(self.tls, self.transport)
        except SSL.Error:
            self.finish("refused")  # OpenSSL asks nothing of a server without RFC 5746
