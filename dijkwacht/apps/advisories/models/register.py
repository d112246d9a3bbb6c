"""The product register of an organisation, what of it is matched, and names that a person said are one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.advisories.models.columns import organisation_column, person_column
from dijkwacht.apps.advisories.models.documents import Advisory
from dijkwacht.apps.people.models import Organisation


class Stated(models.TextChoices):
    """What a source says of a product."""

    PRESENT = "present", _("In use")
    PLANNED = "planned", _("Not in use yet")
    ABSENT = "absent", _("Not in use")


class Upload(models.Model):
    """A file, or another source, that was taken over in the register. ``after``: SHA-256 of all lines of the register then."""

    organisation = organisation_column()
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = person_column()
    lines = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    after = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A line as one source has it (`core/advisories/register.Standing`). ``ident`` stays when the line changes.

    ``answered``: the version that a person said is in use, where the source tells none or none that can be compared. It holds
    until the source gives another version. ``key``: the product that it is about (`Product`); derived.
    """

    organisation = organisation_column()
    ident = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=120, blank=True)
    vendor = models.CharField(max_length=300, blank=True)
    product = models.CharField(max_length=300, blank=True)
    version = models.CharField(max_length=200, blank=True)
    purl = models.CharField(max_length=1000, blank=True)
    cpe = models.CharField(max_length=1000, blank=True)
    name = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=300, blank=True)
    location = models.CharField(max_length=300, blank=True)
    part_of = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=300, blank=True)
    stated = models.CharField(max_length=7, choices=Stated.choices, default=Stated.PRESENT)
    exposed = models.BooleanField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    row = models.PositiveIntegerField(default=0)
    raw = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    confirmed = models.DateField()
    gone = models.DateField(null=True, blank=True)
    answered = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=510, blank=True)

    class Meta:
        ordering: ClassVar = ["vendor", "product", "pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "key"], name="advisory_line_key")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "ident"], name="advisory_line_once"),
            models.CheckConstraint(condition=Q(stated__in=Stated.values), name="advisory_line_stated"),
        ]

    def __str__(self) -> str:
        return " ".join(each for each in (self.vendor, self.product, self.used) if each) or self.name

    @property
    def used(self) -> str:
        """The version that counts: what a person answered, else what the source says; maybe empty."""
        return self.answered or self.version


class Product(models.Model):
    """A product of a register out of all lines that stand (`core/advisories/register_view.Product`): what its page counts,
    searches and sorts by. Derived; what the page shows of it comes from the lines with its ``key``.

    ``name``: small letters, to sort by; ``texts``: what is searched in; ``differs``: its sources disagree.
    """

    organisation = organisation_column()
    key = models.CharField(max_length=510)
    name = models.CharField(max_length=610)
    stated = models.CharField(max_length=7, choices=Stated.choices)
    has_version = models.BooleanField()
    as_of = models.DateField()
    exposed = models.BooleanField(null=True, blank=True)
    differs = models.BooleanField()
    texts = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "key"], name="advisory_product_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "stated", "name"], name="advisory_product_page")]

    def __str__(self) -> str:
        return self.name


class Asset(models.Model):
    """A line that is matched, with what other sources add to it (`core/advisories/register_view.assets`). Derived."""

    organisation = organisation_column()
    line = models.OneToOneField(Line, on_delete=models.CASCADE, related_name="asset")
    purl = models.CharField(max_length=1000, blank=True)
    cpe = models.CharField(max_length=1000, blank=True)
    exposed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return str(self.line)


class Place(models.Model):
    """Where an asset stands: a product and a version key, once for each name by which it is known. Derived."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="places")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.CharField(max_length=510)
    version = models.CharField(max_length=510)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["product", "version"], name="advisory_place_at"),
            models.Index(fields=["organisation"], name="advisory_place_of"),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.version}"


class Alias(models.Model):
    """Somebody confirmed that a registered name means what advisories call otherwise. Both products empty: the whole vendor.

    Of an organisation it holds for its own register; of a desk for the registers of all that it serves.
    """

    organisation = organisation_column()
    vendor = models.CharField(max_length=300)
    product = models.CharField(max_length=300, blank=True)
    to_vendor = models.CharField(max_length=300)
    to_product = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = person_column()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = person_column()

    class Meta:
        ordering: ClassVar = ["vendor", "product"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "vendor", "product"],
                condition=Q(ended_at__isnull=True),
                name="advisory_alias_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.vendor} {self.product} = {self.to_vendor} {self.to_product}"


class Anew(models.Model):
    """What is to be done anew since a name was confirmed or ended (`services/renaming`), or a register changed (``alias``: none);
    gone once it is done.

    ``advisory`` alone: index and match it; ``organisation`` alone: match its register; both: look again whether that one is to
    be told of it.
    """

    alias = models.ForeignKey(Alias, on_delete=models.CASCADE, null=True, related_name="+")
    advisory = models.ForeignKey(Advisory, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.alias_id} {self.advisory_id} {self.organisation_id}"


class Rejected(models.Model):
    """Two names that look alike and that a person said are not one; not proposed again."""

    organisation = organisation_column()
    vendor = models.CharField(max_length=300)
    product = models.CharField(max_length=300)
    to_vendor = models.CharField(max_length=300)
    to_product = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "vendor", "product", "to_vendor", "to_product"], name="advisory_rejected_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vendor} {self.product} ≠ {self.to_vendor} {self.to_product}"


class SubscriptionKind(models.TextChoices):
    """What is followed."""

    VENDOR = "vendor", _("Everything of a vendor")
    KEYWORD = "keyword", _("Everything with these words")


class Subscription(models.Model):
    """The safety net under names: what an organisation wants to see, whatever its register says."""

    organisation = organisation_column()
    kind = models.CharField(max_length=7, choices=SubscriptionKind.choices)
    text = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = person_column()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "text"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "text"],
                condition=Q(ended_at__isnull=True),
                name="advisory_followed_once",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Concern(models.Model):
    """That an advisory touches an organisation: the fan-out of matching. Derived; made anew when either side changes.

    ``sure``: affected; else somebody must be asked, or a subscription caught it (``caught``: the text that it caught).
    """

    advisory = models.ForeignKey(Advisory, on_delete=models.CASCADE, related_name="concerns")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    sure = models.BooleanField()
    assets = models.PositiveIntegerField(default=0)
    exposed = models.BooleanField(default=False)
    caught = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advisory", "organisation"], name="advisory_concern_once")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation"], name="advisory_concern_of")]

    def __str__(self) -> str:
        return f"{self.advisory_id} {self.organisation_id}"
