"""The register of risks: each with its weighings, its treatment and what is being done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from dijkwacht.apps.isms.models import Action, Deviation, Risk, Treatment, TreatmentKind, Weighing, WeighingKind
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.days import add
from dijkwacht.core.isms import Scale
from dijkwacht.core.isms_cycle import Pressing, pressing
from dijkwacht.core.isms_risk import Weight, weigh
from dijkwacht.norms.read import isms_on


@dataclass(frozen=True, slots=True)
class Entry:
    """A risk in the register. ``inherent``, ``residual``: the last weighing of each kind; ``weight``: the one that counts.

    ``treat_before``: when nothing was chosen yet, before when that must happen.
    """

    risk: Risk
    inherent: Weight | None
    residual: Weight | None
    treatment: Treatment | None
    actions: tuple[Action, ...]
    treat_before: date | None
    pressing: Pressing

    @property
    def weight(self) -> Weight | None:
        """What remains; as long as that was not weighed, what there is without measures."""
        return self.residual or self.inherent

    @property
    def rank(self) -> int:
        """How serious, 0 for not weighed."""
        return self.weight.band.rank if self.weight else 0


def register(organisation: Organisation, *, on: date, closed: bool = False) -> list[Entry]:
    """The risks that stand (or, if asked, those that were closed), the most serious first; five queries."""
    rows = _rows(Risk.objects.filter(organisation=organisation, closed_on__isnull=not closed))
    return sorted((entry(each, on=on) for each in rows), key=lambda each: (-each.rank, each.risk.number))


def risk(organisation: Organisation, pk: int) -> Risk | None:
    """One risk with all that belongs to it; None when it is another's."""
    return _rows(Risk.objects.filter(organisation=organisation, pk=pk)).first()


def entry(found: Risk, *, on: date) -> Entry:
    """A risk as it stands on a day. The risk has its weighings, treatments and actions fetched already."""
    scale = isms_on(on).scale
    by_kind = {kind: _last(scale, found.weighings.all(), kind) for kind in WeighingKind.values}
    inherent, residual = by_kind["inherent"], by_kind["residual"]
    treatment = next((each for each in found.treatments.all() if each.superseded_on is None), None)
    weight = residual or inherent
    before = None
    if treatment is None and weight is not None and found.closed_on is None:
        before = add(found.opened_on, weight.band.act_within)
    if treatment is not None and treatment.kind == TreatmentKind.ACCEPT:
        before = treatment.until
    state = pressing(before, done=found.closed_on is not None, on=on)
    actions = tuple(each for each in found.actions.all() if each.open)
    return Entry(found, inherent, residual, treatment, actions, before, state)


def weight_of(found: Risk, *, on: date) -> Weight | None:
    """The weight of a risk that counts now; None when it was never weighed."""
    scale = isms_on(on).scale
    rows = list(found.weighings.all())
    return _last(scale, rows, WeighingKind.RESIDUAL) or _last(scale, rows, WeighingKind.INHERENT)


def deviations(organisation: Organisation) -> QuerySet[Deviation]:
    """The guidelines that are not followed for now, the first to end first."""
    rows = Deviation.objects.filter(organisation=organisation, ended_on__isnull=True)
    return rows.select_related("risk", "granted_by").order_by("until", "pk")


def owned(found: Sequence[Entry], person: Person) -> list[Entry]:
    """Those of one person."""
    return [each for each in found if each.risk.owner_id == person.pk]


def _rows(rows: QuerySet[Risk]) -> QuerySet[Risk]:
    return rows.select_related("owner", "organisation").prefetch_related(
        Prefetch("weighings", Weighing.objects.select_related("person")),
        Prefetch("treatments", Treatment.objects.select_related("decided_by")),
        Prefetch("actions", Action.objects.select_related("owner")),
        "subjects",
    )


def _last(scale: Scale, rows: Sequence[Weighing] | QuerySet[Weighing], kind: str) -> Weight | None:
    """The last weighing of a kind, the latest row first; one that no longer fits the scale counts as none."""
    for each in rows:
        if each.kind == kind:
            try:
                return weigh(scale, each.likelihood, each.impacts)
            except ValueError:
                return None
    return None
