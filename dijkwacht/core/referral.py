"""Where a victim of cybercrime turns to: eight questions, and the right desks in the right order. Pure.

What must happen at once comes first. Nothing is kept of the answers; who does not answer a question loses no urgent desk by it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

Text = Mapping[str, str]
Answers = Mapping[str, Collection[str]]


class Urgency(StrEnum):
    """When to do it."""

    NOW = "now"
    TODAY = "today"
    NEXT = "next"


_ORDER = {urgency: place for place, urgency in enumerate(Urgency)}


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be given."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question. ``several``: more than one answer may be given."""

    id: str
    question: Text
    help: Text
    several: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A desk. ``number``: only where the whole country has one public number; ``find``: where to find it otherwise.

    ``checked``: whether a source tells of it; where not, the page says that it was not checked.
    """

    id: str
    name: Text
    does: Text
    number: str
    find: Text
    contact: Text
    source: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A desk that fits when every question in ``when`` has one of the answers named, and none in ``unless`` has one of these."""

    point: str
    urgency: Urgency
    when: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]
    reason: Text


@dataclass(frozen=True, slots=True)
class Referral:
    """The whole helper."""

    as_of: date
    about: Text
    stale_days: int
    questions: tuple[Question, ...]
    points: Mapping[str, Point]
    rules: tuple[Rule, ...]
    always: tuple[str, ...]  # what can be asked in every case


@dataclass(frozen=True, slots=True)
class Direction:
    """A desk to turn to, when, and why."""

    point: Point
    urgency: Urgency
    reasons: tuple[Text, ...]


def known(referral: Referral, answers: Answers) -> dict[str, tuple[str, ...]]:
    """The answers that are answers to our questions; of a question with one answer only the first. The rest is let go."""
    found: dict[str, tuple[str, ...]] = {}
    for question in referral.questions:
        given = set(answers.get(question.id, ()))
        chosen = tuple(each.id for each in question.options if each.id in given)
        if chosen:
            found[question.id] = chosen if question.several else chosen[:1]
    return found


def directions(referral: Referral, answers: Answers) -> list[Direction]:
    """The desks that fit, most urgent first and then in the order of the pack, each once with all its reasons.

    Without any answer that leads somewhere: the desks that can always be asked.
    """
    said = known(referral, answers)
    fitting = [rule for rule in referral.rules if _fits(rule, said)]
    found: dict[str, Direction] = {}
    for rule in sorted(fitting, key=lambda each: _ORDER[each.urgency]):
        before = found.get(rule.point)
        reasons = (*before.reasons, rule.reason) if before else (rule.reason,)
        urgency = before.urgency if before else rule.urgency
        found[rule.point] = Direction(referral.points[rule.point], urgency, reasons)
    if not found:
        return [Direction(referral.points[name], Urgency.NEXT, ()) for name in referral.always]
    return list(found.values())


def _fits(rule: Rule, said: Mapping[str, tuple[str, ...]]) -> bool:
    if any(options.intersection(said.get(question, ())) for question, options in rule.unless.items()):
        return False
    return all(options.intersection(said.get(question, ())) for question, options in rule.when.items())


class Freshness(StrEnum):
    """What may be said of a number that an organisation keeps itself."""

    NONE = "none"
    CHECKED = "checked"
    STALE = "stale"


def freshness(*, number: str, checked_on: date | None, on: date, stale_days: int) -> Freshness:
    """Whether a number is there and was looked at recently enough."""
    if not number or checked_on is None:
        return Freshness.NONE
    return Freshness.STALE if on - checked_on > timedelta(days=stale_days) else Freshness.CHECKED
