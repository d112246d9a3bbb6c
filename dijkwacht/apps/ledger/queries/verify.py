"""Whether the facts are still what the trail says they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from dijkwacht.apps.ledger import runs
from dijkwacht.apps.ledger.digests import digest
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.days import parse_day

BATCH = 500


class Fault(StrEnum):
    """What is wrong with a fact."""

    MISSING = "missing"  # the trail tells of it and it is not there
    UNTOLD = "untold"  # it is there and no entry tells of it
    ALTERED = "altered"  # its content, or which evidence it rests on
    CLOSED = "closed"  # closed, or standing, otherwise than the trail tells
    SEEN = "seen"  # the days on which it was seen


@dataclass(frozen=True, slots=True)
class Faulty:
    """A fact that is not what the trail says: its row number, the number of the entry that made it, and what is wrong."""

    fact: int
    act: int | None
    fault: Fault


@dataclass(slots=True)
class _Told:
    """What the trail tells of one fact."""

    act: int
    digest: str
    observed: list[list[str]]
    closed: tuple[int, date] | None = None


@dataclass(slots=True)
class _Telling:
    """Everything that the trail tells of facts."""

    facts: dict[int, _Told] = field(default_factory=dict)

    def read(self, seq: int, detail: dict[str, Any]) -> None:
        """Adds one entry."""
        day = parse_day(detail["day"])
        odd = detail.get("runs", {})
        for pk, found in detail.get("facts", {}).items():
            self.facts[int(pk)] = _Told(seq, found, odd.get(pk, runs.of(day)))
        for pk in detail.get("closed", ()):
            if pk in self.facts:
                self.facts[pk].closed = (seq, day)
        for pk in detail.get("touched", ()):
            if pk in self.facts:
                self.facts[pk].observed = runs.seen_again(self.facts[pk].observed, day)


def verify_facts(organisation: Organisation) -> list[Faulty]:
    """The facts that are not what the trail says they are, in order; empty when all are.

    Whether the trail itself is whole is another question: ``trail.queries.verify``.
    """
    telling = _Telling()
    entries = Entry.objects.filter(organisation=organisation, act__startswith="ledger.").order_by("seq")
    for seq, detail in entries.values_list("seq", "detail").iterator():
        telling.read(seq, detail)
    found = list(_faults(organisation, telling.facts))
    return sorted(found, key=lambda each: each.fact)


def _faults(organisation: Organisation, told: dict[int, _Told]) -> Iterator[Faulty]:
    for pk, fact in _rows(organisation):
        expected = told.pop(pk, None)
        fault = Fault.UNTOLD if expected is None else _fault(fact, expected, organisation.slug)
        if fault is not None:
            yield Faulty(pk, None if expected is None else expected.act, fault)
    for pk, expected in told.items():
        yield Faulty(pk, expected.act, Fault.MISSING)


def _rows(organisation: Organisation) -> Iterator[tuple[int, Fact | None]]:
    """The facts by number; None for one that cannot be read, such as one of the 99th of a month."""
    rows = Fact.objects.filter(organisation=organisation)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for some in (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)):
        found = rows.filter(pk__in=some).prefetch_related("evidence").order_by("pk")
        try:
            yield from [(fact.pk, fact) for fact in found]
        except ValueError:
            yield from ((pk, _read(rows.filter(pk=pk))) for pk in some)


def _read(rows: QuerySet[Fact]) -> Fact | None:
    try:
        return rows.first()
    except ValueError:
        return None


def _fault(fact: Fact | None, told: _Told, slug: str) -> Fault | None:
    if fact is None or digest(fact, slug, (each.sha256 for each in fact.evidence.all())) != told.digest:
        return Fault.ALTERED
    closed = None if fact.superseded_at is None else (fact.superseded_act, fact.superseded_at)
    if closed != told.closed:
        return Fault.CLOSED
    return None if fact.observed == told.observed else Fault.SEEN
