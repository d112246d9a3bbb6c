"""A rehearsal: an exercise with a clock of its own that runs ahead of the real one."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.incidents.models.columns import person_column
from dijkwacht.apps.incidents.models.incidents import Incident


class Rehearsal(models.Model):
    """How far the clock of an exercise runs ahead, and what was played so far.

    ``scenario``: an id of `norms/incidents/scenarios`, empty for one of their own; ``told``: how many of its events happened.
    ``began_at``: the real moment; at the beginning both clocks are the same.
    """

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, related_name="rehearsal")
    scenario = models.CharField(max_length=40, blank=True)
    goal = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField()
    begun_by = person_column()
    ahead = models.DurationField(default=timedelta())
    told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-began_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ahead__gte=timedelta()), name="rehearsal_only_ahead")
        ]

    def __str__(self) -> str:
        return f"{self.incident}"

    def moment(self, at: datetime) -> datetime:
        """What its clock shows when the real one shows ``at``."""
        return at + self.ahead
