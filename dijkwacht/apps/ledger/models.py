"""Subjects, facts, evidence, verdicts and what was asked of whom. Days: a start is inclusive, an end exclusive."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.choices import AssuranceChoice, ClaimAnswer, OriginChoice, StatusChoice, SubjectKind
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.facts import Shows

ALL = "*"  # the tally of every line once, without anybody's demand


class Compact(json.JSONEncoder):
    """JSON without spaces: there are very many small values."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "separators": (",", ":"), "ensure_ascii": False})


class Subject(models.Model):
    """Something facts are about. ``key`` is its id in the engine and never changes; nothing is ever deleted.

    The organisation itself is a subject too: its key is the slug.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=SubjectKind.choices)
    key = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=200)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateField()
    archived_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="subject_key_once"),
            models.CheckConstraint(condition=Q(kind__in=SubjectKind.values), name="subject_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Inheritance(models.Model):
    """For this subject the facts of a subject of another organisation count too, as far as they are shared."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="inheritances")
    source = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="heirs")
    recorded_at = models.DateField()
    superseded_at = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject"], condition=Q(superseded_at__isnull=True), name="inherits_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ← {self.source}"


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


class Verdict(models.Model):
    """The judgement of one line as it stands; derived, so it may be rewritten at any time from the facts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=20, choices=StatusChoice.choices)
    assurance = models.PositiveSmallIntegerField(null=True, blank=True, choices=AssuranceChoice.choices)
    shown = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(each.value, each.name.lower()) for each in Shows]
    )
    nothing_happened = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, encoder=Compact)
    stale_at = models.DateField(null=True, blank=True)
    judged_on = models.DateField()
    inputs_hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "requirement", "subject"], name="verdict_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["stale_at", "organisation"], name="verdict_due", condition=Q(stale_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.requirement} {self.status}"


class Turn(models.Model):
    """A verdict that turned: the history of a line, and what moved since a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.CharField(max_length=20, choices=StatusChoice.choices)
    after = models.CharField(max_length=20, choices=StatusChoice.choices)
    on = models.DateField()
    act = models.PositiveBigIntegerField(null=True, blank=True)  # None: time alone, or new packs

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "requirement", "subject"], name="turn_line"),
            models.Index(fields=["organisation", "on"], name="turn_day"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.before} → {self.after}"


class Tally(models.Model):
    """The lines of one account counted by status, under its demand. ``account`` ALL: every line once, no demand.

    ``answered``: the facts recorded by persons on which the account can rest. ``packs``: with which packs it was judged.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=80)
    met = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    not_met = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    judged_on = models.DateField()
    packs = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "account"], name="tally_once")]
        indexes: ClassVar = [models.Index(fields=["account", "organisation"], name="tally_account")]

    def __str__(self) -> str:
        return f"{self.account}: {self.settled}"

    @property
    def lines(self) -> int:
        """How many lines the account has."""
        return self.settled + self.unknown

    @property
    def reuse(self) -> float | None:
        """The reuse factor: lines settled per fact answered by a person; None while nobody answered anything."""
        return self.settled / self.answered if self.answered else None


class Due(models.Model):
    """Lines to judge again soon, because something outside this organisation changed: a shared fact, a share, a role."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    fact_type = models.CharField(max_length=120, blank=True)  # empty: everything

    def __str__(self) -> str:
        return f"{self.organisation}: {self.fact_type}"


class Claim(models.Model):
    """What a self-assessment or another tool said about a requirement as a whole. Never a verdict; shown beside it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.CharField(max_length=20, choices=ClaimAnswer.choices)
    explanation = models.TextField(blank=True)
    evidence_note = models.TextField(blank=True)
    answered_on = models.DateField()
    owner_name = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=250)
    recorded_at = models.DateField()
    superseded_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["requirement", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "requirement", "subject"],
                condition=Q(superseded_at__isnull=True),
                name="claim_stands_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "requirement"], name="claim_requirement")]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.answer}"


class Assignment(models.Model):
    """Something asked of a colleague: one question (``subject`` and ``fact_type``), or a requirement as a whole."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    requirement = models.CharField(max_length=80, blank=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    fact_type = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    note = models.TextField(blank=True)
    asked_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "person"], name="assignment_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subject__isnull=True, fact_type="") & ~Q(requirement="")
                | Q(subject__isnull=False, requirement="") & ~Q(fact_type=""),
                name="assignment_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.requirement or self.fact_type


class Deferral(models.Model):
    """Someone did not know: the question goes to the end of the list until it is answered."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    fact_type = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "subject", "fact_type", "person"], name="deferral_once")
        ]

    def __str__(self) -> str:
        return self.fact_type
