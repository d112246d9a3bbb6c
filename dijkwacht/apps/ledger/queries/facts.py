"""Facts: what stands for a question, and everything that was ever recorded of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from dijkwacht.apps.ledger import runs, values
from dijkwacht.apps.ledger.models import Assignment, Claim, Deferral, Evidence, Fact, Subject
from dijkwacht.apps.ledger.packs import Packs, packs_on
from dijkwacht.apps.ledger.queries.world import gather
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.facts import FactType
from dijkwacht.core.select import Choice, choices, expiry


@dataclass(frozen=True, slots=True)
class Saying:
    """A fact with its value as the engine has it, its evidence, and the last day on which it was seen."""

    fact: Fact
    value: Any
    evidence: tuple[Evidence, ...]
    seen_on: date

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.fact.superseded_at is None


@dataclass(frozen=True, slots=True)
class QuestionState:
    """What stands for one question on a day.

    ``choice``: which fact counts for the engine, or why none does. ``stale_at``: the first day on which that has run out.
    ``token``: give it back as ``seen`` with the answer. ``standing``: our own facts; what is inherited is in the choice.
    """

    subject: Subject
    fact_type: FactType
    standing: tuple[Saying, ...]
    choice: Choice
    stale_at: date | None
    token: int


def question(subject: Subject, fact_type: str, *, on: date) -> QuestionState:
    """What stands for a question, with the token to answer it. Raises KeyError when no pack knows the fact type."""
    packs = packs_on(on)
    kind = packs.fact_type(fact_type)
    standing = _sayings(_rows(subject, fact_type).filter(superseded_at__isnull=True), packs)
    world = gather(subject.organisation, packs=packs, known_at=on, fact_types={fact_type}).world
    choice = choices(world.facts.get((subject.key, fact_type), ()), kind, on=on, known_at=on)[0][1]
    token = max((each.fact.pk for each in standing), default=0)
    return QuestionState(subject, kind, standing, choice, expiry(choice, kind, on), token)


def history(subject: Subject, fact_type: str, *, on: date) -> tuple[Saying, ...]:
    """Everything that was ever recorded of a question, closed facts included, the latest first."""
    return _sayings(_rows(subject, fact_type).order_by("-pk"), packs_on(on))


def made_by(organisation: Organisation, act: int) -> QuerySet[Fact]:
    """The facts that an act recorded."""
    return Fact.objects.filter(organisation=organisation, act=act).select_related("subject", "person")


def fact(organisation: Organisation, pk: int) -> Fact | None:
    """One fact of this organisation; None when it is another's."""
    rows = Fact.objects.filter(organisation=organisation, pk=pk)
    return rows.select_related("subject", "person", "organisation").first()


def claims(organisation: Organisation, requirement: str = "") -> QuerySet[Claim]:
    """What a self-assessment says now, of one requirement or of all."""
    rows = Claim.objects.filter(organisation=organisation, superseded_at__isnull=True).select_related("subject")
    return rows.filter(requirement=requirement) if requirement else rows


def assignments(organisation: Organisation, *, person: Person | None = None) -> QuerySet[Assignment]:
    """What is asked and not done, of everybody or of one person; the oldest first."""
    rows = Assignment.objects.filter(organisation=organisation, done_on__isnull=True)
    rows = rows.select_related("person", "asked_by", "subject")
    return rows.filter(person=person) if person else rows


def owners(organisation: Organisation) -> dict[str, Person]:
    """Per requirement who looks after it: the last who was asked to."""
    rows = Assignment.objects.filter(organisation=organisation, done_on__isnull=True).exclude(requirement="")
    return {row.requirement: row.person for row in rows.select_related("person").order_by("pk")}


def deferred(organisation: Organisation, *, person: Person | None = None) -> frozenset[tuple[str, str]]:
    """The questions (subject key, fact type) that a person, or anybody, said not to know."""
    rows = Deferral.objects.filter(organisation=organisation)
    rows = rows.filter(person=person) if person else rows
    return frozenset(rows.values_list("subject__key", "fact_type"))


def _rows(subject: Subject, fact_type: str) -> QuerySet[Fact]:
    rows = Fact.objects.filter(organisation=subject.organisation_id, subject=subject, fact_type=fact_type)
    return rows.select_related("person").prefetch_related("evidence")


def _sayings(rows: QuerySet[Fact], packs: Packs) -> tuple[Saying, ...]:
    return tuple(
        Saying(
            row, values.read(packs.fact_type(row.fact_type), row.value), tuple(row.evidence.all()),
            runs.last(row.observed) or row.valid_from,
        )
        for row in rows
    )  # fmt: skip
