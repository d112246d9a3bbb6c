"""What a front page says of itself: whom it loads from, what made it, and how much two versions of it are alike."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

from publicsuffixlist import PublicSuffixList

from dijkwacht.adapters.probing.http import clean
from dijkwacht.core.checks.observed import Likeness, Page

_MOST: Final = 500
"""Resources of one page that are looked at."""
_TAG = re.compile(
    r"<(script|link|img|iframe|frame|embed|object|source|video|audio|meta|base|input)\b([^<>]{0,4000})", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"""([a-z:-]{1,20})\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))""", re.IGNORECASE
)
_SOURCES: Final = {"link": "href", "object": "data"}
_LOADED: Final = frozenset(
    ("stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon", "shortcut")
)
_NONCE = re.compile(rb"""(?:nonce=|__VIEWSTATE[A-Z]*"[^>]{0,200}?value=)(?:"[^"]*"|'[^']*')""")


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def organisational(host: str) -> str:
    """The registrable domain of a host by the public suffix list; the host itself when it has none."""
    return _suffixes().privatesuffix(host) or host


def is_public_suffix(name: str) -> bool:
    """Whether anyone may register names directly below this one, by the public suffix list; an unknown top is none."""
    return _suffixes().publicsuffix(name, accept_unknown=False) == name


def read(url: str, body: bytes) -> Page:
    """What the HTML of `url` loads. Text that is no HTML loads nothing."""
    text = _without_comments(body.decode("utf-8", "replace"))
    scripts: list[str] = []
    loaded: list[str] = []
    generator, base = "", url
    for count, found in enumerate(_TAG.finditer(text)):
        if count >= _MOST:
            break
        tag, attributes = found[1].lower(), _attributes(found[2])
        if tag == "meta":
            if not generator and attributes.get("name", "").lower() == "generator":
                generator = clean(attributes.get("content", ""))[:200]
            continue
        source = attributes.get(_SOURCES.get(tag, "src"), "")
        if tag == "base":
            base = _joined(url, attributes.get("href", "")) or base
        elif source and (tag != "link" or _LOADED & set(attributes.get("rel", "").lower().split())):
            loaded.append(_joined(base, source))
            if tag == "script":
                scripts.append(clean(source)[:500])
    return Page(_third_parties(url, loaded), tuple(scripts), generator, _insecure(url, loaded))


def _without_comments(text: str) -> str:
    """One pass: a regular expression would look for the end again and again, in text made for that."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        at = text.find("-->", start + 4) + 3
        if at < 3:
            return "".join(parts)
    return "".join((*parts, text[at:]))


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in _ATTRIBUTE.finditer(text):
        found.setdefault(each[1].lower(), each[2] or each[3] or each[4] or "")
    return found


def _joined(base: str, source: str) -> str:
    try:
        return urljoin(base, source.strip())
    except ValueError:
        return ""


def _third_parties(url: str, loaded: list[str]) -> tuple[str, ...]:
    home = organisational(_host(url))
    hosts = {host for host in map(_host, loaded) if host}
    return tuple(sorted(clean(host) for host in hosts if organisational(host) != home))


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https", "ws", "wss") else ""
    except ValueError:
        return ""


def _insecure(url: str, loaded: list[str]) -> tuple[str, ...]:
    if not url.startswith("https:"):
        return ()
    return tuple(dict.fromkeys(clean(each)[:500] for each in loaded if each.startswith("http:")))


def likeness(one: bytes, other: bytes) -> Likeness:
    """How much two bodies are alike: twice the octets they share, order aside, over all of them (what difflib calls quick_ratio).

    Nonces and view states are left out, since they differ at every visit. Two empty bodies are the same.
    """
    if one == other:
        return Likeness(1.0)
    one, other = _NONCE.sub(b"", one), _NONCE.sub(b"", other)
    total = len(one) + len(other)
    if not total or one == other:
        return Likeness(1.0)
    left, right = Counter(one), Counter(other)
    shared = sum(min(count, right[octet]) for octet, count in left.items())
    return Likeness(2.0 * shared / total)
