"""What is weighed and checked in a crisis: how heavy the effect is, what was done to inform, what the mayor has in hand."""

from typing import ClassVar

from django.db import models

from dijkwacht.apps.crisis.models.columns import organisation_column, person_column
from dijkwacht.apps.crisis.models.log import Crisis


class Weighing(models.Model):
    """How heavy the effect is, in words per criterion. ``answers``: {criterion: {"level": code, "why": text}}."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="weighings")
    answers = models.JSONField(default=dict)
    conclusion = models.TextField(blank=True)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.crisis} {self.at:%Y-%m-%d %H:%M}"


class Informing(models.Model):
    """What was done about one point of the duty to inform (a code of the pack); the newest of a point counts."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="informings")
    item = models.CharField(max_length=40)
    state = models.CharField(max_length=8)  # done, busy, not_now
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class MayorCard(models.Model):
    """What the mayor holds in hand at one moment. Added, never changed. ``options``: [{"what": …, "then": …}]."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="cards")
    number = models.PositiveSmallIntegerField()
    happens = models.CharField(max_length=320)
    residents = models.CharField(max_length=320)
    decides = models.CharField(max_length=320)
    asked = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=list)
    advice = models.CharField(max_length=240, blank=True)
    unknown = models.CharField(max_length=240)
    speaks = models.CharField(max_length=160)
    next_at = models.DateTimeField(null=True, blank=True)
    next_what = models.CharField(max_length=160, blank=True)
    grip = models.CharField(max_length=20)
    digital = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["crisis", "number"], name="crisis_mayor_card_once")]

    def __str__(self) -> str:
        return f"{self.crisis} {self.number}"


class Comparison(models.Model):
    """An incident held against the five axes. ``answers``: {axis: {"like": physical|digital|both|unknown, "why": text}}.

    It is about a crisis here, or about an incident by its number as text, or about neither.
    """

    organisation = organisation_column()
    title = models.CharField(max_length=120)
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, null=True, blank=True, related_name="comparisons")
    incident = models.CharField(max_length=20, blank=True)
    answers = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title
