"""Criteria as they are written in YAML, read into the tree of ``core/criteria.py``."""

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any
from weakref import WeakValueDictionary

from dijkwacht.core.criteria import All, Any_, AtLeast, Due, Each, Leaf, Node, Not, Some, VerdictOf, WherePossible
from dijkwacht.core.days import Duration, is_day, parse_day, parse_duration

OPERATORS = ("is", "one_of", "min", "max", "within", "before", "after", "known")
MAX_DEPTH = 40


class CriterionError(ValueError):
    """A criterion that cannot be read. ``where`` is the path within it, such as ``met_if.all[1].each.that``."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where, self.message = where, message


def parse(data: Any, *, where: str = "met_if", depth: int = 0) -> Node:
    """A criterion from its YAML form. Raises CriterionError naming the place within it."""
    return _shared(_parse(data, where, depth))


def _shared(node: Node) -> Node:
    """The same node; one object wherever criteria say the same, so that a judgement works it out once."""
    return _NODES.setdefault(repr(node), node)


_NODES: WeakValueDictionary[str, Node] = WeakValueDictionary()


def _parse(data: Any, where: str, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise CriterionError(where, "nested too deep")
    if not isinstance(data, Mapping) or not data:
        raise CriterionError(where, f"an operator was expected, not {data!r:.60}")
    if "fact" in data:
        return _leaf(data, where)
    if "where_possible" in data:
        _keys(data, {"where_possible", "exception"}, {"where_possible", "exception"}, where)
        return WherePossible(
            parse(data["where_possible"], where=f"{where}.where_possible", depth=depth + 1),
            _name(data["exception"], f"{where}.exception"),
        )
    if len(data) != 1:
        raise CriterionError(where, f"one operator at a time, not {', '.join(sorted(map(str, data)))}")
    ((op, body),) = data.items()
    reader = _READERS.get(op)
    if reader is None:
        raise CriterionError(where, f"unknown operator {op}")
    return reader(body, f"{where}.{op}", depth + 1)


def _parts(body: Any, where: str, depth: int) -> tuple[Node, ...]:
    if not isinstance(body, list) or not body:
        raise CriterionError(where, "a list of parts was expected")
    return tuple(parse(part, where=f"{where}[{i}]", depth=depth) for i, part in enumerate(body))


def _all(body: Any, where: str, depth: int) -> Node:
    return All(_parts(body, where, depth))


def _any(body: Any, where: str, depth: int) -> Node:
    return Any_(_parts(body, where, depth))


def _not(body: Any, where: str, depth: int) -> Node:
    return Not(parse(body, where=where, depth=depth))


def _at_least(body: Any, where: str, depth: int) -> Node:
    _keys(body, {"n", "of"}, {"n", "of"}, where)
    parts = _parts(body["of"], f"{where}.of", depth)
    n = body["n"]
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= len(parts):
        raise CriterionError(where, f"n must lie between 1 and {len(parts)}")
    return AtLeast(n, parts)


def _over(body: Any, where: str, depth: int) -> dict[str, Any]:
    _keys(body, {"subject", "that", "where", "linked_by"}, {"subject", "that"}, where)
    return {
        "subject": _name(body["subject"], f"{where}.subject"),
        "that": parse(body["that"], where=f"{where}.that", depth=depth),
        "where": parse(body["where"], where=f"{where}.where", depth=depth) if "where" in body else None,
        "linked_by": _name(body["linked_by"], f"{where}.linked_by") if "linked_by" in body else None,
    }


def _each(body: Any, where: str, depth: int) -> Node:
    return Each(**_over(body, where, depth))


def _some(body: Any, where: str, depth: int) -> Node:
    return Some(**_over(body, where, depth))


def _verdict(body: Any, where: str, _depth: int) -> Node:
    return VerdictOf(_name(body, where))


def _known(body: Any, where: str, _depth: int) -> Node:
    return Leaf(_name(body, where), "known")


def _due(body: Any, where: str, _depth: int) -> Node:
    _keys(body, {"fact", "plus"}, {"fact", "plus"}, where)
    return Due(_name(body["fact"], f"{where}.fact"), _duration(body["plus"], f"{where}.plus"))


_READERS = {
    "all": _all, "any": _any, "not": _not, "at_least": _at_least, "each": _each, "some": _some,
    "verdict": _verdict, "known": _known, "due": _due,
}  # fmt: skip


def _leaf(data: Mapping[str, Any], where: str) -> Node:
    fact = _name(data["fact"], f"{where}.fact")
    via = _name(data["via"], f"{where}.via") if "via" in data else None
    ops = set(data) - {"fact", "via"}
    if unknown := sorted(map(str, ops - set(OPERATORS))):
        raise CriterionError(where, f"unknown operator {', '.join(unknown)} on {fact}")
    if ops <= {"min", "max"} and ops:
        bounds = (data.get("min"), data.get("max"))
        if not all(_is_number(data[op]) for op in ops):
            raise CriterionError(where, f"min and max on {fact} need a number")
        return Leaf(fact, "range", bounds, via)
    if len(ops) > 1:
        raise CriterionError(where, f"more than one operator on {fact}: {', '.join(sorted(ops))}")
    if not ops:
        return Leaf(fact, "yes", None, via)
    (op,) = ops
    kind, value = _operand(op, data[op], f"{where}.{op}")
    leaf = Leaf(fact, kind, value, via)
    if isinstance(data[op], Mapping) and data[op].get("or_never"):
        return Any_((_shared(leaf), _shared(Leaf(value[0], "never", None, via))))
    return leaf


def _operand(op: str, body: Any, where: str) -> tuple[str, Any]:
    """The operator as it is evaluated, and its operand."""
    if op == "known":
        if body is not True:
            raise CriterionError(where, "known takes true")
        return "known", None
    if op == "one_of":
        if not isinstance(body, list) or not body:
            raise CriterionError(where, "a list of values was expected")
        return "one_of", tuple(body)
    if op == "is":
        if isinstance(body, Mapping | list):
            raise CriterionError(where, "one value was expected")
        return "is", body
    if op == "within":
        if isinstance(body, Mapping):
            _keys(body, {"fact", "at_most"}, {"fact", "at_most"}, where)
            return "within_fact", (_name(body["fact"], f"{where}.fact"), _duration(body["at_most"], f"{where}.at_most"))
        return "within", _duration(body, where)
    return _moment(op, body, where)


def _moment(op: str, body: Any, where: str) -> tuple[str, Any]:
    """The operand of before and after: a day, or another fact."""
    if isinstance(body, Mapping):
        _keys(body, {"fact", "or_never"}, {"fact"}, where)
        if not isinstance(body.get("or_never", False), bool):
            raise CriterionError(where, "or_never is true or false")
        return f"{op}_fact", (_name(body["fact"], f"{where}.fact"),)
    if isinstance(body, date) and not isinstance(body, datetime):
        return op, body
    if isinstance(body, str) and is_day(body):
        return op, parse_day(body)
    return f"{op}_fact", (_name(body, where),)


def _is_number(body: Any) -> bool:
    """A finite number; a whole one may be too large for a float."""
    return (isinstance(body, int) and not isinstance(body, bool)) or (isinstance(body, float) and isfinite(body))


def _keys(body: Any, allowed: set[str], needed: set[str], where: str) -> None:
    if not isinstance(body, Mapping):
        raise CriterionError(where, f"a mapping with {', '.join(sorted(needed))} was expected")
    if missing := sorted(needed - set(body)):
        raise CriterionError(where, f"missing {', '.join(missing)}")
    if extra := sorted(map(str, set(body) - allowed)):
        raise CriterionError(where, f"unknown key {', '.join(extra)}")


def _name(body: Any, where: str) -> str:
    if not isinstance(body, str) or not body:
        raise CriterionError(where, f"a name was expected, not {body!r:.60}")
    return body


def _duration(body: Any, where: str) -> Duration:
    try:
        return parse_duration(body)
    except (ValueError, TypeError):
        raise CriterionError(where, f"a duration such as P1Y was expected, not {body!r:.60}") from None
