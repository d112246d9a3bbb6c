"""The exceptions of a statement: accepted deviations with a reason, somebody who answers for them, and an end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.documents.telling import Telling
from dijkwacht.core.statement import StatementLine, UsedFact


@dataclass(frozen=True, slots=True)
class Exempted:
    """One exception, and the lines that it is about. ``until`` None: the record does not say until when.

    ``mandate``: the role in which it was granted; ``instead``: what is done meanwhile; ``risk``: the number of the risk
    on whose analysis it rests. Empty where the record does not say so. ``owner``: who answers for it, else that role.
    """

    fact: UsedFact
    reason: str
    owner: str
    until: date | None
    lines: tuple[StatementLine, ...]
    mandate: str = ""
    instead: str = ""
    risk: str = ""

    def over(self, on: date) -> bool:
        """Whether it has ended on a day, or has no end, which no exception may have."""
        return self.until is None or self.until < on


def exceptions(told: Telling) -> list[Exempted]:
    """Every exception on which a line rests once, those that end first in front."""
    return _gathered(told, lambda line: [fact for fact in line.facts if _is_one(told, fact)])


def granted(told: Telling) -> list[Exempted]:
    """Those, and every other that holds on the reference date: a line may be in order without it, or out of order with it."""
    return _gathered(told, lambda line: [*(fact for fact in line.facts if _is_one(told, fact)), *line.exceptions])


def _gathered(told: Telling, of: Callable[[StatementLine], list[UsedFact]]) -> list[Exempted]:
    held: dict[str, tuple[UsedFact, list[StatementLine]]] = {}
    for line in told.lines:
        for fact in {fact.id: fact for fact in of(line)}.values():
            held.setdefault(fact.id, (fact, []))[1].append(line)
    found = [_of(told, fact, lines) for fact, lines in held.values()]
    return sorted(found, key=lambda each: (each.until or date.min, each.fact.id))


def _is_one(told: Telling, fact: UsedFact) -> bool:
    """By the kind of its type, or by its shape."""
    known = told.norms.fact_types.get(fact.fact)
    return isinstance(fact.value, Mapping) and (
        (known is not None and known.value == "exception") or {"reason", "until"} <= set(fact.value)
    )


def _of(told: Telling, fact: UsedFact, lines: list[StatementLine]) -> Exempted:
    reason, owner, mandate, instead, risk = (
        str(fact.value.get(key) or "") for key in ("reason", "owner", "mandate", "instead", "risk")
    )
    owner = owner or (told.words.role(mandate) if mandate else "")
    return Exempted(fact, reason, owner, _day(fact.value.get("until")), tuple(lines), mandate, instead, risk)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
