"""Addresses of pages, as far as a check must understand them. (The core has no urllib: it may not do what that can do.)"""

import re
from functools import lru_cache

_URL = re.compile(r"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#\\]*))?([^?#]*)")
_PORTS = {"https": "443", "http": "80"}


@lru_cache(maxsize=2048)
def split(url: str) -> tuple[str, str, str]:
    """Scheme, host and path of an address; each empty when it has none. An unusual port stays with the host: `name:8443`."""
    found = _URL.match(url.strip())
    if found is None:
        return "", "", ""
    scheme = (found[1] or "").lower()
    host = (found[2] or "").rpartition("@")[2].lower()
    name, colon, port = host.rpartition(":")
    if colon and port in ("", _PORTS.get(scheme)):
        host = name
    return scheme, host.rstrip("."), found[3] or ""
