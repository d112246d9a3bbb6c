"""A crisis and its log: opened, written in, scaled, closed. Lines are only ever added; the lock of the chain orders them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Max

from dijkwacht.apps.crisis.models import Certainty, Crisis, Lesson, Line, LineKind, Scaling, Topic
from dijkwacht.apps.crisis.services.doing import Refused, doing, still_open
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.norms.crisis import crisis_pack
from dijkwacht.web.moments import day_of, local

AHEAD = timedelta(minutes=5)
"""So far a clock on the wall may run ahead of ours."""
OF_KIND = {
    LineKind.FACT: ("certainty", "topic", "source"),
    LineKind.QUESTION: ("actor",),
    LineKind.DECISION: ("actor", "power", "power_text", "alternatives", "reasons", "advice"),
    LineKind.ACTION: ("actor", "due_at"),
    LineKind.COMMUNICATION: ("actor", "audience"),
    LineKind.ANSWER: (),
    LineKind.CORRECTION: (),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that the evaluation asks."""

    text: str
    owner: str
    due: date


def open_crisis(
    organisation: Organisation,
    *,
    title: str,
    what: str,
    person: Person | None,
    at: datetime,
    exercise: bool = False,
    incident: str = "",
    alarm_at: datetime | None = None,
) -> Crisis:
    """Opens a crisis with an empty log: cause, duration and size are not known. Raises Refused (empty, later)."""
    if not title.strip() or not what.strip():
        raise Refused("empty", field="title" if not title.strip() else "what")
    _not_later(alarm_at, at, "alarm_at")
    with doing(organisation, person=person, at=at) as deed:
        year = local(at).year
        last = Crisis.objects.filter(organisation=organisation, year=year).aggregate(n=Max("number"))["n"]
        row = Crisis.objects.create(
            organisation=organisation, year=year, number=(last or 0) + 1, title=title.strip(), what=what.strip(),
            exercise=exercise, incident=incident.strip(), opened_at=at, opened_by=person, alarm_at=alarm_at,
        )  # fmt: skip
        deed.write("opened", about=f"crisis:{row.pk}", rows=[row], number=row.name, exercise=exercise)
    return row


def write_line(
    crisis: Crisis, *, kind: str, text: str, person: Person | None, at: datetime, was_at: datetime | None = None,
    about: int | None = None, **more: Any,
) -> Line:  # fmt: skip
    """Adds a line, with the next number. ``was_at``: when it was so (None: now); ``about``: the number of another line.

    Raises Refused (closed, kind, empty, later, certainty, decider, reasons, about, alike).
    """
    if kind not in LineKind.values:
        raise Refused("kind", field="kind")
    kept = {key: more[key] for key in OF_KIND[LineKind(kind)] if more.get(key) not in (None, "")}
    _whole(kind, text, kept)
    _not_later(was_at, at, "was_at")
    with doing(crisis.organisation, person=person, at=at) as deed:
        still_open(crisis)
        other = _about(crisis, kind, about)
        last = crisis.lines.aggregate(n=Max("number"))["n"]
        row = Line.objects.create(
            crisis=crisis, number=(last or 0) + 1, kind=kind, at=was_at or at, written_at=at, by=person,
            text=text.strip(), about=other, **kept,
        )  # fmt: skip
        told = {"kind": kind, "line": row.number, "number": crisis.name, **({"of": other.number} if other else {})}
        deed.write(
            "corrected" if kind == LineKind.CORRECTION else "written", about=f"crisis:{crisis.pk}", rows=[row], **told
        )
    return row


def _whole(kind: str, text: str, kept: dict[str, Any]) -> None:
    if not text.strip():
        raise Refused("empty", field="text")
    if kind == LineKind.FACT and kept.get("certainty") not in Certainty.values:
        raise Refused("certainty", field="certainty")
    if kept.get("topic", "") not in Topic.values:
        raise Refused("kind", field="topic")
    if kind == LineKind.DECISION:
        if "actor" not in kept:
            raise Refused("decider", field="actor")
        if "reasons" not in kept:
            raise Refused("reasons", field="reasons")


