"""What shows that a supplier does what it should: certificates, reports, tests, its own word; letters and findings with them.

Days: a start is inclusive, an end the first day after.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.suppliers.models.columns import answer_column, file_column, organisation_column, person_column
from dijkwacht.apps.suppliers.models.register import Service, Supplier


class Severity(models.TextChoices):
    """How bad it is what was found."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Proof(models.Model):
    """One proof of one supplier. ``kind``: one of `norms/suppliers`. ``first`` to ``until``: the period, the day of a test (one
    day), or from issue to the end of a certificate. ``whole``: of all services; otherwise ``services``.

    ``judged_on``: when the process owner read it and said what he made of it (BIO2 5.22.01).
    """

    organisation = organisation_column()
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200, blank=True)
    scope = models.TextField(blank=True)  # in the words of the proof
    first = models.DateField()
    until = models.DateField()
    whole = models.BooleanField(default=False)
    services = models.ManyToManyField(Service, related_name="proofs", blank=True)
    subs = answer_column()  # whether it looked at sub-suppliers too
    file = file_column()
    received_on = models.DateField()
    received_by = person_column()
    judged_on = models.DateField(null=True, blank=True)
    judged_by = person_column()
    judgement = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)  # withdrawn, or the certificate suspended
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-until", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=F("first")), name="proof_period"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "until"], name="proof_ends")]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """The supplier's word that nothing changed since the period of a report."""

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="letters")
    first = models.DateField()
    until = models.DateField()
    received_on = models.DateField()
    file = file_column()
    ended_on = models.DateField(null=True, blank=True)  # taken back: wrong, or about another report

    class Meta:
        ordering: ClassVar = ["first", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(until__gt=F("first")), name="letter_period")]

    def __str__(self) -> str:
        return f"{self.proof}: {self.first}"


class Finding(models.Model):
    """Something wrong at a supplier that we follow: out of a proof, out of our own check. Mended, or accepted by who may.

    ``hands``: the numbers of all who ever owned it or wrote it. ``mended_on``: when somebody else saw that it is mended.
    """

    organisation = organisation_column()
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="findings")
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    title = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    due = models.DateField()
    owner = person_column()
    found_on = models.DateField()
    found_by = person_column()
    hands = models.JSONField(default=list)
    mended_on = models.DateField(null=True, blank=True)
    mended_by = person_column()
    mended_how = models.TextField(blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = person_column()
    accepted_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | ~Q(accepted_because=""), name="supplier_finding_because"
            ),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="supplier_finding_severity"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.mended_on is None and self.accepted_on is None

    @property
    def involved(self) -> set[int]:
        """Who owned it or wrote it at any time, by number: none of them says that it is mended."""
        return {*self.hands, *(each for each in (self.owner_id, self.found_by_id) if each is not None)}
