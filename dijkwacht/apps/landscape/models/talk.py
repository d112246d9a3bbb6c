"""What is discussed about a cell, a gap or an overlap: who takes it up, what was said, what was decided."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.ledger.columns import organisation_column, person_column


class Topic(models.Model):
    """One discussion. ``about``: ``cell:<id>``, ``gap:<box>`` or ``overlap:<box>:<role>``; closed with a decision."""

    organisation = organisation_column()
    about = models.CharField(max_length=160)
    owner = person_column()
    due = models.DateField(null=True, blank=True)
    opened_on = models.DateField()
    opened_by = person_column()
    decision = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = person_column()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "about"], condition=Q(decided_on__isnull=True), name="landscape_topic_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | ~Q(decision=""), name="landscape_topic_decided"
            ),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def open(self) -> bool:
        """Whether it still has to be decided."""
        return self.decided_on is None


class Comment(models.Model):
    """What somebody said in a discussion. Never changed: who thinks otherwise says so."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by = person_column()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text
