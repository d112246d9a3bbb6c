"""A desk: where it takes advisories in, whom it serves, and how it is asked by machines."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.advisories.models.columns import organisation_column, person_column
from dijkwacht.apps.people.models import TLP_CHOICES, Organisation, Person


class ProviderKind(models.TextChoices):
    """How documents come in."""

    WEB = "web", _("A provider on the web")
    FOLDER = "folder", _("A folder on the server")
    HAND = "hand", _("Files by hand")


class Provider(models.Model):
    """Where a desk takes documents in. ``url``: of its metadata, or its domain; of a folder its path.

    ``tlp``: the label of the channel; the stricter of this and that of the document holds. ``passes_on``: it passes on documents
    of others (an aggregator, a mirror), so it may revise what another source brought. ``must``: `hash`, `signature` without
    which a document is set aside. ``named``: the persons for whom its TLP:RED documents are. ``next_at``: when it is looked at.
    """

    organisation = organisation_column()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=ProviderKind.choices, default=ProviderKind.WEB)
    url = models.CharField(max_length=500, blank=True)
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES, blank=True)
    passes_on = models.BooleanField(default=False)
    must = models.JSONField(default=list)
    named = models.JSONField(default=list)
    added_at = models.DateTimeField()
    added_by = person_column()
    ended_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    last_new = models.PositiveIntegerField(default=0)
    last_left = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "url"],
                condition=Q(ended_at__isnull=True) & ~Q(url=""),
                name="advisory_provider_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="advisory_provider_next", condition=Q(next_at__isnull=False))
        ]

    def __str__(self) -> str:
        return self.name


class Seen(models.Model):
    """What we have of one provider: the stamp under which each document came in, and how often in a row one failed."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="seen")
    url = models.CharField(max_length=1000)
    stamp = models.CharField(max_length=120, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    had = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["provider", "url"], name="advisory_seen_once")]

    def __str__(self) -> str:
        return self.url


class Service(models.Model):
    """A desk that warns an organisation, from a day to a day. ``basis``: what was agreed, or the article.

    Either side may begin it and end it. An organisation that takes in advisories itself is its own desk without such a row.
    """

    organisation = organisation_column()
    desk = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = person_column()

    class Meta:
        ordering: ClassVar = ["organisation__name", "since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "desk"], condition=Q(until__isnull=True), name="advisory_service_once"
            ),
            models.CheckConstraint(condition=~Q(organisation=F("desk")), name="advisory_service_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.desk} → {self.organisation}"


class ContactRole(models.TextChoices):
    """What a contact may be told: the general contact (ACIB) less than the trusted one (VCIB)."""

    GENERAL = "general", _("General contact (ACIB)")
    TRUSTED = "trusted", _("Trusted contact (VCIB)")


class Contact(models.Model):
    """Who is warned at an organisation; ``rank`` 1 first, the others when nobody answers. ``person``: with an account here."""

    organisation = organisation_column()
    role = models.CharField(max_length=7, choices=ContactRole.choices)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["role", "rank", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "role", "rank"], condition=Q(until__isnull=True), name="advisory_contact_rank"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PullKey(models.Model):
    """A key with which a machine asks for what its person may see. Only its SHA-256 is kept."""

    organisation = organisation_column()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return self.name
