"""Many at once: two who lead, forty who play; nothing happens twice, and no answer is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.apps.exercises.models import Answer, Event, Line, Participant
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.queries.verify import verify_exercises
from dijkwacht.apps.exercises.services import planning, playing, running
from dijkwacht.apps.trail.queries import verify
from dijkwacht.core.exercise_script import Inject
from dijkwacht.core.exercises import What, upcoming
from tests.exercises.conftest import Played
from tests.ledger.test_together import together, tried

pytestmark = pytest.mark.django_db(transaction=True)
PLAYERS = 40


def whole(organisation: Any) -> None:
    kept = verify_exercises(organisation)
    assert (kept.faulty, kept.uncovered) == ([], [])
    assert verify(organisation) is None


def steering(going: Played, what: What, **more: Any) -> Callable[[], str]:
    return tried(lambda: running.steer(going.session, what=what, person=going.lead, at=timezone.now(), **more))


@pytest.mark.parametrize("what", [What.PAUSE, What.END])
def test_two_who_lead_press_the_same_button(going: Played, organisation, what: What) -> None:
    assert sorted(together(steering(going, what), steering(going, what))) == ["done", "phase"]
    assert Event.objects.filter(what=what.value).count() == 1
    whole(organisation)


def test_two_who_lead_jump_at_once_jump_once(going: Played, organisation) -> None:
    running.steer(going.session, what=What.PAUSE, person=going.lead, at=timezone.now())
    ahead = upcoming(queries.scenario_of(going.session), queries.state_of(going.session, at=timezone.now()))
    assert ahead is not None
    found = together(*(steering(going, What.JUMP, ahead=ahead.id) for _ in range(3)))
    assert sorted(found) == ["done", "went_out", "went_out"]
    assert Event.objects.filter(what="jump").count() == 1
    whole(organisation)


def test_pause_and_go_on_at_once_leave_clock_and_phase_together(going: Played, organisation) -> None:
    for _ in range(4):
        together(*(steering(going, what) for what in (What.PAUSE, What.RESUME, What.PAUSE, What.RESUME)))
        going.session.refresh_from_db()
        now = queries.state_of(going.session, at=timezone.now() + timedelta(seconds=1))
        assert now.phase == going.session.phase
    whole(organisation)


def test_one_role_decides_once_whoever_presses(going: Played, organisation) -> None:
    guest = Participant.objects.select_related("session__organisation").get(person=None)
    decided = playing.Decided("i01", 0, "calamity_coordinator", "Uitval aannemen")
    calls = [tried(lambda: playing.decide(guest, decided=decided, at=timezone.now())) for _ in range(4)]
    assert sorted(together(*calls)) == ["answered"] * 3 + ["done"]
    assert Answer.objects.count() == 1
    whole(organisation)


def test_a_decision_and_the_end_at_once(going: Played, organisation) -> None:
    """Either it was in time and it is kept, or it is told that it was not."""
    guest = Participant.objects.select_related("session__organisation").get(person=None)
    decided = playing.Decided("i01", 0, "calamity_coordinator", "Uitval aannemen")
    said, ended = together(
        tried(lambda: playing.decide(guest, decided=decided, at=timezone.now())), steering(going, What.END)
    )
    assert ended == "done"
    assert (said, Answer.objects.count()) in [("done", 1), ("phase", 0)]
    whole(organisation)


def test_no_more_guests_than_fit(going: Played, organisation, monkeypatch) -> None:
    monkeypatch.setattr(playing, "MOST_GUESTS", 3)
    call = tried(
        lambda: playing.join(going.session, code=going.code, function="gast", roles=["control_room"], at=timezone.now())
    )
    assert sorted(together(*[call] * 5)) == ["crowded"] * 3 + ["done"] * 2
    assert Participant.objects.filter(person=None, left_at=None).count() == 3
    whole(organisation)


def test_forty_players_look_write_and_are_sent_something_at_once(going: Played, organisation) -> None:
    keys = [
        playing.join(going.session, code=going.code, function=f"gast {n}", roles=["control_room"], at=timezone.now())
        for n in range(PLAYERS)
    ]

    def plays(key: str, n: int) -> Callable[[], list[int]]:
        def run() -> list[int]:
            browser = Client()
            wrote = browser.post(reverse("exercises:guest_log", args=[key]), {"text": f"Regel {n}"}).status_code
            looked = browser.get(reverse("exercises:guest_now", args=[key]), {"was": "0-0-running"}).status_code
            return [wrote, looked]

        return run

    def leads() -> list[int]:
        inject = Inject("x", 0, ("control_room",), {"nl": "De pers belt"})
        running.send_extra(going.session, inject=inject, person=going.lead, at=timezone.now())
        return [302, 200]

    found = []
    work = [*(plays(key, n) for n, key in enumerate(keys)), leads]
    for start in range(0, len(work), 14):  # so many connections at once
        found += together(*work[start : start + 14])
    assert found == [[302, 200]] * (PLAYERS + 1)
    assert {each.text for each in Line.objects.all()} == {f"Regel {n}" for n in range(PLAYERS)}
    assert Event.objects.filter(what="extra").count() == 1
    going.session.refresh_from_db()
    assert going.session.version == 1 + 1 + 1 + PLAYERS + PLAYERS + 1  # mayor, guest, start; joined, wrote, sent
    whole(organisation)


def test_taken_out_while_writing(going: Played, organisation) -> None:
    guest = Participant.objects.select_related("session__organisation").get(person=None)
    said, out = together(
        tried(lambda: playing.log(guest, text="Nog een regel", at=timezone.now())),
        tried(lambda: planning.remove_player(guest, person=going.lead, at=timezone.now())),
    )
    assert out == "done"
    assert (said, Line.objects.count()) in [("done", 1), ("left", 0)]
    whole(organisation)
