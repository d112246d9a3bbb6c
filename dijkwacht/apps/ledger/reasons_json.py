"""Reasons of a verdict as compact JSON, and back. Short keys, empty fields left out: there are very many of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from dijkwacht.core.days import parse_day
from dijkwacht.core.facts import Assurance
from dijkwacht.core.typed import pack, unpack
from dijkwacht.core.verdict import Reason

KEYS = {"f": "fact_type", "i": "fact_id", "s": "subject", "r": "requirement", "b": "said_by"}


def dump(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """The reasons in plain JSON values."""
    return [_dump(reason) for reason in reasons]


def load(stored: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """The reasons as the engine gave them."""
    return tuple(_load(each) for each in stored)


def _dump(reason: Reason) -> dict[str, Any]:
    out: dict[str, Any] = {"c": reason.code}
    for key, field in KEYS.items():
        if found := getattr(reason, field):
            out[key] = found
    if reason.value is not None:
        out["v"] = pack(reason.value)
    if reason.since is not None:
        out["d"] = reason.since.isoformat()
    if reason.assurance is not None:
        out["a"] = int(reason.assurance)
    if reason.params:
        out["p"] = {key: pack(value) for key, value in reason.params.items()}
    return out


def _load(stored: Mapping[str, Any]) -> Reason:
    fields = {field: stored[key] for key, field in KEYS.items() if key in stored}
    return Reason(
        stored["c"],
        value=unpack(stored.get("v")),
        since=parse_day(stored["d"]) if "d" in stored else None,
        assurance=Assurance(stored["a"]) if "a" in stored else None,
        params={key: unpack(value) for key, value in stored.get("p", {}).items()},
        **fields,
    )
