"""security.txt (RFC 9116): can whoever finds a weakness tell it, and is the file in order?"""

from collections.abc import Iterator
from datetime import datetime

from dijkwacht.core.checks.ends import nowhere
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.https import unseen
from dijkwacht.core.checks.observed import DomainSeen, SecurityTxt, WebAddress
from dijkwacht.core.checks.policy import Policy

CHECK = "http_securitytxt"


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`http_securitytxt`, per address."""
    if not seen.web:
        yield from nowhere(seen, CHECK)
    for address in seen.web:
        yield _judge(address, seen.at, policy)


def _judge(seen: WebAddress, at: str, policy: Policy) -> Finding:
    found = seen.security_txt
    if found is None:
        return unseen(CHECK, seen)
    there = bool(found.url) and found.status == 200
    if there and found.errors:
        return Finding(CHECK, "web", seen.address, "warning", "warning", (Why("securitytxt_errors", _about(found)),))
    if found.reason:
        return Finding(
            CHECK, "web", seen.address, "not_tested", "warning", (Why("securitytxt_unseen", {"reason": found.reason}),)
        )
    if not there:
        return Finding(
            CHECK, "web", seen.address, "warning", "warning", (Why("securitytxt_none", {"status": found.status}),)
        )
    why = (Why("securitytxt_recommendations", _about(found)),) if found.recommendations else ()
    peer: Word = "info" if found.recommendations else "passed"
    days = _left(found.expires, at)
    if days is not None and days < policy.limits["securitytxt_warn_days"]:
        why = (*why, Why("securitytxt_ends_soon", {"days": days}))
        # we warn before the day; until that day the file is what the standard asks
        return Finding(CHECK, "web", seen.address, "warning", peer, why, {each.id: peer for each in policy.editions})
    return Finding(CHECK, "web", seen.address, peer, peer, why)


def _about(found: SecurityTxt) -> dict[str, object]:
    return {"url": found.url, "errors": list(found.errors[:20]), "recommendations": list(found.recommendations[:20])}


def _left(expires: str, at: str) -> int | None:
    """Whole days until the file expires; None when it does not say so in a way that can be read."""
    try:
        end = datetime.fromisoformat(expires.strip().upper())
        return (end - datetime.fromisoformat(at)).days
    except (ValueError, TypeError, OverflowError):  # TypeError: one of both has no zone
        return None
