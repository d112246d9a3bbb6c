"""Policies with what became of them, and training that was held."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.isms.models.columns import organisation_column, person_column
from dijkwacht.apps.ledger.models import Evidence


class Policy(models.Model):
    """A policy as a document. ``months``: how often it is looked at again."""

    organisation = organisation_column()
    known_as = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    owner = person_column()
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

    organisation = organisation_column()
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
