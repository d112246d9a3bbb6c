"""Whom to reach when the network is gone. Functions, not people: nothing private."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.crisis.models.columns import organisation_column


class Circle(models.TextChoices):
    """Where somebody sits, in the order in which the list is read."""

    OWN = "own", _("Own house")
    REGION = "region", _("Safety region and emergency services")
    DIGITAL = "digital", _("Digital help: CSIRT, suppliers")
    CHAIN = "chain", _("Vital services and partners")
    STATE = "state", _("State and supervisors")
    OTHER = "other", _("Others")


class Contact(models.Model):
    """A function that can be reached. ``checked_on``: the day on which somebody tried the number. ``ended_on``: no longer."""

    organisation = organisation_column()
    circle = models.CharField(max_length=8, choices=Circle.choices, default=Circle.OWN)
    rank = models.PositiveSmallIntegerField(default=50)
    function = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_second = models.CharField(max_length=40, blank=True)
    radio = models.CharField(max_length=80, blank=True)  # radio group, pager, satellite, a place to meet
    remark = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["rank", "function", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(circle__in=Circle.values), name="crisis_contact_circle"),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(phone_second="") | ~Q(radio=""), name="crisis_contact_reached"
            ),
        ]

    def __str__(self) -> str:
        return self.function
