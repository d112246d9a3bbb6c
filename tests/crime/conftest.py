"""A municipality with a safety adviser, and public tables that were brought in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dijkwacht.apps.crime.models.figures import Edition
from dijkwacht.apps.crime.services import editions
from dijkwacht.apps.people.models import Organisation
from tests.house_people import *  # noqa: F403  # fixtures
from tests.house_people import NOW, TODAY, People


@pytest.fixture
def does(people: People) -> dict[str, Any]:
    """Who does something in this room, and when."""
    return {"person": people("safety_adviser"), "at": NOW}


@pytest.fixture
def adviser(people: People) -> Client:
    """The browser of the safety adviser."""
    return people.browser("safety_adviser")


@pytest.fixture
def brought(organisation: Organisation, does: dict[str, Any]) -> Callable[..., Edition]:
    """Brings a table."""

    def one(source: Path | bytes, **more: Any) -> Edition:
        name = more.pop("name", "x.json")
        told = {"fetched_on": TODAY, "name": name, **does, **more}
        return editions.bring(organisation, editions.read(source, name=name), **told)[0]

    return one
