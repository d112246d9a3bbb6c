"""The outside of the demo: through the real judge, said to be invented, and whole in the trail."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dijkwacht.apps.perimeter.models import Domain, Issue, Observation, Reading, Run
from dijkwacht.apps.perimeter.queries import issues
from dijkwacht.apps.perimeter.queries.verify import verify_perimeter
from dijkwacht.commands.verifying import verify
from dijkwacht.demo import perimeter
from tests.standing import again, standing
from tests.world import build

ON = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def made() -> Any:
    found = build(on=ON)
    perimeter.measure(found, at=AT)
    return found


stands = standing(made)


@pytest.fixture
def world(stands: Any, db: None, tmp_path: Any) -> Any:
    return again(stands, tmp_path)


def test_the_story_of_the_demo(world) -> None:
    dijkstad = world.organisations["dijkstad"]
    assert set(Run.objects.values_list("tool", "state")) == {(perimeter.TOOL, "done")}
    standing = issues.standing(dijkstad, on=ON)
    assert (standing.wrong, standing.late, standing.pressing, standing.explained) == (3, 1, 1, 1)
    assert {each.check_id for each in issues.suspected(dijkstad)} == {"tls_version", "tls_ciphers"}
    found = {(each.domain.name, each.check_id): each.state for each in Issue.objects.select_related("domain")}
    assert found["geo.dijkstad.example", "certificate_expiry"] == "open"
    assert found["raad.dijkstad.example", "https_hsts"] == "fixed"
    assert Domain.objects.filter(state="proposed").count() == 3


def test_nothing_of_it_is_left_unmeasured_or_untold(world) -> None:
    dijkstad = world.organisations["dijkstad"]
    assert not Reading.objects.filter(until=None, word="error").exists()
    assert Observation.objects.filter(domain__state="watched").values("domain").distinct().count() == 5
    assert verify_perimeter(dijkstad).faulty == []
    found = verify(dijkstad, on=ON, at=AT)
    assert found.well, found.lines


def test_all_names_are_of_the_demo_or_reserved_for_examples(world) -> None:
    assert all(name.endswith(".example") for name in Domain.objects.values_list("name", flat=True))
