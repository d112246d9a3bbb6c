"""What the gate says: that it refused, and what it did; and what an error says of the other side."""

import errno
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from dijkwacht.core.checks.observed import Reach


class Denied(Exception):
    """Not sent: the gate refused. `code` is a code of `core.consent`, or private, port, malformed."""

    def __init__(self, code: str, detail: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = dict(detail or {})


class Event(NamedTuple):
    """One line of the log of the gate."""

    at: datetime
    outcome: Literal["open", "failed", "refused"]
    host: str
    address: str
    port: int
    level: int
    purpose: str
    why: str  # the path of steps of the consent, the code of the refusal, or the error
    organisation: str = ""


@dataclass(slots=True)
class Counts:
    """What the gate did so far. `purposes`: connections asked of the network, per purpose."""

    connections: int = 0
    datagrams: int = 0  # name servers that were asked directly
    failed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    purposes: Counter[str] = field(default_factory=Counter)
    open: int = 0
    most_open: int = 0

    def started(self, purpose: str, *, udp: bool) -> None:
        self.purposes[purpose] += 1
        self.datagrams += udp
        self.connections += not udp
        self.open += 1
        self.most_open = max(self.most_open, self.open)

    def ended(self) -> None:
        self.open -= 1


_OURS = frozenset(
    (
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOBUFS,
        errno.ENOMEM,
        errno.EAFNOSUPPORT,
        errno.ENETDOWN,
        errno.EADDRNOTAVAIL,
        errno.EACCES,
        errno.EPERM,
    )
)
"""What this machine lacks (descriptors, memory, a network, an address) or forbids: it says nothing of the other side."""


def reach_of(error: BaseException) -> Reach:
    """What an error of `connect` says of the other side."""
    if isinstance(error, OSError) and error.errno in _OURS:
        return "not_tried"
    if isinstance(error, Denied):
        return "denied"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "closed"
    if isinstance(error, ConnectionError):
        return "reset"
    return "unreachable"
