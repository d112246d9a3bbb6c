"""What fails when: the network here, its pages, and what is refused."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.crisis.cascade_page import band_words, hours_words
from dijkwacht.apps.crisis.models import CascadeChange, CascadeRun, CascadeTie
from dijkwacht.apps.crisis.queries import cascade as queries
from dijkwacht.apps.crisis.queries.verify import verify_crisis
from dijkwacht.apps.crisis.services import cascade as services
from dijkwacht.apps.crisis.services.doing import Refused
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.cascade.changes import Change
from dijkwacht.core.cascade.network import Band, NetworkError
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
POWER = "power_grid_local"
NODE = {"source": "Proef", "sourced_on": "2026-11-01", "name": "IT", "kind": "gemeente_it", "recovery_hours": "1; 2; 3"}
LOOP = json.dumps({
    "nodes": [{"id": "a"}], "edges": [{"from": "a", "to": "a", "delay_hours": [0, 0, 0], "probability": [0, 0, 0]}]
}).encode()  # fmt: skip
EDGE = {"delay_hours": "1; 2; 4", "probability": "0,1; 0,2; 0,3", "source": "Proef", "sourced_on": "2026-11-01"}


def url(name: str, *parts: object) -> str:
    return reverse(f"crisis:{name}", args=("dijkstad", *parts))


@pytest.fixture
def adviser(people: People) -> Client:
    return people.browser("safety_adviser")


@pytest.fixture
def told(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW, "source": "Proef", "sourced_on": TODAY}


def mine(organisation: Organisation) -> queries.Mine:
    return queries.mine(organisation, language="nl")


PAGES = [("cascade", ()), ("cascade_network", ()), ("cascade_export", ())]
STEERS = [
    ("cascade_node_add", ()), ("cascade_node", (POWER,)), ("cascade_tie", (POWER,)), ("cascade_edge_add", ()),
    ("cascade_edge", (POWER, "sewer_pumps")), ("cascade_bring", ()),
]  # fmt: skip
POSTS = [("cascade_keep", ()), ("cascade_restore", (1,)), ("cascade_carry", ("x",))]


@pytest.mark.parametrize(("name", "parts"), PAGES + STEERS)
def test_who_may_look(name, parts, organisation, people, client):
    there = url(name, *parts)
    assert people.browser("safety_adviser").get(there).status_code == 200
    assert client.get(there).status_code == 302
    assert people.browser("auditor").get(there).status_code == (200 if (name, parts) in PAGES else 403)


@pytest.mark.parametrize(("name", "parts"), POSTS)
def test_who_may_change(name, parts, organisation, people):
    assert people.browser("auditor").post(url(name, *parts)).status_code == 403
    assert people.browser("safety_adviser").get(url(name, *parts)).status_code == 405


def test_a_stranger_finds_nothing(organisation, other_organisation, people):
    browser = people.stranger(other_organisation)
    for name, parts in PAGES + STEERS:
        assert browser.get(url(name, *parts)).status_code == 404
    for name, parts in POSTS:
        assert browser.post(url(name, *parts)).status_code == 404


def test_what_is_not_there_is_not_found(organisation, adviser):
    for name, parts in (
        ("cascade_node", ("x",)), ("cascade_tie", ("x",)), ("cascade_edge", ("x", POWER)), ("cascade_run", (9,)),
        ("cascade_preview", ("x",)),
    ):  # fmt: skip
        assert adviser.get(url(name, *parts)).status_code == 404
    assert adviser.post(url("cascade_restore", 9)).status_code == 404


def test_a_run_shows_bands_levers_and_how_to_do_it_again(organisation, adviser):
    page = adviser.get(url("cascade"), {"uitval": POWER, "ook": "", "uren": "72", "extra": "24", "trekking": "1"})
    text = " ".join(page.content.decode().split())
    rows = {row.id: row for row in page.context["rows"]}
    assert rows["rail"].when == "4 minutes (from at once to 10 minutes)"
    assert "(" in rows["hospital"].chance
    assert "assumption" in rows["bus_tram"].rests
    assert "observation" in rows["hospital"].rests
    assert page.context["levers"][0].won.endswith(")")
    assert f"seed 1, network {mine(organisation).digest[:12]}" in text
    assert "Gasnet" in page.context["out"] or "Gas network" in page.context["out"]
    again = adviser.get(url("cascade"), {"uitval": POWER, "ook": "", "uren": "72", "extra": "24", "trekking": "1"})
    assert [row.when for row in again.context["rows"]] == [row.when for row in page.context["rows"]]


@pytest.mark.parametrize("bad", [{"uitval": "x"}, {"uren": "-1"}, {"uren": "nan"}, {"trekking": "a"}, {"extra": "1e9"}])
def test_a_wrong_question_is_told_so(bad, organisation, adviser):
    asked = {"uitval": POWER, "ook": "", "uren": "72", "extra": "24", "trekking": "1", **bad}
    page = adviser.get(url("cascade"), asked)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert page.context.get("ran") is None


def test_a_band_is_replaced_and_the_default_stays_in_sight(organisation, adviser):
    there = url("cascade_edge", POWER, "sewer_pumps")
    assert adviser.post(there, EDGE).status_code == 302
    edge = mine(organisation).edges[f"{POWER}>sewer_pumps"]
    assert (edge.chance.likely, edge.uses_buffer) == (0.2, False)
    text = adviser.get(url("cascade_network")).content.decode()
    assert "own source: Proef" in text
    assert "0 – 0 – 0.25; 0.8 – 0.95 – 1" in text
    row = CascadeChange.objects.get()
    assert adviser.post(url("cascade_restore", row.pk)).status_code == 302
    assert mine(organisation).digest == queries.digest(mine(organisation).start)
    assert not verify_crisis(organisation).faulty


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("delay_hours", "3; 2; 1", "must run up"), ("probability", "0; 1; 2", "from 0 to 1"),
        ("delay_hours", "1", "three numbers"),
        ("delay_hours", "1; nan; 2", "three numbers"), ("sourced_on", "2030-01-01", "still to come"), ("source", "", "required"),
    ],
)  # fmt: skip
def test_what_makes_no_network_is_refused_with_what_is_wrong(field, value, said, organisation, adviser):
    page = adviser.post(url("cascade_edge", POWER, "sewer_pumps"), {**EDGE, field: value})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not CascadeChange.objects.exists()


def test_a_node_and_a_line_are_added_and_taken_out(organisation, adviser):
    assert adviser.post(url("cascade_node_add"), {**NODE, "id": "pump_7", "buffer_hours": "0 1 2"}).status_code == 302
    assert adviser.post(url("cascade_edge_add"), {**EDGE, "origin": POWER, "target": "pump_7"}).status_code == 302
    assert mine(organisation).nodes["pump_7"].buffer.high == 2
    loop = adviser.post(url("cascade_edge_add"), {**EDGE, "origin": POWER, "target": POWER})
    assert "cannot depend on itself" in loop.content.decode()
    gone = {**NODE, "buffer_hours": "0 1 2", "gone": "on"}
    assert adviser.post(url("cascade_node", "pump_7"), gone).status_code == 302
    assert "pump_7" not in mine(organisation).nodes
    assert "Taken out here" in adviser.get(url("cascade_network")).content.decode()


def test_a_node_stands_for_a_process_of_ours(organisation, adviser, people):
    process = register_subject(
        organisation, kind="process", name="Jeugdhulp", key="jeugd", person=people("ciso"), on=TODAY, at=NOW
    )
    for chosen in (str(process.pk), str(process.pk), ""):
        assert adviser.post(url("cascade_tie", "social_domain"), {"subject": chosen}).status_code == 302
    assert queries.ties(organisation) == {}
    assert CascadeTie.objects.count() == 1
    adviser.post(url("cascade_tie", "social_domain"), {"subject": str(process.pk)})
    page = adviser.get(url("cascade"), {"uitval": POWER, "ook": "", "uren": "72", "extra": "24", "trekking": "1"})
    assert "Jeugdhulp" in page.content.decode()


def test_a_tie_is_never_with_others(organisation, other_organisation, people, told):
    theirs = register_subject(
        other_organisation, kind="process", name="Elders", key="elders", person=people("ciso"), on=TODAY, at=NOW
    )
    with pytest.raises(Refused, match="another"):
        services.tie(organisation, POWER, theirs, person=told["person"], at=NOW)


def test_a_short_address_is_enough_and_assumptions_are_marked(organisation, adviser):
    shown = adviser.get(url("cascade"), {"uitval": POWER}).content.decode()
    assert 'aria-labelledby="levers"' in shown
    assert shown.count('class="uncertain"') > 5
    network = adviser.get(url("cascade_network")).content.decode()
    assert network.count('class="uncertain"') > 20


def test_a_band_is_written_as_numbers_are_here():
    with translation.override("nl"):
        assert band_words(Band(0, 0.25, 12)) == "0 – 0,25 – 12"
        assert [hours_words(each) for each in (7.96, 8.04, 8.5)] == ["8 uur", "8 uur", "8,5 uur"]


def test_a_run_is_kept_as_it_was(organisation, adviser, told):
    asked = {"uitval": POWER, "ook": "", "uren": "72", "extra": "24", "trekking": "7", "title": "Drie dagen"}
    adviser.post(url("cascade_keep"), asked)
    row = CascadeRun.objects.get()
    assert (row.seed, row.hours, row.failed, row.digest) == (7, 72, [POWER], mine(organisation).digest)
    before = adviser.get(url("cascade_run", row.pk)).content.decode()
    assert "changed since" not in before
    services.change(organisation, Change("edge", f"{POWER}>rail", gone=True), **told)
    assert "changed since" in adviser.get(url("cascade_run", row.pk)).content.decode()
    assert not verify_crisis(organisation).faulty
    assert adviser.post(url("cascade_keep"), {**asked, "title": ""}).status_code == 302
    assert CascadeRun.objects.count() == 1


def test_a_run_of_others_is_not_found(organisation, other_organisation, adviser, people):
    row = services.keep(
        other_organisation, title="x", failed=[POWER], hours=24.0, seed=1, person=people("ciso"), at=NOW
    )
    assert adviser.get(url("cascade_run", row.pk)).status_code == 404


def test_a_file_goes_out_and_comes_in_with_a_look_first(organisation, adviser):
    data = json.loads(adviser.get(url("cascade_export")).content)
    data["edges"][0]["probability"] = [0.1, 0.2, 0.3]
    data["edges"].pop()
    file = SimpleUploadedFile("ons netwerk.json", json.dumps(data).encode())
    there = adviser.post(url("cascade_bring"), {"file": file})["Location"]
    page = adviser.get(there)
    assert (page.context["count"], page.context["wrong"]) == (2, [])
    assert adviser.post(f"{there}overnemen/", {"digest": "other"})["Location"] == there
    assert not CascadeChange.objects.exists()
    adviser.post(f"{there}overnemen/", {"digest": page.context["digest"]})
    assert len(mine(organisation).network.edges) == len(data["edges"])
    assert json.loads(adviser.get(url("cascade_export")).content)["edges"][0]["probability"] == [0.1, 0.2, 0.3]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"{", "no JSON or YAML"), ("a.yaml", b"nodes: *x", "no JSON or YAML"), ("a.json", b"[]", "no network"),
        ("a.json", LOOP, "depend on itself"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_so_and_nothing_is_taken(name, content, said, organisation, adviser):
    there = adviser.post(url("cascade_bring"), {"file": SimpleUploadedFile(name, content)})["Location"]
    assert said in adviser.get(there).content.decode()
    adviser.post(f"{there}overnemen/", {"digest": mine(organisation).digest})
    assert not CascadeChange.objects.exists()


def test_services_refuse_what_may_not_be(organisation, told):
    with pytest.raises(Refused, match="bad_id"):
        services.change(organisation, Change("node", "a b", {"id": "a b"}), **told)
    with pytest.raises(Refused, match="future"):
        services.change(
            organisation, Change("node", "a", {"id": "a"}), **{**told, "sourced_on": TODAY + timedelta(days=1)}
        )
    with pytest.raises(NetworkError, match="not there: nergens"):
        services.change(
            organisation,
            Change(
                "edge",
                "nergens>rail",
                {"from": "nergens", "to": "rail", "delay_hours": [0, 0, 0], "probability": [0, 0, 0]},
            ),
            **told,
        )
    assert not CascadeChange.objects.exists()


def test_a_name_with_signs_stays_text(organisation, adviser, told):
    services.change(organisation, Change("node", "rail", {"name": "<script>x</script>"}), **told)
    for page in (
        adviser.get(url("cascade_network")),
        adviser.get(url("cascade"), {"uitval": POWER, "ook": "", "uren": "72", "extra": "24", "trekking": "1"}),
    ):
        assert "<script>x" not in page.content.decode()
