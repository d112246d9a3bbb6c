"""The year of a management system: what falls on which day, from the rhythms in the packs and the terms of its own. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dijkwacht.core.catalog import Norms
from dijkwacht.core.criteria import Leaf, Node
from dijkwacht.core.days import Duration, add
from dijkwacht.core.facts import FactType, World
from dijkwacht.core.select import choices, expiry

MOST_REPEATS = 60


class Occasion(StrEnum):
    """What kind of thing falls on a day."""

    RHYTHM = "rhythm"  # something must have been done again by then
    EXPIRY = "expiry"  # an answer is out of date from then on
    ACTION = "action"
    AUDIT = "audit"
    REVIEW = "review"
    POLICY = "policy"
    ACCEPTANCE = "acceptance"  # an accepted risk must be decided again
    EXCEPTION = "exception"
    CERTIFICATE = "certificate"
    ACCOUNT = "account"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on one day. ``key``: what makes it this one, also next year; ``requirement``: the norm it serves.

    ``subject`` and ``fact_type``: the question that settles it; ``expected``: it is only so when what comes before it is
    done in time; ``about``: what a page may show and a calendar feed may not; ``reference``: a row number of ours.
    """

    day: date
    occasion: Occasion
    key: str
    requirement: str = ""
    subject: str = ""
    fact_type: str = ""
    expected: bool = False
    about: str = ""
    reference: int = 0
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a date fact must be renewed, and for which requirements; the shortest counts."""

    fact_type: str
    within: Duration
    requirements: tuple[str, ...]


def rhythms(norms: Norms) -> dict[str, Rhythm]:
    """Per fact type the shortest rhythm that a requirement sets, with all requirements that set one."""
    found: dict[str, list[tuple[Duration, str]]] = {}
    for name, rule in norms.requirements.items():
        for leaf in _leaves(rule.met_if):
            if leaf.op == "within":
                found.setdefault(leaf.fact, []).append((leaf.value, name))
            elif leaf.op == "within_fact" and leaf.value[1] is not None:
                found.setdefault(leaf.fact, []).append((leaf.value[1], name))
    return {
        fact: Rhythm(
            fact, min((span for span, _ in spans), key=_length), tuple(dict.fromkeys(name for _, name in spans))
        )
        for fact, spans in found.items()
    }


def _leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf of a criterion, also within *each* and *some*."""
    if isinstance(node, Leaf):
        yield node
    for name in ("parts", "part", "that", "where"):
        inner = getattr(node, name, None)
        for each in inner if isinstance(inner, tuple) else () if inner is None else (inner,):
            yield from _leaves(each)


def _length(span: Duration) -> int:
    return span.months * 31 + span.days


@dataclass(frozen=True, slots=True)
class Year:
    """What follows from the facts: events, and questions (subject, fact type) with a rhythm but no date yet."""

    events: tuple[Event, ...]
    undated: tuple[tuple[str, str], ...]


def from_facts(norms: Norms, world: World, *, rests: Mapping[str, Iterable[str]], on: date, until: date) -> Year:
    """What must be done again or runs out, up to and with a day. What recurs within that time comes back as expected.

    ``rests``: per fact type the requirements that rest on it. A day that has passed stays on the day it fell.
    """
    known = rhythms(norms)
    events: list[Event] = []
    undated: list[tuple[str, str]] = []
    for name, kind in norms.fact_types.items():
        requirements = list(rests.get(name, ()))
        rhythm = known.get(name)
        for subject in _subjects(world, kind) if requirements else ():
            choice = choices(world.facts.get((subject, name), ()), kind, on=on, known_at=on)[0][1]
            rule = (rhythm.requirements if rhythm else tuple(requirements))[0]
            if choice.winner is None or not (rhythm is None or isinstance(choice.winner.value, date)):
                if rhythm is not None:
                    undated.append((subject, name))
            elif rhythm is not None:
                due = add(choice.winner.value, rhythm.within)
                events += _repeated(due, rhythm, subject, rule=rule, lines=len(requirements), until=until)
            elif (end := expiry(choice, kind, on)) is not None and end <= until:
                key = f"{Occasion.EXPIRY}|{subject}|{name}"
                events.append(Event(end, Occasion.EXPIRY, key, rule, subject, name, lines=len(requirements)))
    return Year(tuple(events), tuple(undated))


def _subjects(world: World, kind: FactType) -> tuple[str, ...]:
    return (world.organisation,) if kind.subject == "organisation" else world.subjects.get(kind.subject, ())


def _repeated(due: date, rhythm: Rhythm, subject: str, *, rule: str, lines: int, until: date) -> Iterator[Event]:
    key = f"{Occasion.RHYTHM}|{subject}|{rhythm.fact_type}"
    for number in range(MOST_REPEATS):
        if due > until:
            return
        yield Event(due, Occasion.RHYTHM, key, rule, subject, rhythm.fact_type, expected=number > 0, lines=lines)
        later = add(due, rhythm.within)
        if later <= due:
            return
        due = later


def by_month(events: Iterable[Event]) -> dict[tuple[int, int], list[Event]]:
    """Events by year and month, each month in the order of its days."""
    found: dict[tuple[int, int], list[Event]] = {}
    for each in sorted(events, key=lambda each: (each.day, each.occasion, each.key)):
        found.setdefault((each.day.year, each.day.month), []).append(each)
    return found


def months_from(year: int, month: int, count: int) -> list[tuple[int, int]]:
    """So many months from one on, as year and month."""
    return [((year * 12 + month - 1 + n) // 12, (year * 12 + month - 1 + n) % 12 + 1) for n in range(count)]
