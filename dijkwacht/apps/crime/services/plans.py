"""Plans: what an intervention should do here, what was measured, and what was learned. Every verb writes in the trail."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dijkwacht.apps.crime.models.help import Helped, Measurement, Plan
from dijkwacht.apps.crime.services.doing import Refused, doing
from dijkwacht.apps.crime.services.plan_texts import cleaned, not_later
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.norms.crime_packs import crime_packs

MOST = Decimal("9999999999.99")
DEAREST = 100_000_000  # euros


@dataclass(frozen=True, slots=True)
class Told:
    """What a plan says. See `models.help.Plan`."""

    title: str
    phenomena: Sequence[str]
    goal: str
    indicator: str
    unit: str
    key_person: str
    done_by: str
    start: date
    evaluate_on: date
    intervention: str = ""
    groups: Sequence[str] = ()
    baseline: Decimal | None = None
    target: Decimal | None = None
    cost: int | None = None
    last_day: date | None = None

    def checked(self) -> "Told":
        """The same without stray blanks. Raises Refused: empty, too_long, odd, period, evaluation, number, cost."""
        pack = crime_packs().catalogue
        if self.intervention and self.intervention not in pack.interventions:
            raise Refused("odd", field="intervention")
        for name, known in (("phenomena", pack.phenomena), ("groups", pack.groups)):
            if not {*getattr(self, name)} <= known.keys():
                raise Refused("odd", field=name)
        if not self.phenomena:
            raise Refused("empty", field="phenomena")
        self._days()
        self._numbers()
        texts: dict[str, Any] = {
            name: cleaned(getattr(self, name), name, most=most, needed=True)
            for name, most in (
                ("title", 200), ("goal", 4_000), ("indicator", 300), ("unit", 60), ("key_person", 200), ("done_by", 200),
            )
        }  # fmt: skip
        groups = [each for each in pack.groups if each in self.groups]
        return replace(
            self, phenomena=[each for each in pack.phenomena if each in self.phenomena], groups=groups, **texts
        )

    def _days(self) -> None:
        if self.last_day is not None and self.last_day < self.start:
            raise Refused("period", field="last_day")
        if self.evaluate_on <= self.start:
            raise Refused("evaluation", field="evaluate_on")

    def _numbers(self) -> None:
        for name in ("baseline", "target"):
            checked_number(getattr(self, name), name)
        if self.cost is not None and not 0 <= self.cost <= DEAREST:
            raise Refused("cost", field="cost")


def checked_number(value: Decimal | None, name: str) -> None:
    """Raises Refused (number) for what is no number that fits."""
    if value is not None and not (value.is_finite() and abs(value) <= MOST):
        raise Refused("number", field=name)


def add(organisation: Organisation, *, told: Told, person: Person, at: datetime) -> Plan:
    """A new plan. Raises what `Told.checked` raises."""
    told = told.checked()
    with doing(organisation, person=person, at=at) as deed:
        made = Plan.objects.create(organisation=organisation, at=at, by=person, **asdict(told))
        deed.write("plan_made", about=_about(made), rows=[made], name=made.title)
    return made


def change(plan: Plan, *, told: Told, person: Person, at: datetime) -> Plan:
    """Says otherwise what is planned. Raises Refused: evaluated, measured; and what `Told.checked` raises.

    Once something was measured the unit stays: otherwise the figures would be of something else.
    """
    told = told.checked()
    with doing(plan.organisation, person=person, at=at) as deed:
        now = _open(plan)
        measured = list(now.measurements.all())
        if measured and told.unit != now.unit:
            raise Refused("measured", field="unit")
        if measured and told.start > measured[0].on:
            raise Refused("measured_before", field="start")
        for name, value in asdict(told).items():
            setattr(now, name, value)
        now.save()
        deed.write("plan_changed", about=_about(now), rows=[now], name=now.title)
    return now


def measure(plan: Plan, *, on: date, value: Decimal, source: str, person: Person, at: datetime) -> Measurement:
    """What the indicator was that day. Raises Refused: evaluated, future, before, number, empty, too_long."""
    source = cleaned(source, "source", most=300, needed=True)
    not_later(on, at, "on")
    checked_number(value, "value")
    with doing(plan.organisation, person=person, at=at) as deed:
        now = _open(plan)
        if on < now.start:
            raise Refused("before", field="on")
        found = now.measurements.filter(on=on).first() or Measurement(plan=now, on=on)
        found.value, found.source, found.at, found.by = value, source, at, person
        found.save()
        told = {"name": now.title, "value": f"{value.normalize():f}", "unit": now.unit, "on": on.isoformat()}
        deed.write("plan_measured", about=_about(now), rows=[found], **told)
    return found


def evaluate(plan: Plan, *, on: date, helped: str, learned: str, person: Person, at: datetime) -> Plan:
    """It is over, and this was learned. Raises Refused: evaluated, odd, future, before, empty, too_long, unmeasured.

    That the goal was reached, or was not, rests on a measurement; without one it cannot be said.
    """
    learned = cleaned(learned, "learned", needed=True)
    if helped not in Helped.values:
        raise Refused("odd", field="helped")
    not_later(on, at, "on")
    with doing(plan.organisation, person=person, at=at) as deed:
        now = _open(plan)
        if on < now.start:
            raise Refused("before", field="on")
        if helped != Helped.UNKNOWN and not now.measurements.exists():
            raise Refused("unmeasured", field="helped")
        now.evaluated_on, now.helped, now.learned = on, helped, learned
        now.save()
        deed.write("plan_evaluated", about=_about(now), rows=[now], name=now.title, helped=helped)
    return now


def _open(plan: Plan) -> Plan:
    now = Plan.objects.get(pk=plan.pk)
    if now.evaluated_on is not None:
        raise Refused("evaluated")
    return now


def _about(plan: Plan) -> str:
    return f"crime_plan:{plan.pk}"
