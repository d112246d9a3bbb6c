"""Verdicts, how they turned, how many there are, and what must be judged again. All of it derived."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.ledger.choices import AssuranceChoice, StatusChoice
from dijkwacht.apps.ledger.models.facts import Compact
from dijkwacht.apps.ledger.models.register import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.facts import Shows

ALL = "*"  # the tally of every line once, without anybody's demand


class Verdict(models.Model):
    """The judgement of one line as it stands; derived, so it may be rewritten at any time from the facts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=20, choices=StatusChoice.choices)
    assurance = models.PositiveSmallIntegerField(null=True, blank=True, choices=AssuranceChoice.choices)
    shown = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(each.value, each.name.lower()) for each in Shows]
    )
    nothing_happened = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, encoder=Compact)
    stale_at = models.DateField(null=True, blank=True)
    judged_on = models.DateField()
    inputs_hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "requirement", "subject"], name="verdict_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["stale_at", "organisation"], name="verdict_due", condition=Q(stale_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.requirement} {self.status}"


class Turn(models.Model):
    """A verdict that turned: the history of a line, and what moved since a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.CharField(max_length=20, choices=StatusChoice.choices)
    after = models.CharField(max_length=20, choices=StatusChoice.choices)
    on = models.DateField()
    act = models.PositiveBigIntegerField(null=True, blank=True)  # None: time alone, or new packs

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "requirement", "subject"], name="turn_line"),
            models.Index(fields=["organisation", "on"], name="turn_day"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.before} → {self.after}"


class Tally(models.Model):
    """The lines of one account counted by status, under its demand. ``account`` ALL: every line once, no demand.

    ``answered``: the facts recorded by persons on which the account can rest. ``packs``: with which packs it was judged.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=80)
    met = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    not_met = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    judged_on = models.DateField()
    packs = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "account"], name="tally_once")]
        indexes: ClassVar = [models.Index(fields=["account", "organisation"], name="tally_account")]

    def __str__(self) -> str:
        return f"{self.account}: {self.settled}"

    @property
    def lines(self) -> int:
        """How many lines the account has."""
        return self.settled + self.unknown

    @property
    def reuse(self) -> float | None:
        """The reuse factor: lines settled per fact answered by a person; None while nobody answered anything."""
        return self.settled / self.answered if self.answered else None


class Due(models.Model):
    """Lines to judge again soon, because something outside this organisation changed: a shared fact, a share, a role."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    fact_type = models.CharField(max_length=120, blank=True)  # empty: everything

    def __str__(self) -> str:
        return f"{self.organisation}: {self.fact_type}"
