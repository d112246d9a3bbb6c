"""Buying: which requirements go into a tender, what was offered, what was agreed, and whether it is kept to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.suppliers.models.columns import file_column, organisation_column, person_column
from dijkwacht.apps.suppliers.models.register import Contract, Service, Supplier


class TenderState(models.TextChoices):
    """How far a tender is."""

    DRAFT = "draft", _("Being put together")
    SENT = "sent", _("Sent out")
    AWARDED = "awarded", _("Awarded")
    STOPPED = "stopped", _("Stopped")


class Offered(models.TextChoices):
    """What an offer says to a requirement."""

    YES = "yes", _("Meets it")
    PARTLY = "partly", _("Meets it in part")
    NO = "no", _("Does not meet it")
    UNKNOWN = "unknown", _("Not answered")


class Kept(models.TextChoices):
    """What a yearly look at an agreed requirement found."""

    YES = "yes", _("Kept to")
    PARTLY = "partly", _("Kept to in part")
    NO = "no", _("Not kept to")


class PrivateSet(models.Model):
    """A set of requirements that an organisation brought in for its own use, such as the official one. Never shared."""

    organisation = organisation_column()
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    brought_by = person_column()
    brought_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class PrivateRequirement(models.Model):
    """One requirement of a private set."""

    set = models.ForeignKey(PrivateSet, on_delete=models.PROTECT, related_name="requirements")
    key = models.CharField(max_length=80)
    part = models.CharField(max_length=200)
    text = models.TextField()
    verify = models.TextField(blank=True)
    weight = models.CharField(max_length=4, choices=[("must", _("Must")), ("wish", _("Wish"))])
    links = models.JSONField(default=list)
    order = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["set", "key"], name="private_requirement_once")]

    def __str__(self) -> str:
        return self.key


class Tender(models.Model):
    """One purchase. ``parts`` and ``context``: what was chosen (ids of the pack); lines are kept as they were sent out.

    ``file``: the paper as it was sent out.
    """

    organisation = organisation_column()
    title = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    parts = models.JSONField(default=list)
    context = models.JSONField(default=dict)  # question id: true, false or null
    private_set = models.ForeignKey(PrivateSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=TenderState.choices, default=TenderState.DRAFT)
    owner = person_column()
    begun_at = models.DateTimeField()
    begun_by = person_column()
    offers_before = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    file = file_column()
    awarded_on = models.DateField(null=True, blank=True)
    stopped_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-begun_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=TenderState.values), name="tender_state"),
        ]

    def __str__(self) -> str:
        return self.title


class TenderLine(models.Model):
    """A requirement in a tender. ``key``: its id in the pack or private set, or ``own-1`` …; ``facts``: what a yes settles.

    ``text`` of the pack is kept in Dutch and never changed, so that it can be compared; what we add to it stands in ``note``.
    """

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="lines")
    key = models.CharField(max_length=80)
    order = models.PositiveIntegerField()
    theme = models.CharField(max_length=40, blank=True)
    parts = models.JSONField(default=list)
    text = models.TextField()
    verify = models.TextField(blank=True)
    weight = models.CharField(max_length=4, choices=[("must", _("Must")), ("wish", _("Wish"))])
    links = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    follow_months = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    left_out_because = models.TextField(blank=True)  # not empty: it is not asked, and why

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "key"], name="tender_line_once")]

    def __str__(self) -> str:
        return f"{self.tender}: {self.key}"


class Offer(models.Model):
    """What one party offered. ``awarded``: it won; ``supplier``: who it is in the register, from the award on."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="offers")
    name = models.CharField(max_length=200)
    kvk = models.CharField(max_length=8, blank=True)
    received_on = models.DateField()
    file = file_column()
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, null=True, blank=True, related_name="offers")
    awarded = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender"], condition=Q(awarded=True), name="awarded_once"),
            models.CheckConstraint(condition=Q(awarded=False) | Q(supplier__isnull=False), name="awarded_to_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.tender}: {self.name}"


class OfferLine(models.Model):
    """What an offer says to one requirement."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(TenderLine, on_delete=models.PROTECT, related_name="offered")
    says = models.CharField(max_length=7, choices=Offered.choices, default=Offered.UNKNOWN)
    text = models.TextField(blank=True)
    verified = models.CharField(max_length=7, choices=Offered.choices, default=Offered.UNKNOWN)  # what we found of it
    verified_by = person_column()

    class Meta:
        ordering: ClassVar = ["line__order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["offer", "line"], name="offer_line_once")]

    def __str__(self) -> str:
        return f"{self.offer}: {self.says}"


class Agreed(models.Model):
    """A requirement that was agreed with a supplier, to be looked at before ``due`` (empty: once was enough)."""

    organisation = organisation_column()
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="agreed")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="agreed")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="agreed")
    line = models.ForeignKey(TenderLine, on_delete=models.PROTECT, null=True, blank=True, related_name="agreed")
    key = models.CharField(max_length=80)
    text = models.TextField()
    offered = models.TextField(blank=True)  # in the words of the offer
    weight = models.CharField(max_length=4, choices=[("must", _("Must")), ("wish", _("Wish"))])
    follow_months = models.PositiveSmallIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    owner = person_column()
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="agreed_period"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "due"], name="agreed_due")]

    def __str__(self) -> str:
        return f"{self.supplier}: {self.key}"


class FollowUp(models.Model):
    """One look at an agreed requirement."""

    agreed = models.ForeignKey(Agreed, on_delete=models.PROTECT, related_name="follow_ups")
    on = models.DateField()
    kept = models.CharField(max_length=6, choices=Kept.choices)
    note = models.TextField(blank=True)
    file = file_column()
    person = person_column()

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(kept__in=Kept.values), name="follow_up_kept")]

    def __str__(self) -> str:
        return f"{self.agreed}: {self.kept}"
