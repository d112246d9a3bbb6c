"""A municipality with an exercise: who leads it, a mayor who plays, a guest who came in by the link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dijkwacht.apps.exercises.models import Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services import planning, playing, running
from dijkwacht.apps.people.models import Person
from dijkwacht.core.exercises import What
from dijkwacht.norms.scenarios import scenarios

SCRIPT = "telecom_112_outage"


@dataclass
class Played:
    """An exercise that goes on; its clock stands at 20 minutes of the story."""

    session: Session
    lead: Person
    mayor: Person
    code: str
    key: str
    client_for: Callable[[Person], Client]

    def url(self, page: str, *more: Any) -> str:
        return reverse(f"exercises:{page}", args=[self.session.organisation.slug, self.session.pk, *more])

    def guest_url(self, page: str = "", *more: Any, key: str = "") -> str:
        return reverse(f"exercises:guest{page}", args=[key or self.key, *more])

    @property
    def leads(self) -> Client:
        return self.client_for(self.lead)

    @property
    def plays(self) -> Client:
        return self.client_for(self.mayor)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    queries.forget()


@pytest.fixture
def began() -> datetime:
    """Two minutes ago: views read the real clock."""
    return timezone.now() - timedelta(minutes=2)


@pytest.fixture
def going(organisation, make_person, client_for, began) -> Played:
    lead, mayor = make_person("safety_adviser"), make_person("mayor", name="Marit Uiterwaard")
    text = planning.Plan("Oefening telefonie", began.date(), "leren", ("control_room", "calamity_coordinator"))
    session = planning.plan(organisation, scenario=scenarios()[SCRIPT], name=SCRIPT, text=text, person=lead, at=began)
    planning.add_player(session, who=mayor, roles=["mayor"], person=lead, at=began)
    code = planning.renew_code(session, person=lead, at=began)
    roles = ["control_room", "calamity_coordinator"]
    key = playing.join(session, code=code, function="meldkamer", roles=roles, at=began)
    running.steer(session, what=What.START, factor=10, person=lead, at=began)
    session.refresh_from_db()
    return Played(session, lead, mayor, code, key, client_for)
