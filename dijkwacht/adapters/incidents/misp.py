"""An incident as a MISP event, as its core format has it (draft-dulaunoy-misp-core-format, November 2025)."""

import json
from typing import Any

from dijkwacht.adapters.incidents.shared import Indicator, Kind, Shared, Tlp

KINDS: dict[Kind, tuple[str, str]] = {
    "ipv4": ("ip-dst", "Network activity"), "ipv6": ("ip-dst", "Network activity"), "domain": ("domain", "Network activity"),
    "url": ("url", "Network activity"), "email": ("email", "Network activity"), "md5": ("md5", "Payload delivery"),
    "sha1": ("sha1", "Payload delivery"), "sha256": ("sha256", "Payload delivery"),
    "cve": ("vulnerability", "External analysis"), "text": ("text", "Other"),
}  # fmt: skip
"""Type and category. Which end of a connection an address is nobody wrote down: as destination it is watched outward."""
UNWATCHED: tuple[Kind, ...] = ("cve", "text")
"""Told, but nothing to raise an alarm on."""
FAR: dict[Tlp, str] = {"red": "0", "amber+strict": "0", "amber": "0", "green": "1", "clear": "3"}
"""How far a server passes it on by itself: 0 nobody, 1 this community, 3 everybody. The careful side where TLP leaves room."""
UNDEFINED, HIGH = "4", "1"
LONGEST = 255


def event(shared: Shared) -> bytes:
    """The event as JSON, not published: whoever imports it decides on that."""
    stamp = str(int(shared.at.timestamp()))
    rows = _attributes(shared, stamp)
    owner = {"id": "0", "name": shared.organisation, "uuid": shared.organisation_uuid}
    mark = "OEFENING: " if shared.exercise else ""
    found = {
        "uuid": shared.uuid("event"), "id": "0", "org_id": "0", "orgc_id": "0", "Org": owner, "Orgc": owner,
        "date": shared.began_at.date().isoformat(), "info": " ".join(f"{mark}{shared.title}".split())[:LONGEST],
        "published": False, "timestamp": stamp, "publish_timestamp": "0",
        "threat_level_id": HIGH if shared.significant else UNDEFINED, "analysis": "1" if shared.open else "2",
        "distribution": FAR[shared.tlp], "sharing_group_id": "0", "extends_uuid": "", "locked": False,
        "Tag": [{"name": name} for name in _tags(shared)], "Attribute": rows, "attribute_count": str(len(rows)), "Object": [],
    }  # fmt: skip
    return json.dumps({"Event": found}, ensure_ascii=False, indent=1).encode()


def _tags(shared: Shared) -> list[str]:
    tags = [f"tlp:{shared.tlp}", *([shared.rsit_tag] if shared.rsit_tag else [])]
    return [*tags, 'rsit:test="test"'] if shared.exercise and 'rsit:test="test"' not in tags else tags


def _attributes(shared: Shared, stamp: str) -> list[dict[str, Any]]:
    rows = [_attribute(shared, each, stamp) for each in shared.indicators]
    if shared.text.strip():
        rows.insert(0, _row(shared, "description", ("text", "Internal reference"), shared.text.strip(), stamp))
    return rows


def _attribute(shared: Shared, indicator: Indicator, stamp: str) -> dict[str, Any]:
    watched = indicator.kind not in UNWATCHED and not shared.exercise
    row = _row(shared, f"{indicator.kind}:{indicator.value}", KINDS[indicator.kind], indicator.value, stamp)
    return {**row, "to_ids": watched}


def _row(shared: Shared, key: str, kind: tuple[str, str], value: str, stamp: str) -> dict[str, Any]:
    return {
        "uuid": shared.uuid(key), "id": "0", "event_id": "0", "type": kind[0], "category": kind[1],
        "value": value, "to_ids": False, "timestamp": stamp, "distribution": "5", "sharing_group_id": "0", "comment": "",
        "deleted": False, "disable_correlation": False, "object_id": "0",
    }  # fmt: skip
