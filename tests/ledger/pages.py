"""What the tests of this room's pages share: who may come in where, and the clock that the pages read."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web import clock
from tests.ledger.small import TODAY

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def url(name: str, *more: Any, organisation: str = "dijkstad") -> str:
    """The address of a page of this room."""
    return reverse(f"ledger:{name}", args=[organisation, *more])


def ask(browser: Client, method: str, address: str) -> int:
    """The status that a page answers with."""
    return int(getattr(browser, method)(address).status_code)


class Visitors:
    """A browser per kind of visitor."""

    def __init__(self, client_for: Callable[[Person], Client], make_person: Callable[..., Person]) -> None:
        self._client_for, self._make_person = client_for, make_person

    def __call__(self, role: str, **fields: Any) -> Client:
        return self._client_for(self._make_person(role, language="en", **fields))

    def stranger(self, at: Organisation) -> Client:
        """The CISO of another municipality."""
        return self("ciso", at_organisation=at)


@pytest.fixture(name="visitor")
def visitor_(client_for: Callable[[Person], Client], make_person: Callable[..., Person]) -> Visitors:
    """A browser in which somebody with this role is signed in."""
    return Visitors(client_for, make_person)


@pytest.fixture(autouse=True)
def clock_(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the day of the small pack."""
    monkeypatch.setattr(clock, "now", lambda request: NOW)


@pytest.fixture(name="browser")
def browser_(client_for: Callable[[Person], Client], ciso: Person) -> Client:
    """The browser of our CISO."""
    ciso.language = "en"
    ciso.save()
    return client_for(ciso)
