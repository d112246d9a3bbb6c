"""The plan of an organisation: the version that stands, the draft, who lacks a card; and whom to reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dijkwacht.apps.crisis.models import Circle, Contact, Plan
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.crisis import PlanState, missing_roles, plan_state, stale
from dijkwacht.norms.crisis import crisis_pack


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How the plan stands on a day. ``plan``: what to show: the version that stands, else the draft."""

    stands: Plan | None
    draft: Plan | None
    state: PlanState

    @property
    def plan(self) -> Plan | None:
        """The version to look at."""
        return self.stands or self.draft


def plan_standing(organisation: Organisation, *, on: date) -> PlanStanding:
    """The newest adopted version and the draft beside it."""
    rows = list(Plan.objects.filter(organisation=organisation).select_related("made_by")[:2])
    draft = next((each for each in rows if each.adopted_on is None), None)
    stands = next((each for each in rows if each.adopted_on is not None), None)
    state = plan_state(
        adopted_on=stands.adopted_on if stands else None,
        review_on=stands.review_on if stands else None,
        drafted=draft is not None,
        on=on,
    )
    return PlanStanding(stands, draft, state)


def plans(organisation: Organisation) -> QuerySet[Plan]:
    """All versions, the newest first."""
    return Plan.objects.filter(organisation=organisation)


def lacking(plan: Plan) -> tuple[str, ...]:
    """The roles of the template without a card in this version."""
    return missing_roles(crisis_pack().plan.roles, plan.cards.values_list("role", flat=True))


def processes(organisation: Organisation) -> QuerySet[Subject]:
    """The processes of the register that are in use."""
    return Subject.objects.filter(organisation=organisation, kind="process", archived_at__isnull=True).order_by("name")


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact with whether its numbers are old."""

    contact: Contact
    stale: bool


def contacts(organisation: Organisation, *, on: date) -> Mapping[str, list[Reached]]:
    """Whom to reach, by circle, in the order in which the list is read."""
    found: dict[str, list[Reached]] = {each: [] for each in Circle.values}
    after = crisis_pack().plan.checked
    for row in Contact.objects.filter(organisation=organisation, ended_on__isnull=True):
        found[row.circle].append(Reached(row, stale(row.checked_on, after=after, on=on)))
    return found


def stale_contacts(organisation: Organisation, *, on: date) -> tuple[int, int]:
    """How many contacts were not tried lately, of how many."""
    rows = [each for circle in contacts(organisation, on=on).values() for each in circle]
    return sum(each.stale for each in rows), len(rows)
