"""Exercises in the demo: one that was held, looked back on and closed, and one that is planned. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dijkwacht.apps.exercises.models import Participant, Session
from dijkwacht.apps.exercises.queries.sessions import player_by_key, scenario_of
from dijkwacht.apps.exercises.services import looking, planning, playing, running
from dijkwacht.core.exercises import What
from dijkwacht.norms.scenarios import scenarios
from dijkwacht.web.moments import day_of

if TYPE_CHECKING:
    from dijkwacht.demo.world import World

MINUTE, AGO, AHEAD = timedelta(minutes=1), timedelta(days=24), timedelta(days=37)
HELD, PLANNED = "telecom_112_outage", "ransomware_shared_it"
FACTOR = 2


def play(world: World, *, at: datetime) -> None:
    """Both, as they stand on ``at``."""
    organisation, leads = world.organisations["dijkstad"], world.person("aov")
    text = planning.Plan(
        "Niemand kan bellen", day_of(at - AGO), "Bij elkaar komen zonder telefoon; weten wat je nog niet weet.",
        ("control_room", "calamity_coordinator"),
    )  # fmt: skip
    began = at - AGO
    row = planning.plan(
        organisation, scenario=scenarios()[HELD], name=HELD, text=text, person=leads, at=began - timedelta(days=20)
    )
    _play(row, world, leads, began)
    _look_back(row, leads, began + 120 * MINUTE)
    soon = planning.Plan("Gegijzeld via de buren", day_of(at + AHEAD), "Besluiten met halve informatie.", ())
    planned = planning.plan(organisation, scenario=scenarios()[PLANNED], name=PLANNED, text=soon, person=leads, at=at)
    for key, role in (("burgemeester", "mayor"), ("ciso", "ciso")):
        if role in scenario_of(planned).roles:
            planning.add_player(planned, who=world.person(key), roles=[role], person=leads, at=at)


def _play(row: Session, world: World, leads: Any, began: datetime) -> None:
    does: dict[str, Any] = {"person": leads, "at": began - 10 * MINUTE}
    mayor = planning.add_player(row, who=world.person("burgemeester"), roles=["mayor", "policy_team"], **does)
    planning.add_player(row, who=world.person("college"), roles=["communications"], **does)
    code = planning.renew_code(row, **does)
    key = playing.join(
        row, code=code, function="Meldkamer Laagland", roles=["control_room", "calamity_coordinator"], at=does["at"]
    )
    running.steer(row, what=What.START, factor=FACTOR, person=leads, at=began)
    guest = player_by_key(planning.hashed(key))
    if guest is not None:
        said = playing.Decided(
            "i01", 0, "calamity_coordinator", "Uitval aannemen en proefoproepen doen.", "Stilte past niet bij dit uur."
        )
        playing.decide(guest, decided=said, at=began + 5 * MINUTE)
    _mayor(mayor, began)
    text = "Beleidsteam zat snel bijeen, zonder één telefoontje."
    running.note(row, text=text, person=leads, at=began + 18 * MINUTE)
    running.steer(row, what=What.END, person=leads, at=began + 45 * MINUTE)


def _mayor(mayor: Participant, began: datetime) -> None:
    said = playing.Decided(
        "i02", 0, "mayor", "Beleidsteam op het vaste adres, bode naar iedereen.", "Bellen lukt niet; hoe lang is onbekend.",
        "grip_3_policy_team",
    )  # fmt: skip
    playing.decide(mayor, decided=said, at=began + 16 * MINUTE)
    posts = playing.Decided("i03", 0, "policy_team", "Vijf wijkpunten, met een lijst van wie hulp nodig heeft.")
    playing.decide(mayor, decided=posts, at=began + 35 * MINUTE)
    playing.log(mayor, text="Bode op pad naar de leden van het beleidsteam.", at=began + 18 * MINUTE)


def _look_back(row: Session, leads: Any, at: datetime) -> None:
    does: dict[str, Any] = {"person": leads, "at": at}
    text = looking.LookedBack(
        {"0": "Door de stilte; de proefoproepen kwamen na tien minuten.", "1": "Ja. De bode was snel bij iedereen."},
        {"i01_0": "as_expected", "i02_0": "as_expected", "i03_0": "partly"},
        "Bijeenkomen zonder telefoon lukt. Wie de inwoners wat vertelt, en waarmee, bleef te lang liggen.",
    )
    looking.look_back(row, text=text, **does)
    due = day_of(at) + timedelta(days=90)
    action = "Posters met noodinformatie klaarleggen op vijf wijkpunten."
    looking.learn(row, kind="action", text=action, who="Communicatie", due=due, **does)
    looking.learn(row, kind="keep", text="Eén vaste plek en een vast uur om bijeen te komen.", **does)
    need = "Een landelijk afgesproken kanaal dat werkt als telefoon en internet weg zijn."
    looking.learn(row, kind="need", text=need, **does)
    looking.close(row, tells=[], **does)
