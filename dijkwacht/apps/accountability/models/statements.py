"""Statements that were frozen, drafts that wait for a signature, and the keys of organisations. No decisions.

A statement and a key are written once; a trigger in the database lets only their end be noted, once.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from dijkwacht.apps.ledger.models import Compact
from dijkwacht.apps.people.models import Organisation, Person


class StatementState(models.TextChoices):
    """What became of a statement."""

    FROZEN = "frozen", pgettext_lazy("statement", "In force")
    WITHDRAWN = "withdrawn", pgettext_lazy("statement", "Withdrawn")
    REPLACED = "replaced", pgettext_lazy("statement", "Replaced")


class SigningKey(models.Model):
    """A public key of an organisation. The private part is a file in the data folder, and never in the database.

    ``lost_act``: the act in which it was found that a key that had ended was lost; ``lost_from``: from when, None: not known.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    public = models.CharField(max_length=64)
    since = models.DateTimeField()
    previous = models.CharField(max_length=32, blank=True)
    endorsement = models.CharField(max_length=128, blank=True)
    act = models.PositiveBigIntegerField()
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=10, blank=True)
    ended_act = models.PositiveBigIntegerField(null=True, blank=True)
    lost_from = models.DateTimeField(null=True, blank=True)
    lost_act = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation", "act"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(until__isnull=True), name="signing_key_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, why="", ended_act__isnull=True)
                | Q(until__isnull=False, why__in=("rotated", "retired", "lost"), ended_act__isnull=False),
                name="signing_key_ended_by_an_act",
            ),
            models.CheckConstraint(
                condition=Q(lost_act__isnull=True, lost_from__isnull=True)
                | Q(lost_act__isnull=False, until__isnull=False, why__in=("rotated", "retired")),
                name="signing_key_lost_by_an_act",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def lost(self) -> bool:
        """Whether it may be in other hands."""
        return self.why == "lost" or self.lost_act is not None


class Statement(models.Model):
    """A frozen account. ``package``: the SHA-256 of its package in the statements folder; ``act``: its number in the trail.

    ``frame``: what the ledger and the trail do not keep and what is needed to make the same bytes again: names as they were
    then, who looked after which line, at which entries the trails of others stood, with which earlier statement it is compared.
    ``seed``: the secret from which the salts of the lines follow. ``signer`` None: frozen, and signed by no one.
    """

    id: Any = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    account = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    on = models.DateField()
    known_at = models.DateField()
    at = models.DateTimeField()
    head_seq = models.PositiveBigIntegerField()
    head_hash = models.CharField(max_length=64)
    packs = models.CharField(max_length=16)
    norms = models.CharField(max_length=64)
    counts = models.JSONField(encoder=Compact)
    root = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    frame = models.JSONField(encoder=Compact)
    key = models.CharField(max_length=32)
    signature = models.CharField(max_length=128)
    stamp = models.BinaryField(null=True, blank=True)
    package = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.CharField(max_length=150, blank=True)
    signer_role = models.CharField(max_length=20, blank=True)
    mandate = models.TextField(blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    why = models.TextField(blank=True)
    act = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.FROZEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.TextField(blank=True)
    ended_act = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "number"], name="statement_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "account", "subject", "on"], condition=Q(state="frozen"),
                name="statement_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(state="frozen", ended_at__isnull=True, ended_act__isnull=True)
                | Q(state__in=("withdrawn", "replaced"), ended_at__isnull=False, ended_act__isnull=False),
                name="statement_ended_by_an_act",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}: {self.account} {self.on}"

    @property
    def signed(self) -> bool:
        """Whether somebody with the mandate signed it."""
        return bool(self.signer_role)


class Draft(models.Model):
    """An account laid before whoever signs, with a note. Its lines are not kept: they are those of the moment one looks."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    on = models.DateField()
    note = models.TextField(blank=True)
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-prepared_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "account", "subject"],
                condition=Q(closed_at__isnull=True),
                name="draft_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.on}"
