"""The private addresses of the year calendar."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.isms.models.columns import organisation_column
from dijkwacht.apps.people.models import Person


class FeedKey(models.Model):
    """A private address of the year calendar, for one person. Only the hash of the key is kept."""

    organisation = organisation_column()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(revoked_at__isnull=True), name="feed_key_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"
