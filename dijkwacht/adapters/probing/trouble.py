"""What did not answer, and may answer a moment later. What was firmly refused (closed, an alert, our own guard) is no trouble."""

from dijkwacht.core.checks.observed import DomainSeen, Lookup, MailAddress, NameServerAddress, WebAddress

_PASSING = ("timeout", "reset", "unreachable")
_UNHEARD = ("timeout", "unreachable")
"""Answers to a hello that say nothing of it: silence, or a connection or a mail dialogue that ended before it was sent."""


def is_troubled(seen: DomainSeen) -> bool:
    """Whether anything of a name should be tried again."""
    return (
        any(map(is_lookup_troubled, seen.lookups.values()))
        or any(map(is_web_troubled, seen.web))
        or any(is_mail_troubled(each) for host in seen.mail for each in host.addresses)
        or any(map(is_server_troubled, seen.name_servers))
    )


def is_lookup_troubled(seen: Lookup) -> bool:
    """Our resolver was silent, said what cannot be read, or got nothing from others. A broken signature is an answer."""
    return seen.rcode in ("TIMEOUT", "ERROR") or (seen.rcode == "SERVFAIL" and not seen.bogus)


def is_web_troubled(seen: WebAddress) -> bool:
    """A web address that was silent or broke off; a port 80 that nobody answers beside a good port 443 is none."""
    return seen.https in _PASSING or (seen.https == "open" and any(each.answer in _UNHEARD for each in seen.hellos))


def is_mail_troubled(seen: MailAddress) -> bool:
    """A mail address that was silent, broke off, or sent us away before TLS began (421: too busy, or too many of us)."""
    return (
        seen.smtp in _PASSING
        or seen.starttls == "error"
        or (seen.smtp == "open" and any(each.answer in _UNHEARD for each in seen.hellos))
    )


def is_server_troubled(seen: NameServerAddress) -> bool:
    """A name server that was silent."""
    return seen.reach in _PASSING
