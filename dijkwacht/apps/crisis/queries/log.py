"""A crisis with its log, and what follows from it: the picture, the start times, the hand-overs, what was done to inform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dijkwacht.apps.crisis.models import Comparison, Crisis, Informing, Lesson, Line, MayorCard, Weighing
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.clocks import Due, Rule, Standing, due, standing
from dijkwacht.core.crisis import Handover, Picture, Told, Weighed, picture, weigh
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.norms.read import clocks

ALARM, CALLED = "large_alert_criteria_met", "mayor_calls_team"
AREA = "crisis"


def crises(organisation: Organisation) -> QuerySet[Crisis]:
    """All crises and exercises, the newest first."""
    return Crisis.objects.filter(organisation=organisation)


def open_crises(organisation: Organisation) -> QuerySet[Crisis]:
    """Those that go on."""
    return crises(organisation).filter(closed_at__isnull=True)


def open_lessons(organisation: Organisation) -> QuerySet[Lesson]:
    """What evaluations asked and is not done."""
    rows = Lesson.objects.filter(crisis__organisation=organisation, done_on__isnull=True)
    return rows.select_related("crisis")


def lines(crisis: Crisis) -> list[Line]:
    """The log, the newest line first."""
    return list(crisis.lines.select_related("by", "about").order_by("-number"))


def picture_of(rows: list[Line]) -> Picture:
    """What is known, assumed and not known by these lines."""
    return picture(
        Told(each.number, each.kind, each.text, each.certainty, each.topic, each.about.number if each.about else None)
        for each in rows
    )


def start_rules() -> dict[str, Rule]:
    """The statutory start times, in the order of the pack."""
    return {name: rule for name, rule in clocks().in_area(AREA).items() if rule.starts_on in (ALARM, CALLED)}


def start_times(crisis: Crisis, *, at: datetime) -> list[tuple[Due, Standing]]:
    """The start times that run in this crisis; none before the alarm. A closed crisis shows them as they stood at its end."""
    pack, found = clocks(), []
    begun = {ALARM: crisis.alarm_at, CALLED: crisis.called_at}
    for rule in start_rules().values():
        started = begun[rule.starts_on]
        if started is not None:
            reckoned = due(rule, started, calendar=pack.calendar, rules=pack.rules)
            ladder = pack.warn.get(rule.warn or "", ())
            found.append((reckoned, standing(reckoned, at=crisis.closed_at or at, ladder=ladder)))
    return found


def handovers(crisis: Crisis) -> tuple[Handover, ...]:
    """What the rungs of now ask to hand over."""
    return crisis_pack().ladders.due({"grip": crisis.grip, "digital": crisis.digital})


def informed(crisis: Crisis) -> Mapping[str, Informing]:
    """Per point of the duty to inform what was noted last."""
    found: dict[str, Informing] = {}
    for row in crisis.informings.select_related("by"):
        found.setdefault(row.item, row)
    return found


def last_weighing(crisis: Crisis) -> tuple[Weighing, Weighed] | None:
    """The newest weighing with what it comes to."""
    row = crisis.weighings.select_related("by").first()
    if row is None:
        return None
    return row, weigh(crisis_pack().weighing.criteria, {name: each["level"] for name, each in row.answers.items()})


def last_card(crisis: Crisis) -> MayorCard | None:
    """The newest mayor's card."""
    return crisis.cards.first()


@dataclass(frozen=True, slots=True)
class Compared:
    """An incident beside what it is about."""

    row: Comparison
    answers: Mapping[str, str]


def comparisons(organisation: Organisation) -> QuerySet[Comparison]:
    """What was held against the axes, the newest first."""
    return Comparison.objects.filter(organisation=organisation).select_related("crisis", "by")


def compared(row: Comparison) -> Compared:
    """With only the likeness per axis."""
    return Compared(row, {name: each["like"] for name, each in row.answers.items()})
