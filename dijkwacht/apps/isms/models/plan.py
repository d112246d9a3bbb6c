"""The actions of the plan."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.isms.models.columns import organisation_column, person_column
from dijkwacht.apps.isms.models.looking import Finding, Review
from dijkwacht.apps.isms.models.risks import Risk
from dijkwacht.apps.ledger.models import Evidence, Subject


class Action(models.Model):
    """Something that will be done, by whom and before when. ``cost`` in whole euros.

    ``requirement`` or the question (``subject``, ``fact_type``) is what it is meant to settle; the links say why it is there.
    """

    organisation = organisation_column()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    owner = person_column()
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
    done_by = person_column()
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
