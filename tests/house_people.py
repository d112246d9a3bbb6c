"""The people of our municipality by role, on one day, in English: fixtures for the rooms that import them by `*`."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web import clock

__all__ = ["NOW", "TODAY", "Make", "People", "_english", "_today", "by", "ciso", "people"]

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(clock, "real_today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda request: TODAY)
    monkeypatch.setattr(clock, "now", lambda request: NOW)


class People:
    """Our people by role, made when they are asked for, and a browser for each."""

    def __init__(self, make_person: Callable[..., Person], client_for: Callable[[Person], Client]) -> None:
        self._make, self._client_for, self._found = make_person, client_for, dict[str, Person]()

    def __call__(self, role: str) -> Person:
        if role not in self._found:
            self._found[role] = self._make(role, name=f"A {role}", language="en")
        return self._found[role]

    def browser(self, role: str) -> Client:
        return self._client_for(self(role))

    def stranger(self, at: Organisation) -> Client:
        return self._client_for(self._make("ciso", at_organisation=at, language="en"))


@pytest.fixture
def people(make_person: Callable[..., Person], client_for: Callable[[Person], Client]) -> People:
    return People(make_person, client_for)


@pytest.fixture
def ciso(people: People) -> Client:
    return people.browser("ciso")


@pytest.fixture
def by(people: People) -> Callable[[str], dict[str, Any]]:
    """Who does something, today."""
    return lambda role: {"person": people(role), "on": TODAY, "at": NOW}
