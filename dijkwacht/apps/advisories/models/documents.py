"""Documents as they came in, and the advisory that each belongs to, ready to be matched."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.advisories.models.columns import identifier, organisation_column, person_column
from dijkwacht.apps.advisories.models.desk import Provider
from dijkwacht.apps.people.models import TLP_CHOICES
from dijkwacht.core.advisories.priority import LEVELS, Level


class DocumentState(models.TextChoices):
    """What became of a document. Its bytes are kept whatever became of it."""

    READ = "read", _("Taken in")
    ASIDE = "aside", _("Set aside")
    REFUSED = "refused", _("Refused by a person")


class Decision(models.TextChoices):
    """What the desk decided on an advisory."""

    OPEN = "open", _("Not decided yet")
    WARN = "warn", _("Warn whoever it concerns")
    NOT = "not", _("No warning")
    WAIT = "wait", _("Wait")


class Audience(models.TextChoices):
    """For whom a text is written."""

    TECHNICAL = "technical", _("Who installs and repairs")
    MANAGEMENT = "management", _("Who decides and answers for it")


class Advisory(models.Model):
    """One document across its revisions, as one desk has it; the columns are those of the newest revision that counts.

    ``level``: our priority without knowing what is exposed, 0 (low) to 3 (urgent). ``week``: whether the short term of BIO2
    8.08.01 runs; None: the publisher does not say. ``change``: what the last revision turned. ``affected``, ``asked``: how many
    organisations it touches, or may touch; ``exposed``: one of those assets is reachable from outside.
    """

    organisation = organisation_column()
    publisher = models.CharField(max_length=300)
    number = models.CharField(max_length=300)
    document = models.OneToOneField("Document", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=500)
    publisher_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    version = models.CharField(max_length=60)
    published = models.DateTimeField(null=True, blank=True)
    revised = models.DateTimeField(null=True, blank=True)
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES)
    named = models.JSONField(default=list)  # persons for whom it is, when TLP:RED
    withdrawn = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=1)
    used = models.BooleanField(default=False)  # somebody said that it is being exploited
    week = models.BooleanField(null=True, blank=True)
    own = models.BooleanField(default=False)  # written here
    came_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    change = models.JSONField(default=dict, blank=True)
    ratings = models.JSONField(default=list, blank=True)  # how the publisher rates it: pairs of scheme and raw value
    score = models.FloatField(null=True, blank=True)  # the highest base score of CVSS among its weaknesses
    affected = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    exposed = models.BooleanField(default=False)
    decision = models.CharField(max_length=4, choices=Decision.choices, default=Decision.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = person_column()
    because = models.CharField(max_length=500, blank=True)
    wait_until = models.DateField(null=True, blank=True)
    decided_version = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-level", "-changed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "publisher", "number"], name="advisory_once"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="advisory_decision"),
            models.CheckConstraint(condition=Q(level__lte=3), name="advisory_level"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "decision", "-level", "-changed_at"], name="advisory_queue")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def level_name(self) -> Level:
        """The level as the core names it."""
        return LEVELS[self.level]


class Document(models.Model):
    """One revision as it came in. ``packed``: its bytes, zlib; ``digest``: their SHA-256; ``findings``: what is odd, grave first.

    ``hashed``, ``signed``: standing of hash file and signature; ``signer``: fingerprint or name of the key.
    """

    organisation = organisation_column()
    advisory = models.ForeignKey(Advisory, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=500)
    form = models.CharField(max_length=10, blank=True)  # csaf-2.0, csaf-2.1, cve-5; empty: unreadable
    publisher = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=300, blank=True)
    version = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, blank=True)  # draft, interim, final
    revised = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=500, blank=True)
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    packed = models.BinaryField()
    came_at = models.DateTimeField()
    came_by = person_column()
    state = models.CharField(max_length=7, choices=DocumentState.choices, default=DocumentState.READ)
    findings = models.JSONField(default=list)
    hashed = models.CharField(max_length=10, default="none")
    signed = models.CharField(max_length=12, default="none")
    signer = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)  # a person read it anyway, or refused it
    settled_by = person_column()
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-came_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="advisory_document_once"),
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="advisory_document_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-came_at"], name="advisory_aside", condition=Q(state="aside"))
        ]

    def __str__(self) -> str:
        return f"{self.number or self.name} {self.version}"


class Row(models.Model):
    """A stretch of versions of one product for which an advisory means something (`core/advisories/rows`).

    ``sure``: affected; else undetermined. Compared byte by byte; see migration 0002.
    """

    advisory = models.ForeignKey(Advisory, on_delete=models.CASCADE, related_name="rows")
    product = models.CharField(max_length=510)
    start = models.CharField(max_length=510, blank=True)
    stop = models.CharField(max_length=510)
    sure = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["product", "start"], name="advisory_row_at")]

    def __str__(self) -> str:
        return f"{self.product} {self.start} {self.stop}"


class Told(models.Model):
    """A product that an advisory names, as it writes it. ``key``: the product's, by name; ``purl``, ``cpe``: by those.

    One that has no name but a package URL or a CPE stands here too.
    """

    advisory = models.ForeignKey(Advisory, on_delete=models.CASCADE, related_name="told")
    vendor = models.CharField(max_length=300)
    product = models.CharField(max_length=300)
    key = models.CharField(max_length=510)
    purl = models.CharField(max_length=510, blank=True)
    cpe = models.CharField(max_length=510, blank=True)

    class Meta:
        ordering: ClassVar = ["vendor", "product"]
        indexes: ClassVar = [models.Index(fields=["key"], name="advisory_told_key")]

    def __str__(self) -> str:
        return " ".join(self.called).strip()

    @property
    def called(self) -> tuple[str, str]:
        """Vendor and product; without a name its package URL or CPE."""
        return (self.vendor, self.product) if self.product else ("", identifier(self.purl or self.cpe))

    @property
    def keys(self) -> list[str]:
        """All by which it is known."""
        return [each for each in (self.key, self.purl, self.cpe) if each]


class Weakness(models.Model):
    """A weakness that an advisory is about: what makes documents of several publishers one case."""

    advisory = models.ForeignKey(Advisory, on_delete=models.CASCADE, related_name="weaknesses")
    key = models.CharField(max_length=300)
    cve = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["cve"], name="advisory_weakness_cve", condition=~Q(cve=""))]

    def __str__(self) -> str:
        return self.key


class Enriched(models.Model):
    """What public lists say of a weakness: KEV (``used_on``), EPSS, and SSVC by CISA. For the whole installation."""

    cve = models.CharField(max_length=30, primary_key=True)
    used_on = models.DateField(null=True, blank=True)
    ransomware = models.BooleanField(default=False)
    epss = models.FloatField(null=True, blank=True)
    epss_on = models.DateField(null=True, blank=True)
    ssvc = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["cve"]

    def __str__(self) -> str:
        return self.cve


class Text(models.Model):
    """What the desk writes of an advisory for one audience. The newest counts; older ones stay."""

    advisory = models.ForeignKey(Advisory, on_delete=models.PROTECT, related_name="texts")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    body = models.TextField()
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["audience", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.advisory} {self.audience}"
