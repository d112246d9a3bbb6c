"""A crisis and its log. Lines are added and never changed: what was wrong is put right by a new line."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.crisis.models.columns import organisation_column, person_column


class Crisis(models.Model):
    """A crisis, or an exercise of one. All moments are aware.

    ``alarm_at``: when the criteria for the alarm were met, from which the statutory start times run; ``called_at``: when the
    mayor called his team. ``grip`` and ``digital``: the rung on each ladder now (codes of the pack); how that came about
    stands in `Scaling`. ``incident``: the number of an incident in the register, as text.
    """

    organisation = organisation_column()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()  # within the year of `opened_at`
    title = models.CharField(max_length=120)
    what = models.TextField()
    exercise = models.BooleanField(default=False)
    incident = models.CharField(max_length=20, blank=True)
    opened_at = models.DateTimeField()
    opened_by = person_column()
    alarm_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    grip = models.CharField(max_length=20, default="grip0")
    digital = models.CharField(max_length=20, default="digital0")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = person_column()
    evaluation = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        verbose_name_plural = "crises"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="crisis_number_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (Q(closed_at__gte=F("opened_at")) & ~Q(evaluation="")),
                name="crisis_closed_with_evaluation",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """How people call it: ``C2026-02``, with an O before it for an exercise."""
        return f"{'O' if self.exercise else ''}C{self.year}-{self.number:02}"

    @property
    def open(self) -> bool:
        """Whether it still goes on."""
        return self.closed_at is None


class LineKind(models.TextChoices):
    """What a line of the log is."""

    FACT = "fact", _("What we know or assume")
    QUESTION = "question", _("Question")
    DECISION = "decision", _("Decision")
    ACTION = "action", _("Action")
    COMMUNICATION = "communication", _("Communication")
    ANSWER = "answer", _("Done or answered")
    CORRECTION = "correction", _("Correction")


class Certainty(models.TextChoices):
    """How sure a fact is."""

    KNOWN = "known", _("Known")
    ASSUMED = "assumed", _("Assumed")
    UNKNOWN = "unknown", _("Not known")


class Topic(models.TextChoices):
    """What a fact is about that everybody asks first; empty for anything else."""

    CAUSE = "cause", _("Cause")
    DURATION = "duration", _("How long")
    SIZE = "size", _("How large")
    OTHER = "", _("Something else")


class Line(models.Model):
    """A line of the log. Which columns are filled follows from the kind.

    ``about``: the line that this one corrects, answers or says is done. ``power``: a code of the pack of powers, or empty;
    ``power_text``: the power in words. ``actor``: who does it, decides or speaks, as a function.
    """

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=LineKind.choices)
    at = models.DateTimeField()  # when it was so
    written_at = models.DateTimeField()
    by = person_column()
    text = models.TextField()
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="after")
    certainty = models.CharField(max_length=8, choices=Certainty.choices, blank=True)
    topic = models.CharField(max_length=10, choices=Topic.choices, blank=True)
    source = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=120, blank=True)
    power = models.CharField(max_length=60, blank=True)
    power_text = models.CharField(max_length=200, blank=True)
    alternatives = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    audience = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["crisis", "number"], name="crisis_line_number_once"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="crisis_line_kind"),
            models.CheckConstraint(condition=~Q(kind="fact") | ~Q(certainty=""), name="crisis_line_fact_certainty"),
            models.CheckConstraint(
                condition=~Q(kind="decision") | (~Q(actor="") & ~Q(reasons="")), name="crisis_line_decision_whole"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["answer", "correction"]) | Q(about__isnull=False), name="crisis_line_about"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}"


class Ladder(models.TextChoices):
    """The two ladders."""

    GRIP = "grip", _("GRIP")
    DIGITAL = "digital", _("Digital ladder")


class Scaling(models.Model):
    """A step up or down on a ladder, with why. ``level``: a code of the pack. Rungs may be skipped."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="scalings")
    ladder = models.CharField(max_length=7, choices=Ladder.choices)
    level = models.CharField(max_length=20)
    was = models.CharField(max_length=20)
    decided_by = models.CharField(max_length=120)
    reason = models.TextField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ladder__in=Ladder.values), name="crisis_scaling_ladder"),
            models.CheckConstraint(condition=~Q(level=F("was")), name="crisis_scaling_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.level}"


class Lesson(models.Model):
    """What the evaluation asks: who does it, before when, until it is done."""

    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="lessons")
    text = models.CharField(max_length=500)
    owner = models.CharField(max_length=120)  # a function
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
