"""HTTPS: is it there, does plain HTTP lead to it at once, does HSTS keep visitors on it, and is what is sent compressed?"""

import re
from collections.abc import Iterator
from functools import lru_cache

from dijkwacht.core.checks.ends import nowhere, web_end
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.observed import DomainSeen, Response, WebAddress
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.urls import split

CHECKS = ("https_exists", "https_forced", "https_hsts", "http_compression")
_OURS = frozenset({"denied", "not_tried"})
_SHUT = frozenset({"closed", "timeout", "unreachable"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_LARGEST_AGE = 2**53


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`https_exists`, `https_forced`, `https_hsts` and `http_compression`, per address."""
    if not seen.web:
        yield from nowhere(seen, *CHECKS)
    for address in seen.web:
        yield exists(seen.name, address)
        yield _forced(seen.name, address)
        yield from _answer(address, policy)


def exists(name: str, seen: WebAddress) -> Finding:
    """A closed port is a lack, and we say so; internet.nl calls it an error. Silence after the connection may be our doing."""
    about = {"address": seen.address, "reach": seen.https, "reason": seen.reason}
    if web_end(name, seen).tls:
        return Finding("https_exists", "web", seen.address, "passed", "passed")
    if seen.https in _OURS:
        return Finding(
            "https_exists", "web", seen.address, "not_tested", "not_tested", (Why("https_not_tried", about),)
        )
    if seen.https in _SHUT:
        return Finding("https_exists", "web", seen.address, "failed", "error", (Why("https_closed", about),))
    if any(each.answer in ("alert", "garbage") for each in seen.hellos):
        return Finding("https_exists", "web", seen.address, "failed", "error", (Why("https_no_tls", about),))
    return Finding("https_exists", "web", seen.address, "error", "error", (Why("https_silent", about),))


def _forced(name: str, seen: WebAddress) -> Finding:
    """The first redirect must lead to https:// on the name that was asked, before any other name (Stb. 2023, 179)."""
    check, first = "https_forced", seen.plain
    if seen.http in _OURS:
        return Finding(
            check, "web", seen.address, "not_tested", "not_tested", (Why("http_not_tried", {"reach": seen.http}),)
        )
    if seen.http in _SHUT:
        return Finding(check, "web", seen.address, "passed", "passed", (Why("http_closed"),))
    if first is None or not first.status:
        reason = first.reason if first is not None else seen.reason
        return Finding(
            check, "web", seen.address, "not_tested", "not_tested", (Why("http_silent", {"reason": reason}),)
        )
    to = next(iter(first.values("location")), "")
    if not (300 <= first.status < 400 and to):
        return Finding(
            check, "web", seen.address, "failed", "failed", (Why("http_no_redirect", {"status": first.status}),)
        )
    scheme, host, _ = split(to)
    if scheme == "https" and host == name:
        return Finding(check, "web", seen.address, "passed", "passed", (Why("http_redirects", {"to": to[:300]}),))
    if scheme == "https":
        return Finding(check, "web", seen.address, "failed", "failed", (Why("http_other_name", {"to": to[:300]}),))
    return Finding(check, "web", seen.address, "failed", "failed", (Why("http_stays_plain", {"to": to[:300]}),))


def _answer(seen: WebAddress, policy: Policy) -> Iterator[Finding]:
    front = seen.front
    if front is None or not front.status:
        for check in ("https_hsts", "http_compression"):
            yield unseen(check, seen)
        return
    yield _hsts(front, seen.address, policy.limits["hsts_seconds"])
    encoding = [each for value in front.values("content-encoding") for each in [value.strip().lower()] if each]
    if encoding and encoding != ["identity"]:
        yield Finding(
            "http_compression", "web", seen.address, "info", "info", (Why("compressed", {"how": ", ".join(encoding)}),)
        )
    else:
        yield Finding("http_compression", "web", seen.address, "passed", "passed")


def unseen(check: str, seen: WebAddress) -> Finding:
    """A check of the front page where no page was seen: not measured, which is not the same as not there."""
    reason = seen.front.reason if seen.front is not None and seen.front.reason else seen.reason
    return Finding(check, "web", seen.address, "not_tested", "not_tested", (Why("page_unseen", {"reason": reason}),))


def _hsts(front: Response, target: str, least: int) -> Finding:
    """Browsers read the first header only (RFC 6797, 8.1)."""
    sent = front.values("strict-transport-security")
    if not sent:
        return Finding("https_hsts", "web", target, "failed", "failed", (Why("hsts_none"),))
    age = max_age(sent[0])
    word: Word = "passed"
    why: list[Why] = []
    if age is None:
        word, why = "failed", [Why("hsts_unreadable", {"value": sent[0][:200]})]
    elif age < least:
        word, why = "failed", [Why("hsts_short", {"seconds": age, "least": least})]
    if len(sent) > 1:
        why.append(Why("hsts_twice", {"count": len(sent)}))
    return Finding("https_hsts", "web", target, word, word, tuple(why))


@lru_cache(maxsize=512)
def max_age(header: str) -> int | None:
    """The `max-age` of a Strict-Transport-Security header in seconds; None when a browser would put the header aside."""
    found: dict[str, str] = {}
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        key = key.strip().lower()
        if not key:
            continue
        if not _TOKEN.match(key) or key in found:
            return None  # a directive that stands twice makes the whole header void (RFC 6797, 6.1)
        found[key] = value.strip()
    age = found.get("max-age", "")
    if len(age) > 2 and age[0] == age[-1] == '"':
        age = age[1:-1]
    return min(int(age[:20]), _LARGEST_AGE) if age.isascii() and age.isdecimal() else None
