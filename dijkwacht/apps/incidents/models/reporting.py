"""Legal terms that run, who was warned of them, and reports with their receipts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.models.columns import Mailed, organisation_column, person_column
from dijkwacht.apps.incidents.models.incidents import Incident
from dijkwacht.apps.people.models import Organisation


class ClockState(models.TextChoices):
    """Where a term is; whether it was kept in time follows from its moments."""

    WAITING = "waiting", _("Comes only if something does not happen")
    RUNNING = "running", _("Running")
    MET = "met", _("Met")
    VOID = "void", _("No longer holds")


class ReportState(models.TextChoices):
    """Where a report is."""

    DRAFT = "draft", _("Being written")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Not sent")


class Clock(models.Model):
    """A legal term that runs: by rule (`norms/clocks`), from a moment. ``due_at`` empty: it counts up and has no end.

    ``next_at``: the column that `tick` looks at; the next moment at which somebody is warned, and empty when there is none.
    ``about``: what it is about where there is no incident: ``registration``. A term of which the start was corrected is void,
    and a new one runs; ``replaces`` says which.
    """

    organisation = organisation_column()
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="clocks")
    about = models.CharField(max_length=80, blank=True)
    rule = models.CharField(max_length=40)
    key = models.CharField(max_length=80, blank=True)  # tells apart what happens more than once, such as a request
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    target_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=ClockState.choices, default=ClockState.RUNNING)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey("Report", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    met_because = models.CharField(max_length=300, blank=True)
    void_at = models.DateTimeField(null=True, blank=True)
    void_because = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    fired = models.JSONField(default=list)  # marks that were fired: codes in order
    unsure = models.JSONField(default=list)  # codes of what is not certain about the moment

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["incident", "rule", "key"], condition=~Q(state="void"), name="incident_clock_once"
            ),
            models.CheckConstraint(condition=Q(state__in=ClockState.values), name="incident_clock_state"),
            models.CheckConstraint(condition=~Q(state="met") | Q(met_at__isnull=False), name="incident_clock_met"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"]) | Q(next_at__isnull=True), name="incident_clock_fires"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="incident_clock_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["organisation", "state"], name="incident_clock_open"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.due_at}"


class Alert(Mailed):
    """Somebody who is warned of a term, at one mark of it (a code of `norms/clocks`)."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="alerts")
    mark = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clock", "mark", "person"], name="incident_alert_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["claimed_at"], name="incident_alert_waits", condition=Q(claimed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.mark} {self.person_id}"


class Telling(Mailed):
    """Somebody who is told that an incident came in."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tellings")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["incident", "person"], name="incident_telling_once")]
        indexes: ClassVar = [
            models.Index(fields=["claimed_at"], name="incident_telling_waits", condition=Q(claimed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.person_id}"


class Report(models.Model):
    """One stage told to authorities: a draft that is written on, or what was sent, as it was.

    ``form``: which one (`norms/incidents/forms`). ``values``: field id: value. ``frozen``: the JSON that was sent, with
    ``digest`` its SHA-256. ``number``: how many times this form was sent for this incident. Of an exercise nothing is delivered.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    form = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.DRAFT)
    values = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=200, blank=True)  # an interim report: who asked, when, with its own term
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_before = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = person_column()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = person_column()
    frozen = models.BinaryField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    voluntary = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "form", "number"], name="incident_report_once"),
            models.UniqueConstraint(
                fields=["incident", "form"], condition=Q(state="draft"), name="incident_report_one_draft"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False, frozen__isnull=False), name="incident_report_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}"


class Delivery(models.Model):
    """A report that went to one receiver: by which road, and what came back (``receipt``: its number, ``receipt_at``).

    ``organisation``: the receiver, where it works with this installation; then it reads the report here, ``seen_at`` since.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="deliveries")
    receiver = models.CharField(max_length=40)  # an id of `norms/incidents/receivers`, or a word of the person
    name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=20, blank=True)  # csirt, authority, ...; empty for who is no legal receiver
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = person_column()
    receipt = models.CharField(max_length=120, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = person_column()
    answer = models.TextField(blank=True)  # the first answer of a CSIRT (Cbw 36)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "receiver"], name="incident_delivered_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "-at"], name="incident_delivered_to")]

    def __str__(self) -> str:
        return f"{self.report} → {self.name}"
