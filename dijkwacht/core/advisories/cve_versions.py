"""The versions of a CVE record (JSON 5) as lines that a `ProductLine` can hold: status, form and text.

Rules of the record format: ``version`` alone is one version; with ``lessThan`` or ``lessThanOrEqual`` it begins a stretch, ``0``
from the first; ``changes`` turn the status within it; ``defaultStatus`` is for what is not listed, and means *unknown* when it is
left out: then what is not listed is a question, never silence.
"""

from collections.abc import Mapping
from typing import Any

from dijkwacht.core.advisories.ranges import spelled
from dijkwacht.core.advisories.shapes import Status, VersionForm

__all__ = ["Told", "told_versions"]

Told = tuple[Status, VersionForm, str]
_STATUS: dict[str, Status] = {"affected": "affected", "unaffected": "not_affected", "unknown": "unknown"}
_FIRST = frozenset(("0", "*", "", "n/a", "na", "unspecified", "unknown", "all", "-"))
_EVERY = frozenset(("*", "all"))
_ALL = "vers:unknown/*"


def told_versions(block: Mapping[str, Any]) -> tuple[Told, ...]:
    """What one entry of ``affected`` says of versions, in order, each once. What has not the shape of the format is left out."""
    found: list[Told] = []
    listed = block.get("versions")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            found += _entry(each)
    default = _status(block.get("defaultStatus"))
    if default is None and not found:
        found.append(("affected", "none", ""))
    elif default in ("affected", "unknown"):
        found.append((default, "range", _ALL))
    elif default is None and not any(text in ("", _ALL) for _, _, text in found):
        found.append(("unknown", "range", _ALL))
    return tuple(dict.fromkeys(found))


def _entry(entry: Mapping[str, Any]) -> list[Told]:
    status = _status(entry.get("status")) or "affected"
    version = _text(entry.get("version"))
    below = _text(entry["lessThan"]) if "lessThan" in entry else ""
    to = _text(entry["lessThanOrEqual"]) if "lessThanOrEqual" in entry else ""
    if not below and not to:
        return [_single(status, version)]
    low = "" if version.lower() in _FIRST else version
    end = ("<", below) if below else ("<=", to)
    found: list[Told] = []
    changes = entry.get("changes")
    for each in changes if isinstance(changes, list) else ():
        at, turned = (_text(each.get("at")), _status(each.get("status"))) if isinstance(each, Mapping) else ("", None)
        if at and turned:
            found.append(_stretch(status, low, ("<", at)))
            low, status = at, turned
    found.append(_stretch(status, low, end))
    return found


def _single(status: Status, version: str) -> Told:
    if version.lower() in _EVERY:
        return status, "range", _ALL
    if version.lower() in _FIRST and version != "0":
        return status, "none", ""
    return status, "version", version


def _stretch(status: Status, low: str, end: tuple[str, str]) -> Told:
    bounds = [(">=", low)] if low else []
    if end[1].lower() not in _EVERY:
        bounds.append(end)
    return status, "range", spelled(bounds) if bounds else _ALL


def _status(value: object) -> Status | None:
    return _STATUS.get(value) if isinstance(value, str) else None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, int | float) else ""