def _about(crisis: Crisis, kind: str, about: int | None) -> Line | None:
    if kind not in (LineKind.ANSWER, LineKind.CORRECTION):
        return None
    row = crisis.lines.filter(number=about).first() if about is not None else None
    if row is None:
        raise Refused("about", field="about")
    if kind == LineKind.ANSWER and row.kind not in (LineKind.QUESTION, LineKind.ACTION):
        raise Refused("alike", field="about")
    return row


def scale(
    crisis: Crisis, *, ladder: str, level: str, reason: str, decided_by: str, person: Person | None, at: datetime,
    was_at: datetime | None = None,
) -> Scaling:  # fmt: skip
    """Steps up or down on a ladder; rungs may be skipped. Raises Refused (closed, level, same, empty, later)."""
    found = crisis_pack().ladders.ladders.get(ladder)
    if found is None or level not in {each.id for each in found.levels}:
        raise Refused("level", field="level")
    if not reason.strip() or not decided_by.strip():
        raise Refused("empty", field="reason" if not reason.strip() else "decided_by")
    _not_later(was_at, at, "was_at")
    with doing(crisis.organisation, person=person, at=at) as deed:
        row = still_open(crisis)
        was = getattr(row, ladder)
        if was == level:
            raise Refused("same", field="level")
        made = Scaling.objects.create(
            crisis=row, ladder=ladder, level=level, was=was, decided_by=decided_by.strip(), reason=reason.strip(),
            at=was_at or at, written_at=at, by=person,
        )  # fmt: skip
        setattr(row, ladder, level)
        row.save(update_fields=[ladder])
        deed.write("scaled", about=f"crisis:{row.pk}", rows=[made, row], number=row.name, was=was, level=level)
    return made


def set_clock(
    crisis: Crisis, *, alarm_at: datetime | None, called_at: datetime | None, person: Person | None, at: datetime
) -> Crisis:
    """When the alarm criteria were met and when the mayor called his team: the statutory start times run from there.

    Raises Refused (closed, later).
    """
    _not_later(alarm_at, at, "alarm_at")
    _not_later(called_at, at, "called_at")
    with doing(crisis.organisation, person=person, at=at) as deed:
        row = still_open(crisis)
        row.alarm_at, row.called_at = alarm_at, called_at
        row.save(update_fields=["alarm_at", "called_at"])
        deed.write("clock_set", about=f"crisis:{row.pk}", rows=[row], number=row.name)
    return row


def close_crisis(
    crisis: Crisis, *, evaluation: str, lessons: Sequence[Wanted], person: Person | None, at: datetime
) -> Crisis:
    """Closes a crisis with what was learned, and who does what about it. Raises Refused (closed, empty, lesson, too_early)."""
    if not evaluation.strip():
        raise Refused("empty", field="evaluation")
    if not lessons or any(not each.text.strip() or not each.owner.strip() for each in lessons):
        raise Refused("lesson", field="lesson_text")
    with doing(crisis.organisation, person=person, at=at) as deed:
        row = still_open(crisis)
        if at < row.opened_at:
            raise Refused("too_early")
        made = [
            Lesson.objects.create(crisis=row, text=each.text.strip(), owner=each.owner.strip(), due=each.due)
            for each in lessons
        ]
        row.closed_at, row.closed_by, row.evaluation = at, person, evaluation.strip()
        row.save(update_fields=["closed_at", "closed_by", "evaluation"])
        deed.write("closed", about=f"crisis:{row.pk}", rows=[row, *made], number=row.name, lessons=len(made))
    return row


def finish_lesson(lesson: Lesson, *, result: str, person: Person | None, at: datetime) -> Lesson:
    """What an evaluation asked is done. Raises Refused (gone)."""
    with doing(lesson.crisis.organisation, person=person, at=at) as deed:
        row = Lesson.objects.filter(pk=lesson.pk, done_on__isnull=True).select_related("crisis").first()
        if row is None:
            raise Refused("gone")
        row.done_on, row.result = day_of(at), result.strip()
        row.save(update_fields=["done_on", "result"])
        deed.write("lesson_done", about=f"crisis:{row.crisis_id}", rows=[row], number=row.crisis.name, text=row.text)
    return row


def _not_later(moment: datetime | None, at: datetime, field: str) -> None:
    if moment is not None and moment.astimezone(UTC) > at.astimezone(UTC) + AHEAD:
        raise Refused("later", field=field)
