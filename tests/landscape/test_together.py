"""Many at once: no name twice, one edition that counts, one open discussion, and nothing that was done here is lost."""

from typing import Any

import pytest

from dijkwacht.apps.landscape.models import Comment, Edition, LocalCell, Topic
from dijkwacht.apps.landscape.queries.cells import cell_mark, landscape_of
from dijkwacht.apps.landscape.queries.verify import verify_landscape
from dijkwacht.apps.landscape.services import cells as services
from dijkwacht.apps.landscape.services import exchange, talk
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.queries import verify
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, People
from tests.landscape.test_cells_services import CELL, GAP, fields
from tests.landscape.test_hostile import KEY, signed
from tests.ledger.test_together import together, tried

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


def whole(organisation: Organisation) -> None:
    held = verify_landscape(organisation)
    assert (held.faulty, held.uncovered) == ([], [])
    assert verify(organisation) is None


def test_cells_that_are_added_at_once_have_each_a_name(organisation: Organisation, does: dict[str, Any]) -> None:
    together(*(lambda: services.add_cell(organisation, fields=fields(), because="x", **does) for _ in range(4)))
    assert len({each.cell for each in LocalCell.objects.all()}) == 4
    whole(organisation)


def test_one_of_two_who_write_a_cell_otherwise_is_told(organisation: Organisation, does: dict[str, Any]) -> None:
    told = {"because": "x", "seen": cell_mark(organisation, CELL), **does}
    calls = [
        tried(lambda n=n: services.change_cell(organisation, CELL, fields=fields(nl=f"Van {n}"), **told))
        for n in range(3)
    ]
    assert sorted(together(*calls)) == ["done", "meanwhile", "meanwhile"]
    assert LocalCell.objects.count() == 1
    whole(organisation)


def test_a_pack_that_is_taken_over_while_a_cell_is_written(organisation: Organisation, does: dict[str, Any]) -> None:
    """Either the change was there first and the page of the pack is old, or it lies over the new pack."""
    data, seen = signed("9", cells={CELL: fields(nl="Van elders")}), exchange.seen_mark(organisation)
    taken, wrote = together(
        tried(lambda: exchange.take_over(organisation, data, choices={}, confirmed=KEY, seen=seen, **does)),
        tried(lambda: services.change_cell(organisation, CELL, fields=fields(nl="Van ons"), because="x", **does)),
    )
    assert wrote == "done"
    assert (taken, Edition.objects.count()) in [("done", 1), ("unchosen", 0), ("seen", 0)]
    assert landscape_of(organisation).cells[CELL].text["nl"] == "Van ons"
    whole(organisation)


def test_one_edition_counts_whoever_takes_over(organisation: Organisation, does: dict[str, Any]) -> None:
    data, seen = signed("9"), exchange.seen_mark(organisation)
    call = tried(lambda: exchange.take_over(organisation, data, choices={}, confirmed=KEY, seen=seen, **does))
    assert sorted(together(call, call, call)) == ["done", "seen", "seen"]
    assert Edition.objects.filter(until=None).count() == 1
    whole(organisation)


def test_one_discussion_whoever_begins(organisation: Organisation, does: dict[str, Any]) -> None:
    together(*(lambda n=n: talk.say(organisation, GAP, text=f"Vraag {n}", **does) for n in range(4)))
    assert (Topic.objects.count(), Comment.objects.count()) == (1, 4)
    whole(organisation)
