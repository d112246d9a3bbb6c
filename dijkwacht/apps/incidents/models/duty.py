"""Who is called, in which order; and what an organisation told the register of entities, as it was on a day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.incidents.models.columns import organisation_column, person_column
from dijkwacht.apps.people.models import Person


class DutyRole(models.TextChoices):
    """Who does what for legal terms. Each may have deputies, called in order when the one before did not answer."""

    REPORTER = "reporter", _("Reports to the authorities")
    DECIDER = "decider", _("Decides whether an incident is significant")
    PRIVACY = "privacy", _("Weighs data breaches")
    BOARD = "board", _("Is told when a term is at risk")


class Duty(models.Model):
    """A person in a role, from a day, to a day; ``rank`` 1 is called first, the others are deputies."""

    organisation = organisation_column()
    role = models.CharField(max_length=10, choices=DutyRole.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)
    phone = models.CharField(max_length=40, blank=True)
    eherkenning = models.CharField(
        max_length=4, blank=True
    )  # EH2, EH2+, EH3, EH4: the level with which this person signs in
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["role", "rank"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="duty_period"),
            models.UniqueConstraint(
                fields=["organisation", "role", "person"], condition=Q(until__isnull=True), name="duty_person_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "role", "rank"], condition=Q(until__isnull=True), name="duty_rank_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.rank}: {self.person}"


class EntityRole(models.Model):
    """What the organisation is under these laws (a code of `norms/incidents/receivers`), from a day: of a critical entity that of
    its designation."""

    organisation = organisation_column()
    role = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["role", "since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "role"], condition=Q(until__isnull=True), name="entity_role_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.role}"


class Registration(models.Model):
    """What was told to the register of entities (Cbw 43, 44), as it was. The newest one told is what they know.

    ``values``: name, addresses, IP ranges, domains, sectors, contacts, by field id of `norms/incidents/forms` (`registration`).
    """

    organisation = organisation_column()
    values = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    told_by = person_column()
    receipt = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.told_at:%Y-%m-%d}"
