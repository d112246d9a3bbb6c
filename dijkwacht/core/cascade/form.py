"""A network as data: the form of the file that the command and the pages read and write. Pure.

A mapping with ``nodes``, each {id, name, buffer_hours, recovery_hours, kind}, and ``edges``, each {from, to,
delay_hours, probability, source, uses_buffer}. Bands are three numbers. Without ``buffer_hours`` or ``recovery_hours``
they are nothing; without ``uses_buffer`` the buffer of the target counts.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from dijkwacht.core.cascade.network import (
    MOST_EDGES,
    MOST_NODES,
    NOTHING,
    Band,
    Edge,
    Network,
    NetworkError,
    Node,
    Problem,
    problems,
)

NODE_KEYS = ("id", "name", "buffer_hours", "recovery_hours", "kind")
EDGE_KEYS = ("from", "to", "delay_hours", "probability", "source", "uses_buffer")
LONGEST_ID, LONGEST_TEXT = 64, 500
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Signs that steer a terminal, or that no file can hold."""
_LAYOUT = {ord("\n"): " ", ord("\t"): " "}


def network_of(data: Any) -> Network:
    """The network that the data say. Raises NetworkError with all that is wrong, by node or edge."""
    if not isinstance(data, dict) or not all(isinstance(data.get(key), list) for key in ("nodes", "edges")):
        raise NetworkError([Problem("not_a_network")])
    if len(data["nodes"]) > MOST_NODES or len(data["edges"]) > MOST_EDGES:
        raise NetworkError([Problem("too_many_nodes" if len(data["nodes"]) > MOST_NODES else "too_many_edges")])
    found = [Problem("unknown_key", "", str(key)) for key in data if key not in {"nodes", "edges"}]
    nodes = tuple(_node(each, f"nodes[{at}]", found) for at, each in enumerate(data["nodes"]))
    edges = tuple(_edge(each, f"edges[{at}]", found) for at, each in enumerate(data["edges"]))
    network = Network(nodes, edges)
    if found or (found := problems(network)):
        raise NetworkError(found)
    return network


def data_of(network: Network) -> dict[str, Any]:
    """The network as data; ``network_of`` reads it back."""
    return {
        "nodes": [
            {
                "id": each.id, "name": each.name, "kind": each.kind, "buffer_hours": _three(each.buffer),
                "recovery_hours": _three(each.recovery),
            }
            for each in network.nodes
        ],
        "edges": [
            {
                "from": each.origin, "to": each.target, "delay_hours": _three(each.delay),
                "probability": _three(each.chance), "uses_buffer": each.uses_buffer, "source": each.source,
            }
            for each in network.edges
        ],
    }  # fmt: skip


def digest(network: Network) -> str:
    """What tells one network from another, names and sources left out: 64 signs."""
    data = data_of(network)
    for each in (*data["nodes"], *data["edges"]):
        each.pop("name", None)
        each.pop("source", None)
    return sha256(dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _three(band: Band) -> list[float]:
    return [float(each) for each in (band.low, band.likely, band.high)]


def _node(data: Any, where: str, found: list[Problem]) -> Node:
    if not isinstance(data, dict):
        found.append(Problem("not_a_mapping", where))
        return Node("", "")
    name = _id(data, "id", where, found) or where
    _only(data, NODE_KEYS, name, found)
    return Node(
        name, _text(data, "name", name, found) or name, _band(data, "buffer_hours", name, found, needed=False),
        _band(data, "recovery_hours", name, found, needed=False), _text(data, "kind", name, found),
    )  # fmt: skip


def _edge(data: Any, where: str, found: list[Problem]) -> Edge:
    if not isinstance(data, dict):
        found.append(Problem("not_a_mapping", where))
        return Edge("", "", NOTHING, NOTHING)
    ends = _id(data, "from", where, found), _id(data, "to", where, found)
    name = f"{ends[0]} -> {ends[1]}" if all(ends) else where
    _only(data, EDGE_KEYS, name, found)
    waits = data.get("uses_buffer", True)
    if not isinstance(waits, bool):
        found.append(Problem("not_a_flag", name, "uses_buffer"))
    delay, chance = _band(data, "delay_hours", name, found), _band(data, "probability", name, found)
    return Edge(*ends, delay, chance, waits is True, _text(data, "source", name, found))


def _id(data: Mapping[str, Any], key: str, where: str, found: list[Problem]) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_ID or _STEERING.search(value):
        found.append(Problem("no_id", where, key))
        return ""
    return value


def _only(data: Mapping[str, Any], allowed: Iterable[str], where: str, found: list[Problem]) -> None:
    found += [Problem("unknown_key", where, f"{key!s:.40}") for key in data if key not in set(allowed)]


def _text(data: Mapping[str, Any], key: str, where: str, found: list[Problem]) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or _STEERING.search(value.translate(_LAYOUT)):
        found.append(Problem("not_a_text", where, key))
        return ""
    return value


def _band(data: Mapping[str, Any], key: str, where: str, found: list[Problem], *, needed: bool = True) -> Band:
    value = data.get(key)
    if value is None and not needed:
        return NOTHING
    if value is None:
        found.append(Problem("missing", where, key))
        return NOTHING
    if not isinstance(value, list) or len(value) != 3 or not all(type(each) in {int, float} for each in value):
        found.append(Problem("not_a_band", where, f"{key} {value!r:.40}"))
        return NOTHING
    if any(abs(each) > 1e15 for each in value):  # a whole number may be too large for a float; NaN is found later
        found.append(Problem("not_finite", where, f"{key} {value!r:.40}"))
        return NOTHING
    return Band(*(float(each) for each in value))
