"""Facts, subjects and questions in plain JSON files, and verdicts back: the engine without a database."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dijkwacht.core.catalog import Norms
from dijkwacht.core.days import parse_day
from dijkwacht.core.facts import SUBJECT_KINDS, Assurance, Fact, FactType, Subject, World, register_type
from dijkwacht.core.judge import Judgement, Reason, Verdict
from dijkwacht.core.values import ValueFormError, plain, read_value

MAX_BYTES = 200_000_000


class PlainError(ValueError):
    """A file that cannot be used; the message names the file and the item."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the engine. ``subject`` None: the organisation."""

    requirement: str
    subject: str | None
    on: date
    known_at: date


def read_world(facts: Path, subjects: Path, norms: Norms) -> World:
    """The world of one organisation from facts.json and subjects.json. Raises PlainError."""
    frame = _mapping(_load(subjects), subjects.name)
    kinds = known_kinds(norms)
    organisation = _text(frame.get("organisation"), f"{subjects.name}: organisation")
    registered = [
        Subject(_text(item.get("id"), f"{where}: id"), _kind(item.get("kind"), f"{where}: kind", kinds))
        for where, item in _items(frame.get("subjects", []), f"{subjects.name}: subjects")
    ]
    complete = frame.get("complete", [])
    if not isinstance(complete, list) or not all(isinstance(kind, str) for kind in complete):
        raise PlainError(f"{subjects.name}: complete must be a list of kinds")
    for number, kind in enumerate(complete, 1):
        _kind(kind, f"{subjects.name}: complete: item {number}", kinds)
    if doubles := _doubles([subject.id for subject in registered]):
        raise PlainError(f"{subjects.name}: subject {doubles} is listed twice")
    found = [_fact(where, item, norms) for where, item in _items(_load(facts), facts.name)]
    if doubles := _doubles([fact.id for fact in found]):
        raise PlainError(f"{facts.name}: fact id {doubles} is used twice")
    return World.of(organisation, subjects=registered, facts=found, complete=complete)


def known_kinds(norms: Norms) -> frozenset[str]:
    """The kinds of subject that a world may hold: those of the vocabulary, and those of which a fact type tells."""
    told = {kind for each in norms.fact_types.values() for kind in (each.subject, each.refers_to) if kind}
    return frozenset(told.union(SUBJECT_KINDS))


def read_questions(path: Path) -> list[Ask]:
    """The questions, in order. ``known_at`` defaults to ``on``. Raises PlainError."""
    asks = []
    for where, item in _items(_load(path), path.name):
        on = _day(item.get("on"), f"{where}: on")
        known_at = _maybe(_day, item, "known_at", where) or on
        subject = item.get("subject")
        asks.append(
            Ask(
                _text(item.get("requirement"), f"{where}: requirement"),
                None if subject is None else _text(subject, f"{where}: subject"), on, known_at,
            )
        )  # fmt: skip
    return asks


def judge_all(norms: Norms, world: World, asks: list[Ask]) -> list[dict[str, Any]]:
    """The verdicts, in the order of the questions, in plain form. Raises PlainError on an unknown requirement."""
    judgements: dict[tuple[date, date], Judgement] = {}
    out = []
    for number, ask in enumerate(asks, 1):
        if ask.requirement not in norms.requirements:
            raise PlainError(f"question {number}: unknown requirement {ask.requirement}")
        if ask.subject is not None and ask.subject not in world.kind_of:
            raise PlainError(f"question {number}: unknown subject {ask.subject}")
        moment = (ask.on, ask.known_at)
        if moment not in judgements:
            judgements[moment] = Judgement(norms, world, on=ask.on, known_at=ask.known_at)
        out.append(plain_verdict(judgements[moment].verdict(ask.requirement, ask.subject)))
    return out


