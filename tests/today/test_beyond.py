"""What the rooms beyond the own walls ask on Today: of whom, with which link and before when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from dijkwacht.apps.crisis.models import Contact, Crisis, Lesson, Plan
from dijkwacht.apps.exercises.models import Lesson as Learned
from dijkwacht.apps.exercises.models import Participant, Session
from dijkwacht.apps.exercises.queries.sessions import forget
from dijkwacht.apps.landscape.models import Initiative, Topic
from dijkwacht.apps.order.models import DecisionFile, Signal, Step
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.today import sentences
from dijkwacht.norms.scenarios import plain, scenarios
from tests.ledger.small import TODAY

pytestmark = pytest.mark.django_db
HERE = "/o/dijkstad/"
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NAME = "telecom_112_outage"
POWER = "gemw_176_emergency_ordinance"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


@pytest.fixture
def adviser(make_person: Callable[..., Person]) -> Person:
    return make_person("safety_adviser", language="en")


@pytest.fixture
def seen(own: Any, client_for: Callable[[Person], Client]) -> Callable[..., Any]:
    """The page of a person, or one of its parts by its key: (title, due) of each row, and the terms."""

    def of(person: Person, key: str = "") -> Any:
        page = client_for(person).get(HERE)
        assert page.status_code == 200
        found = page.context["day"].beyond
        parts = {part.key: part for part in (*found.first, *found.rest)}
        for part in parts.values():
            assert part.heading in page.text
            for row in part.rows:
                assert row.url, row
                assert f'href="{row.url}"' in page.text
        return parts.get(key) if key else (page, parts)

    return of


def rows(part: Any) -> list[tuple[str, Any]]:
    return [(each.title, each.due) for each in part.rows] if part else []


# -- crisis ------------------------------------------------------------------------------------------
def crisis(organisation: Organisation, number: int = 1, **fields: Any) -> Crisis:
    what = {"title": "Uitval", "what": "Alles", "opened_at": NOW - HOUR, "year": 2026, "number": number}
    return Crisis.objects.create(organisation=organisation, **{**what, **fields})


def test_a_crisis_that_goes_on_stands_first_for_all_who_see(
    organisation: Organisation, other_organisation: Organisation, make_person: Any, seen: Any, adviser: Person
) -> None:
    crisis(organisation)
    crisis(organisation, 2, title="Geoefend", exercise=True)
    crisis(organisation, 3, title="Over", closed_at=NOW, evaluation="Klaar")
    crisis(other_organisation, title="Van hen")
    assert rows(seen(make_person("college"), "crisis")) == [("C2026-01 Uitval", None)]
    for role in ("safety_adviser", "mayor"):
        page, parts = seen(make_person(role, language="en"))
        assert rows(parts["crisis"]) == [("C2026-01 Uitval", None), ("OC2026-02 Geoefend", None)]
        told = "This needs attention: 1 crisis that goes on and 1 exercise of a crisis that goes on"
        assert page.context["answer"].startswith(told)
    page, parts = seen(make_person("respondent"))
    assert parts == {}
    assert "Uitval" not in page.text


def plan(organisation: Organisation, number: int, review_on: Any) -> Plan:
    return Plan.objects.create(
        organisation=organisation, number=number, made_on=TODAY - 800 * DAY, adopted_on=TODAY - 700 * DAY,
        adopted_by="college", review_on=review_on,
    )  # fmt: skip


def test_the_plan_from_nothing_to_overdue(
    organisation: Organisation, make_person: Any, seen: Any, adviser: Person
) -> None:
    assert rows(seen(adviser, "ready")) == [("Make a crisis plan", None)]
    page, _parts = seen(adviser)
    assert "crisis plan" not in page.context["answer"]  # no day is set for it
    draft = Plan.objects.create(organisation=organisation, number=1, made_on=TODAY)
    assert rows(seen(adviser, "ready")) == [("Have the crisis plan adopted", None)]
    draft.delete()
    plan(organisation, 1, TODAY + 300 * DAY)
    assert seen(adviser, "ready") is None
    plan(organisation, 2, TODAY - DAY)  # the newest counts, also when the one before it would have lasted
    assert rows(seen(adviser, "ready")) == [("Look at the crisis plan again", TODAY - DAY)]
    assert "1 crisis plan to look at again" in seen(adviser)[0].context["answer"]
    for role in ("mayor", "college", "auditor"):
        assert seen(make_person(role), "ready") is None


def test_numbers_nobody_tried_and_lessons(organisation: Organisation, seen: Any, adviser: Person) -> None:
    plan(organisation, 1, TODAY + 300 * DAY)
    told = {"organisation": organisation, "phone": "088"}
    Contact.objects.create(function="Nooit", **told)
    Contact.objects.create(function="Net", checked_on=TODAY, **told)
    Contact.objects.create(function="Weg", ended_on=TODAY, **told)
    was = crisis(organisation, closed_at=NOW, evaluation="Klaar")
    for due in (-3, 20, 90):
        Lesson.objects.create(crisis=was, text=f"Les {due}", owner="Teamleider", due=TODAY + due * DAY)
    Lesson.objects.create(crisis=was, text="Gedaan", owner="Teamleider", due=TODAY, done_on=TODAY)
    page, parts = seen(adviser)
    assert rows(parts["ready"]) == [
        ("1 of 2 numbers was not tried lately", None), ("Les -3", TODAY - 3 * DAY), ("Les 20", TODAY + 20 * DAY),
    ]  # fmt: skip
    assert "2 lessons of crises" in page.context["answer"]
    assert "Teamleider" in page.text


# -- exercises ---------------------------------------------------------------------------------------
def session(organisation: Organisation, title: str, **fields: Any) -> Session:
    made = {"planned_on": TODAY + 9 * DAY, "script": plain(scenarios()[NAME]), "script_name": NAME}
    return Session.objects.create(organisation=organisation, title=title, **{**made, **fields})


def test_who_plays_who_leads_and_what_was_not_looked_back_on(
    organisation: Organisation, make_person: Any, seen: Any, adviser: Person
) -> None:
    plan(organisation, 1, TODAY + 300 * DAY)
    player = make_person("respondent", language="en")
    soon = session(organisation, "Straks", lead=adviser)
    live = session(organisation, "Nu", phase="running", planned_on=TODAY, lead=adviser)
    for each in (soon, live, session(organisation, "Vervallen", annulled_at=NOW)):
        Participant.objects.create(session=each, person=player, roles=["mayor"], joined_at=NOW)
    over = session(organisation, "Voorbij", phase="ended", held_on=TODAY - 9 * DAY, planned_on=TODAY - 9 * DAY)
    session(organisation, "Gesloten", phase="ended", held_on=TODAY - 9 * DAY, evaluated_at=NOW)
    for text, due in (("Late", -1), ("Ver", 99)):
        Learned.objects.create(
            session=over, kind="action", text=text, who="Comm", due=TODAY + due * DAY, written_at=NOW
        )
    page, parts = seen(player)  # who sees nothing of the house still sees where he plays
    assert rows(parts["exercises"]) == [("Nu", None), ("Straks", None)]
    assert "2 exercises in which you play" in page.context["answer"]
    assert "Nothing waits for you" not in page.text
    assert "It is played now. You play: mayor." in page.text.replace("Mayor", "mayor")
    assert "On 4 December 2026. You play" in page.text
    page, parts = seen(adviser)
    assert rows(parts["exercises"]) == [
        ("Look back: Voorbij", None), ("Nu", None), ("Straks", None), ("Late", TODAY - DAY),
    ]  # fmt: skip
    assert "1 exercise to look back on, 1 lesson of an exercise" in page.context["answer"].replace(" and ", ", ")
    assert seen(make_person("college"), "exercises") is None
    session(organisation, "Vergeten", lead=adviser, planned_on=TODAY - DAY)
    assert "Planned for 24 November 2026 and not played yet." in seen(adviser)[0].text


# -- public order ------------------------------------------------------------------------------------
def decided(organisation: Organisation, **fields: Any) -> DecisionFile:
    made = {
        "name": "B-2026-1", "title": "Geheime titel", "power": POWER, "on": TODAY, "state": "decided", "decided_as": "mayor",
        "made_at": NOW - 9 * DAY, "decided_at": NOW - 2 * DAY, "begins_at": NOW - 2 * DAY, "ends_at": NOW + DAY,
        "closed_part": "GEHEIM",
    }  # fmt: skip
    return DecisionFile.objects.create(organisation=organisation, **{**made, **fields})


def test_terms_of_decisions_and_looking_back_only_for_who_may(
    organisation: Organisation, make_person: Any, seen: Any, adviser: Person
) -> None:
    plan(organisation, 1, TODAY + 300 * DAY)
    file = decided(organisation)
    Step.objects.create(file=file, code="ratification_refused", at=NOW - 30 * HOUR)
    decided(organisation, name="B-2026-2", ends_at=NOW - HOUR, power="gemw_174_orders")
    decided(organisation, name="B-2026-3", ends_at=NOW - HOUR, power="gemw_174_orders", look_back="Ja", justified="yes")
    decided(organisation, name="B-2026-4", ends_at=NOW - HOUR, state="closed")
    for who in (adviser, make_person("mayor", language="en")):
        page, parts = seen(who)
        terms = [(row.rule, row.tone, row.about) for row in parts["order"].terms]
        assert ("gemw-176-appeal", "late", "B-2026-1") in terms
        assert ("gemw-176-ratify", "", "B-2026-1") in terms  # no end: it runs until the council meets
        assert rows(parts["order"]) == [("Look back on decision B-2026-2", None)]
        assert "1 term of a decision that has passed" in page.context["answer"]
        assert "GEHEIM" not in page.text
    for role in ("ciso", "college", "auditor", "privacy_officer", "administrator"):
        page, parts = seen(make_person(role))
        assert "order" not in parts
        assert "B-2026" not in page.text


def signal(organisation: Organisation, name: str, keep: int, **fields: Any) -> Signal:
    return Signal.objects.create(
        organisation=organisation, name=name, keep_until=TODAY + keep * DAY, made_at=NOW - DAY, source="open", digest="0" * 64,
        reason="Inhoud van het signaal", salt="x", **fields,
    )  # fmt: skip


def test_signals_that_end_objections_and_what_the_officer_judges(
    organisation: Organisation, other_organisation: Organisation, make_person: Any, seen: Any, adviser: Person
) -> None:
    plan(organisation, 1, TODAY + 300 * DAY)
    signal(organisation, "S-1", 3, state="agreed")
    signal(organisation, "S-2", 60, state="objected", advice="Te veel")
    signal(organisation, "S-3", 60)
    signal(other_organisation, "S-9", 1)
    page, parts = seen(adviser)
    assert rows(parts["order"]) == [
        ("Signal S-1 ends", TODAY + 3 * DAY), ("Objection to signal S-2", TODAY + 60 * DAY),
    ]  # fmt: skip
    officer, found = seen(make_person("privacy_officer", language="en"))
    assert rows(found["order"]) == [("1 signal waits for your judgement", None)]
    assert "1 signal to judge" in officer.context["answer"]
    for each in (page, officer):
        assert "Inhoud van het signaal" not in each.text
    assert "order" not in seen(make_person("ciso"))[1]


# -- who does what -----------------------------------------------------------------------------------
def test_discussions_that_i_take_up_and_initiatives_that_lapse(
    organisation: Organisation, other_organisation: Organisation, make_person: Any, seen: Any, adviser: Person
) -> None:
    plan(organisation, 1, TODAY + 300 * DAY)
    owner = make_person("process_owner", language="en")
    told = {"organisation": organisation, "opened_on": TODAY, "owner": owner}
    Topic.objects.create(about="gap:disruption/response/supervision", due=TODAY + 4 * DAY, **told)
    Topic.objects.create(about="cell:ibd_helps_24x7", decided_on=TODAY, decision="Zo", **told)
    for last, of in ((-5, organisation), (30, organisation), (300, organisation), (-5, other_organisation)):
        Initiative.objects.create(
            organisation=of, title=f"Loopt {last}", area="2", kind="project", owner="Regio", started=TODAY - 400 * DAY,
            last_day=TODAY + last * DAY, changed_on=TODAY, reach="all",
        )  # fmt: skip
    page, parts = seen(owner)
    ((title, due),) = rows(parts["landscape"])
    assert (title.lower().count("disruption"), due) == (1, TODAY + 4 * DAY)
    assert "1 discussion that you take up" in page.context["answer"]
    page, parts = seen(adviser)
    assert rows(parts["landscape"]) == [("Loopt -5", TODAY - 5 * DAY), ("Loopt 30", TODAY + 30 * DAY)]
    assert "1 initiative that lapsed" in page.context["answer"]


def test_where_nothing_is_one_query_looks(
    own: Any, make_person: Any, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for(make_person("auditor"))
    client.get(HERE)
    with CaptureQueriesContext(connection) as ran:
        client.get(HERE)
    rooms = ("crisis_", "exercises_", "order_", "landscape_")
    assert sum(any(f'"{room}' in each["sql"] for room in rooms) for each in ran.captured_queries) == 1


def test_a_sentence_of_many_things_tells_the_first_and_counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for n, told in ((7, "g."), (8, "g and h."), (9, "g and 2 other things.")):
        monkeypatch.setattr(sentences, "_pressing", lambda _day, n=n: list("abcdefghi"[:n]))
        assert sentences.answer(None).endswith(told)  # type: ignore[arg-type]
