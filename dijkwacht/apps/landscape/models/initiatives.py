"""What runs: initiatives of an organisation beside those of the pack, and in which of them it takes part."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.landscape.models.needs import Area, Reach
from dijkwacht.apps.ledger.columns import organisation_column, person_column


class InitiativeKind(models.TextChoices):
    """What an initiative is."""

    PROJECT = "project", _("Project")
    AGREEMENT = "agreement", _("Agreement")
    SERVICE = "service", _("Service")
    COOPERATION = "cooperation", _("Cooperation")
    EXERCISE = "exercise", _("Exercise")
    STUDY = "study", _("Study")
    OTHER = "other", _("Something else")


class Initiative(models.Model):
    """An initiative of an organisation. ``closes``: the keys of needs that it should meet; ``last_day`` None: no end was set.

    ``finished_on``: it did what it should, and ``outcome`` tells what came of it. Past its last day without that it lapsed.
    """

    organisation = organisation_column()
    title = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    area = models.CharField(max_length=3, choices=Area.choices)
    kind = models.CharField(max_length=11, choices=InitiativeKind.choices)
    owner = models.CharField(max_length=200)
    started = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    closes = models.JSONField(default=list, blank=True)
    reach = models.CharField(max_length=3, choices=Reach.choices, default=Reach.OWN)
    finished_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    added_by = person_column()
    changed_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("started")), name="initiative_period"
            ),
            models.CheckConstraint(condition=Q(finished_on__isnull=True) | ~Q(outcome=""), name="initiative_outcome"),
        ]

    def __str__(self) -> str:
        return self.title


class Part(models.Model):
    """An organisation takes part in an initiative. ``initiative``: ``pack:<id>`` or ``initiative:<pk>``."""

    organisation = organisation_column()
    initiative = models.CharField(max_length=80)
    how = models.TextField(blank=True)
    since = models.DateField()
    by = person_column()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "initiative"], condition=Q(until__isnull=True), name="part_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.initiative}"


class Assumption(models.Model):
    """What an organisation assumes for its investment agenda: over how many years, and for how many municipalities per size.

    ``municipalities`` empty: all of the country, by the register of municipalities in the packs. ``source``: where these
    numbers come from; ``doubts``: what is unsure about them.
    """

    organisation = organisation_column()
    years = models.PositiveSmallIntegerField(default=4)
    municipalities = models.JSONField(default=dict, blank=True)
    remark = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    doubts = models.TextField(blank=True)
    on = models.DateField()
    by = person_column()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation"], name="assumption_once"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=30), name="assumption_years"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
