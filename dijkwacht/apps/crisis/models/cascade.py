"""The network of dependencies as it is here: what differs from the start network, what a node stands for, runs that were kept."""

from typing import ClassVar

from django.db import models

from dijkwacht.apps.crisis.models.columns import organisation_column, person_column
from dijkwacht.apps.ledger.models import Subject


class CascadeChange(models.Model):
    """A node or edge that is otherwise here. ``values``: as in the file of a network; ``gone``: it is not there here."""

    organisation = organisation_column()
    kind = models.CharField(max_length=4)  # node, edge
    key = models.CharField(max_length=140)  # id, or from>to
    values = models.JSONField(default=dict)
    gone = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    sourced_on = models.DateField()
    at = models.DateTimeField()
    by = person_column()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "key", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "key"], condition=models.Q(withdrawn_at__isnull=True),
                name="crisis_cascade_change_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key


class CascadeTie(models.Model):
    """A node stands for a process or system in our own records."""

    organisation = organisation_column()
    node = models.CharField(max_length=64)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = person_column()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["node", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "node"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="crisis_cascade_tie_once",
            )
        ]

    def __str__(self) -> str:
        return self.node


class CascadeRun(models.Model):
    """What was reckoned and kept. Added, never changed. ``digest``: of the network; ``outcomes``: per node what came out."""

    organisation = organisation_column()
    title = models.CharField(max_length=120)
    failed = models.JSONField(default=list)
    hours = models.FloatField(null=True, blank=True)
    runs = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    outcomes = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title
