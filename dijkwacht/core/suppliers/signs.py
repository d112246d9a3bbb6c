"""Which signs of weight a service has, from what is told of it and what is known of what leans on it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OF_SERVICE: Mapping[str, str] = {
    "special_personal_data": "special_data",
    "personal_data": "personal_data",
    "admin_access": "admin_access",
    "basic_registration": "key_register",
    "essential_chain": "national_chain",
}
"""Which answer about a service is which sign of the pack."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """What leans on a service, by name. ``critical`` and ``special``: whether it is, and what it processes; None: not known."""

    name: str
    critical: bool | None = None
    special: bool | None = None


@dataclass(frozen=True, slots=True)
class Signs:
    """Per sign yes, no or None (nobody knows). ``by``: of what leans on it the names that make it a yes."""

    found: Mapping[str, bool | None]
    by: Mapping[str, tuple[str, ...]]


def signs(answers: Mapping[str, bool | None], leaning: Iterable[Leaning]) -> Signs:
    """The signs of one service. ``answers``: about the service, by the name of the answer.

    As long as it is not told what leans on a service, nobody knows whether something critical does.
    """
    rows = list(leaning)
    found: dict[str, bool | None] = {sign: answers.get(name) for sign, name in OF_SERVICE.items()}
    critical = tuple(each.name for each in rows if each.critical)
    special = tuple(each.name for each in rows if each.special)
    unsure = not rows or any(each.critical is None for each in rows)
    found["critical_process"] = True if critical else None if unsure else False
    by = {"critical_process": critical} if critical else {}
    if special and found["special_personal_data"] is not True:
        found["special_personal_data"], by["special_personal_data"] = True, special
    return Signs(found, by)
