"""What municipalities have done together: collective services, who is a member, and what each covers of which requirement."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.suppliers.models.columns import organisation_column, person_column


class CollectiveKind(models.TextChoices):
    """What is done together."""

    NETWORK = "network", _("Network")
    MONITORING = "monitoring", _("Monitoring and response")
    PRODUCTS = "products", _("Products")
    EXPERTISE = "expertise", _("Expertise")
    PURCHASING = "purchasing", _("Joint purchasing")
    OTHER = "other", _("Something else")


class Extent(models.TextChoices):
    """How much of a requirement a service takes care of."""

    WHOLE = "whole", _("Whole")
    PART = "part", _("In part")


class Collective(models.Model):
    """A collective service, kept by ``organisation``. ``pack``: its id in `norms/suppliers/collective.yaml`, if it is there.

    ``open_to``: which kinds of organisation could join (ids of OrganisationKind); ``regions``: only these safety regions, or
    all when empty.
    """

    organisation = organisation_column()
    pack = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=CollectiveKind.choices)
    what = models.TextField(blank=True)
    provider = models.CharField(max_length=200, blank=True)
    open_to = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    added_by = person_column()
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="collective_period"),
        ]

    def __str__(self) -> str:
        return self.name


class Covering(models.Model):
    """What a collective service takes care of, of one requirement, and what stays with the member."""

    collective = models.ForeignKey(Collective, on_delete=models.PROTECT, related_name="covers")
    requirement = models.CharField(max_length=80)
    extent = models.CharField(max_length=5, choices=Extent.choices)
    does = models.TextField(blank=True)
    stays = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["requirement", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["collective", "requirement"], name="covering_once")]

    def __str__(self) -> str:
        return f"{self.collective}: {self.requirement}"


class Membership(models.Model):
    """An organisation that takes part in a collective service, from a day, to a day. ``told_by_holder``: the holder noted it,
    and the member did not confirm yet (``confirmed_at``)."""

    collective = models.ForeignKey(Collective, on_delete=models.PROTECT, related_name="members")
    organisation = organisation_column()
    since = models.DateField()
    told_by_holder = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    by = person_column()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collective", "organisation"], condition=Q(ended_on__isnull=True), name="member_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.collective}"
