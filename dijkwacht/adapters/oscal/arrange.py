"""The second phase of resolving a profile: the chosen controls of all imports, put together as the profile says."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dijkwacht.adapters.oscal.library import controls
from dijkwacht.adapters.oscal.selecting import Budget, Selector
from dijkwacht.core.framework import Refusal

Body = dict[str, Any]
Chosen = Sequence[tuple[Body, set[str]]]


def arranged(sources: Chosen, merge: Mapping[str, Any], refused: list[Refusal], *, budget: Budget) -> Body:
    """``params``, ``groups`` and ``controls`` of the result. Without a directive it is flat: no groups, no nesting."""
    sources = _once(sources, merge, refused)
    if "custom" in merge:
        result = _custom(sources, merge["custom"], refused, budget)
    elif merge.get("as-is"):
        result = _as_is(sources)
    else:
        flat = [_bare(control) for source, chosen in sources for control in _chosen(source, chosen)]
        result = {"controls": flat}
    params = [each for source, chosen in sources if chosen for each in source.get("params", [])]
    return {key: value for key, value in {"params": params, **result}.items() if value}


def _once(sources: Chosen, merge: Mapping[str, Any], refused: list[Refusal]) -> Chosen:
    """Every control from one import only: the first. Two different ones of the same id need the word to do so."""
    method = merge.get("combine", {}).get("method", "keep")
    seen: dict[str, tuple[int, Body]] = {}
    kept = []
    for index, (source, chosen) in enumerate(sources):
        mine = set(chosen)
        for control in _chosen(source, chosen):
            import_, first = seen.setdefault(control["id"], (index, control))
            if import_ != index:
                mine.discard(control["id"])
                if method == "keep" and _bare(first) != _bare(control):
                    refused.append(Refusal("control_clash", "/profile/merge", {"id": control["id"][:80]}))
        kept.append((source, mine))
    return kept


def _chosen(source: Body, chosen: set[str]) -> list[Body]:
    return [control for control, _, _ in controls(source) if control["id"] in chosen]


def _bare(control: Body) -> Body:
    return {key: value for key, value in control.items() if key != "controls"}


def _nested(holder: Body, chosen: set[str]) -> list[Body]:
    """The chosen controls below a holder, nested as they were; one whose parent was left out takes its place."""
    found: list[Body] = []
    for control in holder.get("controls", []):
        below = _nested(control, chosen)
        if control["id"] in chosen:
            found.append(_bare(control) | ({"controls": below} if below else {}))
        else:
            found += below
    return found


def _as_is(sources: Chosen) -> Body:
    """The groups of every source as they were, without those that hold nothing any more; a group of the same id is one."""
    result: Body = {"groups": [], "controls": []}
    for source, chosen in sources:
        _join(result, _group(source, chosen))
    return result


def _group(holder: Body, chosen: set[str]) -> Body:
    groups = [
        {key: value for key, value in group.items() if key not in ("groups", "controls")} | inner
        for group in holder.get("groups", [])
        if (inner := _group(group, chosen))
    ]
    found = {"groups": groups, "controls": _nested(holder, chosen)}
    return {key: value for key, value in found.items() if value}


def _join(result: Body, more: Body) -> None:
    if more.get("controls"):
        result["controls"] = [*result.get("controls", []), *more["controls"]]
    for group in more.get("groups", []):
        mine = result.setdefault("groups", [])
        same = next((each for each in mine if "id" in each and each["id"] == group.get("id")), None)
        if same is None:
            mine.append(group)
        else:
            _join(same, group)


_ORDERS: Mapping[str, Callable[[list[str]], list[str]]] = {
    "keep": list,
    "ascending": sorted,
    "descending": lambda names: sorted(names, reverse=True),
}


def _custom(sources: Chosen, custom: Mapping[str, Any], refused: list[Refusal], budget: Budget) -> Body:
    """Groups of the profile's own. A control that is inserted brings along those chosen below it."""
    together = {"controls": [each for source, chosen in sources for each in _nested_everywhere(source, chosen)]}
    selector = Selector(together, budget=budget)
    by_id = {str(control["id"]): control for control, _, _ in controls(together)}

    def inserted(holder: Mapping[str, Any], path: str) -> Body:
        names: list[str] = []
        for index, rule in enumerate(holder.get("insert-controls", [])):
            chosen = selector.chosen(rule, f"{path}/insert-controls/{index}")
            in_order = [name for name in by_id if name in chosen]
            names += _ORDERS.get(rule.get("order", "keep"), list)(in_order)
        below = {str(each["id"]) for name in names for each, _, _ in controls(by_id[name])}
        groups = [
            {key: value for key, value in each.items() if key not in ("groups", "insert-controls")}
            | inserted(each, f"{path}/groups/{index}")
            for index, each in enumerate(holder.get("groups", []))
        ]
        placed = [by_id[name] for name in dict.fromkeys(names) if name not in below]
        return {key: value for key, value in {"groups": groups, "controls": placed}.items() if value}

    result = inserted(custom, "/profile/merge/custom")
    refused += selector.refused
    return result


def _nested_everywhere(holder: Body, chosen: set[str]) -> list[Body]:
    found = _nested(holder, chosen)
    for group in holder.get("groups", []):
        found += _nested_everywhere(group, chosen)
    return found
