"""STARTTLS: does every mail host offer to encrypt, and does it do so when asked?

A host that talks in clear only fails: mail to it can be read on the way. Internet.nl calls that `error`, and so its word here.
One address that does not answer is no lack of STARTTLS as long as another of the same host does (that is `mx_reach`).
"""

from collections.abc import Iterator, Mapping

from dijkwacht.core.checks.asked import whole
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen, MailAddress, MailHost
from dijkwacht.core.checks.policy import Policy

_OURS = frozenset({"denied", "not_tried"})
_ANSWERS: Mapping[str, tuple[str, Word]] = {
    "yes": ("starttls_broken", "failed"),  # agreed, and then no TLS came
    "no": ("starttls_no", "failed"),
    "refused": ("starttls_refused", "failed"),
    "error": ("starttls_unknown", "error"),
    "not_tried": ("starttls_not_tried", "not_tested"),
}


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`starttls_exists`, per address that answers; per host when none does."""
    if not seen.mail:
        yield whole("starttls_exists", "mail", "not_tested", Why("mail_no_hosts"))
    for host in seen.mail[: policy.limits["mail_hosts"]]:
        answering = [each for each in host.addresses if each.smtp == "open"]
        if answering:
            yield from (_address(host, each) for each in answering)
        else:
            yield _silent(host)


def _address(host: MailHost, seen: MailAddress) -> Finding:
    about = {"host": host.name, "address": seen.address, "reason": seen.reason}
    if seen.starttls == "yes" and _spoke(seen):
        return Finding("starttls_exists", "mail", seen.address, "passed", "passed", (Why("starttls_yes", about),))
    code, word = _ANSWERS[seen.starttls]
    peer: Word = word if word == "not_tested" else "error"
    return Finding("starttls_exists", "mail", seen.address, word, peer, (Why(code, about),))


def _spoke(seen: MailAddress) -> bool:
    """Whether TLS came after STARTTLS: a handshake, or one hello answered by a hello; agreeing is enough if none was tried."""
    tried = [each for each in seen.hellos if each.answer not in ("denied", "not_tried", "unreachable")]
    if not tried and seen.handshake is None:
        return True
    return bool(seen.handshake and seen.handshake.ok) or any(each.answer == "hello" for each in tried)


def _silent(host: MailHost) -> Finding:
    """No address answers: nobody can deliver, unless it was we who did not ask."""
    reaches = {each.smtp for each in host.addresses}
    about = {"host": host.name, "reaches": sorted(reaches)}
    if not reaches:
        return Finding(
            "starttls_exists", "mail", host.name, "not_tested", "error", (Why("mail_host_no_address", about),)
        )
    if reaches <= _OURS:
        return Finding(
            "starttls_exists", "mail", host.name, "not_tested", "not_tested", (Why("mail_host_not_tried", about),)
        )
    return Finding("starttls_exists", "mail", host.name, "failed", "error", (Why("mail_host_silent", about),))
