"""What an organisation holds beside the pack of the house: an edition that came from elsewhere, and cells of its own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.columns import organisation_column, person_column


class Doing(models.TextChoices):
    """What an organisation does to the national picture."""

    ADD = "add", _("Added here")
    CHANGE = "change", _("Changed here")
    HIDE = "hide", _("Hidden here")


class Edition(models.Model):
    """A signed pack that was taken over in the place of the one before it. ``until`` None: this one counts.

    ``content``: the pack as it was read; ``sha256``: of the bytes that were signed; ``key``, ``public``: by whom.
    ``known``: the key is that of an organisation here; otherwise somebody confirmed its number.
    """

    organisation = organisation_column()
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=40)
    publisher = models.CharField(max_length=200)
    key = models.CharField(max_length=32)
    public = models.CharField(max_length=64)
    known = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    taken_on = models.DateField()
    taken_by = person_column()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(until__isnull=True), name="landscape_edition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class LocalCell(models.Model):
    """One cell that an organisation added, changed or hid. ``fields``: all of an added one, what differs of a changed one.

    ``base``: what the pack said of those fields at that time, so that a later pack can be held against it; ``because``: why.
    """

    organisation = organisation_column()
    cell = models.CharField(max_length=80)
    doing = models.CharField(max_length=6, choices=Doing.choices)
    fields = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    because = models.TextField()
    since = models.DateField()
    by = person_column()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["cell", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "cell"], condition=Q(until__isnull=True), name="landscape_local_once"
            ),
        ]

    def __str__(self) -> str:
        return self.cell
