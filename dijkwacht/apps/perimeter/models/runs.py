"""A run over names, its jobs, and the leases by which many workers never bother one host at once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models.names import Domain


class RunKind(models.TextChoices):
    """Why a run was made."""

    PLANNED = "planned", _("Planned")
    ASKED = "asked", _("On request")
    CONFIRM = "confirm", _("Second measurement before something counts as wrong")
    CSIRT = "csirt", _("By the CSIRT")
    DEEP = "deep", _("Deeper, with ports and names below")


class RunState(models.TextChoices):
    """Where a run is."""

    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Done")


class JobState(models.TextChoices):
    """Where one name in a run is."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being measured")
    DONE = "done", _("Measured")
    FAILED = "failed", _("Not measured")


class Run(models.Model):
    """Measuring a number of names for one organisation. Counts are filled in as jobs end.

    ``deep``: ports too, and names below by a list of words; also of the second measurement of what such a run found.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=RunKind.choices)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    deep = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    policy = models.CharField(max_length=60)
    tool = models.CharField(max_length=40)
    jobs_total = models.PositiveIntegerField(default=0)
    turned = models.PositiveIntegerField(default=0)  # words that changed
    connections = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=dict)  # code of the refusal: how often

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=RunKind.values), name="perimeter_run_kind"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="perimeter_run_state"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"


class Job(models.Model):
    """One name in one run. Claimed by one worker till ``lease_until``; after that it is anyone's again.

    Answers go to the ledger per run and not per name, so that its trail gets one entry for a run.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="jobs", db_index=False)
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict)  # what the measurement says in the ledger, by fact type
    settled = models.BooleanField(default=False)  # told to the ledger

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "domain"], name="perimeter_job_once"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="perimeter_job_state"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "lease_until"],
                name="perimeter_job_open",
                condition=Q(state__in=["waiting", "claimed"]),
            ),
            models.Index(fields=["run"], name="perimeter_job_untold", condition=Q(state="done", settled=False)),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.state}"


class Lease(models.Model):
    """Who may talk to a mail host or a network now. Taken by compare-and-swap on ``until``; a dead worker's lease runs out."""

    key = models.CharField(max_length=260, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return f"{self.key}: {self.holder}"
