"""Reads a library of CISO Assistant (YAML): frameworks and mapping sets, as the same values that OSCAL gives.

A library says per pair how a source relates to a target; its ``strength_of_relationship`` is an opinion about that opinion,
and is left aside. Form as in version 3.9 (2026).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dijkwacht.adapters.ciso_assistant import read_yaml
from dijkwacht.adapters.limits import TableError
from dijkwacht.adapters.oscal.load import has_null
from dijkwacht.adapters.oscal.shape import LONGEST
from dijkwacht.core.carry import Relation
from dijkwacht.core.framework import Framework, Item, Map, MapSet, Refusal

MOST = 100  # refusals of one file
_NODE = re.compile(r"urn:[^:]+:[^:]+:req_node:([^:]+):(.+)")
_RELATIONS = {
    "equal": Relation.EQUAL, "subset": Relation.SUBSET, "superset": Relation.SUPERSET, "intersect": Relation.INTERSECTS,
    "not_related": Relation.NONE, "not related": Relation.NONE,
}  # fmt: skip
_YAML_CODES = {"broken_yaml": "not_yaml"}


@dataclass(frozen=True, slots=True)
class Library:
    """What a library holds, and what of it was refused."""

    title: str
    version: str
    frameworks: tuple[Framework, ...] = ()
    maps: tuple[MapSet, ...] = ()
    refused: tuple[Refusal, ...] = ()


def read_library(data: bytes) -> Library:
    """The frameworks and mapping sets in a file. What cannot be used is in ``refused``, never raised."""
    try:
        document = read_yaml(data)
    except TableError as error:
        code = _YAML_CODES.get(error.problem.code, error.problem.code)
        line = str(error.problem.place.row or 1)
        return Library("", "", refused=(Refusal(code, params={"line": line, **error.problem.params}),))
    if has_null(document):
        return Library("", "", refused=(Refusal("null_character"),))
    objects = document.get("objects") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(objects, dict):
        return Library("", "", refused=(Refusal("no_library"),))
    title, version = str(document.get("name", ""))[:300], str(document.get("version", ""))[:100]
    refused: list[Refusal] = []
    frameworks = [_framework(each, path, version, refused) for path, each in _all(objects, "framework")]
    maps = [_map_set(each, path, version, refused) for path, each in _all(objects, "requirement_mapping_set")]
    author = str(document.get("publisher") or document.get("provider") or "")[:LONGEST]
    found = tuple(each for each in frameworks if each is not None)
    if not found and not maps and not refused:
        refused.append(Refusal("no_library"))
    return Library(
        title, version, found, tuple(replace(each, author=author) for each in maps if each), tuple(refused[:MOST])
    )


def _all(objects: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Libraries have one object under its name, or a list of them under the plural."""
    for key in (name, f"{name}s"):
        held = objects.get(key)
        for index, each in enumerate(held if isinstance(held, list) else [held]):
            if isinstance(each, dict):
                yield f"/objects/{key}" + (f"/{index}" if isinstance(held, list) else ""), each


def _framework(found: Mapping[str, Any], path: str, version: str, refused: list[Refusal]) -> Framework | None:
    nodes = found.get("requirement_nodes")
    if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes):
        refused.append(Refusal("wrong_type", f"{path}/requirement_nodes", {"expected": "list"}))
        return None
    by_urn: dict[str, Mapping[str, Any]] = {}
    for index, node in enumerate(nodes):
        urn, where = str(node.get("urn", "")), f"{path}/requirement_nodes/{index}"
        if not _NODE.fullmatch(urn):
            refused.append(Refusal("bad_id", f"{where}/urn", {"id": urn[:80] or "–"}))
        elif len(urn) > LONGEST:
            refused.append(Refusal("too_long", f"{where}/urn", {"most": str(LONGEST)}))
        elif urn in by_urn:
            refused.append(Refusal("double_id", f"{where}/urn", {"id": urn[:80], "first": path}))
        else:
            by_urn[urn] = node
    items = tuple(_item(urn, node, by_urn) for urn, node in by_urn.items() if node.get("assessable") is True)
    groups = sum(1 for node in by_urn.values() if node.get("assessable") is not True)
    counts = {"groups": groups, "controls": len(items), "params": 0, "parts": 0}
    title = str(found.get("name") or found.get("ref_id") or "")[:300]
    return Framework(str(found.get("urn", "")), title, version, items, counts)


def _item(urn: str, node: Mapping[str, Any], by_urn: Mapping[str, Mapping[str, Any]]) -> Item:
    name = node_id(urn)
    titles: list[str] = []
    above, seen = str(node.get("parent_urn", "")), {urn}
    while above in by_urn and above not in seen:  # a circle of parents ends where it began
        seen.add(above)
        parent = by_urn[above]
        titles.insert(0, str(parent.get("name") or parent.get("ref_id") or node_id(above)))
        above = str(parent.get("parent_urn", ""))
    number, text = str(node.get("ref_id") or name), str(node.get("description") or "")
    title = str(node.get("name") or "") or (text.splitlines() or [number])[0][:200]
    return Item(name, number, title, text, " · ".join(titles))


def node_id(urn: str) -> str:
    """The name of a node within its framework."""
    found = _NODE.fullmatch(urn)
    return found[2] if found else urn


def _map_set(found: Mapping[str, Any], path: str, version: str, refused: list[Refusal]) -> MapSet | None:
    rows = found.get("requirement_mappings")
    if not isinstance(rows, list):
        refused.append(Refusal("wrong_type", f"{path}/requirement_mappings", {"expected": "list"}))
        return None
    source, target = str(found.get("source_framework_urn", "")), str(found.get("target_framework_urn", ""))
    maps = []
    for index, row in enumerate(rows):
        one = _map(row, f"{path}/requirement_mappings/{index}", (source, target))
        if isinstance(one, Refusal):
            refused.append(one)
            if one.code == "mapping_direction":
                return None
        else:
            maps.append(one)
    title = str(found.get("name") or found.get("ref_id") or "")[:300]
    return MapSet(str(found.get("urn", "")), title, version, source, target, tuple(maps))


def _map(row: Any, path: str, frameworks: Sequence[str]) -> Map | Refusal:
    """One row; both its ends must be nodes of the framework on that side."""
    if not isinstance(row, dict):
        return Refusal("wrong_type", path, {"expected": "object"})
    names = [str(row.get(key, "")) for key in ("source_requirement_urn", "target_requirement_urn")]
    own = [framework.rpartition(":")[2] for framework in frameworks]
    ends = [_NODE.fullmatch(name) for name in names]
    for end, name, key in zip(ends, names, ("source", "target"), strict=True):
        if end is None:
            return Refusal("bad_id", f"{path}/{key}_requirement_urn", {"id": name[:80] or "–"})
    sides = [end[1] for end in ends if end is not None]
    if own[0] != own[1] and sides == [own[1], own[0]]:
        return Refusal("mapping_direction", path, {"source": frameworks[0][:120], "target": frameworks[1][:120]})
    for side, mine, name, key in zip(sides, own, names, ("source", "target"), strict=True):
        if side != mine:
            return Refusal("mapping_unknown", f"{path}/{key}_requirement_urn", {"id": name[:80]})
    word = str(row.get("relationship", "")).strip().lower()
    if word not in _RELATIONS:
        return Refusal(
            "unknown_word", f"{path}/relationship", {"found": word[:40], "known": ", ".join(sorted(_RELATIONS))}
        )
    return Map(
        _RELATIONS[word], (node_id(names[0]),), (node_id(names[1]),), None, str(row.get("annotation") or "")[:1000]
    )
