"""The pages of the landscape: matrix, cells, findings, turns, discussions and packs; and the front page of all rooms."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.landscape.models import Edition, LocalCell, Topic
from dijkwacht.apps.landscape.services import cells as services
from dijkwacht.apps.landscape.services import exchange
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.landscape.form import plain
from dijkwacht.norms.landscape import landscape_pack
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
CELL = "ibd_helps_24x7"
GAP = "gap:disruption/response/supervision"
OVERLAP = "overlap:disruption/response/execution:coordinates"
READING = (
    ("beyond", ()), ("home", ()), ("area", ("disruption",)), ("cell", (CELL,)), ("findings", ()), ("finding", (GAP,)),
    ("finding", (OVERLAP,)), ("turn", ()), ("actors", ()), ("actor", ("ibd",)), ("exchange", ()), ("exchange_open", ("csv",)),
    ("exchange_open", ("json",)),
)  # fmt: skip
STEERING = (
    ("cell_add", ()), ("cell_change", (CELL,)), ("cell_hide", (CELL,)), ("say", (GAP,)), ("assign", (GAP,)), ("decide", (GAP,)),
    ("exchange_bring", ()),
)  # fmt: skip
PRESSED = (("cell_restore", (CELL,)), ("exchange_make", ()), ("exchange_leave", ()))


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def adviser(people: People) -> Client:
    return people.browser("safety_adviser")


def url(name: str, organisation: Organisation, *args: Any) -> str:
    return reverse(f"landscape:{name}", args=[organisation.slug, *args])


def fields(**changed: Any) -> dict[str, Any]:
    return {**plain(landscape_pack().landscape.cells[CELL]), **changed}


# -- who may ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "args"), READING)
def test_who_reads(
    organisation: Organisation, other_organisation: Organisation, people: People, name: str, args: Any
) -> None:
    page = url(name, organisation, *args)
    assert people.browser("coordinator").get(page).status_code == 200
    assert people.stranger(other_organisation).get(page).status_code == 404
    assert people.browser("respondent").get(page).status_code == 403
    assert Client().get(page).status_code == 302


@pytest.mark.parametrize(("name", "args"), STEERING)
def test_who_steers(
    organisation: Organisation, other_organisation: Organisation, people: People, name: str, args: Any
) -> None:
    page = url(name, organisation, *args)
    assert people.browser("safety_adviser").get(page).status_code == 200
    assert people.browser("coordinator").get(page).status_code == 403
    assert people.browser("coordinator").post(page).status_code == 403
    assert people.stranger(other_organisation).get(page).status_code == 404
    assert Client().get(page).status_code == 302


@pytest.mark.parametrize(("name", "args"), PRESSED)
def test_who_presses(
    organisation: Organisation, other_organisation: Organisation, people: People, name: str, args: Any
) -> None:
    page = url(name, organisation, *args)
    assert people.browser("coordinator").post(page).status_code == 403
    assert people.stranger(other_organisation).post(page).status_code == 404
    assert people.browser("safety_adviser").get(page).status_code == 405
    assert people.browser("safety_adviser").post(page).status_code in {200, 302}


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("area", ("moon",)), ("cell", ("nothing",)), ("actor", ("nobody",)), ("finding", ("gap:moon/response/policy",)),
        ("finding", ("gap:disruption",)), ("finding", ("x",)), ("say", ("overlap:disruption/response/policy:sings",)),
        ("assign", ("cell:nothing",)), ("cell_change", ("nothing",)), ("cell_hide", ("nothing",)), ("exchange_open", ("pdf",)),
        ("exchange_preview", ("x" * 43,)),
    ],
)  # fmt: skip
def test_what_is_not_there(organisation: Organisation, adviser: Client, name: str, args: Any) -> None:
    assert adviser.get(url(name, organisation, *args)).status_code == 404


# -- reading ---------------------------------------------------------------------------------------------
def test_the_matrix_tells_who_stands_where_and_who_lacks(organisation: Organisation, adviser: Client) -> None:
    text = adviser.get(url("home", organisation)).content.decode()
    assert "185 things that somebody does, by 76 actors. In 31 of the 60 places somebody lacks." in text
    assert text.count("No actor found.") == 19
    assert url("finding", organisation, GAP) in text
    assert text.count('<span class="tag">proposal</span>') == 2


def test_the_matrix_is_narrowed(organisation: Organisation, adviser: Client) -> None:
    text = adviser.get(url("home", organisation), {"actor": "ibd", "area": "own_house"}).content.decode()
    assert url("cell", organisation, CELL) in text
    assert url("cell", organisation, "council_frames") not in text
    assert "No actor found." not in text
    assert (
        "Nobody fits this choice."
        in adviser.get(url("home", organisation), {"actor": "council", "status": "proposal"}).content.decode()
    )
    assert adviser.get(url("home", organisation), {"actor": "x", "area": "<b>"}).status_code == 200


def test_a_cell_says_on_what_it_rests(organisation: Organisation, adviser: Client) -> None:
    text = adviser.get(url("cell", organisation, "council_frames")).content.decode()
    assert "Gemeentewet 189" in text
    assert "not read: Gemeentewet 147" in text
    assert "A: text of the law read" in text
    assert "Each has it by law, and nothing arranges who goes first." in text


def test_findings_with_their_reasons(organisation: Organisation, adviser: Client) -> None:
    text = adviser.get(url("findings", organisation)).content.decode()
    assert "31 gaps, 22 overlaps and" in text
    assert "All do it without a law, and nothing arranges who goes first." in text
    assert "Part of the basis was not read." in text
    page = adviser.get(url("finding", organisation, "gap:own_house/response/policy")).content.decode()
    assert "It is done, but no law says by whom." in page


def test_whose_turn_it_is(organisation: Organisation, adviser: Client) -> None:
    text = adviser.get(url("turn", organisation), {"kind": "ransomware", "phase": "response"}).content.decode()
    assert "First in turn: municipality (organisation)." in text
    assert text.index("1. <a") < text.index("2. <a")
    nobody = adviser.get(url("turn", organisation), {"kind": "ransomware", "phase": "proaction"}).content.decode()
    assert "Who comes first was not worked out" in nobody or "no actor was found" in nobody
    assert adviser.get(url("turn", organisation), {"kind": "fire", "phase": "later"}).status_code == 200


def test_the_front_page_tells_what_stands_and_hides_what_not_all_may_see(
    organisation: Organisation, people: People
) -> None:
    page = url("beyond", organisation)
    text = people.browser("safety_adviser").get(page).content.decode()
    assert "There is no crisis plan yet. No crisis goes on." in text
    assert "31 gaps and 22 overlaps; on 53 nothing was decided." in text
    assert "No decision is in preparation." in text
    assert "in preparation" not in people.browser("coordinator").get(page).content.decode()


# -- discussions -----------------------------------------------------------------------------------------
def test_a_finding_is_discussed_given_and_decided(organisation: Organisation, adviser: Client, people: People) -> None:
    assert adviser.post(url("say", organisation, GAP), {"text": "Wie ziet hierop toe?"}).status_code == 302
    due = TODAY + timedelta(days=7)
    sent = {"owner": people("safety_adviser").pk, "due": due.isoformat()}
    assert adviser.post(url("assign", organisation, GAP), sent).status_code == 302
    assert "A safety_adviser takes it up" in adviser.get(url("findings", organisation)).content.decode()
    assert adviser.post(url("decide", organisation, GAP), {"decision": "De inspectie vragen."}).status_code == 302
    page = adviser.get(url("finding", organisation, GAP)).content.decode()
    assert "Wie ziet hierop toe?" in page
    assert "De inspectie vragen." in page
    assert "on 52 nothing was decided" in adviser.get(url("beyond", organisation)).content.decode()


def test_what_a_discussion_refuses(organisation: Organisation, adviser: Client, people: People) -> None:
    past = {"owner": people("safety_adviser").pk, "due": (TODAY - timedelta(days=1)).isoformat()}
    assert "This day has gone by." in adviser.post(url("assign", organisation, GAP), past).content.decode()
    assert adviser.post(url("assign", organisation, GAP), {**past, "owner": 999_999}).status_code == 200
    assert adviser.post(url("decide", organisation, GAP), {"decision": " "}).status_code == 200
    assert not Topic.objects.exists()


# -- own cells -------------------------------------------------------------------------------------------
def test_a_cell_is_added_changed_hidden_and_taken_back(organisation: Organisation, adviser: Client) -> None:
    sent = {
        **fields(nl="Onze eigen telefoonketen", area="disruption", phase="response", layer="supervision"),
        "because": "Zo gaat het hier.",
    }
    assert adviser.post(url("cell_add", organisation), sent).status_code == 302
    row = LocalCell.objects.get()
    text = adviser.get(url("home", organisation)).content.decode()
    assert "added here" in text
    assert url("finding", organisation, GAP) in text  # nobody of the municipality stands there yet
    changed = {**fields(basis="Convenant Dijkstad"), "because": "Eigen afspraak."}
    assert adviser.post(url("cell_change", organisation, CELL), changed).status_code == 302
    assert "Convenant Dijkstad" in adviser.get(url("cell", organisation, CELL)).content.decode()
    assert adviser.post(url("cell_restore", organisation, CELL)).status_code == 302
    assert adviser.post(url("cell_hide", organisation, CELL), {"because": "Speelt hier niet."}).status_code == 302
    assert url("cell", organisation, CELL) not in adviser.get(url("home", organisation)).content.decode()
    assert "Speelt hier niet." in adviser.get(url("cell", organisation, CELL)).content.decode()
    assert adviser.post(url("cell_restore", organisation, row.cell)).status_code == 302
    assert adviser.get(url("cell", organisation, row.cell)).status_code == 404


def test_a_cell_without_reason_or_with_a_wrong_field_is_not_taken(organisation: Organisation, adviser: Client) -> None:
    assert adviser.post(url("cell_add", organisation), {**fields(), "because": ""}).status_code == 200
    assert adviser.post(url("cell_add", organisation), {**fields(actor="nobody"), "because": "x"}).status_code == 200
    assert not LocalCell.objects.exists()


# -- packs -----------------------------------------------------------------------------------------------
def test_a_pack_of_another_is_looked_at_and_taken_over(
    organisation: Organisation, other_organisation: Organisation, adviser: Client, does: dict[str, Any]
) -> None:
    services.change_cell(other_organisation, CELL, fields=fields(nl="Zij", en=""), because="x", **does)
    services.change_cell(organisation, CELL, fields=fields(nl="Wij", en=""), because="x", **does)
    data = exchange.make_pack(other_organisation, **does)
    sent = adviser.post(url("exchange_bring", organisation), {"file": SimpleUploadedFile("pak.json", data)})
    assert sent.status_code == 302
    page = adviser.get(sent.headers["Location"]).content.decode()
    assert "0 cells are new, 1 change, 0 go out; nothing was recorded yet. There are 2 conflicts to choose." in page
    assert f"the key of {other_organisation.name}" in page
    carry = sent.headers["Location"] + "overnemen/"
    seen = exchange.seen_mark(organisation)
    assert "Choose at every conflict what counts." in adviser.post(carry, {"seen": seen}).content.decode()
    assert "Meanwhile something changed here." in adviser.post(carry, {"seen": "0:"}).content.decode()
    assert (
        adviser.post(carry, {"seen": seen, f"choice:{CELL}:nl": "theirs", f"choice:{CELL}:en": "theirs"}).status_code
        == 302
    )
    assert Edition.objects.get().publisher == other_organisation.name
    assert "Zij" in adviser.get(url("cell", organisation, CELL)).content.decode()
    assert adviser.post(carry, {"seen": seen}).status_code == 404
    assert adviser.post(url("exchange_leave", organisation)).status_code == 302
    assert "You read the pack of the house." in adviser.get(url("exchange", organisation)).content.decode()


def test_a_changed_pack_and_one_that_is_none_are_refused_in_words(
    organisation: Organisation, adviser: Client, does: dict[str, Any]
) -> None:
    data = exchange.make_pack(organisation, **does)
    for content, why in (
        (data.replace(b"Gemeentewet 189", b"Gemeentewet 198"), "the file was changed or damaged"),
        (b"<html>", "it is not JSON"), (b'{"form":"other"}', "no landscape pack of a form that we know"),
    ):  # fmt: skip
        sent = adviser.post(url("exchange_bring", organisation), {"file": SimpleUploadedFile("pak.json", content)})
        answer = adviser.get(sent.headers["Location"])
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert (
        adviser.post(url("exchange_bring", organisation), {"file": SimpleUploadedFile("leeg.json", b"")}).status_code
        == 200
    )


def test_open_data_is_whole(organisation: Organisation, adviser: Client) -> None:
    found = json.loads(adviser.get(url("exchange_open", organisation, "json")).content)
    assert len(found["cells"]) == 185
    assert found["cells"][0]["actor_name"]
    assert adviser.get(url("exchange_open", organisation, "csv")).content.count(b"\r\n") == 186
