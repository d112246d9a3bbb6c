"""What a supervisor or auditor remarked about a line of a statement: a finding with a term, answered and then closed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.accountability.models.statements import Statement
from dijkwacht.apps.people.models import Organisation, Person


class RemarkState(models.TextChoices):
    """How far a remark is."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class Remark(models.Model):
    """A remark about one line. ``organisation``: whose statement it is; ``by_organisation``: for whom the reader looks.

    ``term``: before when an answer is expected; ``action``: the address of what the organisation does about it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="remarks")
    requirement = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    text = models.TextField()
    term = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RemarkState.choices, default=RemarkState.OPEN)
    answer = models.TextField(blank=True)
    action = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["term", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, closed_at__isnull=True)
                | Q(state="answered", answered_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
                name="remark_state_by_an_act",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.text[:40]}"

    @property
    def number(self) -> str:
        """The number of the requirement within its norm."""
        return self.requirement.partition(":")[2]
