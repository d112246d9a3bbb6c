"""What the doctor looks at around the site: the clock of the machine, the mail server, the resolver. Connects only when asked."""

import asyncio
import ctypes
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from dijkwacht.adapters.probing import dns_wire
from dijkwacht.adapters.probing.gate import Gate
from dijkwacht.commands.findings import Finding, Level

UNSYNCHRONISED = 5  # what adjtimex(2) answers then
PATIENCE = 5


def synchronised() -> Iterator[Finding]:
    """Whether the machine keeps its clock by others, as far as the kernel knows."""
    state = _kernel_clock()
    if state is None:
        yield Finding("clock", Level.OK, _("Whether the clock is kept by NTP cannot be seen from here."))
    elif state == UNSYNCHRONISED:
        yield Finding(
            "clock", Level.WARNING, _("The clock of this machine is not kept by NTP, or not yet."),
            _("Install chrony or systemd-timesyncd: legal terms are reckoned with this clock."),
        )  # fmt: skip
    else:
        yield Finding("clock", Level.OK, _("The clock of this machine is kept by NTP."))


def _kernel_clock() -> int | None:
    """The state of the clock; None where the kernel does not say."""
    try:
        ask = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return None
    state = int(ask(ctypes.create_string_buffer(1024)))  # all zero: asks, sets nothing
    return None if state < 0 else state


def mail(*, connect: bool) -> Iterator[Finding]:
    """Whether there is a mail server, and if asked, whether it lets us in. Sends nothing."""
    if not settings.EMAIL_HOST:
        yield Finding(
            "mail", Level.WARNING, _("There is no mail server: mails, with their links, are printed in the log."),
            _("Set DIJKWACHT_MAIL_HOST."),
        )  # fmt: skip
    elif not connect:
        yield Finding("mail", Level.OK, _("A mail server is set (--mail: whether it answers)."))
    else:
        yield from _knock()


def _knock() -> Iterator[Finding]:
    words = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    server = get_connection(timeout=PATIENCE)
    try:
        server.open()
        yield Finding("mail", Level.OK, _("The mail server %(host)s lets us in.") % words)
    except SMTPException as error:
        says = _("The mail server %(host)s refuses us: %(why)s") % {**words, "why": type(error).__name__}
        yield Finding(
            "mail",
            Level.WRONG,
            says,
            _("Look at DIJKWACHT_MAIL_USER and DIJKWACHT_MAIL_PASSWORD, and at STARTTLS there."),
        )
    except OSError as error:
        why = error.strerror or type(error).__name__
        says = _("The mail server %(host)s does not answer at port %(port)s: %(why)s") % {**words, "why": why}
        yield Finding(
            "mail", Level.WRONG, says, _("Look at DIJKWACHT_MAIL_HOST and DIJKWACHT_MAIL_PORT, and at the firewall.")
        )
    finally:
        server.close()


def resolver(chosen: str) -> Iterator[Finding]:
    """Whether the resolver answers, and says that it checked (DNSSEC)."""
    address, _sep, port = chosen.partition("#")
    if not address:
        yield Finding(
            "resolver",
            Level.WARNING,
            _("There is no resolver, so the outside is not measured."),
            _("Set DIJKWACHT_RESOLVER."),
        )
        return
    words = {"resolver": chosen}
    try:
        answer = asyncio.run(_root(address, int(port or 53)))
    except (OSError, ValueError, dns_wire.MalformedError) as error:  # a TimeoutError is an OSError
        says = _("The resolver %(resolver)s does not answer: %(why)s") % {**words, "why": type(error).__name__}
        yield Finding("resolver", Level.WRONG, says, _("Look whether it runs and whether it may be asked from here."))
        return
    if answer.rcode == "NOERROR" and answer.authentic:
        yield Finding("resolver", Level.OK, _("The resolver %(resolver)s answers and checks DNSSEC.") % words)
    else:
        says = _("The resolver %(resolver)s answers, but does not say that it checked DNSSEC.") % words
        yield Finding(
            "resolver", Level.WRONG, says, _("Use a resolver that validates, best one on this machine (unbound).")
        )


async def _root(address: str, port: int) -> dns_wire.Answer:
    """What it says of the root of all names, which is signed."""
    gate = Gate(consents=(), clock=lambda: datetime.now(UTC), resolver=(address, port))  # noqa: TID251 - no act is dated by it
    number, section = secrets.randbelow(65536), dns_wire.question(".", "SOA")
    transport, asked = await gate.to_resolver(_Question)
    try:
        transport.sendto(dns_wire.message(number, section))  # type: ignore[attr-defined]
        async with asyncio.timeout(PATIENCE):
            while True:
                data = await asked.came.get()
                if isinstance(data, Exception):
                    raise data
                if dns_wire.answers(data, number, section):
                    return dns_wire.read(data, section)
    finally:
        transport.close()


class _Question(asyncio.DatagramProtocol):
    """One socket for one question."""

    def __init__(self) -> None:
        self.came: asyncio.Queue[bytes | Exception] = asyncio.Queue(16)

    def datagram_received(self, data: bytes, addr: object) -> None:
        """Something came in; whether it answers is looked at by who asked."""
        if not self.came.full():
            self.came.put_nowait(data)

    def error_received(self, exc: Exception) -> None:
        """Nobody listens there."""
        if not self.came.full():
            self.came.put_nowait(exc)
