"""Reports of a monitoring service (SOC, MDR) that came in as a file, and the alerts in them, each once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.models.columns import organisation_column, person_column
from dijkwacht.apps.incidents.models.incidents import Incident
from dijkwacht.apps.ledger.models import Evidence


class AlertSeverity(models.TextChoices):
    """How severe the service calls it; empty: not told."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class MonitoringReport(models.Model):
    """One report, and what it changed when it came in. ``key``: the service's name as it is held against others'.

    ``end``: the first day after the period. ``sources``: log sources seen, of ``expected``; empty: not told. ``fresh`` and
    ``updated``: alerts that were new or stood otherwise; ``made``: incidents that came of it by itself; ``left``: alerts that
    press and were over the limit.
    """

    organisation = organisation_column()
    service = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    first = models.DateField()
    end = models.DateField()
    sources = models.PositiveIntegerField(null=True, blank=True)
    expected = models.PositiveIntegerField(null=True, blank=True)
    form = models.CharField(max_length=10)  # table, json or stix
    file = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    came_at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-end", "-came_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "file"], name="monitoring_file_once"),
            models.CheckConstraint(condition=Q(end__gt=F("first")), name="monitoring_period"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.first}"


class MonitoringAlert(models.Model):
    """An alert of a service, under its number there. ``last``: the report that spoke last of it; ``reports``: all that did.

    ``exact``: the time of day is known. ``handled`` empty: not told. ``incident``: what became of it, if anything.
    """

    organisation = organisation_column()
    key = models.CharField(max_length=300)
    number = models.CharField(max_length=300)
    at = models.DateTimeField()
    exact = models.BooleanField(default=True)
    title = models.CharField(max_length=300)
    severity = models.CharField(max_length=8, choices=AlertSeverity.choices, blank=True)
    system = models.CharField(max_length=300, blank=True)
    what = models.TextField(blank=True)
    handled = models.BooleanField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    indicators = models.JSONField(default=list)
    last = models.ForeignKey(MonitoringReport, on_delete=models.PROTECT, related_name="+")
    reports = models.ManyToManyField(MonitoringReport, related_name="alerts")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="monitoring")

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key", "number"], name="monitoring_alert_once"),
        ]

    def __str__(self) -> str:
        return self.title
