"""The exceptions on which a statement rests: accepted deviations with a reason, an owner and an end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.core.statement import StatementLine, UsedFact


@dataclass(frozen=True, slots=True)
class Exempted:
    """One exception, and the lines that rest on it. ``until`` None: the record does not say until when."""

    fact: UsedFact
    reason: str
    owner: str
    until: date | None
    lines: tuple[StatementLine, ...]

    def over(self, on: date) -> bool:
        """Whether it has ended on a day, or has no end, which no exception may have."""
        return self.until is None or self.until < on


def exceptions(told: Telling) -> list[Exempted]:
    """Every exception once, those that end first in front. A fact is one by the kind of its type, or by its shape."""
    held: dict[str, tuple[UsedFact, list[StatementLine]]] = {}
    for line in told.lines:
        for fact in line.facts:
            if _is_one(told, fact):
                held.setdefault(fact.id, (fact, []))[1].append(line)
    found = [_of(fact, lines) for fact, lines in held.values()]
    return sorted(found, key=lambda each: (each.until or date.min, each.fact.id))


def _is_one(told: Telling, fact: UsedFact) -> bool:
    known = told.norms.fact_types.get(fact.fact)
    return isinstance(fact.value, Mapping) and (
        (known is not None and known.value == "exception") or {"reason", "until"} <= set(fact.value)
    )


def _of(fact: UsedFact, lines: list[StatementLine]) -> Exempted:
    value = fact.value
    return Exempted(
        fact, str(value.get("reason") or ""), str(value.get("owner") or ""), _day(value.get("until")), tuple(lines)
    )


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
