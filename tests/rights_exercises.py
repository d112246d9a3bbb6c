"""For the test of rights: the rows of exercises, and a scenario of its own and a session, here and in Waterveen."""

from typing import Any

from django.utils import timezone

from dijkwacht.apps.exercises.models import Lesson, Participant, Script, Session
from dijkwacht.apps.exercises.queries.sessions import forget
from dijkwacht.apps.exercises.services import planning, scripting
from dijkwacht.core.access import Right
from dijkwacht.norms.scenarios import scenarios
from tests.rights_table import Room, asks
from tests.world import World

NAME = "telecom_112_outage"


def make(world: World, slug: str) -> None:
    """A session in which one person plays (in Dijkstad the mayor), something learned, and a scenario of one's own."""
    forget()
    organisation, at = world.organisations[slug], timezone.now()
    who: dict[str, Any] = {"person": world.person("ciso", slug), "at": at}
    text = planning.Plan("Niemand kan bellen", world.on, "Leren", ("control_room",))
    session = planning.plan(organisation, scenario=scenarios()[NAME], name=NAME, text=text, **who)
    player = world.person("burgemeester" if slug == "dijkstad" else "ciso", slug)
    planning.add_player(session, who=player, roles=["mayor"], **who)
    Lesson.objects.create(session=session, kind="keep", text="Eén plek", written_at=at)
    scripting.keep_script(organisation, scenario=scenarios()[NAME], based_on=NAME, **who)


def words(_name: str, slug: str) -> dict[str, Any]:
    """A scenario of the packs with an inject, who plays, and a key that opens nothing."""
    player = Participant.objects.get(session__organisation__slug=slug).pk
    return {"name": NAME, "inject": "i01", "point": 0, "player": player, "code": "x" * 32, "key": "x" * 32}


WATCH = (
    "proces",
    "coordinator",
    "college",
    "auditor",
    "beheer",
    "inkoop",
    "burgemeester",
    "fg",
)  # they may see, not lead

NEEDS = {
    **asks(Right.SEE, "exercises home scenarios scenario scenario_file lessons session evaluation report script "
                      "script_file"),
    **asks(Right.STEER, "exercises plan change player_add lead lead_now extra note look_back learn lesson_done close annul "
                        "script_build script_bring script_inject script_inject_add"),
    **asks(Right.STEER, "exercises code steer player_remove script_copy script_drop script_inject_drop", posts=True),
    **asks(Right.SEE_ASSIGNED, "exercises play play_now play_log play_decide"),
    **asks((), "exercises join guest guest_now guest_log guest_decide"),
}  # fmt: skip
ROOM = Room(
    "exercises", NEEDS, make,
    {Session: "session change player_add player_remove code lead lead_now steer extra note play play_now play_log play_decide "
              "evaluation report look_back learn close annul",
     Script: "script script_file script_drop script_inject script_inject_add script_inject_drop", Lesson: "lesson_done"},
    within={Lesson: "session"}, words=words,
    absent="play play_now play_log play_decide",  # for who does not play; the decision is not asked before it begins
    closed="join guest guest_now guest_log guest_decide",
    others={
        **{("burgemeester", f"exercises:{each}"): 200 for each in ("play", "play_now", "play_log")},
        # What was expected is for nobody who may be playing, before it has ended; and the script for nobody who plays.
        **{("burgemeester", f"exercises:{each}"): 403 for each in ("scenario", "scenario_file", "script", "script_file")},
        **{(each, "exercises:report"): 404 for each in WATCH},
    },
)  # fmt: skip
