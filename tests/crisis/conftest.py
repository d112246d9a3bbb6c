"""A municipality with a safety adviser, a plan in draft and a crisis that goes on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dijkwacht.apps.crisis.models import Contact, Crisis, Plan
from dijkwacht.apps.crisis.services import contacts, logging, planning
from dijkwacht.apps.people.models import Organisation
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, People


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    """Who does something in this room, and when."""
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def adviser(people: People) -> Client:
    """The browser of the safety adviser."""
    return people.browser("safety_adviser")


@pytest.fixture
def draft(organisation: Organisation, does: dict[str, Any]) -> Plan:
    return planning.draft_plan(organisation, **does)


@pytest.fixture
def contact(organisation: Organisation, does: dict[str, Any]) -> Contact:
    return contacts.add_contact(organisation, circle="own", function="Duty officer", phone="088 555 0101", **does)


@pytest.fixture
def crisis(organisation: Organisation, does: dict[str, Any]) -> Crisis:
    return logging.open_crisis(organisation, title="Phones are out", what="Nobody can call us.", **does)


@pytest.fixture
def write(crisis: Crisis, does: dict[str, Any]) -> Callable[..., Any]:
    """Adds a line to the log."""

    def one(kind: str, text: str, **more: Any) -> Any:
        return logging.write_line(crisis, kind=kind, text=text, **more, **does)

    return one
