"""``clocks``: the legal terms of the packs, listed or reckoned. Needs no database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dijkwacht.commands import Outcome
from dijkwacht.core.clocks import Due, Meeting, Rule, due, moment
from dijkwacht.norms.read import Clocks, clocks
from dijkwacht.web.clock_words import article_words, explanation, term_words
from dijkwacht.web.moments import moment_words
from dijkwacht.web.terms import text_of


def listed(*, area: str | None = None) -> Outcome:
    """Every clock, or those of one area: id, article, name, term. Raises ValueError for an area that there is not."""
    pack = clocks()
    if area is not None and area not in pack.areas:
        raise ValueError(f"there is no area {area}; there are {', '.join(pack.areas)}")
    rules = (pack.rules if area is None else pack.in_area(area)).values()
    data = [_told(rule, pack) for rule in rules]
    width = max(len(rule.id) for rule in rules)
    lines = [
        f"{rule.id:<{width}}  {each['article']:<26} {each['name']}" + _term(rule)
        for rule, each in zip(rules, data, strict=True)
    ]
    return Outcome(data, lines)


def reckoned(
    name: str, start: str, *, designated: str | None = None, meetings: Sequence[str] = (), given: str | None = None
) -> Outcome:
    """When this clock ends if it starts then, and why. Raises ValueError, also for a moment without a zone."""
    pack = clocks()
    if (rule := pack.rules.get(name)) is None:
        raise ValueError(f"there is no clock {name}; `dijkwacht clocks --list` names them")
    if designated is not None and rule.applies_from is None:
        raise ValueError(f"{name} does not hang on a designation")
    found = due(
        rule, moment(start), calendar=pack.calendar, rules=pack.rules,
        designated=None if designated is None else moment(designated), meetings=[_meeting(each) for each in meetings],
        given=None if given is None else moment(given),
    )  # fmt: skip
    return Outcome(_data(found, pack), _lines(found, pack))


def _meeting(text: str) -> Meeting:
    """``2026-12-03T20:00:00+01:00=16/31``: when, and how many of how many were there."""
    at, _, counts = text.rpartition("=")
    present, _, seats = counts.partition("/")
    if not (present.isdecimal() and seats.isdecimal() and int(present) <= int(seats)):
        raise ValueError(f"a meeting as MOMENT=PRESENT/SEATS was expected, not {text[:60]!r}")
    return Meeting(moment(at), int(seats), int(present))


def _told(rule: Rule, pack: Clocks) -> dict[str, Any]:
    return {
        "rule": rule.id, "area": rule.area, "article": article_words(rule, pack), "name": text_of(rule.name),
        "kind": rule.kind, "duty_of": text_of(pack.parties[rule.duty_of]),
        "to": [text_of(pack.parties[each]) for each in rule.to],
        "starts_on": text_of(pack.events[rule.starts_on]), "term": str(rule.term) if rule.term else None, "counted": rule.method,
        "at_once": rule.at_once, "shifts": rule.shifts, "valid_from": rule.valid_from.isoformat(), "source": rule.source,
        "uncertain": text_of(rule.uncertain) or None,
    }  # fmt: skip


def _term(rule: Rule) -> str:
    return f" ({term_words(rule.term.n, rule.term.unit)})" if rule.term else ""


def _data(found: Due, pack: Clocks) -> dict[str, Any]:
    return {
        "due": _iso(found.due), "rule": found.rule.id, "article": article_words(found.rule, pack),
        "explanation": " ".join(explanation(found, pack)), "applies": found.applies, "target": _iso(found.target),
        "start": _iso(found.start), "name": text_of(found.rule.name), "unsure": list(found.unsure),
        "steps": [{"code": each.code, **{name: _plain(value) for name, value in each.params.items()}} for each in found.steps],
    }  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _lines(found: Due, pack: Clocks) -> list[str]:
    head = f"{found.rule.id}: {text_of(found.rule.name)} ({article_words(found.rule, pack)})"
    end = "-" if found.due is None else f"{moment_words(found.due)}  [{found.due.isoformat()}]"
    return [head, end, *(f"  {each}" for each in explanation(found, pack))]
