"""Risks, how they were weighed and treated, and guidelines that are not followed for a time."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.isms.models.columns import organisation_column, person_column
from dijkwacht.apps.ledger.models import Subject


class Risk(models.Model):
    """Something that can go wrong. ``requirements``: ids of what helps against it. Numbers count per organisation."""

    organisation = organisation_column()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    known_as = models.CharField(max_length=40, blank=True)
    owner = person_column()
    requirements = models.JSONField(default=list)
    subjects = models.ManyToManyField(Subject, related_name="+", blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "number"], name="risk_number_once")]

    def __str__(self) -> str:
        return self.title


class WeighingKind(models.TextChoices):
    """Before measures, and with what is in place now."""

    INHERENT = "inherent", _("Without measures")
    RESIDUAL = "residual", _("With what is in place")


class Weighing(models.Model):
    """One weighing of a risk; the last of its kind counts. ``impacts``: level per area of damage."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="weighings")
    kind = models.CharField(max_length=10, choices=WeighingKind.choices)
    likelihood = models.PositiveSmallIntegerField()
    impacts = models.JSONField()
    reason = models.TextField(blank=True)
    on = models.DateField()
    person = person_column()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=WeighingKind.values), name="weighing_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.risk} {self.kind}"


class TreatmentKind(models.TextChoices):
    """The four answers to a risk."""

    MITIGATE = "mitigate", _("Mitigate: take measures")
    AVOID = "avoid", _("Avoid: stop doing it")
    TRANSFER = "transfer", _("Transfer: let another bear it")
    ACCEPT = "accept", _("Accept for a time")


class Treatment(models.Model):
    """What was chosen for a risk. ``until``: of an acceptance, the last day on which it holds."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="treatments")
    kind = models.CharField(max_length=10, choices=TreatmentKind.choices)
    reason = models.TextField()
    until = models.DateField(null=True, blank=True)
    decided_on = models.DateField()
    decided_by = person_column()
    superseded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=TreatmentKind.values), name="treatment_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="accept") | Q(until__isnull=False), name="treatment_acceptance_ends"
            ),
            models.UniqueConstraint(
                fields=["risk"], condition=Q(superseded_on__isnull=True), name="treatment_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk}: {self.kind}"


class Deviation(models.Model):
    """A guideline that is not followed for a time, with the risk analysis on which that rests."""

    organisation = organisation_column()
    requirement = models.CharField(max_length=80)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="deviations")
    reason = models.TextField()
    instead = models.TextField(blank=True)
    granted_on = models.DateField()
    granted_by = person_column()
    until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["until", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "requirement"], condition=Q(ended_on__isnull=True), name="deviation_once"
            )
        ]

    def __str__(self) -> str:
        return self.requirement
