"""What is kept about an incident: its timeline, tasks, contacts, exhibits with their custody, messages and lessons."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.models.columns import person_column
from dijkwacht.apps.incidents.models.incidents import Incident
from dijkwacht.apps.ledger.models import Evidence


class MomentKind(models.TextChoices):
    """What a line of the timeline tells of."""

    EVENT = "event", _("Happened")
    ACT = "act", _("Done by us")
    DECISION = "decision", _("Decided")
    FOUND = "found", _("Found out")


class Direction(models.TextChoices):
    """Whether a message came or went."""

    OUT = "out", _("From us")
    IN = "in", _("To us")


class Moment(models.Model):
    """A line of the timeline: when it happened (``at``), and when it was written down. A new line may replace it."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="moments")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=MomentKind.choices, default=MomentKind.EVENT)
    text = models.TextField()
    approximate = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    by = person_column()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def kind_word(self) -> str:
        """What it tells of; a timeline asks this of many, which `get_kind_display` is too slow for."""
        return str(MomentKind(self.kind).label)


class Task(models.Model):
    """Something to do. ``clock``: not a task of a legal term; those stand by themselves."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    owner = person_column()
    due_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = person_column()
    result = models.CharField(max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True), name="incident_task_ends_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Contact(models.Model):
    """Whom one calls about this incident: a supplier, the police, a neighbour."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=150)
    function = models.CharField(max_length=150, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    note = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Exhibit(models.Model):
    """Something kept as evidence: a file of the ledger, or a thing in a place. Who had it stands in `Custody`."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="exhibits")
    label = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    file = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(
        max_length=128, blank=True
    )  # of what is kept elsewhere, as whoever secured it wrote it down
    secured_at = models.DateTimeField()
    secured_by = models.CharField(max_length=150)
    where = models.CharField(max_length=200, blank=True)
    keep_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["incident", "label"], name="incident_exhibit_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.what}"


class Custody(models.Model):
    """An exhibit that went from one to another. Never edited: a mistake is told in a new line."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="custody")
    at = models.DateTimeField()
    given_by = models.CharField(max_length=150)
    taken_by = models.CharField(max_length=150)
    purpose = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.given_by} → {self.taken_by}"


class Message(models.Model):
    """A line of the communication log: with whom, by which road, what was said. ``public``: told to everybody."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField()
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.OUT)
    party = models.CharField(max_length=200)
    channel = models.CharField(max_length=60)
    text = models.TextField()
    public = models.BooleanField(default=False)
    audience = models.CharField(max_length=40, blank=True)  # `recipients` where it serves Cbw 30, `persons` GDPR 34
    written_at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.party}: {self.text[:60]}"


class Lesson(models.Model):
    """What is learned, and what is done with it until that is done."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="lessons")
    text = models.TextField()
    improvement = models.CharField(max_length=300, blank=True)
    owner = person_column()
    due = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
