"""Mapping collections of OSCAL 1.2: maps from a source to a target, and whether they run in the direction they say."""

from collections.abc import Mapping, Set
from typing import Any

from dijkwacht.adapters.oscal.shape import LONGEST, MOST
from dijkwacht.core.carry import Relation
from dijkwacht.core.framework import Map, MapSet, Refusal

MAKERS = ("creator", "author", "prepared-by", "publisher")  # roles of OSCAL
_OLD = {"no-relation": Relation.NONE}  # as drafts of 1.2 called it


def map_sets(body: Mapping[str, Any]) -> list[MapSet]:
    """The mappings of a collection that was found sound."""
    metadata, made_by = body["metadata"], author(body)
    return [
        MapSet(
            str(each["uuid"]), metadata["title"], metadata["version"], each["source-resource"]["href"],
            each["target-resource"]["href"], tuple(_map(one) for one in each["maps"]), made_by,
        )
        for each in body["mappings"]
    ]  # fmt: skip


def author(body: Mapping[str, Any]) -> str:
    """Who made a mapping, as the file names them: who answers for its provenance, else its makers, else its only party."""
    metadata = body["metadata"]
    parties = {str(each.get("uuid")): str(each.get("name", "")) for each in _objects(metadata, "parties")}
    makers = [each for each in _objects(metadata, "responsible-parties") if each.get("role-id") in MAKERS]
    for found in (_objects(body["provenance"], "responsible-parties"), makers):
        names = [parties.get(str(name), "") for each in found for name in _list(each, "party-uuids")]
        if told := ", ".join(dict.fromkeys(name for name in names if name)):
            return told[:LONGEST]
    return next(iter(parties.values()))[:LONGEST] if len(parties) == 1 else ""


def _objects(holder: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [each for each in _list(holder, key) if isinstance(each, dict)]


def _list(holder: Mapping[str, Any], key: str) -> list[Any]:
    found = holder.get(key)
    return found if isinstance(found, list) else []


def _map(one: Mapping[str, Any]) -> Map:
    word = one["relationship"]
    said = one.get("coverage")  # of the maps only: what a whole collection covers says nothing about one line
    return Map(
        _OLD.get(word) or Relation(word),
        tuple(each["id-ref"] for each in one["sources"]),
        tuple(each["id-ref"] for each in one["targets"]),
        None if said is None else float(said["target-coverage"]),
        str(one.get("remarks", ""))[:1000],
    )


def misdirected(found: MapSet, *, path: str, sources: Set[str] | None, targets: Set[str] | None) -> list[Refusal]:
    """What in a mapping does not fit the two frameworks between which it says to run; None: that one is not known.

    When every id on one side belongs to the other framework and not to its own, the mapping runs the wrong way, which is
    one refusal; else each id that its framework does not have is one.
    """
    left = {name for each in found.maps for name in each.sources}
    right = {name for each in found.maps for name in each.targets}
    if _swapped(left, sources, targets) or _swapped(right, targets, sources):
        return [Refusal("mapping_direction", path, {"source": found.source[:120], "target": found.target[:120]})]
    refused = []
    for index, each in enumerate(found.maps):
        for key, names, known in (("sources", each.sources, sources), ("targets", each.targets, targets)):
            for place, name in enumerate(names):
                if known is not None and name not in known:
                    where = f"{path}/maps/{index}/{key}/{place}/id-ref"
                    refused.append(Refusal("mapping_unknown", where, {"id": name[:80]}))
                    if len(refused) >= MOST:
                        return refused
    return refused


def _swapped(names: Set[str], own: Set[str] | None, other: Set[str] | None) -> bool:
    return own is not None and other is not None and not names & own and bool(names) and names <= other
