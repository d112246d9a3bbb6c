"""A network of one's own: the start network with what was changed, added or taken away; and what a file changes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dijkwacht.core.cascade.form import data_of, network_of
from dijkwacht.core.cascade.network import Network

NODE, EDGE = "node", "edge"


@dataclass(frozen=True, slots=True)
class Change:
    """One node (``key``: its id) or edge (``from>to``) that is otherwise, new or ``gone``. ``values``: as in a file."""

    kind: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    gone: bool = False


def edge_key(origin: str, target: str) -> str:
    """What tells an edge apart within a network of one's own, where there is one between two nodes."""
    return f"{origin}>{target}"


def applied(network: Network, changes: Sequence[Change]) -> Network:
    """The network with the changes; an edge goes along with its node. Raises NetworkError when that makes no network."""
    rows = _rows(network)
    for each in changes:
        if each.gone:
            rows[each.kind].pop(each.key, None)
        else:
            rows[each.kind][each.key] = {**rows[each.kind].get(each.key, {}), **each.values}
    gone = {each.key for each in changes if each.gone and each.kind == NODE} - rows[NODE].keys()
    edges = [each for each in rows[EDGE].values() if each.get("from") not in gone and each.get("to") not in gone]
    return network_of({"nodes": list(rows[NODE].values()), "edges": edges})


def differences(start: Network, other: Network) -> list[Change]:
    """What must be changed in one network to get the other. Of edges between the same two nodes the last counts."""
    mine, theirs = _rows(start), _rows(other)
    found = []
    for kind in (NODE, EDGE):
        for key, row in theirs[kind].items():
            old = mine[kind].get(key, {})
            if values := {name: value for name, value in row.items() if old.get(name) != value}:
                found.append(Change(kind, key, values))
        found += [Change(kind, key, gone=True) for key in mine[kind] if key not in theirs[kind]]
    return found


def _rows(network: Network) -> dict[str, dict[str, dict[str, Any]]]:
    data = data_of(network)
    edges = {edge_key(each["from"], each["to"]): each for each in data["edges"]}
    return {NODE: {each["id"]: each for each in data["nodes"]}, EDGE: edges}
