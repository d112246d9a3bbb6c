"""What was seen, as it was and as words that stand from a moment to a moment; what must be mended; who hears of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models.names import Domain
from dijkwacht.apps.perimeter.models.runs import Run


class Observation(models.Model):
    """The raw observation of one name in one run, packed, so that it can be judged again under another edition of a guideline."""

    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="observations")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    raw = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of the raw observation before packing

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["domain", "run"], name="perimeter_observed_once")]
        indexes: ClassVar = [models.Index(fields=["domain", "-at"], name="perimeter_observed")]

    def __str__(self) -> str:
        return f"{self.domain} {self.at:%Y-%m-%d %H:%M}"


class Reading(models.Model):
    """The word of one check on one name, from the first measurement that said so to the first that said otherwise.

    ``until`` None: it stands, last seen at ``domain.seen_at``; so an unchanged name costs no row. ``targets``: per
    address or host its word and reasons. ``confirmed``: a bad word was measured twice; before that it counts nowhere.
    """

    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="readings")
    area = models.CharField(max_length=5)
    check_id = models.CharField(max_length=40)
    word = models.CharField(max_length=10)
    peer = models.CharField(max_length=10)  # as internet.nl would say
    law = models.CharField(max_length=10, blank=True)  # by the edition that the decree refers to
    norm = models.CharField(max_length=10, blank=True)  # by the newest edition
    targets = models.JSONField(default=list)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(default=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["area", "check_id", "-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["domain", "area", "check_id"], condition=Q(until__isnull=True), name="perimeter_one_reading"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["domain", "since"], name="perimeter_reading_since")]

    def __str__(self) -> str:
        return f"{self.domain} {self.check_id}: {self.word}"


class IssueState(models.TextChoices):
    """Where an issue is. *Explained* is open with a reason that ends on a day."""

    OPEN = "open", _("Open")
    EXPLAINED = "explained", _("Explained")
    FIXED = "fixed", _("Mended")


class Issue(models.Model):
    """Something wrong on the outside, from the measurement that found it (twice) to the one that no longer did.

    One per name and check.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="issues")
    area = models.CharField(max_length=5)
    check_id = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.OPEN)
    word = models.CharField(max_length=10)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True, blank=True)
    regressions = models.PositiveSmallIntegerField(default=0)
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    term = models.DateField(null=True, blank=True)
    explanation = models.TextField(blank=True)
    explained_until = models.DateField(null=True, blank=True)  # first day on which it counts again

    class Meta:
        ordering: ClassVar = ["-first_seen", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["domain", "area", "check_id"], name="perimeter_one_issue"),
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="perimeter_issue_state"),
            models.CheckConstraint(
                condition=~Q(state="explained") | Q(explained_until__isnull=False), name="perimeter_explained_ends"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "state"], name="perimeter_issue_state_ix")]

    def __str__(self) -> str:
        return f"{self.domain}: {self.check_id}"


class EventKind(models.TextChoices):
    """What happened to an issue."""

    FOUND = "found", _("Found")
    REGRESSED = "regressed", _("Came back")
    WORSENED = "worsened", _("Got worse")
    EASED = "eased", _("Got less bad")
    FIXED = "fixed", _("Mended")
    ASSIGNED = "assigned", _("Given to someone")
    EXPLAINED = "explained", _("Explained")
    REOPENED = "reopened", _("Counts again")
    NOTED = "noted", _("Noted")
    REMEASURE = "remeasure", _("Measured again on request")


class IssueEvent(models.Model):
    """One thing that happened to an issue: by a measurement (run) or by a person."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.issue}: {self.kind}"


class Subscription(models.Model):
    """Who gets a mail when something changes on the outside of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["person__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(until__isnull=True), name="perimeter_subscribed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class Notice(models.Model):
    """What a CSIRT saw of a name of an organisation, told to that organisation. As it was when it was told: never edited.

    ``seen_at``: when that was measured. ``noted_at``: when somebody there took note of it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="notices")
    name = models.CharField(max_length=253)
    area = models.CharField(max_length=5)
    check_id = models.CharField(max_length=40)
    word = models.CharField(max_length=10)
    seen_at = models.DateTimeField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["organisation"], name="perimeter_notice_open", condition=Q(noted_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.check_id}"


class Alert(models.Model):
    """A mail to one person: about what changed in one run, or with a notice of a CSIRT.

    Who may send it is who claims it, so it never goes out twice.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "person"], name="perimeter_alerted_once"),
            models.UniqueConstraint(fields=["notice", "person"], name="perimeter_noticed_once"),
            models.CheckConstraint(
                condition=Q(run__isnull=True) ^ Q(notice__isnull=True), name="perimeter_alert_about_one"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], name="perimeter_alert_wait", condition=Q(claimed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.run or self.notice}: {self.person}"


class Comparing(models.Model):
    """An organisation lets how its names stand, without its name, be part of a comparison. ``ended_at``: no longer."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at__isnull=True), name="perimeter_comparing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class PublicPage(models.Model):
    """An organisation shows in public how its outside stands. Its own choice, and ended when it likes."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name"]

    def __str__(self) -> str:
        return f"{self.organisation}"
