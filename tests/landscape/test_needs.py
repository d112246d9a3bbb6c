"""Needs and initiatives: raised, felt, handled; who sees them; what lapses."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.landscape.models import Handling, Initiative, Need, Part, Voice
from dijkwacht.apps.landscape.queries import initiatives as runs
from dijkwacht.apps.landscape.queries import needs as queries
from dijkwacht.apps.landscape.services import initiatives as running
from dijkwacht.apps.landscape.services import needs as services
from dijkwacht.apps.landscape.services.doing import Refused
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.covenant.needs import Status, Voices
from dijkwacht.core.covenant.stand import Course
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PACK = "pack:roles_in_disruption"


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def adviser(people: People) -> Client:
    return people.browser("safety_adviser")


def told(**changed: Any) -> services.Raised:
    return services.Raised(**{"title": "Een sirene", "needed": "Die het doet zonder net.", "area": "2", **changed})


def initiative(**changed: Any) -> running.Told:
    plain = {"title": "Sirenes", "what": "", "area": "2", "kind": "project", "owner": "regio", "started": TODAY - DAY}
    return running.Told(**{**plain, **changed})


@pytest.fixture
def need(organisation: Organisation, does: dict[str, Any]) -> Need:
    return services.raise_need(organisation, told=told(), **does)


@pytest.fixture
def theirs(organisation: Organisation, other_organisation: Organisation, does: dict[str, Any]) -> Need:
    return services.raise_need(other_organisation, told=told(title="Van hen", reach="all"), **does)


def url(name: str, organisation: Organisation, *args: Any) -> str:
    return reverse(f"landscape:{name}", args=[organisation.slug, *args])


# -- services ------------------------------------------------------------------------------------------
def test_a_need_of_another_is_seen_only_when_it_is_for_all(
    organisation: Organisation, other_organisation: Organisation, theirs: Need, does: dict[str, Any]
) -> None:
    hidden = services.raise_need(other_organisation, told=told(title="Geheim"), **does)
    keys = {each.key for each in queries.needs(organisation, on=TODAY)}
    assert f"need:{theirs.pk}" in keys
    assert f"need:{hidden.pk}" not in keys
    with pytest.raises(Refused, match="another"):
        services.speak(organisation, need=f"need:{hidden.pk}", felt="strong", because="", **does)


def test_one_voice_counts_per_organisation_and_what_was_said_is_kept(
    organisation: Organisation, other_organisation: Organisation, does: dict[str, Any]
) -> None:
    for felt in ("none", "strong"):
        services.speak(organisation, need=PACK, felt=felt, because="", **does)
    services.speak(other_organisation, need=PACK, felt="some", because="", **does)
    assert queries.voices_of([PACK])[PACK] == Voices(strong=1, some=1)
    assert Voice.objects.filter(organisation=organisation).count() == 2


def test_what_an_organisation_says_itself_counts_above_who_raised_it(
    organisation: Organisation, other_organisation: Organisation, theirs: Need, does: dict[str, Any]
) -> None:
    key = f"need:{theirs.pk}"
    services.handle(other_organisation, need=key, told=services.Handled(holder="zij", status="agreed"), **does)
    seen = queries.need(organisation, key, on=TODAY)
    assert seen
    assert (seen.weighed.holder, seen.weighed.status) == ("zij", Status.AGREED)
    services.handle(organisation, need=key, told=services.Handled(holder="wij", status="running"), **does)
    seen = queries.need(organisation, key, on=TODAY)
    assert seen
    assert (seen.weighed.holder, seen.weighed.status) == ("wij", Status.RUNNING)
    raiser = queries.need(other_organisation, key, on=TODAY)
    assert raiser
    assert raiser.weighed.holder == "zij"


def test_what_a_third_says_of_a_need_in_the_papers_is_not_ours(
    organisation: Organisation, other_organisation: Organisation, does: dict[str, Any]
) -> None:
    services.handle(other_organisation, need=PACK, told=services.Handled(holder="zij"), **does)
    seen = queries.need(organisation, PACK, on=TODAY)
    assert seen
    assert seen.handling is None
    assert seen.weighed.holder == "NCTV, VNG en BZK"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"status": "met"}, "why"),
        ({"status": "dropped", "status_why": "  "}, "why"),
        ({"once": {"small": [1, 2, 3]}}, "basis"),
        ({"once": {"small": [3, 2, 1]}, "basis": "x"}, "band"),
        ({"once": {"huge": [1, 2, 3]}, "basis": "x"}, "odd"),
        ({"hours": [1, 2], "basis": "x"}, "band"),
        ({"status": "later"}, "odd"),
        ({"holder": "x" * 201}, "too_long"),
    ],
)
def test_what_may_not_be_said(organisation: Organisation, does: dict[str, Any], given: Any, code: str) -> None:
    with pytest.raises(Refused, match=code):
        services.handle(organisation, need=PACK, told=services.Handled(**given), **does)
    assert not Handling.objects.exists()
    assert not Entry.objects.filter(act="landscape.need_handled").exists()


def test_a_need_of_which_others_spoke_stays_with_all(
    organisation: Organisation, theirs: Need, does: dict[str, Any]
) -> None:
    services.speak(organisation, need=f"need:{theirs.pk}", felt="strong", because="", **does)
    with pytest.raises(Refused, match="reach"):
        services.change_need(theirs, told=told(reach="own"), **does)


def test_what_was_taken_back_is_gone_and_taken_back_once(need: Need, does: dict[str, Any]) -> None:
    services.take_back(need, **does)
    assert f"need:{need.pk}" not in {each.key for each in queries.needs(need.organisation, on=TODAY)}
    with pytest.raises(Refused, match="taken_back"):
        services.take_back(need, **does)


def test_an_initiative_that_ends_unnoticed_stands_first(organisation: Organisation, does: dict[str, Any]) -> None:
    old = TODAY - 400 * DAY
    for name, last in (("loopt", None), ("verlopen", TODAY - DAY), ("straks", TODAY + DAY)):
        running.add(organisation, told=initiative(title=name, started=old, last_day=last), **does)
    found = [(each.row.title, each.course) for each in runs.initiatives(organisation, on=TODAY)]
    assert found == [("verlopen", Course.LAPSED), ("straks", Course.LAPSING), ("loopt", Course.RUNNING)]


def test_what_runs_for_a_need_is_counted_until_it_is_over(
    organisation: Organisation, need: Need, does: dict[str, Any]
) -> None:
    key = f"need:{need.pk}"
    row = running.add(organisation, told=initiative(closes=[key]), **does)
    seen = queries.need(organisation, key, on=TODAY)
    assert seen
    assert seen.weighed.closes == 1
    running.finish(row, on=TODAY, outcome="Staat er.", **does)
    seen = queries.need(organisation, key, on=TODAY)
    assert seen
    assert seen.weighed.closes == 0
    with pytest.raises(Refused, match="finished"):
        running.change(row, told=initiative(), **does)


def test_taking_part_once_and_no_longer(organisation: Organisation, does: dict[str, Any]) -> None:
    row = running.add(organisation, told=initiative(), **does)
    join = {"initiative": f"initiative:{row.pk}", **does}
    running.take_part(organisation, how="", since=TODAY, **join)
    with pytest.raises(Refused, match="already"):
        running.take_part(organisation, how="", since=TODAY, **join)
    running.leave(organisation, **join)
    with pytest.raises(Refused, match="not_in"):
        running.leave(organisation, **join)
    assert Part.objects.get().until == TODAY


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"last_day": TODAY - 2 * DAY}, "period"), ({"title": " "}, "empty"), ({"closes": ["need:999"]}, "another"),
        ({"closes": ["pack:nothing"]}, "another"), ({"kind": "x"}, "odd"),
    ],
)  # fmt: skip
def test_an_impossible_initiative(organisation: Organisation, does: dict[str, Any], changed: Any, code: str) -> None:
    with pytest.raises(Refused, match=code):
        running.add(organisation, told=initiative(**changed), **does)
    assert not Initiative.objects.exists()


# -- pages ---------------------------------------------------------------------------------------------
def test_the_register_and_a_need(organisation: Organisation, adviser: Client, need: Need) -> None:
    text = adviser.get(url("needs", organisation)).content.decode()
    assert "15 needs are open." in text
    assert "Een sirene" in text
    page = adviser.get(url("need", organisation, need.pk)).content.decode()
    assert "Nobody said yet whether this is felt." in page
    assert (
        "Not said yet: how widely it is felt, how realistic it is, how pressing it is, who acts, what it costs." in page
    )
    assert adviser.get(url("pack_need", organisation, "roles_in_disruption")).status_code == 200


def test_a_need_is_raised_felt_and_handled_by_forms(organisation: Organisation, adviser: Client) -> None:
    sent = {"title": "Net", "needed": "Eigen net", "area": "2", "challenge": "", "reach": "own"}
    assert adviser.post(url("need_add", organisation), sent).status_code == 302
    made = Need.objects.get()
    assert adviser.post(url("need_speak", organisation, made.pk), {"felt": "strong"}).status_code == 302
    wrong = adviser.post(url("need_handle", organisation, made.pk), {"status": "raised", "once_small": "5 4 3"})
    assert "Give them in order: low, likely, high." in wrong.content.decode()
    no_basis = adviser.post(url("need_handle", organisation, made.pk), {"status": "raised", "once_small": "1 2 3"})
    assert "Say on what the figures rest" in no_basis.content.decode()
    right = {"status": "raised", "once_small": "1.000 – 2.000 – 5.000", "basis": "offerte"}
    assert adviser.post(url("need_handle", organisation, made.pk), right).status_code == 302
    assert Handling.objects.get().once == {"small": [1000, 2000, 5000]}
    page = adviser.get(url("need", organisation, made.pk)).content.decode()
    assert "offerte" in page
    assert "1 of the 1 organisation that spoke feels it, 1 strongly. Too few to say more." in page


def test_initiatives_by_forms(organisation: Organisation, adviser: Client, need: Need) -> None:
    sent = {
        "title": "Sirenes", "what": "", "area": "2", "kind": "project", "owner": "regio", "started": TODAY.isoformat(),
        "closes": [f"need:{need.pk}"], "reach": "own",
    }  # fmt: skip
    assert adviser.post(url("initiative_add", organisation), sent).status_code == 302
    row = Initiative.objects.get()
    assert "Een sirene" in adviser.get(url("initiative", organisation, row.pk)).content.decode()
    assert adviser.post(url("initiative_join", organisation, row.pk), {"since": TODAY.isoformat()}).status_code == 302
    assert adviser.post(url("initiative_leave", organisation, row.pk)).status_code == 302
    empty = adviser.post(url("initiative_finish", organisation, row.pk), {"on": TODAY.isoformat(), "outcome": ""})
    assert empty.status_code == 200
    done = {"on": TODAY.isoformat(), "outcome": "Staat er."}
    assert adviser.post(url("initiative_finish", organisation, row.pk), done).status_code == 302
    assert "Finished (" in adviser.get(url("initiatives", organisation)).content.decode()


def test_who_may(organisation: Organisation, people: People, need: Need, other_organisation: Organisation) -> None:
    for name, args in (("needs", ()), ("need", (need.pk,)), ("initiatives", ()), ("need_add", ())):
        assert people.stranger(other_organisation).get(url(name, organisation, *args)).status_code == 404
        assert Client().get(url(name, organisation, *args)).status_code == 302
    assert people.browser("coordinator").get(url("need_add", organisation)).status_code == 403
    assert people.browser("coordinator").get(url("need", organisation, need.pk)).status_code == 200
    adviser = people.browser("safety_adviser")
    assert adviser.get(url("need", organisation, 999)).status_code == 404
    assert adviser.get(url("pack_need", organisation, "nothing")).status_code == 404
