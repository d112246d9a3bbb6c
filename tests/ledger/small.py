"""A small pack for the tests of this room: every kind of fact type, both roads of subjects, and two accounts."""

from datetime import date
from typing import Any

from dijkwacht.core.catalog import Account, Demand, Norms, Requirement
from dijkwacht.core.criterion_form import parse
from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import Assurance, FactType, Shows

TODAY = date(2026, 11, 25)
YEAR = parse_duration("P1Y")
ALL_SHOWN = frozenset(Shows)


def _type(name: str, value: str, **fields: Any) -> FactType:
    kind, _, _ = name.partition(".")
    return FactType(name, "organisation" if kind == "house" else kind, value, shows=ALL_SHOWN, **fields)


TYPES = (
    _type("house.policy", "yes_no", shelf_life=YEAR),
    _type("house.mfa", "yes_no"),
    _type("house.tested_on", "date", may_not_happen=True),
    _type("house.founded_on", "date", may_be_never=False),
    _type("house.count", "count"),
    _type("house.share", "percentage"),
    _type("house.kind", "choice", choices=("none", "some", "all")),
    _type("house.note", "text"),
    _type("house.term", "duration"),
    _type("house.exception", "exception"),
    _type("house.main_system", "reference", refers_to="system"),
    _type("system.critical", "yes_no"),
    _type("system.restored_on", "date"),
    _type("system.supplier", "reference", refers_to="supplier"),
    _type("supplier.certified", "yes_no", shelf_life=YEAR),
)
RULES: dict[str, dict[str, Any]] = {
    "bio2:1": {"met_if": {"fact": "house.policy"}},
    "bio2:2": {"met_if": {"all": [{"fact": "house.policy"}, {"fact": "house.mfa"}]}},
    "bio2:3": {"met_if": {"fact": "house.tested_on", "within": "P1Y"}},
    "bio2:4": {"met_if": {"any": [{"fact": "house.count", "max": 0}, {"fact": "house.share", "min": 90}]}},
    "bio2:5": {"met_if": {"fact": "house.kind", "one_of": ["some", "all"]}, "applies_if": {"fact": "house.mfa"}},
    "bio2:6": {
        "met_if": {
            "each": {
                "subject": "system",
                "where": {"fact": "system.critical"},
                "that": {"fact": "system.restored_on", "within": "P1Y"},
            }
        }
    },
    "bio2:7": {"met_if": {"fact": "supplier.certified", "via": "system.supplier"}, "subject": "system"},
    "cbw:1": {"met_if": {"verdict": "bio2:2"}},
    "cbw:2": {"met_if": {"fact": "supplier.certified"}, "subject": "supplier"},
    "cbw:3": {"met_if": {"fact": "house.main_system", "known": True}},
    "cbw:4": {
        "met_if": {"where_possible": {"fact": "house.mfa"}, "exception": "house.exception"},
    },
}


def _rule(name: str, raw: dict[str, Any]) -> Requirement:
    applies = parse(raw["applies_if"], where="applies_if") if "applies_if" in raw else None
    return Requirement(name, parse(raw["met_if"], where="met_if"), applies, raw.get("subject", "organisation"))


def _account(name: str, prefix: str, demand: Demand) -> Account:
    rules = tuple(each for each in RULES if each.startswith(prefix))
    return Account(name, {"nl": name, "en": name}, {"nl": "raad", "en": "council"}, rules, demand)


def norms_of(rules: dict[str, dict[str, Any]] | None = None) -> Norms:
    """The pack, with these rules (default: all)."""
    return Norms(
        fact_types={each.id: each for each in TYPES},
        requirements={name: _rule(name, raw) for name, raw in (RULES if rules is None else rules).items()},
        accounts={
            "council": _account("council", "bio2:", Demand()),
            "rdi": _account("rdi", "cbw:", Demand(least_assurance=Assurance.DOCUMENTED, shows=Shows.EXISTENCE)),
        },
    )


NORMS = norms_of()
