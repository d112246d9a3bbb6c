"""The local crisis plan: versions, and in each a card per role, when to scale up, and how work goes on by other ways."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from dijkwacht.apps.crisis.models.columns import organisation_column, person_column
from dijkwacht.apps.ledger.models import Subject


class Plan(models.Model):
    """A version of the plan. Without ``adopted_on`` it is a draft and may change; after that it does not."""

    organisation = organisation_column()
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, default="nl")
    made_on = models.DateField()
    made_by = person_column()
    adopted_on = models.DateField(null=True, blank=True)
    adopted_by = models.CharField(max_length=120, blank=True)  # the office, such as the college; not a person
    review_on = models.DateField(null=True, blank=True)
    changes = models.CharField(max_length=500, blank=True)  # what is new against the version before

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="crisis_plan_number_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(adopted_on__isnull=True), name="crisis_plan_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(adopted_on__isnull=True)
                | (~Q(adopted_by="") & Q(review_on__isnull=False) & Q(review_on__gt=F("adopted_on"))),
                name="crisis_plan_adopted_by",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.number)


class Card(models.Model):
    """What one role does. ``role``: a code of the pack, or empty for one of our own. Texts: one thing per line."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="cards")
    rank = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300, blank=True)
    first_minutes = models.TextField(blank=True)
    first_hour = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    avoid = models.TextField(blank=True)
    call = models.TextField(blank=True)
    replacement = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["rank", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "role"], condition=~Q(role=""), name="crisis_card_once")
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """When a rung of the digital ladder is reached, and who says so. ``level``: a code of the pack."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    level = models.CharField(max_length=20)
    when = models.TextField(blank=True)
    who = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["level"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "level"], name="crisis_step_once")]

    def __str__(self) -> str:
        return self.level


class Fallback(models.Model):
    """How a process goes on when its systems do not. ``holds_hours``: how long that holds, as far as known."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="fallbacks")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    way = models.TextField()
    needs = models.CharField(max_length=300, blank=True)
    first_hours = models.PositiveSmallIntegerField(null=True, blank=True)  # how long it can stand still before it hurts
    holds_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    tried_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["first_hours", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "subject"], name="crisis_fallback_once")]

    def __str__(self) -> str:
        return f"{self.subject}"
