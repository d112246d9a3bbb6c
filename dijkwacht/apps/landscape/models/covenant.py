"""Accounts of the covenant as they were made, and lessons of exercises that became needs."""

from typing import ClassVar

from django.db import models

from dijkwacht.apps.landscape.models.needs import Need
from dijkwacht.apps.ledger.columns import organisation_column, person_column


class Paper(models.Model):
    """An account as it was made: what it said then, so that its files come out the same for ever. ``on``: of which day it
    tells; ``content``: as `core.covenant.papers.plain` has it; ``digest``: SHA-256 of its canonical form."""

    organisation = organisation_column()
    product = models.CharField(max_length=20)
    on = models.DateField()
    made_at = models.DateTimeField()
    by = person_column()
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "product"], name="covenant_paper")]

    def __str__(self) -> str:
        return f"{self.product} {self.on}"


class TakenOver(models.Model):
    """A lesson of an exercise that was taken over as a need. ``lesson``: its number in the room of exercises."""

    organisation = organisation_column()
    lesson = models.PositiveBigIntegerField()
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = person_column()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "lesson"], name="lesson_taken_over_once")
        ]

    def __str__(self) -> str:
        return f"{self.lesson} → {self.need_id}"
