"""The incident desk of the demo: through the real verbs, said to be invented, and whole in the trail."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dijkwacht.apps.incidents.models import Clock, Delivery, Incident, Rehearsal
from dijkwacht.apps.incidents.queries.rehearsals import outcome
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.services import settling, ticking
from dijkwacht.demo import incidents
from tests.world import build

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def world(db: None) -> Any:
    made = build(on=ON)
    incidents.play(made, at=AT)
    return made


def test_the_story_of_the_demo(world) -> None:
    dijkstad = world.organisations["dijkstad"]
    rows = {
        each.state + ("!" if each.exercise else ""): each for each in Incident.objects.filter(organisation=dijkstad)
    }
    assert set(rows) == {"open", "closed", "closed!"}
    running = rows["open"]
    states = dict(Clock.objects.filter(incident=running).exclude(state="void").values_list("rule", "state"))
    assert states == {"cbw-26": "met", "cbw-27": "running", "cbw-36": "running"}
    late = Clock.objects.filter(state="running", due_at__lt=AT)
    assert not late.exists(), "the demo begins in time"
    assert Clock.objects.get(rule="cbw-44-change").state == "running"
    found = outcome(Rehearsal.objects.get(), at=AT)
    assert {each.rule: each.late for each in found.terms} == {"cbw-26": 0, "cbw-27": 1, "cbw-29-1": 0}
    assert all(each.receipt for each in Delivery.objects.filter(receiver="ncsc"))
    assert not Delivery.objects.filter(report__incident__exercise=True, organisation__isnull=False).exists()
    assert settling.say(dijkstad, at=AT)["notification.rehearsed_on"] == date(2026, 11, 5)
    assert verify_incidents(dijkstad).faulty == []
    assert ticking.fire(at=AT).alerts > 0
