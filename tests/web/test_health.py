"""What machines ask: whether the process lives, whether it can serve. Nothing for strangers, nothing that costs."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from dijkwacht.web import health

LIVE, READY = "/health/live", "/health/ready"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(health, "READINESS", health.Readiness())


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the next outcome a new one, as time would."""

    def move() -> None:
        monkeypatch.setattr(health, "READINESS", health.Readiness())

    return move


def told(address: str, client: Client | None = None, **more: Any) -> tuple[int, Any]:
    response = (client or Client()).get(address, **more)
    return response.status_code, json.loads(response.content)


def test_live_says_that_the_process_answers_and_asks_no_database() -> None:
    assert told(LIVE) == (200, {"status": "ok"})  # without the mark for a database any question to it would fail


@pytest.mark.django_db
def test_ready_says_what_it_looked_at() -> None:
    well = {"database": "ok", "migrations": "ok", "packs": "ok", "data": "ok"}
    assert told(READY) == (200, {"status": "ok", "checks": well})


@pytest.mark.django_db
@pytest.mark.parametrize("address", [LIVE, READY])
def test_it_is_for_machines(address: str, settings: Any) -> None:
    """Any name of the host, plain http, a session that is none: an answer without a cookie, and kept by nobody."""
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["dijkwacht.example"]
    client = Client(headers={"host": "10.0.0.7:8000"})
    client.cookies["session"] = "x" * 32
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "application/json"
    assert "Vary" not in response
    assert client.head(address).status_code == 200
    for method in ("post", "put", "delete", "options"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.django_db
def test_it_tells_no_version_and_no_secret(settings: Any) -> None:
    page = Client().get(READY).content.decode() + Client().get(LIVE).content.decode()
    for secret in (
        settings.SECRET_KEY,
        "0.1.0",
        str(settings.DATA_DIR),
        str(connections["default"].settings_dict["NAME"]),
    ):
        assert secret not in page


@pytest.mark.django_db
def test_all_is_asked_over_the_connection_that_gives_up_soon() -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError

    with connections["default"].execute_wrapper(refuse):
        assert told(READY)[0] == 200


@pytest.mark.django_db
def test_a_migration_that_was_not_done_is_not_ready(monkeypatch: pytest.MonkeyPatch, moved: Any) -> None:
    had = health.applied(connections["default"])
    monkeypatch.setattr(health, "applied", lambda connection: {key for key in had if key[0] != "trail"})
    code, answer = told(READY)
    assert (code, answer["checks"]["migrations"], answer["checks"]["database"]) == (503, "wrong", "ok")
    # More than the code knows is what a rollout looks like from the old version: still ready.
    monkeypatch.setattr(health, "applied", lambda connection: had | {("trail", "9999_later")})
    moved()
    assert told(READY)[0] == 200


def test_a_database_that_is_gone_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": "1", "NAME": "x", "USER": "x"}
    whole = {**connections["default"].settings_dict, **gone, "OPTIONS": {}}
    monkeypatch.setattr(connections["default"], "settings_dict", whole)
    code, answer = told(READY)
    assert (code, answer["checks"]["database"], answer["checks"]["packs"]) == (503, "wrong", "ok")
    assert told(LIVE)[0] == 200


@pytest.mark.django_db
def test_a_data_folder_that_cannot_be_written_is_not_ready(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "gone"
    code, answer = told(READY)
    assert (code, answer["checks"]["data"]) == (503, "wrong")


@pytest.mark.django_db
def test_packs_that_cannot_be_read_are_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_day: Any) -> Any:
        raise ValueError("facts.yaml:3")

    monkeypatch.setattr(health, "norms_on", broken)
    code, answer = told(READY)
    assert (code, answer["checks"]["packs"]) == (503, "wrong")
    assert "facts" not in json.dumps(answer)


def test_who_asks_often_costs_no_more_than_who_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def look() -> dict[str, bool]:
        looked.append(1)
        return {"database": True}

    monkeypatch.setattr(health, "look", look)
    now = [100.0]
    readiness = health.Readiness(lambda: now[0])
    for _ in range(50):
        readiness.outcome()
    assert len(looked) == 1
    now[0] += health.KEPT
    readiness.outcome()
    assert len(looked) == 2


@pytest.mark.django_db
def test_the_database_gets_two_seconds() -> None:
    connection = health.brief_connection(2)
    try:
        options = connection.settings_dict["OPTIONS"]
        if connection.vendor == "sqlite":
            assert options["timeout"] == 2
        else:
            assert options["connect_timeout"] == 2
            with connection.cursor() as cursor:
                cursor.execute("SHOW statement_timeout")
                assert cursor.fetchone() == ("2s",)
    finally:
        connection.close()
