"""Audits with what they found, and management reviews."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.isms.models.columns import organisation_column, person_column


class AuditKind(models.TextChoices):
    """What kind of look it is."""

    INTERNAL = "internal", _("Internal audit")
    TECHNICAL = "technical", _("Technical test")
    EXTERNAL = "external", _("External audit")


class Audit(models.Model):
    """An audit in the programme, and what came of it. ``requirements``: the lines it looks at."""

    organisation = organisation_column()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=AuditKind.choices)
    scope = models.TextField(blank=True)
    requirements = models.JSONField(default=list)
    auditor = models.CharField(max_length=200)
    planned_on = models.DateField()
    adopted_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    finished_by = person_column()
    conclusion = models.TextField(blank=True)
    independent = models.BooleanField(default=False)
    cancelled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["planned_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=AuditKind.values), name="audit_kind_known")
        ]

    def __str__(self) -> str:
        return self.title


class Severity(models.TextChoices):
    """How bad a finding is."""

    MAJOR = "major", _("Nonconformity, major")
    MINOR = "minor", _("Nonconformity, minor")
    OBSERVATION = "observation", _("Observation")


class Finding(models.Model):
    """Something that an audit found, with a term."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    severity = models.CharField(max_length=12, choices=Severity.choices)
    requirement = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    cause = models.TextField(blank=True)
    due = models.DateField()
    found_on = models.DateField()
    found_by = person_column()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = person_column()
    closed_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="finding_severity_known")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Review(models.Model):
    """A management review. ``minutes``: text per point of the agenda. Once signed it does not change."""

    organisation = organisation_column()
    planned_on = models.DateField()
    present = models.TextField(blank=True)
    minutes = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    conclusion = models.TextField(blank=True)
    prepared_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = person_column()

    class Meta:
        ordering: ClassVar = ["-planned_on", "-pk"]

    def __str__(self) -> str:
        return self.planned_on.isoformat()
