"""What is shared of an incident, whichever format it goes out in; and what kind of indicator a line is.

Indicators are written by people, often so that nobody can click on them (`hxxp`, `[.]`): that is undone here.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

Kind = Literal["ipv4", "ipv6", "domain", "url", "email", "md5", "sha1", "sha256", "cve", "text"]
Tlp = Literal["red", "amber+strict", "amber", "green", "clear"]
TLPS: tuple[Tlp, ...] = ("red", "amber+strict", "amber", "green", "clear")
SPACE = UUID("0b0f3c57-6a0e-5d0a-9a4d-5c9d1f0f5a11")
"""Our own name space: the same incident gets the same identifiers each time, so that it is updated and not doubled."""
MOST = 2_000  # indicators in one file; more is a feed, not an incident
_HASHES: dict[int, Kind] = {32: "md5", 40: "sha1", 64: "sha256"}
_CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.ASCII | re.IGNORECASE)
_HEX = re.compile(r"[0-9a-f]+", re.ASCII | re.IGNORECASE)
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?!-)[a-z][a-z0-9-]{{1,62}}", re.ASCII | re.IGNORECASE)
_MAIL = re.compile(rf"[a-z0-9._%+-]{{1,64}}@(?:{_LABEL}\.)+[a-z][a-z0-9-]{{1,62}}", re.ASCII | re.IGNORECASE)
_URL = re.compile(r"(?:https?|ftp)://[^\s/?#]+[^\s]*", re.ASCII | re.IGNORECASE)
_SCHEME = re.compile(r"^(h(?:xx|\*\*|tt)ps?|fxp)(?=\[?:)", re.IGNORECASE)
_DOTS = re.compile(r"\s?[\[({](?:\.|dot)[\])}]\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line, read: what kind it is and its value, made whole again."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What goes out. ``key``: what the incident is called here, within ``organisation_key``; moments are aware.

    ``rsit``: class and type of the taxonomy, or nothing; ``rsit_tag``: as a machine tag.
    """

    organisation: str
    organisation_key: str
    key: str
    title: str
    text: str
    began_at: datetime
    told_at: datetime
    at: datetime
    tlp: Tlp
    exercise: bool
    open: bool
    significant: bool
    rsit: str = ""
    rsit_tag: str = ""
    indicators: Sequence[Indicator] = ()

    def uuid(self, what: str) -> str:
        """An identifier that stays the same: ``what`` tells apart the parts of one incident."""
        return str(uuid5(SPACE, f"{self.organisation_key}/{self.key}/{what}"))

    @property
    def organisation_uuid(self) -> str:
        """The identifier of the organisation."""
        return str(uuid5(SPACE, self.organisation_key))


def indicators(text: str) -> tuple[Indicator, ...]:
    """The indicators in a text, one per line, each once and in order; empty lines and remarks (``#``) are skipped.

    At most 2,000. Raises ValueError when there are more.
    """
    found: dict[Indicator, None] = {}
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith("#"):
            found[_read(line)] = None
        if len(found) > MOST:
            raise ValueError(f"more than {MOST} indicators")
    return tuple(found)


def _read(line: str) -> Indicator:
    whole = _whole(line)
    for kind in ("ipv4", "ipv6"):
        try:
            version = ipaddress.ip_address(whole).version
        except ValueError:
            break
        if kind == f"ipv{version}":
            return Indicator(kind, str(ipaddress.ip_address(whole)))
    if _HEX.fullmatch(whole) and len(whole) in _HASHES:
        return Indicator(_HASHES[len(whole)], whole.lower())
    if _CVE.fullmatch(whole):
        return Indicator("cve", whole.upper())
    if _URL.fullmatch(whole):
        return Indicator("url", whole)
    if _MAIL.fullmatch(whole):
        return Indicator("email", whole)
    if _DOMAIN.fullmatch(whole):
        return Indicator("domain", whole.lower())
    return Indicator("text", line)


def _whole(line: str) -> str:
    """The line without what keeps people from clicking on it."""
    plain = _DOTS.sub(".", line).replace("[:]", ":").replace("[://]", "://").replace("[@]", "@").replace("[at]", "@")
    return _SCHEME.sub(
        lambda found: found.group().lower().replace("xx", "tt").replace("**", "tt").replace("fxp", "ftp"), plain
    )
