"""The names of an organisation, who consented to measuring what, and who asked not to be measured."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation, Person


class DomainState(models.TextChoices):
    """What we do with a name. Only what is watched is measured."""

    PROPOSED = "proposed", _("Found, not yet decided")
    WATCHED = "watched", _("Watched")
    PAUSED = "paused", _("Paused")
    NOT_OURS = "not_ours", _("Not ours")
    ENDED = "ended", _("Ended")


class FoundBy(models.TextChoices):
    """How a name came to us."""

    HAND = "hand", _("Entered by hand")
    FILE = "file", _("From a file")
    CT = "ct", _("From the certificate logs")
    DNS = "dns", _("From the name system")
    REDIRECT = "redirect", _("From a redirect")


class ConsentKind(models.TextChoices):
    """On which basis is measured."""

    OWN = "own", _("The organisation itself")
    SUPPLIER = "supplier", _("Its supplier, for shared addresses")
    CSIRT = "csirt", _("The CSIRT, by law, without intrusion")


class Domain(models.Model):
    """A name on the outside. ``due``: when it is measured next; None: not by itself. ``subject``: the same name in the ledger.

    ``seen_at``: the last completed measurement; a reading that stands was last seen then. ``about``: whose name it is, where a
    CSIRT measures that of another; such a name stands in no ledger. ``sounded_at``: when its addresses were last asked for.
    ``deep_at``: the last deeper look, at ports and names below.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=253)
    state = models.CharField(max_length=10, choices=DomainState.choices, default=DomainState.WATCHED)
    found_by = models.CharField(max_length=10, choices=FoundBy.choices, default=FoundBy.HAND)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    added_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    deep_at = models.DateTimeField(null=True, blank=True)
    sounded_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    web_score = models.PositiveSmallIntegerField(null=True, blank=True)
    mail_score = models.PositiveSmallIntegerField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="perimeter_name_once"),
            models.CheckConstraint(condition=Q(state__in=DomainState.values), name="perimeter_domain_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due"], name="perimeter_due", condition=Q(state="watched", due__isnull=False)),
            models.Index(fields=["sounded_at"], name="perimeter_sounded", condition=Q(state="watched")),
            models.Index(fields=["name"], name="perimeter_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """Leave to measure. ``scope``, ``exclude``: lists of name patterns, netblocks and AS numbers, read by `core/consent`.

    ``text_hash``: SHA-256 of the text that was agreed to (``text`` keeps it). Never edited: revoked, and given anew.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ConsentKind.choices, default=ConsentKind.OWN)
    party = models.CharField(max_length=200, blank=True)  # the supplier, where the consent is his
    scope = models.JSONField(default=list)
    exclude = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(validators=[MaxValueValidator(4)])
    window = models.JSONField(default=list, blank=True)  # texts as `mon-fri 20:00-06:00`; empty: always
    text = models.TextField()
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    signatory = models.CharField(max_length=150)
    mandate = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)  # the article, where the law is the basis
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # first day without
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_for = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__lte=4), name="perimeter_consent_level"),
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="perimeter_consent_kind"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")), name="perimeter_consent_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()} {self.level}"


class OptOut(models.Model):
    """A name or netblock that is not measured, whatever was consented to: its keeper asked so.

    Kept by a CSIRT it holds for everybody on this installation; kept by another, for what that one measures itself.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=253)
    asked_by = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["what"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "what"], name="perimeter_opt_out_once")
        ]

    def __str__(self) -> str:
        return self.what
