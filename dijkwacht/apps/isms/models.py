"""What the management system remembers beside the ledger. Weighings and decisions are added, never overwritten."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.models import Evidence, Subject
from dijkwacht.apps.people.models import Organisation, Person


def _organisation() -> Any:
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")


def _person(**fields: Any) -> Any:
    return models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False, **fields
    )


class ScopeDecision(models.Model):
    """What the management system is about. A draft till it is decided; a decided one stands till the next is decided."""

    organisation = _organisation()
    inside = models.TextField()
    outside = models.TextField(blank=True)
    reasons = models.TextField()
    drafted_by = _person()
    drafted_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = _person()
    published_on = models.DateField(null=True, blank=True)
    published_at = models.URLField(max_length=500, blank=True)
    superseded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(decided_on__isnull=True, superseded_on__isnull=True),
                name="scope_one_draft",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(decided_on__isnull=False, superseded_on__isnull=True),
                name="scope_stands_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.inside[:80]


class CircumstanceKind(models.TextChoices):
    """What is noted about our surroundings."""

    INTERNAL = "internal", _("Within the organisation")
    EXTERNAL = "external", _("Around the organisation")
    PARTY = "party", _("Interested party")


class Circumstance(models.Model):
    """A circumstance, or a party with what it expects. ``known_as``: its id in the packs, empty for one of our own."""

    organisation = _organisation()
    kind = models.CharField(max_length=10, choices=CircumstanceKind.choices)
    known_as = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    added_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=CircumstanceKind.values), name="circumstance_kind_known"),
            models.UniqueConstraint(
                fields=["organisation", "known_as"], condition=Q(closed_on__isnull=True) & ~Q(known_as=""),
                name="circumstance_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Classified(models.Model):
    """The classification of a process or system, 1 to 4 per aspect. ``recovery`` and ``loss``: hours at most."""

    organisation = _organisation()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    availability = models.PositiveSmallIntegerField()
    integrity = models.PositiveSmallIntegerField()
    confidentiality = models.PositiveSmallIntegerField()
    recovery = models.PositiveIntegerField(null=True, blank=True)
    loss = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    on = models.DateField()
    person = _person()
    superseded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(superseded_on__isnull=True), name="classified_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.availability}-{self.integrity}-{self.confidentiality}"

    @property
    def levels(self) -> dict[str, int]:
        """The level per aspect."""
        return {
            "availability": self.availability, "integrity": self.integrity, "confidentiality": self.confidentiality,
        }  # fmt: skip


class Leaning(models.Model):
    """A process leans on a system, from a day to a day."""

    organisation = _organisation()
    process = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["process", "system"], condition=Q(ended_on__isnull=True), name="leaning_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.process} → {self.system}"


class Risk(models.Model):
    """Something that can go wrong. ``requirements``: ids of what helps against it. Numbers count per organisation."""

    organisation = _organisation()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    known_as = models.CharField(max_length=40, blank=True)
    owner = _person()
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
    person = _person()

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
    decided_by = _person()
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

    organisation = _organisation()
    requirement = models.CharField(max_length=80)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="deviations")
    reason = models.TextField()
    instead = models.TextField(blank=True)
    granted_on = models.DateField()
    granted_by = _person()
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


class AuditKind(models.TextChoices):
    """What kind of look it is."""

    INTERNAL = "internal", _("Internal audit")
    TECHNICAL = "technical", _("Technical test")
    EXTERNAL = "external", _("External audit")


class Audit(models.Model):
    """An audit in the programme, and what came of it. ``requirements``: the lines it looks at."""

    organisation = _organisation()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=AuditKind.choices)
    scope = models.TextField(blank=True)
    requirements = models.JSONField(default=list)
    auditor = models.CharField(max_length=200)
    planned_on = models.DateField()
    adopted_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    finished_by = _person()
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
    found_by = _person()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = _person()
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

    organisation = _organisation()
    planned_on = models.DateField()
    present = models.TextField(blank=True)
    minutes = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    conclusion = models.TextField(blank=True)
    prepared_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = _person()

    class Meta:
        ordering: ClassVar = ["-planned_on", "-pk"]

    def __str__(self) -> str:
        return self.planned_on.isoformat()


class Action(models.Model):
    """Something that will be done, by whom and before when. ``cost`` in whole euros.

    ``requirement`` or the question (``subject``, ``fact_type``) is what it is meant to settle; the links say why it is there.
    """

    organisation = _organisation()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    owner = _person()
    due = models.DateField()
    cost = models.PositiveIntegerField(null=True, blank=True)
    requirement = models.CharField(max_length=80, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fact_type = models.CharField(max_length=120, blank=True)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    opened_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = _person()
    dropped_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="+", blank=True)
    act = models.PositiveBigIntegerField(null=True, blank=True)  # the act in the ledger that its answers made

    class Meta:
        ordering: ClassVar = ["due", "number"]
        indexes: ClassVar = [models.Index(fields=["organisation", "due"], name="action_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="action_number_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="action_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def open(self) -> bool:
        """Whether it still has to be done."""
        return self.done_on is None and self.dropped_on is None


class Policy(models.Model):
    """A policy as a document. ``months``: how often it is looked at again."""

    organisation = _organisation()
    known_as = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    owner = _person()
    place = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=40, blank=True)
    months = models.PositiveSmallIntegerField(default=12)
    added_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "known_as"], condition=Q(closed_on__isnull=True) & ~Q(known_as=""),
                name="policy_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class PolicyEventKind(models.TextChoices):
    """What can happen to a policy."""

    ADOPTED = "adopted", _("Adopted")
    REVIEWED = "reviewed", _("Reviewed, still right")


class PolicyEvent(models.Model):
    """A policy was adopted or reviewed, by whom, on which day."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=PolicyEventKind.choices)
    on = models.DateField()
    by = models.CharField(max_length=200)
    version = models.CharField(max_length=40, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=PolicyEventKind.values), name="policy_event_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.kind}"


class Training(models.Model):
    """A training that was held, for a group; numbers, no names."""

    organisation = _organisation()
    group = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    invited = models.PositiveIntegerField(null=True, blank=True)
    attended = models.PositiveIntegerField(null=True, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class FeedKey(models.Model):
    """A private address of the year calendar, for one person. Only the hash of the key is kept."""

    organisation = _organisation()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(revoked_at__isnull=True), name="feed_key_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"
