"""What happened in a session: events, decisions that were taken, lines of the logs. Rows are added, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.exercises.models.sessions import Participant, Session
from dijkwacht.apps.ledger.columns import person_column
from dijkwacht.core.exercises import What


class Event(models.Model):
    """Something that the facilitator did. ``inject``: what was sent besides the script, in the form of a script."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=8)
    minute = models.PositiveIntegerField(default=0)
    factor = models.PositiveSmallIntegerField(default=1)
    inject = models.JSONField(null=True, blank=True)
    by = person_column()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(what__in=[each.value for each in What]), name="exercise_event_known")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%H:%M}"


class Answer(models.Model):
    """A decision that a role took: of which inject, which of its decision points, what, why and by which power."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="answers")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="answers")
    role = models.CharField(max_length=60)
    inject = models.CharField(max_length=20)
    point = models.PositiveSmallIntegerField()
    text = models.TextField()
    reasons = models.TextField(blank=True)
    power = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "inject", "point", "role"], name="exercise_decided_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Line(models.Model):
    """A line of a log: of a player (``participant``), or an observation of who leads the session (``person``)."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="lines")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    person = person_column()
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
