"""Joint reviews: one opens a review of a service, its supplier answers once, several judge, everybody who joined may adopt it.

What was answered and judged is never edited: a later word stands beside the earlier, and counts in its place.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.ledger.models import Evidence, Subject
from dijkwacht.apps.people.models import TLP_CHOICES, Organisation
from dijkwacht.apps.suppliers.models.columns import organisation_column, person_column
from dijkwacht.apps.suppliers.models.proof import Severity
from dijkwacht.apps.suppliers.models.register import Service, ServiceKind, Supplier
from dijkwacht.core.access import Tlp
from dijkwacht.core.suppliers.review import Phase


class ReviewPhase(models.TextChoices):
    """How far a review is (`core/suppliers/review.py` says from where one may come where)."""

    DRAFT = Phase.DRAFT.value, _("Being prepared")
    ANSWERING = Phase.ANSWERING.value, _("The supplier answers")
    JUDGING = Phase.JUDGING.value, _("Being judged")
    CONCLUDED = Phase.CONCLUDED.value, _("Concluded")
    WITHDRAWN = Phase.WITHDRAWN.value, _("Withdrawn")


class Word(models.TextChoices):
    """What somebody found of an answer."""

    HOLDS = "holds", _("Shown to be so")
    NOT_SHOWN = "not_shown", _("Not shown")
    DOES_NOT_HOLD = "does_not_hold", _("Not so")


class PartyRole(models.TextChoices):
    """What an organisation does in a review: look, or only take over what comes out."""

    REVIEWER = "reviewer", _("Reviews along")
    JOINED = "joined", _("Joined")


class Business(models.Model):
    """The supplier that an organisation here is: its number, and what the others call it. Made with the first invitation."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="business")
    kvk = models.CharField(max_length=8, unique=True)
    invited_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.kvk})"


class Review(models.Model):
    """A joint review of one service of one supplier. ``organisation``: who opened it and keeps it.

    ``subject``: of kind joint_review, what the facts that come out are about; made when it is concluded first. ``until``: the
    first day on which the outcome no longer holds. ``portal``: the supplier's organisation here.
    """

    organisation = organisation_column()
    portal = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    service = models.CharField(max_length=200)  # what is reviewed, by the name that its users know
    kind = models.CharField(max_length=20, choices=ServiceKind.choices)
    scope = models.TextField(blank=True)
    question_set = models.CharField(max_length=40)
    version = models.CharField(max_length=20)  # of the pack from which the questions came
    phase = models.CharField(max_length=10, choices=ReviewPhase.choices, default=ReviewPhase.DRAFT)
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES, default=Tlp.AMBER.value)
    answer_before = models.DateField()
    judge_before = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = person_column()
    sent_at = models.DateTimeField(null=True, blank=True)  # to the supplier
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = person_column()
    concluded_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(judge_before__gte=F("answer_before")), name="review_in_order"),
            models.CheckConstraint(condition=~Q(organisation=F("portal")), name="review_of_another"),
            models.CheckConstraint(condition=Q(phase__in=ReviewPhase.values), name="review_phase"),
        ]
        indexes: ClassVar = [models.Index(fields=["portal", "phase"], name="review_portal")]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """An organisation that takes part. It sees the outcome while it does; who reviews sees answers and files too."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="parties")
    organisation = organisation_column()
    role = models.CharField(max_length=10, choices=PartyRole.choices)
    since = models.DateField()
    added_by = person_column()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "organisation"], condition=Q(ended_on__isnull=True), name="party_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.review}"


class Invitation(models.Model):
    """A mail to somebody of an organisation that reviews along: what is asked of it, and where. Sent once."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invitations")
    person = person_column()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["party", "person"], name="review_invitation_once")]
        indexes: ClassVar = [
            models.Index(fields=["claimed_at"], name="review_invitation_waits", condition=Q(claimed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.person_id}"


class Question(models.Model):
    """A question of a review as it was put: later versions of the pack do not change it. ``fact``: what it settles."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="questions")
    key = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=40)
    text = models.JSONField()  # per language
    verify = models.JSONField()  # per language: what proof convinces
    fact = models.CharField(max_length=120)
    links = models.JSONField(default=list)
    left_out_because = models.TextField(blank=True)  # not empty: it is not asked, and why
    first_eyes = person_column()
    second_eyes = person_column()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "key"], name="review_question_once")]

    def __str__(self) -> str:
        return f"{self.review}: {self.key}"


class Reply(models.Model):
    """An answer of the supplier. The last counts. ``value``: in the form of the fact type; None: it says in words why not."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    value = models.JSONField(null=True, blank=True)
    text = models.TextField(blank=True)
    person = person_column()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Exhibit(models.Model):
    """A file that the supplier puts with an answer; it stays the supplier's. ``tlp`` RED or AMBER+STRICT: for reviewers only."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="exhibits")
    file = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    tlp = models.CharField(max_length=12, choices=TLP_CHOICES, default=Tlp.AMBER.value)
    added_by = person_column()
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.file}"


class Looked(models.Model):
    """Who opened a file of the supplier, for which organisation: the supplier may see that."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="looked")
    organisation = organisation_column()
    person = person_column()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.exhibit}: {self.organisation}"


class Judgement(models.Model):
    """What one person of one organisation found of an answer; a later word of the same person counts in its place."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="judgements")
    organisation = organisation_column()
    person = person_column()
    word = models.CharField(max_length=14, choices=Word.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(word__in=Word.values), name="judgement_word")]

    def __str__(self) -> str:
        return f"{self.question}: {self.word}"


class ReviewFinding(models.Model):
    """Something found wrong. It counts when a second person confirmed it (``confirmed_by`` another than ``raised_by``).

    ``mended_on``: when a reviewer saw that it is mended, after the supplier said so (``claimed_on``).
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="findings")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    due = models.DateField()
    raised_by = person_column()
    raised_for = organisation_column()
    raised_at = models.DateTimeField()
    confirmed_by = person_column()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    replied_by = person_column()
    replied_at = models.DateTimeField(null=True, blank=True)
    claimed_on = models.DateField(null=True, blank=True)
    mended_on = models.DateField(null=True, blank=True)
    mended_by = person_column()
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = person_column()
    accepted_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("raised_by")), name="finding_four_eyes"
            ),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="finding_severity"),
        ]

    def __str__(self) -> str:
        return self.title


class Adoption(models.Model):
    """An organisation takes over what a review found, for its own supplier: from then on those facts count for it.

    Ended by itself (``ended_on``, with why), or because the review was withdrawn or ran out; then they are unknown again.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="adoptions")
    organisation = organisation_column()
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="adoptions")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions")
    remark = models.TextField(blank=True)
    adopted_on = models.DateField()
    adopted_by = person_column()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = person_column()
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-adopted_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "supplier"], condition=Q(ended_on__isnull=True), name="adoption_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.review}"
