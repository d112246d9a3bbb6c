"""Content-Security-Policy: parsed as a browser does, and judged directive by directive.

Several policies hold together: what one of them forbids is forbidden, so a lack counts only when every policy has it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dijkwacht.core.checks.ends import nowhere
from dijkwacht.core.checks.finding import Finding, Why, Word
from dijkwacht.core.checks.https import unseen
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.policy import Policy

Directives = Mapping[str, tuple[str, ...]]
_HOST = re.compile(
    r"(?:([a-z][a-z0-9+.-]*)://)?((?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\*|\[[0-9a-f:.]+\])(:(?:\d+|\*))?(/.*)?\Z"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):\Z")
_SECRET = re.compile(r"'(?:nonce|sha256|sha384|sha512)-[a-z0-9+/_-]+=*'\Z")
_KNOWN = frozenset(
    {
        "script-src", "object-src", "style-src", "img-src", "connect-src", "font-src", "media-src", "frame-src",
        "worker-src", "child-src", "manifest-src", "script-src-elem", "script-src-attr", "style-src-elem",
        "style-src-attr", "default-src", "base-uri", "form-action", "frame-ancestors", "sandbox", "report-uri",
        "report-to", "upgrade-insecure-requests", "require-trusted-types-for", "trusted-types", "fenced-frame-src",
    }
)  # fmt: skip
_GONE = frozenset(
    {"block-all-mixed-content", "plugin-types", "prefetch-src", "navigate-to", "reflected-xss", "referrer"}
)
_NO_SOURCES = frozenset({"sandbox", "report-uri", "report-to", "trusted-types", "require-trusted-types-for", *_GONE})
_KEYWORDS = frozenset(
    {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'strict-dynamic'", "'report-sample'",
     "'wasm-unsafe-eval'", "'inline-speculation-rules'", "'allow-duplicates'"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lack:
    """What is wrong in one directive. `mended`: the policy itself takes the harm away, though internet.nl counts it."""

    why: str
    directive: str
    source: str = ""
    mended: bool = False


def findings(seen: DomainSeen, _policy: Policy) -> Iterator[Finding]:
    """`http_csp`, per address."""
    if not seen.web:
        yield from nowhere(seen, "http_csp")
    for address in seen.web:
        if address.front is None or not address.front.status:
            yield unseen("http_csp", address)
            continue
        sent = address.front.values("content-security-policy")
        if not directives(sent):
            trial = bool(address.front.values("content-security-policy-report-only"))
            why = Why("csp_trial") if trial else Why("csp_none")
            yield Finding("http_csp", "web", address.address, "warning", "warning", (why,))
            continue
        lacks, notes = judge(sent, seen.name)
        word: Word = "passed" if all(each.mended for each in lacks) else "warning"
        peer: Word = "warning" if lacks else "passed"
        yield Finding("http_csp", "web", address.address, word, peer, tuple(map(_said, (*lacks, *notes)[:40])))


def directives(sent: tuple[str, ...]) -> frozenset[str]:
    """The names of all directives in all policies of a page."""
    return frozenset(name for header in sent for each in parse(header) for name in each)


@lru_cache(maxsize=1024)
def parse(header: str) -> tuple[Directives, ...]:
    """The policies of one header, each a mapping of directive to sources; of a directive that stands twice the first counts."""
    found = []
    for policy in header.split(","):
        read: dict[str, tuple[str, ...]] = {}
        for part in policy.split(";"):
            words = part.split()
            if words:
                read.setdefault(words[0].lower(), tuple(words[1:]))
        if read:
            found.append(read)
    return tuple(found)


@lru_cache(maxsize=4096)
def judge(sent: tuple[str, ...], host: str) -> tuple[tuple[Lack, ...], tuple[Lack, ...]]:
    """What every policy lacks, and what is worth knowing of any of them. Empty without a policy."""
    policies = [each for header in sent for each in parse(header)][:10]
    if not policies:
        return (), ()
    found = [{(lack.why, lack.directive): lack for lack in _lacks(policy, host)} for policy in policies]
    lacks = tuple(lack for key, lack in found[0].items() if all(key in each for each in found))
    texts = [text for header in sent for text in header.split(",")][:10]
    notes = tuple(dict.fromkeys(note for text in texts for note in _notes(text)))
    return lacks, notes


def _lacks(policy: Directives, host: str) -> Iterator[Lack]:
    for name, sources in policy.items():
        if name not in _NO_SOURCES:
            yield from _sources(name, sources)
    for name in ("default-src", "base-uri"):
        if name not in policy:
            yield Lack("csp_missing", name)
        elif not _own(policy[name], host):
            yield Lack("csp_wide", name, " ".join(policy[name])[:200])
    for name in ("frame-ancestors", "form-action"):
        if name not in policy:
            yield Lack("csp_missing", name)
    for name in ("script-src", "object-src"):
        used = policy.get(name, policy.get("default-src", ()))
        if any(each.lower() == "data:" for each in used):
            yield Lack("csp_data", name)


def _sources(name: str, sources: tuple[str, ...]) -> Iterator[Lack]:
    lower = [each.lower() for each in sources]
    # A nonce or hash makes every browser since 2016 put 'unsafe-inline' aside (CSP 3, 8.2).
    secret = any(_SECRET.match(each) for each in lower)
    for source in lower:
        if source == "'unsafe-inline'":
            yield Lack("csp_unsafe_inline", name, mended=secret)
        elif source in ("'unsafe-eval'", "'unsafe-hashes'"):
            yield Lack("csp_unsafe", name, source)
        elif source.startswith("'"):
            continue
        elif found := _SCHEME.match(source):
            if found[1] in ("http", "https", "ws"):
                yield Lack("csp_scheme", name, source)
        elif place := _HOST.match(source):
            yield from _place(name, source, place[1], place[2])


def _place(name: str, source: str, scheme: str | None, host: str) -> Iterator[Lack]:
    if host == "*":
        yield Lack("csp_anyone", name, source)
    elif scheme == "http":
        yield Lack("csp_scheme", name, source)
    elif host in ("127.0.0.1", "localhost", "[::1]"):
        yield Lack("csp_loopback", name, source)
    elif scheme is None:
        yield Lack("csp_no_scheme", name, source)


def _own(sources: tuple[str, ...], host: str) -> bool:
    """Whether only the name itself is let in: 'none' alone, or 'self' with at most hosts of the same name."""
    lower = [each.lower() for each in sources if each.lower() != "'report-sample'"]
    if lower in (["'none'"], []):
        return True
    rest = [each for each in lower if each != "'self'"]
    return len(rest) < len(lower) and all(
        (place := _HOST.match(each)) is not None and _related(place[2], host) for each in rest
    )


def _related(place: str, host: str) -> bool:
    place = place.rstrip(".")
    if place.startswith("*."):
        return "." in place[2:] and f".{host}".endswith(place[1:])
    return place == host or place.endswith("." + host)


def _notes(policy: str) -> Iterator[Lack]:
    """What a browser passes over without a word: of interest to whoever wrote it, no lack by itself."""
    seen: set[str] = set()
    for part in policy.split(";"):
        words = part.lower().split()
        if not words:
            continue
        if words[0] in seen:
            yield Lack("csp_twice", words[0])
        elif words[0] in _GONE:
            yield Lack("csp_gone", words[0])
        elif words[0] not in _KNOWN:
            yield Lack("csp_unknown", words[0][:60])
        seen.add(words[0])
        if words[0] in _KNOWN and words[0] not in _NO_SOURCES:
            if "'none'" in words and len(words) > 2:
                yield Lack("csp_none_mixed", words[0])
            yield from (Lack("csp_source", words[0], each[:60]) for each in words[1:20] if not _readable(each))


def _readable(source: str) -> bool:
    if source.startswith("'"):
        return source in _KEYWORDS or bool(_SECRET.match(source))
    return bool(_SCHEME.match(source) or _HOST.match(source))


def _said(lack: Lack) -> Why:
    params = {"directive": lack.directive, "source": lack.source}
    if lack.mended:
        return Why("csp_inline_mended", params)
    return Why(lack.why, params)
