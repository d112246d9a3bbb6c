"""What an organisation says of its own names beside what was measured."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models.names import Domain


class VersionSaid(models.Model):
    """What the owner says of a version that software shows: it runs here, or it was mended without a new number.

    ``advisories``: the warnings that stood beside it then; of later ones nobody said anything. ``ended_at``: said anew.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=120)  # vendor:product as in CPE 2.3
    version = models.CharField(max_length=60)
    runs = models.BooleanField()
    advisories = models.JSONField(default=list)
    text = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["domain", "product", "version"], condition=Q(ended_at__isnull=True), name="perimeter_said_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.product} {self.version}"
