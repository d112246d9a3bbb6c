"""How we get away from the services that must not fail: which have no plan, an old one, one that nobody tried out."""

from dataclasses import dataclass
from datetime import date, timedelta

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import ExitPlan, Service
from dijkwacht.apps.suppliers.queries.tiers import weighed
from dijkwacht.core.suppliers.tier import Graded
from dijkwacht.norms.suppliers import supplier_rules

OLD = timedelta(days=365)
"""After this a plan that nobody looked at is called old. Our choice: no norm that we know sets a term."""


@dataclass(frozen=True, slots=True)
class Exit:
    """A service of the heaviest tier, or that may be, and its plan. ``sure``: False when something not known could make it so."""

    service: Service
    graded: Graded
    sure: bool
    plan: ExitPlan | None
    old: bool

    @property
    def lacks(self) -> bool:
        """Whether it has not a plan that is looked after and was tried out."""
        return self.plan is None or self.old or self.plan.tested_on is None


def exits(organisation: Organisation, *, on: date) -> list[Exit]:
    """Every service that is of the heaviest tier or may turn out to be, those that lack most first."""
    heaviest = max(supplier_rules().tiers, key=lambda each: each.rank)
    weights = {pk: each.graded for pk, each in weighed(organisation, on=on).items() if each.graded.at_most == heaviest}
    rows = Service.objects.filter(pk__in=weights).select_related("supplier", "owner")
    plans = {each.service_id: each for each in ExitPlan.objects.filter(service__in=weights).select_related("owner")}
    found = [_exit(row, weights[row.pk], plans.get(row.pk), on=on) for row in rows]
    return sorted(found, key=lambda each: (not each.sure, _rank(each), each.service.name, each.service.pk))


def _exit(row: Service, graded: Graded, plan: ExitPlan | None, *, on: date) -> Exit:
    return Exit(row, graded, graded.tier == graded.at_most, plan, plan is not None and plan.reviewed_on + OLD < on)


def _rank(each: Exit) -> int:
    if each.plan is None:
        return 0
    return 1 if each.old else 2 if each.plan.tested_on is None else 3
