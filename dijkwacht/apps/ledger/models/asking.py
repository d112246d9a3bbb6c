"""What a self-assessment claims, what was asked of whom, and who did not know."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.ledger.choices import ClaimAnswer
from dijkwacht.apps.ledger.models.register import Subject
from dijkwacht.apps.people.models import Organisation, Person


class Claim(models.Model):
    """What a self-assessment or another tool said about a requirement as a whole. Never a verdict; shown beside it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.CharField(max_length=20, choices=ClaimAnswer.choices)
    explanation = models.TextField(blank=True)
    evidence_note = models.TextField(blank=True)
    answered_on = models.DateField()
    owner_name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=250)
    recorded_at = models.DateField()
    superseded_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["requirement", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "requirement", "subject"],
                condition=Q(superseded_at__isnull=True),
                name="claim_stands_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "requirement"], name="claim_requirement")]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.answer}"


class Assignment(models.Model):
    """Something asked of a colleague: one question (``subject`` and ``fact_type``), or a requirement as a whole.

    ``due``: the last day on which it is of use; None when nobody named one.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80, blank=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    fact_type = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    note = models.TextField(blank=True)
    asked_on = models.DateField()
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "person"], name="assignment_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subject__isnull=True, fact_type="") & ~Q(requirement="")
                | Q(subject__isnull=False, requirement="") & ~Q(fact_type=""),
                name="assignment_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.requirement or self.fact_type


class Deferral(models.Model):
    """Someone did not know: the question goes to the end of the list until it is answered."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    fact_type = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "subject", "fact_type", "person"], name="deferral_once")
        ]

    def __str__(self) -> str:
        return self.fact_type
