"""What municipalities need: those that an organisation raised, who feels them, and what whoever handles one says of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.columns import organisation_column, person_column


class Area(models.TextChoices):
    """The areas of the covenant."""

    HOUSE = "1", _("Own house")
    DISRUPTION = "2", _("Disruption")
    CRIME = "3", _("Cybercrime")
    ORDER = "4", _("Disorder fuelled online")
    ALL = "all", _("All areas")


class Challenge(models.TextChoices):
    """The system challenges of the covenant."""

    SYSTEM = "1", _("From a physical to a digital safety system")
    PICTURE = "2", _("Picture of the situation")
    MONEY = "3", _("Structural financing")


class Reach(models.TextChoices):
    """For whom something is to be seen."""

    OWN = "own", _("Only our organisation")
    ALL = "all", _("All organisations here")


class Felt(models.TextChoices):
    """How strongly a need is felt."""

    STRONG = "strong", _("We feel this strongly")
    SOME = "some", _("We feel this somewhat")
    NONE = "none", _("We do not feel this")


class HowReal(models.TextChoices):
    """How soon a need could be met."""

    NOW = "now", _("Can be done now")
    YEAR = "year", _("Within a year")
    YEARS = "years", _("Takes several years")
    UNLIKELY = "unlikely", _("Not to be expected")


class HowPressing(models.TextChoices):
    """How pressing a need is."""

    HIGH = "high", _("High")
    MIDDLE = "middle", _("Middle")
    LOW = "low", _("Low")


class NeedStatus(models.TextChoices):
    """What becomes of a need."""

    RAISED = "raised", _("Raised")
    AGREED = "agreed", _("Agreed to take up")
    RUNNING = "running", _("Being worked on")
    MET = "met", _("Met")
    DROPPED = "dropped", _("Not taken up")


class Need(models.Model):
    """A need that an organisation raised. ``cell``: the box of the landscape where it lies, or empty; ``withdrawn_on``: it
    should not have stood there."""

    organisation = organisation_column()
    title = models.CharField(max_length=200)
    needed = models.TextField()
    area = models.CharField(max_length=3, choices=Area.choices)
    challenge = models.CharField(max_length=1, choices=Challenge.choices, blank=True)
    reach = models.CharField(max_length=3, choices=Reach.choices, default=Reach.OWN)
    raised_on = models.DateField()
    raised_by = person_column()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["reach", "withdrawn_on"], name="need_reach")]

    def __str__(self) -> str:
        return self.title


class Voice(models.Model):
    """What one organisation says of one need. ``need``: ``pack:<id>`` or ``need:<pk>``. One counts; what was said is kept."""

    organisation = organisation_column()
    need = models.CharField(max_length=80)
    felt = models.CharField(max_length=6, choices=Felt.choices)
    because = models.TextField(blank=True)
    on = models.DateField()
    by = person_column()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "need"], condition=Q(until__isnull=True), name="voice_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["need", "until"], name="voice_need")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.need}"


class Handling(models.Model):
    """What an organisation says of a need that it handles or watches: how realistic, how pressing, who acts, what became of it.

    ``once``, ``yearly``: bands of costs for one municipality per size, ``{"small": [low, likely, high], …}`` in euros;
    ``hours``: ``[low, likely, high]`` saved per municipality per year. ``basis``: on what they rest; never figures without it.
    """

    organisation = organisation_column()
    need = models.CharField(max_length=80)
    realism = models.CharField(max_length=8, choices=HowReal.choices, blank=True)
    realism_why = models.TextField(blank=True)
    priority = models.CharField(max_length=6, choices=HowPressing.choices, blank=True)
    priority_why = models.TextField(blank=True)
    holder = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=7, choices=NeedStatus.choices, default=NeedStatus.RAISED)
    status_why = models.TextField(blank=True)
    once = models.JSONField(default=dict, blank=True)
    yearly = models.JSONField(default=dict, blank=True)
    hours = models.JSONField(default=list, blank=True)
    benefit = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    on = models.DateField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "need"], name="handling_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["met", "dropped"]) | ~Q(status_why=""), name="handling_closed_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.need}"
