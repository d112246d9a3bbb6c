"""A year with its terms, who does which line, mails that went out, lines that were handed in, and who compares itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.people.models import Organisation, Person


class NoticeKind(models.TextChoices):
    """Why a mail goes out."""

    HANDOUT = "handout", _("Handed out")
    REMINDER = "reminder", _("Reminder")


class Year(models.Model):
    """The ENSIA year of an organisation. ``reason``: why it was closed while lines were not handed in."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    coordinator = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "year"], name="ensia_year_once")]

    def __str__(self) -> str:
        return f"ENSIA {self.year}"


class Term(models.Model):
    """A day of the calendar of a year as it was when the year was opened. ``remind_at``: when the next mail is due."""

    year = models.ForeignKey(Year, on_delete=models.CASCADE, related_name="terms")
    key = models.CharField(max_length=40)
    on = models.DateField()
    remind_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "key"], name="ensia_term_once")]
        indexes: ClassVar = [
            models.Index(fields=["remind_at"], name="ensia_term_due", condition=Q(remind_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.on}"


class Answerer(models.Model):
    """Who answers the questions of a line, or of one theme of it; ``lead``: coordinates the line."""

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="answerers")
    line = models.CharField(max_length=30)
    theme = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lead = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-lead", "person__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "line", "theme", "person"], condition=Q(until__isnull=True), name="ensia_answerer_once"
            ),
            models.UniqueConstraint(
                fields=["year", "line"], condition=Q(until__isnull=True, lead=True), name="ensia_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.person}"


class Notice(models.Model):
    """A mail. Who may send it is who claims it: one in ``claimed_at``, so it never goes out twice.

    Claimed and not sent, without trouble: the process died in between. It may or may not have gone out, so it is not
    sent again by itself.
    """

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)
    term = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    note = models.TextField(blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="ensia_notice_kind"),
            models.UniqueConstraint(
                fields=["year", "person", "term", "on"], condition=Q(kind="reminder"), name="ensia_reminded_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["year", "kind"], name="ensia_notice_wait", condition=Q(claimed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class HandIn(models.Model):
    """A line that was handed in to its supervisor, by whom and when; a signed statement counts without this."""

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="hand_ins")
    line = models.CharField(max_length=30)
    on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["line"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "line"], name="ensia_handed_in_once")]

    def __str__(self) -> str:
        return f"{self.line} {self.on}"


class Consent(models.Model):
    """An organisation lets its counts, without its name, be part of the benchmark. ``ended_on``: first day without."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_on__isnull=True), name="ensia_consent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.given_on}"
