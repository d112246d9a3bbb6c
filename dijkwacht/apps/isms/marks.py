"""Which rows of this room the trail tells of, and how. Every table of the room stands here."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model

from dijkwacht.apps.isms.models import (
    Action,
    Audit,
    Circumstance,
    Classified,
    Deviation,
    FeedKey,
    Finding,
    Leaning,
    Policy,
    PolicyEvent,
    Review,
    Risk,
    ScopeDecision,
    Training,
    Treatment,
    Weighing,
)  # fmt: skip
from dijkwacht.apps.trail.marks import Marks, marks, table


def _subjects(risks: Collection[Any]) -> Mapping[Any, list[str]]:
    return _linked(Risk.subjects.through._default_manager.filter(risk__in=risks).values_list("risk_id", "subject__key"))


def _evidence(actions: Collection[Any]) -> Mapping[Any, list[str]]:
    rows = Action.evidence.through._default_manager.filter(action__in=actions)
    return _linked(rows.values_list("action_id", "evidence__sha256"))


def _linked(pairs: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for row, name in sorted(pairs):
        found.setdefault(row, []).append(name)
    return found


OF_SUBJECT = {"subject": "subject__key"}
TABLES = (
    table("scope", ScopeDecision),
    table("circumstance", Circumstance),
    table("classification", Classified, keys=OF_SUBJECT),
    table("leaning", Leaning, keys={"process": "process__key", "system": "system__key"}),
    table("risk", Risk, parts={"subjects": _subjects}),
    table("weighing", Weighing, within="risk__organisation"),
    table("treatment", Treatment, within="risk__organisation"),
    table("deviation", Deviation),
    table("audit", Audit),
    table("finding", Finding, within="audit__organisation"),
    table("review", Review),
    table("action", Action, keys=OF_SUBJECT, parts={"evidence": _evidence}),
    table("policy", Policy),
    table("policy_event", PolicyEvent, within="policy__organisation", keys={"evidence": "evidence__sha256"}),
    table("training", Training),
    table("feed_key", FeedKey),
)


def marked(rows: Iterable[Model]) -> Marks:
    """What the entry of an act tells of the rows that it made or changed."""
    return marks(TABLES, rows)
