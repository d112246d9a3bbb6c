"""What did not answer, and may answer a moment later. What was firmly refused (closed, an alert, our own guard) is no trouble."""

from dataclasses import replace

from dijkwacht.core.checks.observed import DomainSeen, Lookup, MailAddress, NameServerAddress, WebAddress

NETWORK_GONE = "network_gone"
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
    """A web address that was silent or broke off; a port 80 that nobody answers beside a good port 443 is none.

    Who takes a connection and says nothing at all was waited for long enough: that was not measured, which no second try turns
    into a lack.
    """
    if seen.https == "open" and _said_nothing(seen):
        return False
    return seen.https in _PASSING or (seen.https == "open" and any(each.answer in _UNHEARD for each in seen.hellos))


def is_web_mute(seen: WebAddress) -> bool:
    """Whether nothing at all came back, on either port: what it is for one name, it is for every name."""
    plain = seen.http in ("timeout", "not_tried") or (
        seen.http == "open" and seen.plain is not None and not seen.plain.status and seen.plain.reason == "no_answer"
    )
    return plain and (seen.https == "timeout" or (seen.https == "open" and _said_nothing(seen)))


def _said_nothing(seen: WebAddress) -> bool:
    shaken = seen.handshake is not None and (seen.handshake.ok or seen.handshake.reason != "timeout")
    return not shaken and bool(seen.hellos) and all(each.answer in ("timeout", "not_tried") for each in seen.hellos)


def is_mail_troubled(seen: MailAddress) -> bool:
    """A mail address that was silent, broke off, or sent us away before TLS began (421: too busy, or too many of us).

    Not one that took a connection and never greeted: see `is_web_troubled`.
    """
    if seen.smtp == "open" and is_mail_mute(seen):
        return False
    return (
        seen.smtp in _PASSING
        or seen.starttls == "error"
        or (seen.smtp == "open" and any(each.answer in _UNHEARD for each in seen.hellos))
    )


def is_mail_mute(seen: MailAddress) -> bool:
    """Whether nothing at all came back: what it is for one host, it is for every host."""
    greeted = bool(seen.banner) or seen.starttls != "error" or seen.reason != "timeout"
    return seen.smtp == "timeout" or (seen.smtp == "open" and not greeted)


def is_server_troubled(seen: NameServerAddress) -> bool:
    """A name server that was silent."""
    return seen.reach in _PASSING


def unconfirmed(seen: DomainSeen) -> DomainSeen:
    """What was seen without the silence that could not be measured a second time, because our own network is gone."""
    return replace(
        seen,
        web=tuple(
            WebAddress(each.address, "not_tried", "not_tried", reason=NETWORK_GONE) if each.https in _PASSING else each
            for each in seen.web
        ),
        mail=tuple(replace(host, addresses=tuple(map(_mail_unconfirmed, host.addresses))) for host in seen.mail),
        name_servers=tuple(
            replace(each, reach="not_tried") if is_server_troubled(each) else each for each in seen.name_servers
        ),
    )


def _mail_unconfirmed(seen: MailAddress) -> MailAddress:
    if seen.smtp not in _PASSING:
        return seen
    return MailAddress(seen.address, "not_tried", reason=NETWORK_GONE)
