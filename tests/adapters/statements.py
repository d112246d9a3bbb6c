"""Statements made by hand: the demo municipality, filled up so that every account has something to tell. No database."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from dijkwacht.core.catalog import Norms
from dijkwacht.core.chain import Seal
from dijkwacht.core.dependencies import facts_of_requirement
from dijkwacht.core.facts import COMPLETE as REGISTER
from dijkwacht.core.facts import Assurance, Fact, FactType, Subject, World
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.statement import EvidenceMark, OrganisationMark, Signer, Statement, StatementLine, UsedFact
from dijkwacht.core.values import plain, read_value
from dijkwacht.core.verdict import under_demand
from dijkwacht.demo.answers import ABOUT, COMPLETE, OWN, SUBJECTS, Ago
from dijkwacht.norms.read import norms_on

ON = date(2026, 12, 31)
AT = datetime(2027, 1, 14, 13, 30, tzinfo=UTC)
ROOT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
WHO = ("Noor van der Sluis", "Sem Dijkgraaf", "Yara Polder", "Mila Terp")
SIGNER = Signer("Esther Kade", "secretary", "Mandaatbesluit 2026, artikel 4", AT)
ORGANISATION = OrganisationMark("dijkstad", "Gemeente Dijkstad", "municipality", "9999", "gm9999")
NAMES = {"dijkstad": "Gemeente Dijkstad"} | {key: name for _, key, name in SUBJECTS}
EXCEPTIONS = (
    ("financien", "system.mfa.exception", "De leverancier levert meerfactor pas in versie 9.", "Hoofd Financiën",
     ON + timedelta(90)),
    ("gemalen", "system.technical_check.exception", "Een scan legt de pompbesturing stil.", "Hoofd Beheer", ON - timedelta(20)),
)  # fmt: skip


@cache
def norms() -> Norms:
    """The packs in force on the reference date."""
    return norms_on(ON)


@cache
def world(answered: float = 0.75) -> World:
    """What Dijkstad answered in the demo, and of the rest so large a part, mostly favourable."""
    packs = norms()
    said = {("dijkstad", REGISTER.format(kind=kind)): True for kind in COMPLETE}
    said |= {("dijkstad", name): value for name, value in OWN.items()} | dict(ABOUT)
    subjects = [Subject(key, kind, name) for kind, key, name in SUBJECTS]
    for fact_type in packs.fact_types.values():
        for subject in [Subject("dijkstad", "organisation", "Gemeente Dijkstad"), *subjects]:
            key = (subject.id, fact_type.id)
            asked = subject.kind == fact_type.subject and key not in said and fact_type.value != "exception"
            own = random.Random("/".join(key))  # of each question by itself: a new one in the packs changes no other
            if asked and own.random() < answered:
                said[key] = _likely(fact_type, subjects, own)
    for subject, name, reason, owner, until in EXCEPTIONS:
        said[subject, name] = {"reason": reason, "owner": owner, "until": until.isoformat()}
        said[subject, name.replace("exception", "missing")] = True
    facts = [
        _fact(n, key, value, packs, random.Random("/".join(key)))
        for n, (key, value) in enumerate(said.items(), start=1)
    ]
    return World.of("dijkstad", subjects=subjects, facts=[each for each in facts if each], complete=COMPLETE)


def _likely(fact_type: FactType, subjects: list[Subject], chance: random.Random) -> Any:
    match fact_type.value:
        case "yes_no":
            return chance.random() < 0.85
        case "date":
            return Ago(chance.randint(10, 330))
        case "count":
            return chance.randint(0, 3)
        case "percentage":
            return chance.choice((85, 95, 100))
        case "choice":
            return fact_type.choices[0] if chance.random() < 0.7 else chance.choice(fact_type.choices)
        case "reference":
            return chance.choice([each.id for each in subjects if each.kind == fact_type.refers_to] or ["-"])
        case "duration":
            return "P1Y"
    return "Vastgelegd in het handboek informatiebeveiliging."


def _fact(number: int, key: tuple[str, str], value: Any, packs: Norms, chance: random.Random) -> Fact | None:
    fact_type = packs.fact_types.get(key[1])
    if isinstance(value, Ago):
        value = (ON - timedelta(days=value.days)).isoformat()
    if fact_type is None:
        return Fact(str(number), *key, value, ON - timedelta(30), ON - timedelta(30), said_by=WHO[0])
    since = ON - timedelta(chance.randint(5, 200))
    return Fact(
        str(number), *key, read_value(fact_type, value), since, since, assurance=Assurance(chance.choice((2, 2, 2, 3))),
        said_by=chance.choice(WHO),
    )  # fmt: skip


def statement(account: str, *, subject: str = "dijkstad", signed: bool = True, answered: float = 0.75) -> Statement:
    """The statement of Dijkstad on an account; ``subject`` is the connection for an account per connection."""
    packs, on = norms(), ON
    asked = packs.accounts[account]
    judgement = Judgement(packs, world(answered), on=on, known_at=AT.date())
    facts = {fact.id: fact for found in judgement.world.facts.values() for fact in found}
    lines = []
    for name, key in lines_of(packs, judgement.world, asked.requirements):
        if asked.per == "organisation" or key == subject:
            lines.append(_line(judgement, facts, asked.demand, name, key))
    return Statement(
        "3f0c1f5e-0000-4000-8000-000000000003", 3, ORGANISATION, account, subject, on, AT.date(), AT,
        Seal(412, "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"), dict(packs.versions), "pack-hash",
        tuple(lines), SIGNER if signed else None,
    )  # fmt: skip


def _line(judgement: Judgement, facts: dict[str, Fact], demand: Any, name: str, key: str) -> StatementLine:
    rule = judgement.norms.requirements[name]
    verdict = under_demand(judgement.verdict(name, key), requirement=rule, demand=demand)
    used = list(dict.fromkeys(each.fact_id for each in verdict.reasons if each.fact_id in facts))
    read = facts_of_requirement(rule)
    used += [
        each.id for each in facts.values() if each.fact in read and "exception" in each.fact and each.id not in used
    ]
    return StatementLine(
        name, key, NAMES[key], verdict.status, verdict.assurance, verdict.shown, verdict.stale_at, verdict.reasons,
        tuple(_used(facts[each]) for each in used if each), "partly" if name.endswith("3") else "",
        "Sem Dijkgraaf" if name.endswith("1") else "",
    )  # fmt: skip


def _used(fact: Fact) -> UsedFact:
    number = int(fact.id)
    evidence = ()
    if number % 3 == 0:
        digest = f"{number:064x}"[::-1]
        evidence = (EvidenceMark(digest, f"verslag-{number}.pdf", "application/pdf", 1000 + number, fact.valid_from),)
    return UsedFact(
        fact.id, fact.subject, NAMES[fact.subject], fact.fact, plain(fact.value), fact.valid_from, fact.valid_to,
        fact.recorded_at, None, fact.assurance, "person", fact.said_by, number + 100,
        explanation="Zie het jaarverslag." if number % 7 == 0 else "", evidence=evidence,
    )  # fmt: skip


def before(now: Statement) -> Statement:
    """A statement of a year earlier, in which some lines had another verdict."""
    from dijkwacht.core.verdict import Status

    lines = [replace(line, status=Status.UNKNOWN if at % 4 == 0 else line.status) for at, line in enumerate(now.lines)]
    return replace(now, id="old", number=2, on=date(2025, 12, 31), known_at=date(2026, 1, 12), lines=tuple(lines))
