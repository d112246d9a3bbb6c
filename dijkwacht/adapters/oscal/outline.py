"""A catalog as lines with a number, a title and a text; and how much of everything it holds."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from dijkwacht.adapters.oscal.library import controls
from dijkwacht.adapters.oscal.references import INSERT
from dijkwacht.core.framework import Framework, Item

_TEXTS = ("statement", "item")  # the parts that say what is asked; guidance and assessment are beside it
FILLED = 20_000_000  # characters of parameters that are filled in; a few long ones named often would fill all memory
_GONE = frozenset(("withdrawn", "Withdrawn"))


def framework(body: Mapping[str, Any]) -> Framework:
    """The framework in the body of a catalog that was found sound."""
    metadata = body["metadata"]
    values = _Values(body)
    items = tuple(
        Item(
            str(control["id"]), _label(control) or str(control["id"]), str(control["title"]), _text(control, values),
            " · ".join(titles), parent, _gone(control),
        )
        for control, parent, titles in controls(body)
    )  # fmt: skip
    return Framework(str(body["uuid"]), metadata["title"], metadata["version"], items, counts(body))


def counts(body: Mapping[str, Any]) -> dict[str, int]:
    """How many groups, controls (nested ones included), params and parts there are, at every depth."""
    found: Counter[str] = Counter(dict.fromkeys(("groups", "controls", "params", "parts"), 0))
    waiting: list[Mapping[str, Any]] = [body]
    while waiting:
        holder = waiting.pop()
        for key in ("groups", "controls", "params", "parts"):
            if isinstance(inner := holder.get(key), list):
                found[key] += len(inner)
                waiting += inner
    return dict(found)


def identities(body: Mapping[str, Any]) -> frozenset[str]:
    """The ids of its controls, and of their parts: a mapping may name a single statement."""
    found: set[str] = set()
    for control, _, _ in controls(body):
        found.add(str(control["id"]))
        waiting: list[Any] = [control]
        while waiting:
            parts = waiting.pop().get("parts", [])
            found.update(part["id"] for part in parts if "id" in part)
            waiting += parts
    return frozenset(found)


def _label(control: Mapping[str, Any]) -> str:
    """The label as people write it: one without a class before the padded ones for sorting."""
    labels = [prop for prop in control.get("props", []) if prop["name"] == "label"]
    plain = next((prop for prop in labels if "class" not in prop), labels[0] if labels else None)
    return str(plain["value"]) if plain else ""


def _gone(control: Mapping[str, Any]) -> bool:
    return any(prop["name"] == "status" and prop["value"] in _GONE for prop in control.get("props", []))


def _text(control: Mapping[str, Any], values: "_Values") -> str:
    lines: list[str] = []
    waiting = [part for part in reversed(control.get("parts", [])) if part["name"] in _TEXTS]
    while waiting:
        part = waiting.pop()
        if part.get("prose"):
            before = _label(part)
            lines.append(f"{before} {part['prose']}" if before else part["prose"])
        waiting += [inner for inner in reversed(part.get("parts", [])) if inner["name"] in _TEXTS]
    text = "\n".join(lines)
    return INSERT.sub(lambda found: f"[{values.of(found[2])}]", text) if "{{" in text else text


class _Values:
    """Every parameter as it reads in a sentence; once FILLED is used up, its name."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._values, self._left = _values(body), FILLED

    def of(self, name: str) -> str:
        value = self._values.get(name, name)
        self._left -= len(value)
        return value if self._left > 0 else name


def _values(body: Mapping[str, Any]) -> dict[str, str]:
    """Of every parameter its values, else its choices, else its label."""
    found: dict[str, str] = {}
    waiting: list[Mapping[str, Any]] = [body]
    while waiting:
        holder = waiting.pop()
        for param in holder.get("params", []):
            choices = param.get("values") or param.get("select", {}).get("choice") or [param.get("label", param["id"])]
            found[param["id"]] = INSERT.sub(lambda inner: inner[2], " / ".join(choices))
        waiting += [*holder.get("groups", []), *holder.get("controls", [])]
    return found
