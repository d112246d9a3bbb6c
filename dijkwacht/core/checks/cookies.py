"""Cookies that a site sets before anybody agreed to anything: are they kept from eavesdroppers, scripts and other sites?

Only names are told, never values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dijkwacht.core.checks.ends import nowhere
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.https import unseen
from dijkwacht.core.checks.observed import DomainSeen, WebAddress
from dijkwacht.core.checks.policy import Policy
from dijkwacht.core.checks.urls import split

_MOST = 50


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie as it was set, without its value. `attributes`: names in lower case."""

    name: str
    attributes: Mapping[str, str]

    @property
    def same_site(self) -> str:
        """lax, strict, none, or nothing."""
        return self.attributes.get("samesite", "").lower()


def findings(seen: DomainSeen, policy: Policy) -> Iterator[Finding]:
    """`cookies`, per address."""
    if not seen.web:
        yield from nowhere(seen, "cookies")
    for address in seen.web:
        if address.front is None or not address.front.status:
            yield unseen("cookies", address)
        else:
            yield _judge(address, seen.name, policy)


def _judge(seen: WebAddress, name: str, policy: Policy) -> Finding:
    cookies = tuple(_set(seen, name))
    if not cookies:
        return Finding("cookies", "web", seen.address, "passed", "passed", (Why("cookies_none"),))
    why = [Why(lack.code, {"names": names}) for lack in _LACKS if (names := _with(lack.code, cookies, policy))]
    word: Word = "warning" if any(_HEAVY[each.code] for each in why) else "info" if why else "passed"
    return Finding("cookies", "web", seen.address, word, word, tuple(why))


def _set(seen: WebAddress, name: str) -> Iterator[Cookie]:
    """Cookies set over TLS by the name itself or one below it, on the way to the page."""
    answers = [seen.front, *seen.hops] if seen.front is not None else []
    for answer in answers:
        scheme, host, _ = split(answer.url)
        if scheme == "https" and f".{host.partition(':')[0]}".endswith(f".{name}"):
            for value in answer.values("set-cookie")[:_MOST]:
                if found := parse(value):
                    yield found


def parse(header: str) -> Cookie | None:
    """A Set-Cookie header; None for one that a browser puts aside."""
    first, *rest = header.split(";")
    name, equals, _ = first.partition("=")
    if not equals or not name.strip():
        return None
    attributes = {}
    for part in rest:
        key, _, value = part.partition("=")
        attributes[key.strip().lower()] = value.strip()
    return Cookie(name.strip()[:100], attributes)


def lacks(cookie: Cookie, tracking: tuple[str, ...]) -> Iterator[str]:
    """What one cookie lacks, as codes."""
    secure = "secure" in cookie.attributes
    if not secure:
        yield "cookie_not_secure"
    if "httponly" not in cookie.attributes:
        yield "cookie_scripts"
    if not cookie.same_site:
        yield "cookie_no_same_site"
    elif cookie.same_site not in ("lax", "strict", "none"):
        yield "cookie_bad_same_site"
    elif cookie.same_site == "none" and not secure:
        yield "cookie_none_insecure"
    name = cookie.name.lower()
    host_only = cookie.attributes.get("path") == "/" and "domain" not in cookie.attributes
    if (name.startswith("__secure-") and not secure) or (name.startswith("__host-") and not (secure and host_only)):
        yield "cookie_prefix"
    if any(cookie.name.startswith(each) for each in tracking):
        yield "cookie_tracking"


def _with(code: str, cookies: tuple[Cookie, ...], policy: Policy) -> list[str]:
    tracking = policy.lists["cookies_tracking"]
    return list(dict.fromkeys(each.name for each in cookies if code in lacks(each, tracking)))[:20]


_LACKS = (
    Why("cookie_not_secure"),
    Why("cookie_none_insecure"),
    Why("cookie_prefix"),
    Why("cookie_tracking"),
    Why("cookie_bad_same_site"),
    Why("cookie_scripts"),
    Why("cookie_no_same_site"),
)
_HEAVY = {
    "cookie_not_secure": True,
    "cookie_none_insecure": True,
    "cookie_prefix": True,
    "cookie_tracking": True,
    "cookie_bad_same_site": True,
    "cookie_scripts": False,
    "cookie_no_same_site": False,
}
