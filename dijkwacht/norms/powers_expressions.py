"""Expressions over facts as they stand in `norms/powers`: always, fact, all, any, not and a named condition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dijkwacht.core.powers import ALWAYS, YES, All, Expression, Is, Not, Question
from dijkwacht.core.powers import Any as AnyOf
from dijkwacht.norms.fields import Fields

DEEPEST = 12


@dataclass(slots=True)
class Asked:
    """What an expression may name; ``used``: which facts were named so far."""

    questions: Mapping[str, Question]
    conditions: dict[str, Expression] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def read_expression(fields: Fields, key: str, asked: Asked) -> Expression:
    """The expression under a key. What is wrong is noted at its line, and it then reads as always."""
    if key not in fields.data:
        fields.wrong(key, f"{key} is missing")
        return ALWAYS
    return _read(fields, key, fields.data[key], asked, 0)


def _read(fields: Fields, path: str, value: Any, asked: Asked, depth: int) -> Expression:
    if value == "always":
        return ALWAYS
    if not isinstance(value, dict) or not value or depth > DEEPEST:
        return _wrong(fields, path, "an expression was expected")
    names = set(value)
    if names in ({"all"}, {"any"}):
        return _several(fields, path, value, asked, depth)
    if names == {"not"}:
        return Not(_read(fields, f"{path}.not", value["not"], asked, depth + 1))
    if names == {"cond"}:
        found = asked.conditions.get(str(value["cond"]))
        return found or _wrong(fields, path, f"unknown condition {value['cond']}")
    if "fact" in names and names <= {"fact", "is", "one_of"}:
        return _fact(fields, path, value, asked)
    return _wrong(fields, path, f"unknown expression with {', '.join(sorted(map(str, names)))}")


def _several(fields: Fields, path: str, value: Mapping[str, Any], asked: Asked, depth: int) -> Expression:
    name, parts = next(iter(value.items()))
    if not isinstance(parts, list) or not parts:
        return _wrong(fields, path, f"{name} needs a list of expressions")
    read = tuple(_read(fields, f"{path}.{name}[{i}]", each, asked, depth + 1) for i, each in enumerate(parts))
    return All(read) if name == "all" else AnyOf(read)


def _fact(fields: Fields, path: str, value: Mapping[str, Any], asked: Asked) -> Expression:
    name = str(value["fact"])
    question = asked.questions.get(name)
    if question is None:
        return _wrong(fields, path, f"unknown fact {name}")
    asked.used.add(name)
    if not question.options:
        return Is(name) if len(value) == 1 else _wrong(fields, path, f"{name} is answered with {YES} or no")
    given: Iterable[Any] = value.get("one_of", [value.get("is")])
    if len(value) != 2 or not isinstance(given, list) or not given:
        return _wrong(fields, path, f"{name} asks is or one_of")
    for each in given:
        if each not in question.options:
            return _wrong(fields, path, f"{name} has no option {each}")
    return Is(name, tuple(given))


def _wrong(fields: Fields, path: str, message: str) -> Expression:
    fields.wrong_at(path, message)
    return ALWAYS
