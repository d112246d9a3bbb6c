"""Facts, and the evidence on which they rest. Days: a start is inclusive, an end exclusive."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from dijkwacht.apps.ledger.choices import AssuranceChoice, OriginChoice
from dijkwacht.apps.ledger.models.register import Subject
from dijkwacht.apps.people.models import Organisation, Person


class Compact(json.JSONEncoder):
    """JSON without spaces: there are very many small values."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "separators": (",", ":"), "ensure_ascii": False})


class Evidence(models.Model):
    """A file on which facts rest. Its content stands in the evidence folder under its SHA-256, once for everybody."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    made_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "sha256"], name="evidence_once")]

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """One recorded value. A trigger in the database lets only two things change, and only while the fact stands:
    it is closed, once (``superseded_at`` with ``superseded_act``), or it is seen again (``observed``).

    ``observed``: runs of days on which this was seen, ``[[first, last], …]``. ``act`` is the number in the trail.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="facts", db_index=False)
    fact_type = models.CharField(max_length=120)
    value = models.JSONField(encoder=Compact)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateField()
    superseded_at = models.DateField(null=True, blank=True)
    observed = models.JSONField(encoder=Compact)
    assurance = models.PositiveSmallIntegerField(choices=AssuranceChoice.choices)
    origin = models.CharField(max_length=20, choices=OriginChoice.choices)
    said_by = models.CharField(max_length=200, blank=True)  # empty: the person
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    explanation = models.TextField(blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="facts")
    act = models.PositiveBigIntegerField()
    superseded_act = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "fact_type", "subject"], name="fact_question"),
            models.Index(fields=["organisation", "act"], name="fact_act"),
            models.Index(fields=["subject", "fact_type"], name="fact_subject", condition=Q(superseded_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")), name="fact_period"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_act__isnull=True)
                | Q(superseded_at__isnull=False, superseded_act__isnull=False),
                name="fact_closed_by_an_act",
            ),
            models.CheckConstraint(condition=Q(assurance__in=AssuranceChoice.values), name="fact_assurance_known"),
            models.CheckConstraint(condition=Q(origin__in=OriginChoice.values), name="fact_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_type} = {self.value}"

    @property
    def speaker(self) -> str:
        """Who said so."""
        return self.said_by or str(self.person)
