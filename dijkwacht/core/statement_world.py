"""The world behind a statement in plain JSON, and back without loss: with it anyone can judge the lines again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dijkwacht.core.catalog import Account, Norms
from dijkwacht.core.days import parse_day
from dijkwacht.core.facts import Assurance, Fact, Subject, World
from dijkwacht.core.judge import Judgement, lines_of, under_demand
from dijkwacht.core.statement_form import FormError
from dijkwacht.core.typed import pack, unpack
from dijkwacht.core.verdict import Verdict


def world_plain(world: World) -> dict[str, Any]:
    """A world in plain JSON values, everything in its own order."""
    return {
        "organisation": world.organisation,
        "subjects": [{"id": each, "kind": kind} for kind, ids in world.subjects.items() for each in ids],
        "complete": sorted(world.complete),
        "inherits": dict(world.inherits),
        "facts": [_plain(fact) for facts in world.facts.values() for fact in facts],
    }


def world_of(data: Mapping[str, Any]) -> World:
    """The world. Raises FormError."""
    try:
        world = World.of(
            data["organisation"], subjects=[Subject(each["id"], each["kind"]) for each in data["subjects"]],
            facts=[_fact(each) for each in data["facts"]], complete=data["complete"],
        )  # fmt: skip
        world.inherits = dict(data["inherits"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormError(f"this is not a world ({type(error).__name__}: {error})") from None
    return world


def judged(
    norms: Norms, world: World, *, account: Account, subject: str, on: date, known_at: date
) -> Iterable[Verdict]:
    """The verdicts of an account as its addressee takes them, in the order of its lines.

    ``subject``: one subject of the kind that the account is per; the organisation itself: all of them.
    """
    judgement = Judgement(norms, world, on=on, known_at=known_at)
    names = [name for name in account.requirements if name in norms.requirements]
    for name, key in lines_of(norms, world, names):
        rule = norms.requirements[name]
        if rule.subject == account.per and subject not in (world.organisation, key):
            continue
        yield under_demand(judgement.verdict(name, key), requirement=rule, demand=account.demand)


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id, "subject": fact.subject, "fact": fact.fact, "value": pack(fact.value),
        "valid_from": _text(fact.valid_from), "valid_to": _text(fact.valid_to), "recorded_at": _text(fact.recorded_at),
        "superseded_at": _text(fact.superseded_at), "observations": [_text(day) for day in fact.observations],
        "assurance": fact.assurance.name.lower(), "said_by": fact.said_by, "inherited_from": fact.inherited_from,
    }  # fmt: skip


def _fact(data: Mapping[str, Any]) -> Fact:
    return Fact(
        data["id"], data["subject"], data["fact"], unpack(data["value"]), parse_day(data["valid_from"]),
        parse_day(data["recorded_at"]), _day(data["valid_to"]), _day(data["superseded_at"]),
        tuple(parse_day(each) for each in data["observations"]), Assurance[data["assurance"].upper()], data["said_by"],
        data["inherited_from"],
    )  # fmt: skip


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else parse_day(text)
