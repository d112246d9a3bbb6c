"""A made-up country for measuring: N organisations that answered M of the facts of the real packs. Deterministic."""

import random
from datetime import date, timedelta
from typing import Any

from dijkwacht.core.catalog import Norms
from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import Assurance, Fact, FactType, Subject, World

ON = date(2026, 11, 25)
REGISTER = {
    "system": 5, "supplier": 4, "domain": 3, "process": 3, "digid_connection": 1, "board_member": 1, "location": 1,
}  # fmt: skip


def country(norms: Norms, *, organisations: int = 342, answers: int = 120, seed: int = 1) -> list[World]:
    """Worlds in which about four in five answers are favourable and half the registers are complete."""
    chance = random.Random(seed)
    return [world(norms, f"gemeente-{n}", answers=answers, chance=chance) for n in range(organisations)]


def world(norms: Norms, organisation: str, *, answers: int, chance: random.Random) -> World:
    """One organisation with a small register."""
    subjects = [Subject(f"{organisation}-{kind}-{n}", kind) for kind, many in REGISTER.items() for n in range(many)]
    askable = [
        (subject.id, fact_type)
        for fact_type in norms.fact_types.values()
        for subject in [Subject(organisation, "organisation"), *subjects]
        if subject.kind == fact_type.subject
    ]
    chosen = chance.sample(askable, answers)
    facts = [_fact(f"{organisation}-{n}", where, what, subjects, chance) for n, (where, what) in enumerate(chosen)]
    complete = ["system", "domain", "supplier"] if chance.random() < 0.5 else []
    return World.of(organisation, subjects=subjects, facts=facts, complete=complete)


def _fact(name: str, subject: str, fact_type: FactType, subjects: list[Subject], chance: random.Random) -> Fact:
    since = ON - timedelta(chance.randint(0, 400))
    return Fact(
        name, subject, fact_type.id, value(fact_type, subjects, chance), since, since,
        assurance=Assurance(chance.randint(1, 3)), said_by="bench",
    )  # fmt: skip


def value(fact_type: FactType, subjects: list[Subject], chance: random.Random) -> Any:
    """A fitting value."""
    match fact_type.value:
        case "yes_no":
            return chance.random() < 0.8
        case "date":
            return ON - timedelta(chance.randint(1, 500))
        case "count":
            return chance.randint(0, 6)
        case "percentage":
            return chance.choice((80, 95, 100))
        case "choice":
            return chance.choice(fact_type.choices)
        case "reference":
            return chance.choice([s.id for s in subjects if s.kind == fact_type.refers_to] or ["-"])
        case "duration":
            return parse_duration("P1Y")
        case "exception":
            return {"reason": "bench", "owner": "bench", "until": ON + timedelta(chance.randint(1, 300))}
    return "bench"
