"""Warnings: one organisation told of one advisory, what it made of it, and how it was told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkwacht.apps.advisories.models.columns import organisation_column, person_column
from dijkwacht.apps.advisories.models.desk import Contact
from dijkwacht.apps.advisories.models.documents import Advisory, Document
from dijkwacht.apps.advisories.models.register import Line
from dijkwacht.apps.people.models import TLP_CHOICES, Organisation, Person


class Outcome(models.TextChoices):
    """Why an organisation is told."""

    AFFECTED = "affected", _("You use an affected version")
    UNDETERMINED = "undetermined", _("We cannot tell whether you are affected")
    CAUGHT = "caught", _("You follow this")


class WarningState(models.TextChoices):
    """Where the handling is; follows from what was said of its assets."""

    OPEN = "open", _("Not remediated")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", pgettext_lazy("warning", "Done")
    NOT_AFFECTED = "not_affected", _("Not affected")
    ACCEPTED = "accepted", _("Risk accepted")
    LAPSED = "lapsed", _("Lapsed")


SETTLED = (WarningState.DONE, WarningState.NOT_AFFECTED, WarningState.ACCEPTED, WarningState.LAPSED)


class Warned(models.Model):
    """A warning: an advisory that an organisation was told of, by a desk. ``level``: priority with what of it is exposed here.

    ``document``, ``version``: of the revision that was told last. ``texts``: per audience what was written. ``week``: whether
    the short term runs (None: the organisation weighs), ``due_at`` its end. ``todo_at``: since when there is something to do:
    first told, or the last revision that was a new task. ``step_at``: when the next reminder or call is due, ``reminded`` how
    many went.
    """

    organisation = organisation_column()
    advisory = models.ForeignKey(Advisory, on_delete=models.PROTECT, related_name="warnings")
    desk = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # within the organisation
    title = models.CharField(max_length=500)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    level = models.PositiveSmallIntegerField()
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.CharField(max_length=60)
    texts = models.JSONField(default=dict)
    told_at = models.DateTimeField()
    told_by = person_column()
    todo_at = models.DateTimeField()
    week = models.BooleanField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = person_column()
    handler = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=WarningState.choices, default=WarningState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    step_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-level", "-told_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advisory", "organisation"], name="advisory_warning_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="advisory_warning_number"),
            models.CheckConstraint(condition=Q(state__in=WarningState.values), name="advisory_warning_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state"], name="advisory_warning_open"),
            models.Index(fields=["desk", "-told_at"], name="advisory_warning_desk"),
            models.Index(fields=["step_at"], name="advisory_warning_step", condition=Q(step_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.number}"


class EventKind(models.TextChoices):
    """What happened to a warning from the side of the desk."""

    FIRST = "first", _("Told")
    AGAIN = "again", _("Told again")
    TASK = "task", _("New task: what is to be done changed")
    SHOWN = "shown", _("Changed, nothing more to do")
    LAPSED = "lapsed", _("Lapsed")


class WarningEvent(models.Model):
    """A revision that reached a warning, with what it turned (codes of `core/advisories/revision`).

    Of a telling as a task (first, task) that is over, because it lapsed or a new task took its place, also how it stood then:
    ``week``, ``due_at``: whether the short term ran and its end; ``finished_at``: since when all was done or not affected.
    """

    warning = models.ForeignKey(Warned, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=6, choices=EventKind.choices)
    version = models.CharField(max_length=60)
    at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    week = models.BooleanField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.kind}"


class Touched(models.Model):
    """An asset that a warning is about, with the outcome and its reason. ``gone_at``: no longer so."""

    warning = models.ForeignKey(Warned, on_delete=models.PROTECT, related_name="touched")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.JSONField(default=dict)  # code, params
    version = models.CharField(max_length=200, blank=True)
    exposed = models.BooleanField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["warning", "line"], name="advisory_touched_once")]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.line_id}"


class Handled(models.Model):
    """What an organisation says of one asset and one weakness. No row: not remediated.

    ``flag``: why not affected, in the words of CSAF; ``until``: the last day of an accepted risk; ``by``: who said it, of an
    accepted risk who decided that.
    """

    warning = models.ForeignKey(Warned, on_delete=models.PROTECT, related_name="handled")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    weakness = models.CharField(max_length=300)
    status = models.CharField(max_length=12, choices=WarningState.choices)
    flag = models.CharField(max_length=60, blank=True)
    because = models.CharField(max_length=500, blank=True)
    until = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["warning", "line", "weakness"], name="advisory_handled_once")
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.weakness}: {self.status}"


class Assessment(models.Model):
    """The written assessment of a warning. The newest counts; older ones stay.

    ``likelihood``, ``damage``: low, medium or high, as the organisation sees them; empty: it follows the publisher. ``because``:
    why that lies below the publisher. ``verdict``: of a warning without assets, where the whole of it stands.
    """

    warning = models.ForeignKey(Warned, on_delete=models.PROTECT, related_name="assessments")
    text = models.TextField()
    likelihood = models.CharField(max_length=6, blank=True)
    damage = models.CharField(max_length=6, blank=True)
    because = models.CharField(max_length=500, blank=True)
    verdict = models.CharField(max_length=12, choices=WarningState.choices, blank=True)
    version = models.CharField(max_length=60, blank=True)  # of the advisory that was assessed
    at = models.DateTimeField()
    by = person_column()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.at:%Y-%m-%d}"


class MailKind(models.TextChoices):
    """What a mail is."""

    AT_ONCE = "at_once", _("At once")
    REMINDER = "reminder", _("Reminder")
    DIGEST = "digest", _("Digest of the day")
    WEEKLY = "weekly", _("Weekly overview")
    OVER = "over", _("Advisory withdrawn")


class Mail(models.Model):
    """A mail to a contact: written first, claimed before it is sent. ``key``: what makes it one, such as the day of a digest.

    ``pointer``: it only says that a warning waits, and where. ``ending``: warnings of which an accepted risk ends soon.
    """

    organisation = organisation_column()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=MailKind.choices)
    key = models.CharField(max_length=60)
    warnings = models.JSONField(default=list)  # their numbers in the database
    ending = models.JSONField(default=list)
    pointer = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["contact", "kind", "key"], name="advisory_mail_once")]
        indexes: ClassVar = [
            models.Index(fields=["claimed_at"], name="advisory_mail_waits", condition=Q(claimed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Call(models.Model):
    """Somebody of the desk must call, because nobody took note. ``at``, ``outcome``: when it was done and what was said."""

    warning = models.ForeignKey(Warned, on_delete=models.PROTECT, related_name="calls")
    reason = models.CharField(max_length=40)  # not_seen, no_trusted_contact, no_account, no_contact, label_too_strict
    due_at = models.DateTimeField()
    at = models.DateTimeField(null=True, blank=True)
    by = person_column()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["warning"], condition=Q(at__isnull=True), name="advisory_call_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.reason}"
