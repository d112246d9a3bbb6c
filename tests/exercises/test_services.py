"""A session from plan to fact: played, looked back on, told to the ledger, annulled."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.exercises.look_page import tellable, told
from dijkwacht.apps.exercises.models import Participant, Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.queries.verify import verify_exercises
from dijkwacht.apps.exercises.services import looking, planning, playing, running, scripting
from dijkwacht.apps.exercises.services.doing import Refused
from dijkwacht.apps.exercises.services.looking import LookedBack
from dijkwacht.apps.exercises.services.telling import REHEARSED, settle
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services.facts import observe
from dijkwacht.apps.ledger.services.judging import own_subject
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.core.exercises import What
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from dijkwacht.norms.scenarios import scenarios

pytestmark = pytest.mark.django_db
NAME = "telecom_112_outage"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    queries.forget()


@pytest.fixture
def lead(make_person) -> Any:
    return make_person("safety_adviser")


@pytest.fixture
def session(organisation, lead, at) -> Session:
    text = planning.Plan("Oefening telefonie", at.date(), "leren", ("control_room", "calamity_coordinator"))
    return planning.plan(organisation, scenario=scenarios()[NAME], name=NAME, text=text, person=lead, at=at)


def played(session: Session, lead: Any, mayor: Any, at: datetime) -> tuple[Participant, str]:
    """Started with a mayor and a guest, who decides."""
    seat = planning.add_player(session, who=mayor, roles=["mayor"], person=lead, at=at)
    code = planning.renew_code(session, person=lead, at=at)
    key = playing.join(session, code=code, function="meldkamer", roles=["control_room", "calamity_coordinator"], at=at)
    running.steer(session, what=What.START, factor=10, person=lead, at=at)
    guest = queries.player_by_key(planning.hashed(key))
    assert guest is not None
    decided = playing.Decided("i01", 0, "calamity_coordinator", "Uitval aannemen", "stil")
    playing.decide(guest, decided=decided, at=at + timedelta(minutes=1))
    playing.log(seat, text="Bode gestuurd", at=at + timedelta(minutes=2))
    return seat, code


def test_from_plan_to_fact_and_back(organisation, session, lead, make_person, at) -> None:
    seat, code = played(session, lead, make_person("mayor"), at)
    with pytest.raises(Refused, match="answered"):
        guest = session.participants.get(person=None)
        playing.decide(guest, decided=playing.Decided("i01", 0, "calamity_coordinator", "weer"), at=at)
    with pytest.raises(Refused, match="stranger"):  # not sent yet at this minute of the story
        playing.decide(seat, decided=playing.Decided("i02", 0, "mayor", "te vroeg"), at=at + timedelta(minutes=1))
    running.steer(session, what=What.JUMP, person=lead, at=at + timedelta(minutes=3))
    running.steer(session, what=What.END, person=lead, at=at + timedelta(minutes=9))
    assert queries.session_by_code(planning.hashed(code)) is None
    with pytest.raises(Refused, match="phase"):
        playing.log(seat, text="te laat", at=at + timedelta(minutes=10))
    later = at + timedelta(hours=1)
    with pytest.raises(Refused, match="conclusion"):
        looking.close(session, tells=[], person=lead, at=later)
    text = LookedBack({"0": "na een kwartier"}, {"i01_0": "as_expected"}, "Goed verlopen")
    looking.look_back(session, text=text, person=lead, at=later)
    looking.close(session, tells=[], person=lead, at=later)
    fact = Fact.objects.get(organisation=organisation, fact_type="crisis.exercise.held_on", superseded_at=None)
    assert (fact.value, fact.said_by, fact.assurance) == (at.date().isoformat(), "exercises", 2)
    kept = verify_exercises(organisation)
    assert (kept.faulty, kept.uncovered) == ([], [])
    looking.annul(session, reason="verkeerde dag", person=lead, at=later)
    assert not Fact.objects.filter(fact_type="crisis.exercise.held_on", superseded_at=None).exists()


def test_that_notifications_were_rehearsed_is_told_when_said_and_never_over_a_later_one(
    organisation, session, lead, make_person, at
) -> None:
    played(session, lead, make_person("mayor"), at)
    running.steer(session, what=What.END, person=lead, at=at + timedelta(minutes=9))
    looking.look_back(session, text=LookedBack({}, {}, "Goed"), person=lead, at=at + timedelta(hours=1))
    assert [REHEARSED, organisation.slug] in told([each for each, _words in tellable(session)])
    looking.close(session, tells=[[REHEARSED, organisation.slug]], person=lead, at=at + timedelta(hours=1))
    stands = Fact.objects.filter(organisation=organisation, fact_type=REHEARSED, superseded_at=None)
    assert [each.value for each in stands] == [at.date().isoformat()]
    settle(organisation, at=at + timedelta(hours=2))
    assert stands.all().count() == 1
    looking.annul(session, reason="verkeerd", person=lead, at=at + timedelta(hours=3))
    assert not stands.all().exists()


def test_an_older_rehearsal_takes_no_place_of_a_later_one(organisation, session, lead, make_person, at) -> None:
    on = at.date()
    said = [
        Said(
            own_subject(organisation, on=on),
            REHEARSED,
            on,
            Origin.MEASUREMENT,
            Assurance.DOCUMENTED,
            said_by="incidents",
        )
    ]
    observe(organisation, observations=said, source="incidents", on=on, at=at)
    played(session, lead, make_person("mayor"), at)
    running.steer(session, what=What.END, person=lead, at=at + timedelta(minutes=9))
    Session.objects.update(held_on=on - timedelta(days=90))
    looking.look_back(session, text=LookedBack({}, {}, "Goed"), person=lead, at=at + timedelta(hours=1))
    looking.close(session, tells=[[REHEARSED, organisation.slug]], person=lead, at=at + timedelta(hours=1))
    stands = Fact.objects.filter(organisation=organisation, fact_type=REHEARSED, superseded_at=None)
    assert [(each.value, each.said_by) for each in stands] == [(on.isoformat(), "incidents")]


def test_with_one_player_it_does_not_count(session, lead, make_person, at) -> None:
    seat = planning.add_player(session, who=make_person("mayor"), roles=["mayor"], person=lead, at=at)
    running.steer(session, what=What.START, person=lead, at=at)
    playing.log(seat, text="alleen", at=at)
    running.steer(session, what=What.END, person=lead, at=at)
    looking.look_back(session, text=LookedBack({}, {}, "Te weinig"), person=lead, at=at)
    with pytest.raises(Refused, match="players"):
        looking.close(session, tells=[], person=lead, at=at)
    session.refresh_from_db()
    assert session.evaluated_at is None


def test_a_link_that_was_renewed_no_longer_works(session, lead, at) -> None:
    old = planning.renew_code(session, person=lead, at=at)
    planning.renew_code(session, person=lead, at=at)
    with pytest.raises(Refused, match="stranger"):
        playing.join(session, code=old, function="gast", roles=["control_room"], at=at)


def test_a_guest_cannot_take_a_role_of_the_house(session, lead, at) -> None:
    code = planning.renew_code(session, person=lead, at=at)
    with pytest.raises(Refused, match="roles"):
        playing.join(session, code=code, function="gast", roles=["mayor"], at=at)


def test_an_own_scenario_leaves_planned_sessions_alone(organisation, session, lead, at) -> None:
    row = scripting.keep_script(organisation, scenario=scenarios()[NAME], person=lead, at=at, based_on=NAME)
    scripting.drop_script(row, person=lead, at=at)
    with pytest.raises(Refused, match="dropped"):
        scripting.change_script(row, scenario=scenarios()[NAME], person=lead, at=at)
    assert queries.scenario_of(session) == scenarios()[NAME]


def test_guessing_links_is_slowed_down(at) -> None:
    tries = [playing.too_often("192.0.2.1", at=at) for _ in range(playing.MOST_TRIES + 1)]
    assert tries == [False] * playing.MOST_TRIES + [True]
