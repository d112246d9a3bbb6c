"""Plans: what they must say, what is measured, how they end; and that the trail holds all of it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dijkwacht.apps.crime.models.help import Measurement, Plan
from dijkwacht.apps.crime.queries import plans as queries
from dijkwacht.apps.crime.queries.plans import Late
from dijkwacht.apps.crime.queries.verify import verify_crime
from dijkwacht.apps.crime.services import plans as services
from dijkwacht.apps.crime.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.crime.interventions import Stand
from tests.crime.plan_made import told
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def plan(organisation: Organisation, does: dict[str, Any]) -> Plan:
    return services.add(organisation, told=told(), **does)


def measured(plan: Plan, does: dict[str, Any], value: str = "40", **changed: Any) -> Measurement:
    told = {"on": TODAY - DAY, "value": Decimal(value), "source": "Rollenspel, 60 deelnemers", **changed}
    return services.measure(plan, **told, **does)


@pytest.mark.parametrize(
    ("code", "field", "changed"),
    [
        ("empty", "title", {"title": "  "}),
        ("empty", "goal", {"goal": ""}),
        ("empty", "phenomena", {"phenomena": []}),
        ("odd", "phenomena", {"phenomena": ["weather"]}),
        ("odd", "groups", {"groups": ["everybody"]}),
        ("odd", "intervention", {"intervention": "miracle"}),
        ("too_long", "unit", {"unit": "x" * 61}),
        ("too_long", "goal", {"goal": "x" * 4_001}),
        ("period", "last_day", {"last_day": TODAY - 31 * DAY}),
        ("evaluation", "evaluate_on", {"evaluate_on": TODAY - 30 * DAY}),
        ("number", "baseline", {"baseline": Decimal("NaN")}),
        ("number", "target", {"target": Decimal("1e12")}),
        ("cost", "cost", {"cost": -1}),
    ],
)
def test_what_a_plan_must_say(organisation, does, code, field, changed) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused, match=code) as wrong:
        services.add(organisation, told=told(**changed), **does)
    assert wrong.value.params["field"] == field
    assert not Plan.objects.exists()
    assert not Entry.objects.filter(act__startswith="crime.").exists()


def test_every_verb_is_an_entry_and_the_marks_hold(
    organisation: Organisation, plan: Plan, does: dict[str, Any]
) -> None:
    services.change(plan, told=told(title="Bel altijd terug"), **does)
    measured(plan, does)
    services.evaluate(plan, on=TODAY, helped="partly", learned="Rollenspel werkt.", **does)
    acts = list(Entry.objects.filter(act__startswith="crime.").order_by("seq").values_list("act", flat=True))
    assert acts == ["crime.plan_made", "crime.plan_changed", "crime.plan_measured", "crime.plan_evaluated"]
    assert verify_crime(organisation).faulty == []
    Measurement.objects.update(value=99)
    assert verify_crime(organisation).faulty


def test_a_day_is_measured_once_and_what_comes_later_replaces_it(plan: Plan, does: dict[str, Any]) -> None:
    measured(plan, does, "40")
    measured(plan, does, "41")
    assert [each.value for each in plan.measurements.all()] == [41]
    assert Entry.objects.filter(act="crime.plan_measured").count() == 2


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("future", {"on": TODAY + DAY}), ("before", {"on": TODAY - 31 * DAY}), ("empty", {"source": " "}),
        ("number", {"value": Decimal("Infinity")}),
    ],
)  # fmt: skip
def test_what_cannot_be_measured(plan: Plan, does: dict[str, Any], code: str, changed: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=code):
        services.measure(plan, **{"on": TODAY, "value": Decimal(1), "source": "geteld", **changed}, **does)


def test_the_unit_stays_once_something_was_measured(plan: Plan, does: dict[str, Any]) -> None:
    measured(plan, does)
    with pytest.raises(Refused, match="measured"):
        services.change(plan, told=told(unit="aantal"), **does)
    with pytest.raises(Refused, match="measured_before"):
        services.change(plan, told=told(start=TODAY), **does)
    services.change(plan, told=told(goal="Iedereen hangt op."), **does)


def test_without_a_measurement_nobody_can_say_that_it_helped(plan: Plan, does: dict[str, Any]) -> None:
    for helped in ("yes", "partly", "no"):
        with pytest.raises(Refused, match="unmeasured"):
            services.evaluate(plan, on=TODAY, helped=helped, learned="Het was gezellig.", **does)
    services.evaluate(plan, on=TODAY, helped="unknown", learned="Niets gemeten.", **does)


def test_what_was_evaluated_does_not_change(plan: Plan, does: dict[str, Any]) -> None:
    services.evaluate(plan, on=TODAY, helped="unknown", learned="Niets gemeten.", **does)
    again = {"on": TODAY, "helped": "unknown", "learned": "Toch."}
    for deed in (
        lambda: services.change(plan, told=told(), **does), lambda: measured(plan, does),
        lambda: services.evaluate(plan, **again, **does),
    ):  # fmt: skip
        with pytest.raises(Refused, match="evaluated"):
            deed()


@pytest.mark.parametrize(
    ("changed", "stand", "late"),
    [
        ({"start": TODAY + DAY}, Stand.AHEAD, ()),
        ({}, Stand.RUNS, (Late.UNMEASURED, Late.NO_BASELINE)),
        ({"baseline": Decimal(3)}, Stand.RUNS, (Late.UNMEASURED,)),
        ({"last_day": TODAY + 5 * DAY, "baseline": Decimal(3)}, Stand.ENDS, (Late.ENDS, Late.UNMEASURED)),
        ({"last_day": TODAY - DAY, "baseline": Decimal(3)}, Stand.OVER, (Late.OVER, Late.UNMEASURED)),
        ({"evaluate_on": TODAY, "baseline": Decimal(3)}, Stand.EVALUATE, (Late.EVALUATE, Late.UNMEASURED)),
    ],
)
def test_how_a_plan_stands_and_why(organisation, does, changed, stand, late) -> None:  # type: ignore[no-untyped-def]
    made = services.add(organisation, told=told(**changed), **does)
    seen = queries.plan(organisation, made.pk, on=TODAY)
    assert seen is not None
    assert (seen.stand, seen.late) == (stand, late)


def test_what_runs_here(
    organisation: Organisation, other_organisation: Organisation, plan: Plan, does: dict[str, Any]
) -> None:
    services.add(organisation, told=told(intervention="hackshield", phenomena=["general", "bank_helpdesk"]), **does)
    services.add(organisation, told=told(title="Later", start=TODAY + DAY), **does)
    services.add(other_organisation, told=told(title="Van hen"), **does)
    assert queries.running(organisation, on=TODAY) == {"hackshield"}
    assert queries.plan(other_organisation, plan.pk, on=TODAY) is None
