"""A municipality with systems, and an incident that came in this morning."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.incidents.models import Incident
from dijkwacht.apps.incidents.services import intake
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, Make, People

KNOWN = NOW - timedelta(hours=2)
OUTAGE = {"outage_hours": "6", "service_down": "yes", "planned": "no", "outage_over": "no"}
SMALL = {
    "service_down": "no", "planned": "no", "outage_may_be_long": "no", "loss_beyond_budget": "no", "loss_may_be_beyond": "no",
    "someone_hurt": "no", "someone_may_be_hurt": "no",
}  # fmt: skip


@pytest.fixture
def does(people: People) -> Callable[..., dict[str, Any]]:
    """Who does something in this room, and when."""
    return lambda role="ciso", at=NOW: {"person": people(role), "at": at}


@pytest.fixture
def system(organisation: Organisation, people: People) -> Subject:
    return register_subject(
        organisation, kind="system", name="Zaaksysteem", key="zaken", person=people("ciso"), on=TODAY, at=NOW
    )


@pytest.fixture
def tell(organisation: Organisation, does: Make) -> Callable[..., Incident]:
    """Takes in an incident, with what is given instead of the usual."""

    def one(*, at: datetime = NOW, **fields: Any) -> Incident:
        text: dict[str, Any] = {
            "title": "Zaaksysteem ligt eruit", "what": "Niemand kan inloggen.", "known_at": KNOWN, "known_by": "Servicedesk",
        }  # fmt: skip
        return intake.tell(organisation, intake=intake.Intake(**{**text, **fields}), **does(at=at))

    return one


@pytest.fixture
def incident(tell: Callable[..., Incident]) -> Incident:
    return tell()
