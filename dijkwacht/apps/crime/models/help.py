"""Plans of interventions that run here with what was measured, and the desks where victims of this municipality turn to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.columns import organisation_column, person_column


class Helped(models.TextChoices):
    """What an evaluation says of the goal. That it is not known is an honest answer."""

    YES = "yes", _("The goal was reached")
    PARTLY = "partly", _("The goal was reached in part")
    NO = "no", _("The goal was not reached")
    UNKNOWN = "unknown", _("It cannot be said")


class Plan(models.Model):
    """An intervention as an organisation does it. ``intervention`` empty: one of its own, that the catalogue does not have.

    ``baseline`` None: nothing was measured before it began. ``key_person``: a function or a role, never a name.
    ``evaluated_on``: its evaluation is written down, with ``helped`` and ``learned``; that ends it.
    """

    organisation = organisation_column()
    intervention = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    phenomena = models.JSONField(default=list)
    groups = models.JSONField(default=list, blank=True)
    goal = models.TextField()
    indicator = models.CharField(max_length=300)
    unit = models.CharField(max_length=60)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    key_person = models.CharField(max_length=200)
    done_by = models.CharField(max_length=200)
    cost = models.PositiveIntegerField(null=True, blank=True)  # whole euros
    start = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    evaluate_on = models.DateField()
    evaluated_on = models.DateField(null=True, blank=True)
    helped = models.CharField(max_length=7, choices=Helped.choices, blank=True)
    learned = models.TextField(blank=True)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("start")), name="crime_plan_period"
            ),
            models.CheckConstraint(condition=Q(evaluate_on__gt=F("start")), name="crime_plan_evaluation"),
            models.CheckConstraint(
                condition=Q(evaluated_on__isnull=True) | ~(Q(learned="") | Q(helped="")), name="crime_plan_learned"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Measurement(models.Model):
    """What the indicator was on a day. Measured again for the same day: the row changes, and the trail keeps both."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measurements")
    on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "on"], name="crime_measured_once")]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"


class Desk(models.Model):
    """How a desk is reached here. ``point``: the desk of the pack that it belongs to. ``checked_on``: when somebody tried it.

    ``removed_at``: no longer told to anybody.
    """

    organisation = organisation_column()
    point = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    site = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    made_up = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = person_column()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["point", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "point", "name"], condition=Q(removed_at__isnull=True), name="crime_desk_once"
            ),
            models.CheckConstraint(
                condition=~(Q(phone="") & Q(place="") & Q(site="")), name="crime_desk_reached"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class HelpPage(models.Model):
    """An organisation has the helper on a page for anybody. Its own choice, and ended when it likes."""

    organisation = models.OneToOneField("people.Organisation", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by = person_column()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.organisation}"
