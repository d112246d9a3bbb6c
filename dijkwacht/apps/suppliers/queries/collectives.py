"""Collective services: what an organisation is a member of, could join or holds, and what one covers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.verdicts import judgement_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Collective, Covering, Membership
from dijkwacht.core.catalog import Requirement
from dijkwacht.core.judge import lines_of
from dijkwacht.core.questions import Question, next_questions
from dijkwacht.core.verdict import Status
from dijkwacht.norms.read import municipalities

NO_REGION = ""


def in_force(on: date) -> Q:
    """The condition that a membership counts on a day; one that begins later is a membership too."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=on)


def memberships(organisation: Organisation, *, on: date) -> QuerySet[Membership]:
    """What an organisation is a member of, also what its holder noted and nobody confirmed yet."""
    rows = Membership.objects.filter(in_force(on), organisation=organisation)
    return rows.select_related("collective__organisation", "organisation").order_by("collective__name", "pk")


def running(on: date) -> QuerySet[Collective]:
    """The services that have not ended on a day."""
    return Collective.objects.filter(Q(until__isnull=True) | Q(until__gt=on)).select_related("organisation")


@dataclass(frozen=True, slots=True)
class Held:
    """A service that we hold: how many confirmed that they take part, and how many were noted and did not answer yet."""

    collective: Collective
    members: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class Together:
    """What an organisation does with others."""

    joined: Sequence[Membership]
    to_confirm: Sequence[Membership]
    could: Sequence[Collective]
    held: Sequence[Held]


def together(organisation: Organisation, *, on: date) -> Together:
    """All of it for one organisation. What ended stays among what we hold."""
    mine = list(memberships(organisation, on=on))
    inside = {each.collective_id for each in mine}
    could = [each for each in running(on) if each.pk not in inside and is_open_for(each, organisation)]
    rows = list(Collective.objects.filter(organisation=organisation))
    numbers = counts(rows, on=on)
    held = [Held(each, *numbers[each.pk]) for each in rows]
    return Together(
        [each for each in mine if each.confirmed_at], [each for each in mine if not each.confirmed_at], could, held
    )


def counts(rows: Iterable[Collective], *, on: date) -> Mapping[int, tuple[int, int]]:
    """Per service, by number: how many take part, and how many were only noted."""
    found = {each.pk: [0, 0] for each in rows}
    members = Membership.objects.filter(in_force(on), collective__in=list(found))
    for pk, confirmed in members.values_list("collective_id", "confirmed_at"):
        found[pk][confirmed is None] += 1
    return {pk: (members, noted) for pk, (members, noted) in found.items()}


@dataclass(frozen=True, slots=True)
class Sight:
    """How an organisation stands to a service. Nobody else finds it."""

    collective: Collective
    holds: bool
    membership: Membership | None
    can_join: bool

    @property
    def member(self) -> bool:
        """Whether it takes part by its own word."""
        return self.membership is not None and self.membership.confirmed_at is not None


def sight(organisation: Organisation, pk: int, *, on: date) -> Sight | None:
    """What this organisation may do with a service; None when it is not there for it."""
    found = Collective.objects.filter(pk=pk).select_related("organisation").first()
    if found is None:
        return None
    mine = memberships(organisation, on=on).filter(collective=found).first()
    ended = found.until is not None and found.until <= on
    can_join = mine is None and not ended and is_open_for(found, organisation)
    holds = found.organisation_id == organisation.pk
    return Sight(found, holds, mine, can_join) if holds or mine or can_join else None


@dataclass(frozen=True, slots=True)
class Covers:
    """A requirement that a service helps to meet, how we stand there, and what is still asked of us.

    ``stands``: verdicts with how many lines have each; ``questions``: what would decide most first. ``rule`` None: no norm in
    force has this requirement.
    """

    row: Covering
    rule: Requirement | None
    stands: Sequence[tuple[Status, int]] = ()
    questions: Sequence[Question] = ()


def covers(collective: Collective, *, on: date, member: Organisation | None = None) -> list[Covers]:
    """What a service covers; with ``member`` also how that organisation stands there. In the order of the norms."""
    norms = packs_on(on).norms
    order = {name: position for position, name in enumerate(norms.requirements)}
    rows = sorted(collective.covers.all(), key=lambda row: (order.get(row.requirement, len(order)), row.requirement))
    if member is None:
        return [Covers(row, norms.requirements.get(row.requirement)) for row in rows]
    names = [row.requirement for row in rows if row.requirement in order]
    judgement = judgement_of(member, on=on, known_at=on, requirements=names)
    found = []
    for row in rows:
        rule = norms.requirements.get(row.requirement)
        lines = list(lines_of(judgement.norms, judgement.world, [row.requirement])) if rule else []
        number = Counter(judgement.verdict(*line).status for line in lines)
        stands = [(status, number[status]) for status in Status if number[status]]
        found.append(Covers(row, rule, stands, next_questions(judgement, lines)))
    return found


@dataclass(frozen=True, slots=True)
class Members:
    """Who takes part in a service that we hold, who was only noted, and who said that it does not take part."""

    joined: Sequence[Membership]
    noted: Sequence[Membership]
    denied: Sequence[Membership]


def members_of(collective: Collective, *, on: date) -> Members:
    """The members by name; only for who holds the service."""
    rows = Membership.objects.filter(collective=collective).select_related("organisation", "collective")
    now = [each for each in rows if each.ended_on is None or each.ended_on > on]
    inside = {each.organisation_id for each in now}
    denied = [
        each
        for each in rows
        if each.told_by_holder and not each.confirmed_at and each.ended_on == each.since
        and each.organisation_id not in inside
    ]  # fmt: skip
    return Members([each for each in now if each.confirmed_at], [each for each in now if not each.confirmed_at], denied)


def could_join(collective: Collective, *, on: date) -> list[Organisation]:
    """Who could take part and does not, by region and name; who denied it is left out."""
    rows = Membership.objects.filter(collective=collective)
    out = {each.organisation_id for each in rows if each.ended_on is None or each.ended_on > on}
    out |= {each.organisation_id for each in members_of(collective, on=on).denied}
    found = Organisation.objects.filter(kind__in=collective.open_to).exclude(pk__in=out)
    if collective.regions:
        found = found.filter(safety_region__in=collective.regions)
    return list(found.order_by("safety_region", "name"))


def by_region(joined: Iterable[Membership], others: Iterable[Organisation]) -> list[tuple[str, int, int]]:
    """Per safety region: how many take part and how many could and do not. Who is in no region comes last."""
    inside = Counter(each.organisation.safety_region for each in joined)
    outside = Counter(each.safety_region for each in others)
    names = sorted({*inside, *outside}, key=lambda name: (name == NO_REGION, name))
    return [(name, inside[name], outside[name]) for name in names]


def regions() -> list[str]:
    """The safety regions, by name."""
    return sorted({each["veiligheidsregio"] for each in municipalities() if each["veiligheidsregio"]})


def is_open_for(collective: Collective, organisation: Organisation) -> bool:
    """Whether an organisation of this kind and region can take part."""
    here = not collective.regions or organisation.safety_region in collective.regions
    return organisation.kind in collective.open_to and here
