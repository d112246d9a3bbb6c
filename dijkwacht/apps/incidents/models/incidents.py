"""What happened: the incident, what it hit, and how its significance was weighed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.models.columns import Answer, answer_column, organisation_column, person_column
from dijkwacht.apps.ledger.models import Subject

__all__ = ["Answer", "DataRole", "Hit", "HitEffect", "Incident", "IncidentKind", "IncidentState", "Weighing"]


class IncidentKind(models.TextChoices):
    """What it is. A near miss and a threat may be reported too, by choice (Cbw 33)."""

    INCIDENT = "incident", _("Incident")
    NEAR_MISS = "near_miss", _("Near miss")
    THREAT = "threat", _("Threat")


class IncidentState(models.TextChoices):
    """Where the handling is. *Handled* starts the term of a final report that waited (Cbw 29 paragraph 2)."""

    OPEN = "open", _("Open")
    CONTAINED = "contained", _("Contained")
    HANDLED = "handled", _("Handled")
    CLOSED = "closed", _("Closed")


class HitEffect(models.TextChoices):
    """What was harmed of a system or process."""

    AVAILABILITY = "availability", _("Availability")
    INTEGRITY = "integrity", _("Integrity")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality")


class DataRole(models.TextChoices):
    """What the organisation is for the personal data that were affected: who must tell whom (GDPR 33)."""

    CONTROLLER = "controller", _("Controller")
    PROCESSOR = "processor", _("Processor, for another")
    BOTH = "both", _("Both")


class Incident(models.Model):
    """One incident of one organisation. All moments are aware.

    ``began_at``: when it began, as far as known. ``noticed_at``: when somebody first saw it. ``known_at``: when the
    organisation knew of the incident; ``significant_at``: when it knew that it is significant, from which the terms of the Cbw
    run. ``breach_at``: when it knew that personal data were affected, from which the term of the GDPR runs. ``exercise``: a
    rehearsal; nothing of it leaves the house or becomes a fact. ``restricted``: only who handles incidents sees it.
    """

    organisation = organisation_column()
    number = models.PositiveIntegerField()  # within the year of `told_at`
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=IncidentKind.choices, default=IncidentKind.INCIDENT)
    state = models.CharField(max_length=10, choices=IncidentState.choices, default=IncidentState.OPEN)
    exercise = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    what = models.TextField()
    effects = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    rsit = models.CharField(max_length=60, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    root_cause = models.TextField(blank=True)
    detection = models.CharField(max_length=40, blank=True)
    indicators = models.TextField(blank=True)  # one per line, as they may be shared
    unlawful = answer_column()
    cross_border = answer_column()
    cross_border_text = models.TextField(blank=True)
    recipients = (
        answer_column()
    )  # whether it may harm the service to those who receive it: then they are informed (Cbw 30)
    essential = (
        answer_column()
    )  # whether it disrupts, or may disrupt, the essential service of a critical entity (Wwke 17)
    personal_data = answer_column()
    data_role = models.CharField(max_length=10, choices=DataRole.choices, default=DataRole.CONTROLLER)
    data_risk = answer_column()  # to the persons concerned; only a clear no ends the duty to notify (GDPR 33)
    high_risk = answer_column()  # likely a high one: then the persons are informed (GDPR 34)
    people_hit = models.PositiveIntegerField(null=True, blank=True)
    records_hit = models.PositiveIntegerField(null=True, blank=True)
    loss = models.PositiveBigIntegerField(null=True, blank=True)  # whole euros
    began_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    noticed_by = models.CharField(max_length=200, blank=True)
    known_at = models.DateTimeField()
    known_by = models.CharField(max_length=200)
    significant_at = models.DateTimeField(null=True, blank=True)
    breach_at = models.DateTimeField(null=True, blank=True)
    contained_at = models.DateTimeField(null=True, blank=True)
    recovery_expected_at = models.DateTimeField(null=True, blank=True)
    recovered_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    handler = person_column()
    told_at = models.DateTimeField()
    told_by = person_column()
    subjects = models.ManyToManyField(Subject, through="Hit", related_name="+")

    class Meta:
        ordering: ClassVar = ["-told_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year", "number"], name="incident_number_once"),
            models.CheckConstraint(condition=Q(state__in=IncidentState.values), name="incident_state"),
            models.CheckConstraint(condition=Q(kind__in=IncidentKind.values), name="incident_kind"),
            models.CheckConstraint(
                condition=Q(significant_at__isnull=True) | Q(significant_at__gte=F("known_at")),
                name="incident_known_first",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="incident_open")]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """How people call it: `2026-014`, with an O before it for an exercise."""
        return f"{'O' if self.exercise else ''}{self.year}-{self.number:03}"

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in (IncidentState.OPEN, IncidentState.CONTAINED)


class Hit(models.Model):
    """A system, process or connection of the register that was hit, from when to when. ``until`` empty: it still is."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="hits")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(max_length=16, choices=HitEffect.choices)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "subject", "effect"], name="incident_hit_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="incident_hit_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.effect}"


class Weighing(models.Model):
    """How significance was weighed, once: the answers, what followed from them, and what somebody decided. Never edited.

    ``verdict``: significant, not_significant, undetermined (`core/significance`). ``decided``: what the person decided, which
    may be another than the verdict, with ``because``; *no* is recorded like *yes*. ``asked_again``: facts changed since, so
    weigh anew.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="weighings")
    at = models.DateTimeField()
    by = person_column()
    answers = models.JSONField(default=dict)  # question id: yes, no, unknown, or a number
    verdict = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)  # codes with parameters
    decided = models.BooleanField()
    because = models.TextField(blank=True)
    known_at = models.DateTimeField(null=True, blank=True)  # where decided: the moment of knowledge
    rules = models.CharField(max_length=40)  # since when the rules hold that were used
    again_at = models.DateTimeField(null=True, blank=True)  # when time alone may change the verdict
    asked_again_at = models.DateTimeField(null=True, blank=True)
    asked_again_for = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided=False) | Q(known_at__isnull=False), name="weighing_significant_since"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["again_at"], name="weighing_again", condition=Q(asked_again_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.incident}: {self.verdict}"
