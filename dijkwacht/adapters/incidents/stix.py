"""An incident as a STIX 2.1 bundle: who tells it, the incident, its indicators, marked with TLP 2.0.

The markings of TLP 2.0 and their identifiers: OASIS cti-stix-common-objects. The incident of STIX 2.1 is a stub: a name and a
description.
"""

import json
from datetime import UTC, datetime
from typing import Any

from dijkwacht.adapters.incidents.shared import Indicator, Kind, Shared, Tlp

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_MADE = "2022-10-01T00:00:00.000Z"
TLP_IDS: dict[Tlp, str] = {
    "clear": "94868c89-83c2-464b-929b-a1a8aa3c8487", "green": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "e828b379-4e03-4974-9ac4-e53a884c97c1",
}  # fmt: skip
PATTERNS: dict[Kind, str] = {
    "ipv4": "ipv4-addr:value", "ipv6": "ipv6-addr:value", "domain": "domain-name:value", "url": "url:value",
    "email": "email-addr:value", "md5": "file:hashes.MD5", "sha1": "file:hashes.'SHA-1'",
    "sha256": "file:hashes.'SHA-256'",
}  # fmt: skip


def bundle(shared: Shared) -> bytes:
    """The bundle as JSON. What is no pattern (a remark, a CVE) goes along as a note or a vulnerability."""
    marking = _marking(shared.tlp)
    maker = {
        **_object(shared, "identity", shared.organisation_uuid, mark=False), "name": shared.organisation,
        "identity_class": "organization",
    }  # fmt: skip
    exercise = "OEFENING: " if shared.exercise else ""
    incident = {
        **_object(shared, "incident", shared.uuid("incident")), "name": f"{exercise}{shared.title}",
        **({"description": shared.text.strip()} if shared.text.strip() else {}),
        **({"labels": labels} if (labels := _labels(shared)) else {}),
    }  # fmt: skip
    rows = [each for indicator in shared.indicators for each in _told(shared, indicator, incident["id"])]
    objects = [marking, maker, incident, *rows]
    found = {"type": "bundle", "id": f"bundle--{shared.uuid(f'bundle {shared.at.isoformat()}')}", "objects": objects}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _labels(shared: Shared) -> list[str]:
    return [each for each in (shared.rsit_tag, "exercise" if shared.exercise else "") if each]


def _marking(tlp: Tlp) -> dict[str, Any]:
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": f"marking-definition--{TLP_IDS[tlp]}",
        "created": TLP_MADE, "name": f"TLP:{tlp.upper()}",
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": tlp}},
    }  # fmt: skip


def _told(shared: Shared, indicator: Indicator, incident: str) -> list[dict[str, Any]]:
    key = f"{indicator.kind}:{indicator.value}"
    if indicator.kind == "text":
        note = _object(shared, "note", shared.uuid(key))
        return [{**note, "content": indicator.value, "object_refs": [incident]}]
    if indicator.kind == "cve":
        made: dict[str, Any] = {
            **_object(shared, "vulnerability", shared.uuid(key)), "name": indicator.value,
            "external_references": [{"source_name": "cve", "external_id": indicator.value}],
        }  # fmt: skip
    else:
        made = {
            **_object(shared, "indicator", shared.uuid(key)), "name": indicator.value,
            "pattern": f"[{PATTERNS[indicator.kind]} = '{_quoted(indicator.value)}']", "pattern_type": "stix",
            "valid_from": _stamp(shared.began_at),
        }  # fmt: skip
    link = {
        **_object(shared, "relationship", shared.uuid(f"link {key}")), "relationship_type": "related-to",
        "source_ref": made["id"], "target_ref": incident,
    }  # fmt: skip
    return [made, link]


def _object(shared: Shared, kind: str, uuid: str, *, mark: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid}", "created": _stamp(shared.told_at),
        "modified": _stamp(max(shared.at, shared.told_at)),
    }  # fmt: skip
    if mark:
        found["created_by_ref"] = f"identity--{shared.organisation_uuid}"
        found["object_marking_refs"] = [f"marking-definition--{TLP_IDS[shared.tlp]}"]
    return found


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
