"""Advisories that a desk writes itself, also those that say that a product is not affected (VEX)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.advisories.models.columns import organisation_column, person_column
from dijkwacht.apps.advisories.models.documents import Document
from dijkwacht.apps.people.models import TLP_CHOICES


class OwnKind(models.TextChoices):
    """What is written."""

    ADVISORY = "csaf_security_advisory", _("Security advisory")
    VEX = "csaf_vex", _("Not affected, or fixed (VEX)")


class Own(models.Model):
    """A document of our own: what stands in the form (``values``), and the revision that was given out last.

    ``number``: the id of the document. ``version``: whole numbers, one more with each revision; 0: not given out yet.
    """

    organisation = organisation_column()
    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, choices=OwnKind.choices)
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES)
    values = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = person_column()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # a draft that was thrown away

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="advisory_own_once"),
            models.CheckConstraint(condition=Q(kind__in=OwnKind.values), name="advisory_own_kind"),
        ]

    def __str__(self) -> str:
        return self.number


class Release(models.Model):
    """A revision that was given out: the document as it stands for whoever pulls. Never changed."""

    own = models.ForeignKey(Own, on_delete=models.PROTECT, related_name="releases")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["own", "version"], name="advisory_release_once")]

    def __str__(self) -> str:
        return f"{self.own} {self.version}"
