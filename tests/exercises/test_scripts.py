"""Scenarios of one's own: copied, built, brought, changed, dropped; and what becomes of a file that is no script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.exercises.models import Script
from dijkwacht.apps.exercises.queries.verify import verify_exercises
from dijkwacht.norms.scenarios import MOST_BYTES, as_yaml, scenario_kept, scenarios

pytestmark = pytest.mark.django_db
NAME = "telecom_112_outage"
BLOCKS = ("cause", "source", "actors", "domain", "area", "way_out")


@pytest.fixture
def leads(make_person, client_for) -> Client:
    return client_for(make_person("safety_adviser"))


@pytest.fixture
def own(organisation, leads) -> Script:
    assert leads.post(reverse("exercises:script_copy", args=[organisation.slug, NAME])).status_code == 302
    return Script.objects.get()


def here(row: Script, page: str, *more: str) -> str:
    return reverse(f"exercises:{page}", args=[row.organisation.slug, row.pk, *more])


def test_who_gets_what(own, organisation, other_organisation, leads, make_person, client_for) -> None:
    stranger = client_for(make_person("safety_adviser", at_organisation=other_organisation))
    reader = client_for(make_person("mayor"))
    for page, more, seen in (
        ("script", (), True), ("script_file", (), True), ("script_inject_add", (), False), ("script_inject", ("i01",), False),
    ):  # fmt: skip
        url = here(own, page, *more)
        assert leads.get(url).status_code == 200
        assert reader.get(url).status_code == (200 if seen else 403)
        assert stranger.get(url).status_code == 404
        assert stranger.get(url.replace("dijkstad", "polderveen")).status_code == 404
        assert Client().get(url).status_code == 302
    for page, more in (("script_drop", ()), ("script_inject_drop", ("i01",))):
        assert reader.post(here(own, page, *more)).status_code == 403
        assert stranger.post(here(own, page, *more)).status_code == 404
    for page in ("script_build", "script_bring"):
        url = reverse(f"exercises:{page}", args=[organisation.slug])
        assert (leads.get(url).status_code, reader.get(url).status_code, stranger.get(url).status_code) == (
            200,
            403,
            404,
        )
    assert leads.post(reverse("exercises:script_copy", args=[organisation.slug, "geen"])).status_code == 404


def test_an_inject_is_changed_and_keeps_what_was_left_alone(own, leads) -> None:
    url = here(own, "script_inject", "i02")
    form = leads.get(url).context["form"]
    given = {**form.initial, "at": 5, "known": "bellen lukt niet\nradio werkt"}
    assert leads.post(url, {**given, "question": "Wat nu?", "who": []}).status_code == 200  # nobody decides
    assert leads.post(url, {**given, "at": 99999}).status_code == 200  # after the end of the story
    assert leads.post(url, given).status_code == 302
    own.refresh_from_db()
    inject = scenario_kept(own.content).injects[1]
    old = scenarios()[NAME].injects[1]
    assert (inject.at, inject.text, inject.decisions) == (5, old.text, old.decisions)
    assert inject.known == (old.known[0], {"nl": "radio werkt"})
    assert "radio werkt" in leads.get(here(own, "script")).content.decode()


def test_a_page_of_before_a_change_changes_nothing(own, leads) -> None:
    seen = own.changed_at.isoformat()
    url = here(own, "script_inject_drop", "i01")
    assert leads.post(url, {"seen": seen}).status_code == 302
    assert leads.post(url, {"seen": seen}).status_code == 302  # pressed twice
    own.refresh_from_db()
    assert len(own.content["injects"]) == len(scenarios()[NAME].injects) - 1
    assert leads.post(here(own, "script_inject_drop", "i99"), {"seen": seen}).status_code == 404


def test_put_together_from_building_blocks(organisation, leads) -> None:
    url = reverse("exercises:script_build", args=[organisation.slug])
    blocks = {f"block_{name}": f"{name} een\n{name} twee" for name in BLOCKS}
    given = {
        "title": "Eigen",
        "goal": "leren",
        "minutes": 60,
        "injects": [f"{NAME}.i02", "ot_bridge_sewer.i01"],
        **blocks,
    }
    assert 'id="id_block_area_error"' in leads.post(url, {**given, "block_area": " "}).content.decode()
    assert 'id="id_injects_error"' in leads.post(url, {**given, "injects": ["geen.i01"]}).content.decode()
    assert leads.post(url, given).status_code == 302
    made = scenario_kept(Script.objects.get().content)
    assert [each.id for each in made.injects] == ["i01", "i02"]
    assert made.blocks["cause"] == ({"nl": "cause een"}, {"nl": "cause twee"})


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"title: [", b"a: &b 1\nc: *b", b"<html></html>", b"#" * (MOST_BYTES + 1),
     as_yaml(scenarios()[NAME]).replace("grip_3_policy_team", "toverstaf").encode()],
)  # fmt: skip
def test_a_file_that_is_no_script_is_refused(content, organisation, leads) -> None:
    url = reverse("exercises:script_bring", args=[organisation.slug])
    answer = leads.post(url, {"file": SimpleUploadedFile("draaiboek.yaml", content)})
    assert answer.status_code == 200
    assert 'id="id_file_error"' in answer.content.decode()
    assert not Script.objects.exists()


def test_out_as_a_file_and_in_again(own, organisation, leads) -> None:
    file = leads.get(here(own, "script_file"))
    assert file["Content-Type"].startswith("application/yaml")
    url = reverse("exercises:script_bring", args=[organisation.slug])
    assert leads.post(url, {"file": SimpleUploadedFile("x.yaml", file.content)}).status_code == 302
    first, second = Script.objects.order_by("pk")
    assert first.content == second.content
    assert leads.post(here(first, "script_drop")).status_code == 302
    assert leads.get(here(first, "script")).status_code == 404
    kept = verify_exercises(organisation)
    assert (kept.faulty, kept.uncovered) == ([], [])
