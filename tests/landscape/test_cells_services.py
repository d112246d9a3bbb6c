"""Own cells, discussions and packs: what each leaves, what is refused, and that the trail tells of it."""

import json
from typing import Any

import pytest

from dijkwacht.adapters import landscape_pack as adapter
from dijkwacht.adapters import signing
from dijkwacht.apps.landscape.models import Comment, Doing, Edition, LocalCell, Topic
from dijkwacht.apps.landscape.queries.cells import landscape_of
from dijkwacht.apps.landscape.queries.verify import verify_landscape
from dijkwacht.apps.landscape.services import cells as services
from dijkwacht.apps.landscape.services import exchange, talk
from dijkwacht.apps.landscape.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.landscape.form import plain
from dijkwacht.core.landscape.merge import Choice
from dijkwacht.norms.landscape import landscape_pack
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
CELL, GAP = "ibd_helps_24x7", "gap:disruption/response/supervision"


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


def fields(**changed: Any) -> dict[str, Any]:
    return {**plain(landscape_pack().landscape.cells[CELL]), **changed}


def acts(organisation: Organisation) -> list[str]:
    rows = Entry.objects.filter(organisation=organisation, act__startswith="landscape.").order_by("pk")
    return [each.removeprefix("landscape.") for each in rows.values_list("act", flat=True)]


def stranger(**changed: Any) -> tuple[bytes, str]:
    """A pack signed with a key that nobody here has, and the number of that key."""
    pem = signing.make()[0]
    content = adapter.content(landscape_pack().landscape, name="Pak", version="9", publisher="Elders", on=TODAY)
    cells: Any = {**content["cells"], CELL: fields(**changed)}
    return adapter.sign({**content, "cells": cells}, pem=pem), signing.key_id(signing.public_of(pem))


def test_each_deed_stands_in_the_trail_and_the_trail_holds(
    organisation: Organisation, does: dict[str, Any], people: People
) -> None:
    made = services.add_cell(organisation, fields=fields(nl="Nieuw"), because="x", **does)
    services.change_cell(organisation, made.cell, fields=fields(nl="Anders"), because="x", **does)
    services.hide_cell(organisation, CELL, because="x", **does)
    services.restore_cell(organisation, CELL, **does)
    talk.say(organisation, GAP, text="Wie?", **does)
    talk.assign(organisation, GAP, owner=people("safety_adviser"), due=TODAY, **does)
    talk.decide(organisation, GAP, decision="Niemand.", **does)
    assert acts(organisation) == [
        "cell_added", "cell_changed", "cell_hidden", "cell_restored", "topic_commented", "topic_assigned", "topic_decided",
    ]  # fmt: skip
    assert not verify_landscape(organisation).faulty
    LocalCell.objects.filter(until__isnull=True).update(because="stiekem")
    assert verify_landscape(organisation).faulty


def test_the_trail_names_what_was_discussed(organisation: Organisation, does: dict[str, Any]) -> None:
    talk.say(organisation, GAP, text="Wie?", **does)
    entry = Entry.objects.get(act="landscape.topic_commented")
    assert entry.detail["name"] == "Digitale ontwrichting, Respons, Toezicht"


def test_what_is_not_there_is_not_discussed(organisation: Organisation, does: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="gone"):
        talk.say(organisation, "cell:nothing", text="x", **does)
    assert not Comment.objects.exists()


def test_after_a_decision_a_new_discussion_begins(organisation: Organisation, does: dict[str, Any]) -> None:
    talk.decide(organisation, GAP, decision="Zo.", **does)
    talk.say(organisation, GAP, text="Toch niet?", **does)
    assert Topic.objects.filter(about=GAP).count() == 2


def test_back_to_what_the_pack_says_leaves_nothing_local(organisation: Organisation, does: dict[str, Any]) -> None:
    services.change_cell(organisation, CELL, fields=fields(nl="Wij"), because="x", **does)
    assert landscape_of(organisation).cells[CELL].text["nl"] == "Wij"
    assert services.change_cell(organisation, CELL, fields=fields(), because="x", **does) is None
    assert landscape_of(organisation).cells[CELL] == landscape_pack().landscape.cells[CELL]


def test_an_own_cell_never_takes_the_name_of_one_of_another(
    organisation: Organisation, other_organisation: Organisation, does: dict[str, Any]
) -> None:
    theirs = services.add_cell(other_organisation, fields=fields(nl="Van hen"), because="x", **does)
    data = exchange.make_pack(other_organisation, **does)
    exchange.take_over(organisation, data, choices={}, confirmed="", **does)
    ours = services.add_cell(organisation, fields=fields(nl="Van ons"), because="x", **does)
    found = landscape_of(organisation).cells
    assert (found[theirs.cell].text["nl"], found[ours.cell].text["nl"]) == ("Van hen", "Van ons")


@pytest.mark.parametrize(
    ("changed", "field"), [({"actor": "nobody"}, "actor"), ({"nl": " "}, "nl"), ({"as_of": "later"}, "as_of")]
)
def test_what_is_no_cell(organisation: Organisation, does: dict[str, Any], changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused, match="cell") as caught:
        services.add_cell(organisation, fields=fields(**changed), because="x", **does)
    assert caught.value.params["field"] == field
    assert not acts(organisation)


def test_a_stranger_counts_only_after_his_key_was_typed(organisation: Organisation, does: dict[str, Any]) -> None:
    data, key = stranger(nl="Zij")
    for typed in ("", "x", key[:-1]):
        with pytest.raises(Refused, match="stranger"):
            exchange.take_over(organisation, data, choices={}, confirmed=typed, **does)
    assert not Edition.objects.exists()
    edition = exchange.take_over(organisation, data, choices={}, confirmed=f" {key.upper()} ", **does)
    assert (edition.known, edition.publisher) == (False, "Elders")
    assert landscape_of(organisation).cells[CELL].text["nl"] == "Zij"
    assert not verify_landscape(organisation).faulty


def test_a_changed_pack_is_refused(organisation: Organisation, does: dict[str, Any]) -> None:
    data, _key = stranger()
    document = json.loads(data)
    with pytest.raises(Refused, match="changed"):
        exchange.preview(organisation, data.replace(b"Elders", b"Anders"))
    assert document["pack"]["publisher"] == "Elders"


def test_ours_is_kept_when_chosen_and_the_next_pack_is_held_against_it(
    organisation: Organisation, does: dict[str, Any]
) -> None:
    services.change_cell(organisation, CELL, fields=fields(nl="Wij"), because="Zo is het hier.", **does)
    data, key = stranger(nl="Zij")
    with pytest.raises(Refused, match="unchosen"):
        exchange.take_over(organisation, data, choices={}, confirmed=key, **does)
    exchange.take_over(organisation, data, choices={f"{CELL}:nl": Choice.OURS}, confirmed=key, **does)
    assert landscape_of(organisation).cells[CELL].text["nl"] == "Wij"
    row = LocalCell.objects.get(until__isnull=True)
    assert (row.doing, row.because) == (Doing.CHANGE, "Zo is het hier.")
    assert not exchange.preview(organisation, data).merge.conflicts


def test_one_pack_counts_at_a_time_and_is_left_once(organisation: Organisation, does: dict[str, Any]) -> None:
    for _round in range(2):
        data, key = stranger()
        exchange.take_over(organisation, data, choices={}, confirmed=key, **does)
    assert Edition.objects.filter(until__isnull=True).count() == 1
    exchange.leave_edition(organisation, **does)
    with pytest.raises(Refused, match="gone"):
        exchange.leave_edition(organisation, **does)
    assert not verify_landscape(organisation).faulty
