"""What tests of every room share: organisations, persons with a role, and a browser for each."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from hypothesis import settings as properties

from dijkwacht.apps.accountability import triggers as statement_triggers
from dijkwacht.apps.ledger import triggers as ledger_triggers
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.trail import triggers

# No deadline: a busy machine breaks no build. In CI the examples are always the same, so that a run says what the last one said.
properties.register_profile("ours", deadline=None, max_examples=60, derandomize="CI" in os.environ)
properties.load_profile("ours")

LONG_AGO = date(2020, 1, 1)
_numbers = count(1)
LOCKS = (triggers, ledger_triggers, statement_triggers)


@pytest.fixture
def at() -> datetime:
    """A moment at which something is done."""
    return datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture
def make_organisation(db: None) -> Callable[..., Organisation]:
    """Makes an organisation, without a trail."""

    def make(slug: str = "", **fields: Any) -> Organisation:
        slug = slug or f"gemeente-{next(_numbers)}"
        return Organisation.objects.create(**{"slug": slug, "name": slug.title(), "kind": "municipality", **fields})

    return make


@pytest.fixture
def organisation(make_organisation: Callable[..., Organisation]) -> Organisation:
    """Our municipality."""
    return make_organisation("dijkstad", name="Dijkstad")


@pytest.fixture
def other_organisation(make_organisation: Callable[..., Organisation]) -> Organisation:
    """Another municipality, whose people must find nothing of ours."""
    return make_organisation("polderveen", name="Polderveen")


@pytest.fixture
def make_person(organisation: Organisation) -> Callable[..., Person]:
    """Makes a person; with ``role`` someone of our organisation, or of the one given as ``at_organisation``."""

    def make(
        role: str = "", *, at_organisation: Organisation | None = None, function: str = "", **fields: Any
    ) -> Person:
        number = next(_numbers)
        person = Person.objects.create_user(
            fields.pop("email", f"persoon{number}@voorbeeld.test"),
            name=fields.pop("name", f"Persoon {number}"),
            **fields,
        )
        if role:
            Role.objects.create(
                person=person,
                organisation=at_organisation or organisation,
                role=role,
                function=function,
                valid_from=LONG_AGO,
            )
        return person

    return make


@pytest.fixture
def client_for() -> Callable[[Person], Client]:
    """A browser in which the person is signed in."""

    def client(person: Person) -> Client:
        browser = Client()
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return client


@pytest.fixture
def unlocked_trail(db: None) -> None:
    """The trail without the lock in the database, for tests that tamper with it; the lock is back after the test."""
    triggers.remove(connection)


@pytest.fixture
def unlocked_ledger(db: None) -> None:
    """The same for the facts of the ledger."""
    ledger_triggers.remove(connection)


@pytest.fixture(autouse=True)
def _trail_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real transactions end by emptying all tables, which the lock on the trail rightly refuses."""
    marker = request.node.get_closest_marker("django_db")
    real = "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))
    if real:
        request.getfixturevalue("transactional_db")
    yield
    if real:
        for lock in LOCKS:
            lock.remove(connection)


def _lock_again(**_kwargs: object) -> None:
    for lock in LOCKS:
        lock.remove(connection)
        lock.install(connection)


# Emptying the tables ends with this signal, as does making them.
post_migrate.connect(_lock_again, sender=apps.get_app_config("trail"))
