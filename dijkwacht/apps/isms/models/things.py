"""How processes and systems are classified, and what leans on what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.isms.models.columns import organisation_column, person_column
from dijkwacht.apps.ledger.models import Subject


class Classified(models.Model):
    """The classification of a process or system, 1 to 4 per aspect. ``recovery`` and ``loss``: hours at most."""

    organisation = organisation_column()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    availability = models.PositiveSmallIntegerField()
    integrity = models.PositiveSmallIntegerField()
    confidentiality = models.PositiveSmallIntegerField()
    recovery = models.PositiveIntegerField(null=True, blank=True)
    loss = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    on = models.DateField()
    person = person_column()
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

    organisation = organisation_column()
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
