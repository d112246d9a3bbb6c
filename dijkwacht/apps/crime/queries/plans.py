"""Plans that run here: how each stands on a day, why it asks attention, and what runs against which phenomenon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dijkwacht.apps.crime.models.help import Measurement, Plan
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.crime.interventions import Intervention, Stand, stand
from dijkwacht.norms.crime_packs import crime_packs

_ORDER = (Stand.OVER, Stand.EVALUATE, Stand.ENDS, Stand.RUNS, Stand.AHEAD, Stand.DONE)


class Late(StrEnum):
    """Why a plan asks attention."""

    OVER = "over"  # it ended, and nobody wrote what was learned
    EVALUATE = "evaluate"  # the day of the evaluation has come
    ENDS = "ends"  # it ends soon
    UNMEASURED = "unmeasured"  # it has begun and nothing was measured
    NO_BASELINE = "no_baseline"  # there is nothing to compare a measurement with


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan as it stands. ``measured``: from old to new."""

    row: Plan
    intervention: Intervention | None
    stand: Stand
    late: tuple[Late, ...]
    measured: Sequence[Measurement]

    @property
    def runs(self) -> bool:
        """Whether it runs: it has begun, its last day has not passed, and it was not evaluated."""
        return self.stand not in (Stand.AHEAD, Stand.DONE) and Late.OVER not in self.late

    @property
    def last(self) -> Measurement | None:
        """The newest measurement."""
        return self.measured[-1] if self.measured else None


def plans(organisation: Organisation, *, on: date) -> list[Seen]:
    """All plans of an organisation: what asks attention first, then what runs, then what is to come and what was learned."""
    rows = Plan.objects.filter(organisation=organisation).select_related("organisation", "by")
    found = [seen(each, on=on) for each in rows.prefetch_related("measurements")]
    return sorted(found, key=lambda each: (_ORDER.index(each.stand), each.row.evaluate_on, each.row.title.casefold()))


def seen(row: Plan, *, on: date) -> Seen:
    """One plan as it stands on a day."""
    packs = crime_packs()
    found = stand(
        start=row.start, end=row.last_day, evaluate_on=row.evaluate_on, evaluated=row.evaluated_on is not None, on=on,
        ahead=packs.figures.ends_ahead,
    )  # fmt: skip
    measured = list(row.measurements.all())
    return Seen(
        row, packs.catalogue.interventions.get(row.intervention), found, _late(row, found, measured, on), measured
    )


def _late(row: Plan, found: Stand, measured: Sequence[Measurement], on: date) -> tuple[Late, ...]:
    if found is Stand.DONE:
        return ()
    ended = row.last_day is not None and on > row.last_day
    begun = on >= row.start
    reasons = {
        Late.OVER: ended,
        Late.EVALUATE: on >= row.evaluate_on,
        Late.ENDS: found is Stand.ENDS,
        Late.UNMEASURED: begun and not measured,
        Late.NO_BASELINE: begun and row.baseline is None,
    }
    return tuple(each for each, holds in reasons.items() if holds)


def plan(organisation: Organisation, pk: int, *, on: date) -> Seen | None:
    """One of them; None when this organisation has no such plan."""
    row = Plan.objects.filter(organisation=organisation, pk=pk).select_related("organisation", "by").first()
    return None if row is None else seen(row, on=on)


def running(organisation: Organisation, *, on: date) -> frozenset[str]:
    """The interventions of the catalogue that run here."""
    return frozenset(each.row.intervention for each in plans(organisation, on=on) if each.runs) - {""}
