"""One DMARC record: the tags of RFC 7489 section 6.3 and of RFC 9989, which drops pct, ri and rf and adds t, np and psd.

Reading never fails. What breaks the record for receivers is kept apart from what only one of both texts minds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

POLICIES = ("none", "quarantine", "reject")
_VERSION = re.compile(r"v[ \t]*=[ \t]*DMARC1[ \t]*(?=;|\Z)", re.IGNORECASE)
_TAG = re.compile(r"[ \t]*([a-z][a-z0-9_-]*)[ \t]*=[ \t]*(.*?)[ \t]*", re.IGNORECASE | re.DOTALL)
_URI = re.compile(r"([a-z][a-z0-9+.-]*):([^,!; \t]+)(?:!([0-9]+)[kmgt]?)?", re.IGNORECASE)
_VALUES: Mapping[str, re.Pattern[str]] = {
    "p": re.compile("|".join(POLICIES), re.IGNORECASE),
    "sp": re.compile("|".join(POLICIES), re.IGNORECASE),
    "np": re.compile("|".join(POLICIES), re.IGNORECASE),
    "t": re.compile("[yn]", re.IGNORECASE),
    "psd": re.compile("[ynu]", re.IGNORECASE),
    "adkim": re.compile("[rs]", re.IGNORECASE),
    "aspf": re.compile("[rs]", re.IGNORECASE),
    "fo": re.compile(r"[01ds](?:[ \t]*:[ \t]*[01ds])*", re.IGNORECASE),
    "pct": re.compile("[0-9]{1,2}|100"),
    "ri": re.compile("[0-9]{1,10}"),
    "rf": re.compile(r"[a-z0-9-]*[a-z0-9](?:[ \t]*:[ \t]*[a-z0-9-]*[a-z0-9])*", re.IGNORECASE),
}
_MOST_TAGS, _MOST_ADDRESSES = 64, 50


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read. `wrong`: the parts that are no tag, stand twice, or have a value that does not exist."""

    tags: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()

    def policy(self, *, below: bool = False) -> str:
        """What is asked for mail of the name, or of a name below it: none, quarantine, reject; "" when it is not said."""
        asked = self.tags.get("p", "").lower()
        return (self.tags.get("sp", "").lower() or asked) if below else asked

    @property
    def testing(self) -> bool:
        """Whether receivers are asked to treat mail one step milder (RFC 9989, `t=y`)."""
        return self.tags.get("t", "").lower() == "y"

    @property
    def percent(self) -> int:
        """The share of mail a policy of RFC 7489 counts for; RFC 9989 has no such share."""
        return int(self.tags.get("pct", "100"))

    def hosts(self) -> tuple[str, ...]:
        """The hosts that get reports by mail, each once, in the order of the record."""
        found: dict[str, None] = {}
        for tag in ("rua", "ruf"):
            for uri in self.tags.get(tag, "").split(",")[:_MOST_ADDRESSES]:
                read = _URI.fullmatch(uri.strip(" \t"))
                if read and read[1].lower() == "mailto" and "@" in read[2]:
                    found[read[2].rpartition("@")[2].lower().rstrip(".")] = None
        return tuple(found)


def is_record(text: str) -> bool:
    """Whether a text says that it is DMARC."""
    return _VERSION.match(text) is not None


def records(texts: Iterable[str]) -> list[str]:
    """The texts that say they are DMARC. Others under the same name do not count."""
    return [text for text in texts if is_record(text)]


def parse(text: str) -> Record:
    """The record in a text that `is_record`. Any text at all gives a Record; unknown tags are passed over."""
    if not (version := _VERSION.match(text)):
        return Record(wrong=(text[:80],))
    tags: dict[str, str] = {}
    wrong: list[str] = []
    parts = [part for part in text[version.end() :].split(";") if part.strip(" \t")]
    for part in parts[:_MOST_TAGS]:
        read = _TAG.fullmatch(part)
        if not read or (name := read[1].lower()) in tags or not _sound(name, read[2]):
            wrong.append(part.strip()[:80])
            continue
        tags[name] = read[2]
    return Record(tags, tuple(wrong[:10]))


def _sound(tag: str, value: str) -> bool:
    """Whether a tag may have this value; tags that are not known may have any."""
    if tag in ("rua", "ruf"):
        uris = value.split(",")
        return len(uris) <= _MOST_ADDRESSES and all(_URI.fullmatch(uri.strip(" \t")) for uri in uris)
    return tag not in _VALUES or _VALUES[tag].fullmatch(value) is not None
