"""Decision files with what was weighed, heard and done, and the log of signals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.columns import organisation_column, person_column
from dijkwacht.apps.people.models import Person


class FileState(models.TextChoices):
    """Where a decision file is."""

    DRAFT = "draft", _("Being prepared")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Not decided")


class DecidedAs(models.TextChoices):
    """In which office the decision is taken; police or officials never."""

    MAYOR = "mayor", _("Mayor")
    DEPUTY = "deputy", _("Deputy mayor, standing in")
    CHAIR = "region_chair", _("Chair of the safety region")


class Justified(models.TextChoices):
    """Whether the fear turned out to be right."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Cannot be said")


class DecisionFile(models.Model):
    """A decision that is prepared, taken or looked back on. ``facts``: by fact its answer, source and who told it.

    ``outcome``, ``pack``: what the rules said at the moment of deciding and with which version; ``closed_part``: not public.
    """

    organisation = organisation_column()
    name = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    power = models.CharField(max_length=60)
    on = models.DateField()
    facts = models.JSONField(default=dict)
    necessity = models.TextField(blank=True)
    proportionality = models.TextField(blank=True)
    subsidiarity = models.TextField(blank=True)
    area = models.TextField(blank=True)
    addressee = models.TextField(blank=True)
    begins_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    closed_part = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.DRAFT)
    made_at = models.DateTimeField()
    made_by = person_column()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = person_column()
    decided_as = models.CharField(max_length=12, choices=DecidedAs.choices, blank=True)
    departure = models.TextField(blank=True)
    outcome = models.JSONField(default=dict)
    pack = models.CharField(max_length=80, blank=True)
    justified = models.CharField(max_length=8, choices=Justified.choices, blank=True)
    look_back = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="order_file_once"),
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="order_file_state"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"])
                | (Q(decided_at__isnull=False) & Q(decided_as__in=DecidedAs.values)),
                name="order_file_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"


class Alternative(models.Model):
    """A lighter way that was weighed, and why it does or does not suffice."""

    file = models.ForeignKey(DecisionFile, on_delete=models.PROTECT, related_name="alternatives")
    power = models.CharField(max_length=60)
    suffices = models.BooleanField(default=False)
    because = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "power"], name="order_alternative_once")]

    def __str__(self) -> str:
        return self.power


class Hearing(models.Model):
    """Who was heard, when, and what was said: the triangle, the person concerned, a neighbour."""

    file = models.ForeignKey(DecisionFile, on_delete=models.PROTECT, related_name="hearings")
    who = models.CharField(max_length=20)
    at = models.DateTimeField()
    said = models.TextField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.who


class Step(models.Model):
    """What happened after a decision: an event of a clock (``code``), or a duty without one (``duty:2``) that was done."""

    file = models.ForeignKey(DecisionFile, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    by = person_column()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.code


class SignalState(models.TextChoices):
    """Where a signal is with the privacy officer."""

    CHECK = "to_check", _("To check")
    AGREED = "agreed", _("Agreed")
    OBJECTED = "objected", _("Objection")


class SignalSource(models.TextChoices):
    """How a signal came. A closed group is never entered; who is in it may hand something over."""

    OPEN = "open", _("Open: anyone can see it")
    HANDED = "handed_over", _("Handed over unasked by somebody")
    PARTNER = "partner", _("From police or another partner")


class Signal(models.Model):
    """Something that gave reason to look, without persons. Erased after ``keep_until``: then only ``digest`` tells that it was.

    ``leads``: what the warning saw in it and was saved nevertheless; ``salt``: without it nobody can guess a text by its digest.
    """

    organisation = organisation_column()
    name = models.CharField(max_length=20)
    purpose = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    question = models.TextField(blank=True)
    necessity = models.TextField(blank=True)
    source = models.CharField(max_length=12, choices=SignalSource.choices)
    leads = models.JSONField(default=list)
    why_kept = models.TextField(blank=True)
    keep_until = models.DateField()
    made_at = models.DateTimeField()
    made_by = person_column()
    state = models.CharField(max_length=8, choices=SignalState.choices, default=SignalState.CHECK)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = person_column()
    advice = models.TextField(blank=True)
    salt = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="order_signal_once"),
            models.CheckConstraint(condition=Q(state__in=SignalState.values), name="order_signal_state"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(purpose="", reason="", question="", necessity="", basis="", why_kept="", advice="", salt=""),
                name="order_signal_erased",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["keep_until"], name="order_signal_kept", condition=Q(erased_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.name


MARKS = ("due_soon", "overdue")


class TermMail(models.Model):
    """Somebody who is mailed about a legal term of a decision: once when it is nearly over, once when it is too late.

    ``rule``: a clock of `norms/clocks`; ``key``: which of its kind, as the events say; ``due_at``: the end that it was then.
    """

    file = models.ForeignKey(DecisionFile, on_delete=models.PROTECT, related_name="term_mails")
    rule = models.CharField(max_length=60)
    key = models.CharField(max_length=60, blank=True)
    mark = models.CharField(max_length=8)  # due_soon, overdue: a state of a clock
    due_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "rule", "key", "mark", "person"], name="order_term_mail_once"),
            models.CheckConstraint(condition=Q(mark__in=MARKS), name="order_term_mail_mark"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["claimed_at"], name="order_term_mail_waits", condition=Q(claimed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.rule} {self.mark}"
