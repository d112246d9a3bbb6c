"""What the management system is about, and what surrounds it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.isms.models.columns import organisation_column, person_column


class ScopeDecision(models.Model):
    """What the management system is about. A draft till it is decided; a decided one stands till the next is decided."""

    organisation = organisation_column()
    inside = models.TextField()
    outside = models.TextField(blank=True)
    reasons = models.TextField()
    drafted_by = person_column()
    drafted_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = person_column()
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

    organisation = organisation_column()
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
