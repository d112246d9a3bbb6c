"""The third phase of resolving a profile: parameters that it sets, and what it adds to or removes from controls."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dijkwacht.adapters.oscal.library import controls
from dijkwacht.core.framework import Refusal

Body = dict[str, Any]
LISTS = ("params", "props", "links", "parts")


def modified(result: Body, rules: Mapping[str, Any], sources: Sequence[Body]) -> list[Refusal]:
    """Changes the result in place, and returns what no imported catalog has. Values of the sources stay untouched."""
    refused: list[Refusal] = []
    if rules.get("set-parameters"):
        refused += _set(result, rules["set-parameters"], sources)
    if rules.get("alters"):
        refused += _alter(result, rules["alters"], sources)
    return refused


def _set(result: Body, rules: Sequence[Body], sources: Sequence[Body]) -> Iterator[Refusal]:
    wanted = {rule["param-id"]: rule for rule in rules}
    known = {param["id"] for source in sources for holder in _holders(source) for param in holder.get("params", [])}
    for holder in _holders(result):
        if any(param["id"] in wanted for param in holder.get("params", [])):
            holder["params"] = [_param(param, wanted.get(param["id"])) for param in holder["params"]]
    for index, rule in enumerate(rules):
        if rule["param-id"] not in known:
            path = f"/profile/modify/set-parameters/{index}/param-id"
            yield Refusal("unknown_param", path, {"id": rule["param-id"][:80]})


def _param(param: Body, rule: Body | None) -> Body:
    """A parameter with what a profile says of it: properties and links are added, all else takes its place."""
    if rule is None:
        return param
    found = dict(param)
    for key, value in rule.items():
        if key in ("props", "links"):
            found[key] = [*found.get(key, []), *value]
        elif key != "param-id":
            found[key] = value
    if "values" in rule:
        found.pop("select", None)
    return found


def _holders(body: Body) -> Iterator[Body]:
    """Everything that can have parameters: the catalog, its groups and its controls."""
    yield body
    for key in ("groups", "controls"):
        for each in body.get(key, []):
            yield from _holders(each)


def _alter(result: Body, rules: Sequence[Body], sources: Sequence[Body]) -> Iterator[Refusal]:
    known = {str(control["id"]) for source in sources for control, _, _ in controls(source)}
    mine = {str(control["id"]): control for control, _, _ in controls(result)}
    for index, rule in enumerate(rules):
        path, name = f"/profile/modify/alters/{index}", rule["control-id"]
        if name not in known:
            yield Refusal("unknown_control", f"{path}/control-id", {"id": name[:80]})
        if name not in mine:
            continue
        control = mine[name]
        for each in rule.get("removes", []):
            _remove(control, each)
        for place, each in enumerate(rule.get("adds", [])):
            if not _add(control, each):
                yield Refusal("unknown_part", f"{path}/adds/{place}/by-id", {"id": each["by-id"][:80]})


def _remove(holder: Body, rule: Body) -> None:
    """Takes away what fits the rule, however deep, and puts new lists in place of the old."""
    for key in LISTS:
        if key in holder:
            kept = [dict(each) for each in holder[key] if not _fits(each, key, rule)]
            for each in kept:
                _remove(each, rule)
            if kept:
                holder[key] = kept
            else:
                del holder[key]


def _fits(each: Body, key: str, rule: Body) -> bool:
    found = {
        "by-name": each.get("name"), "by-class": each.get("class"), "by-id": each.get("id"), "by-ns": each.get("ns"),
        "by-item-name": key.removesuffix("s"),
    }  # fmt: skip
    asked = {name: value for name, value in rule.items() if name in found}
    return bool(asked) and all(found[name] == value for name, value in asked.items())


def _add(control: Body, rule: Body) -> bool:
    """Adds to a control, or at something within it. False when that is not there."""
    position, name = rule.get("position", "ending"), rule.get("by-id", "")
    if not name or name == control["id"]:
        _into(control, rule, first=position in ("starting", "before"))
        return True
    return _at(control, name, rule, position)


def _at(holder: Body, name: str, rule: Body, position: str) -> bool:
    for key in ("params", "parts"):
        inner = [dict(each) for each in holder.get(key, [])]
        for index, each in enumerate(inner):
            if each.get("id") == name:
                if position in ("starting", "ending"):
                    _into(each, rule, first=position == "starting")
                else:
                    place = index + (position == "after")
                    inner[place:place] = rule.get(key, [])
                holder[key] = inner
                return True
            if _at(each, name, rule, position):
                holder[key] = inner
                return True
    return False


def _into(target: Body, rule: Body, *, first: bool) -> None:
    if "title" in rule:
        target["title"] = rule["title"]
    for key in LISTS:
        if key in rule:
            mine = target.get(key, [])
            target[key] = [*rule[key], *mine] if first else [*mine, *rule[key]]
