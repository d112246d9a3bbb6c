"""Where TLS is spoken: each web address and each address of a mail host, in one shape, so that one check serves both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dijkwacht.core.checks.asked import unmeasured, usable
from dijkwacht.core.checks.finding import Area, Finding, Why
from dijkwacht.core.checks.observed import Certificate, DomainSeen, Handshake, HelloSeen, MailHost, WebAddress
from dijkwacht.core.checks.policy import Policy

SSL2, TLS12, TLS13 = 0x0002, 0x0303, 0x0304
_NOT_ASKED = frozenset({"denied", "unreachable", "not_tried"})


@dataclass(frozen=True, slots=True)
class End:
    """One address on which TLS was tried. `tls`: a hello came back; `why` says why not otherwise."""

    area: Area
    target: str
    host: str  # the name that a certificate must hold
    tls: bool
    hellos: tuple[HelloSeen, ...] = ()  # those that were answered by a hello
    asked: tuple[HelloSeen, ...] = ()  # all of them
    handshake: Handshake | None = None
    why: tuple[Why, ...] = ()

    def chain(self) -> tuple[str, ...]:
        """The certificates sent, by digest, leaf first: of the handshake, else of the first hello that showed any."""
        if self.handshake is not None and self.handshake.chain:
            return self.handshake.chain
        return next((each.certificates for each in self.hellos if each.certificates), ())

    def speaks(self, version: int) -> bool:
        """Whether this version of TLS was agreed on, in a hello or in the handshake."""
        done = self.handshake
        return any(each.version == version for each in self.hellos) or (
            done is not None and done.ok and done.version == version
        )

    def unasked(self, probe: str) -> bool:
        """Whether this hello did not leave or reach anything: what it would have shown was not measured.

        A server that stays silent on one hello while it answers others cannot be used with that hello: that is a refusal.
        """
        found = [each.answer for each in self.asked if each.probe == probe]
        return bool(found) and all(each in _NOT_ASKED for each in found)


def certificates(seen: DomainSeen, end: End) -> tuple[Certificate, ...]:
    """The certificates sent on this end, leaf first; those that could not be read are left out."""
    return tuple(found for each in end.chain() if (found := seen.certificates.get(each)) is not None)


def ends(seen: DomainSeen, policy: Policy) -> Iterator[End]:
    """Every web address, and of every mail host each address that speaks TLS; one end without TLS for a host where none does."""
    for address in seen.web:
        yield web_end(seen.name, address)
    if not seen.web:
        yield End("web", "", seen.name, False, why=(why_no_web(seen),))
    for host in seen.mail[: policy.limits["mail_hosts"]]:
        yield from _mail(host)
    if not seen.mail:
        yield End("mail", "", seen.name, False, why=(Why("mail_no_hosts"),))


def over(
    seen: DomainSeen,
    policy: Policy,
    checks: tuple[str, ...],
    judge: Callable[[End, DomainSeen, Policy], Iterator[Finding]],
) -> Iterator[Finding]:
    """What `judge` finds on each end that speaks TLS; on the others every check is not tested."""
    for end in ends(seen, policy):
        if end.tls:
            yield from judge(end, seen, policy)
        else:
            for check in checks:
                yield Finding(check, end.area, end.target, "not_tested", "not_tested", end.why)


def why_no_web(seen: DomainSeen) -> Why:
    """Why there is no web address to look at: there is none, or the name system did not say."""
    for kind in ("A", "AAAA"):
        found = seen.lookup(seen.name, kind)
        if not (usable(found) or (found is not None and found.bogus)):
            return unmeasured(found)[1]
    return Why("no_address")


def nowhere(seen: DomainSeen, *checks: str) -> Iterator[Finding]:
    """Checks of a web site that has no address: not tested, so that nothing that stood is taken for mended or gone."""
    why = (why_no_web(seen),)
    for check in checks:
        yield Finding(check, "web", "", "not_tested", "not_tested", why)


def web_end(name: str, seen: WebAddress) -> End:
    """A web address as an end."""
    spoken = _answered(seen.hellos)
    tls = bool(spoken) or (seen.handshake is not None and seen.handshake.ok)
    why = () if tls else (Why("no_tls", {"address": seen.address, "reach": seen.https, "reason": seen.reason}),)
    return End("web", seen.address, name, tls, spoken, seen.hellos, seen.handshake, why)


def _mail(host: MailHost) -> Iterator[End]:
    none = True
    for each in host.addresses:
        spoken = _answered(each.hellos)
        if spoken or (each.handshake is not None and each.handshake.ok):
            none = False
            yield End("mail", each.address, host.name, True, spoken, each.hellos, each.handshake)
    if none:
        yield End("mail", host.name, host.name, False, why=(Why("no_mail_tls", {"host": host.name}),))


def _answered(hellos: tuple[HelloSeen, ...]) -> tuple[HelloSeen, ...]:
    return tuple(each for each in hellos if each.answer == "hello")