def plain_verdict(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON values: days as ISO text, assurance in words or null."""
    return {
        "requirement": verdict.requirement,
        "subject": verdict.subject,
        "status": str(verdict.status),
        "assurance": verdict.assurance.name.lower() if verdict.assurance else None,
        "stale_at": verdict.stale_at.isoformat() if verdict.stale_at else None,
        "reasons": [plain_reason(reason) for reason in verdict.reasons],
    }


def plain_reason(reason: Reason) -> dict[str, Any]:
    """A reason as JSON values; what it does not have is left out. ``id`` is the recorded fact, ``fact`` its type."""
    fields: dict[str, Any] = {
        "code": reason.code, "id": reason.fact_id, "fact": reason.fact_type, "subject": reason.subject,
        "requirement": reason.requirement, "value": plain(reason.value), "since": plain(reason.since),
        "said_by": reason.said_by or None, "assurance": reason.assurance.name.lower() if reason.assurance else None,
        "params": {key: plain(value) for key, value in reason.params.items() if value is not None} or None,
    }  # fmt: skip
    return {key: value for key, value in fields.items() if value is not None}


# -- reading -----------------------------------------------------------------------------------------
def _load(path: Path) -> Any:
    text = _read(path)
    try:
        data = json.loads(text)
        if "\\u" in text:  # half of a surrogate pair reads well, and can never be printed
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise PlainError(f"{path.name}: no JSON, line {error.lineno} column {error.colno}") from None
    except UnicodeEncodeError:
        raise PlainError(f"{path.name}: half a character, a \\u escape without its other half") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or nested too deep
        raise PlainError(f"{path.name}: no readable JSON") from None
    return data


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PlainError(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PlainError(f"{path.name}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise PlainError(f"{path.name}: no readable JSON in UTF-8") from None


def _items(data: Any, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    if not isinstance(data, list):
        raise PlainError(f"{where}: a list was expected")
    return [(f"{where}: item {n}", _mapping(item, f"{where}: item {n}")) for n, item in enumerate(data, 1)]


def _mapping(data: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise PlainError(f"{where}: an object was expected")
    return data


def _text(data: Any, where: str) -> str:
    if not isinstance(data, str) or not data:
        raise PlainError(f"{where}: a text was expected, not {data!r:.60}")
    return data


def _kind(data: Any, where: str, kinds: frozenset[str]) -> str:
    kind = _text(data, where)
    if kind not in kinds:
        raise PlainError(f"{where}: unknown kind of subject {kind!r:.60}; there are {', '.join(sorted(kinds))}")
    return kind


def _id(data: Any, where: str) -> str:
    """The id of a fact. A number is taken as the text that it is."""
    return str(data) if isinstance(data, int) and not isinstance(data, bool) else _text(data, where)


def _day(data: Any, where: str) -> date:
    try:
        return parse_day(data)
    except (TypeError, ValueError):
        raise PlainError(f"{where}: a day as YYYY-MM-DD was expected, not {data!r:.60}") from None


def _maybe(read: Callable[[Any, str], date], item: Mapping[str, Any], key: str, where: str) -> date | None:
    return read(item[key], f"{where}: {key}") if item.get(key) is not None else None


def _doubles(names: list[str]) -> str | None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _fact_type(name: str, norms: Norms, where: str) -> FactType:
    found = norms.fact_types.get(name)
    if found is not None:
        return found
    if name.startswith("register.") and name.endswith(".complete"):
        return register_type(name.removeprefix("register.").removesuffix(".complete"))
    raise PlainError(f"{where}: unknown fact type {name}")


def _fact(where: str, item: Mapping[str, Any], norms: Norms) -> Fact:
    name = _text(item.get("fact"), f"{where}: fact")
    fact_type = _fact_type(name, norms, where)
    try:
        value = read_value(fact_type, item.get("value"))
    except ValueFormError as error:
        raise PlainError(f"{where}: value of {name}: {error}") from None
    said = item.get("assurance")
    assurance = "STATED" if said is None else str(said).upper()
    if assurance not in Assurance.__members__:
        raise PlainError(f"{where}: assurance must be one of {', '.join(a.lower() for a in Assurance.__members__)}")
    last = _maybe(_day, item, "last_observed_at", where)
    return Fact(
        id=_id(item.get("id"), f"{where}: id"), subject=_text(item.get("subject"), f"{where}: subject"), fact=name,
        value=value, valid_from=_day(item.get("valid_from"), f"{where}: valid_from"),
        recorded_at=_day(item.get("recorded_at"), f"{where}: recorded_at"),
        valid_to=_maybe(_day, item, "valid_to", where), superseded_at=_maybe(_day, item, "superseded_at", where),
        observations=(last,) if last else (), assurance=Assurance[assurance], said_by=str(item.get("said_by") or ""),
    )  # fmt: skip
