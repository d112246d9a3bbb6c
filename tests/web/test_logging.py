"""The log: one line per request, found by a number, without anything that leads to a person."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web import logs, views
from dijkwacht.web.log_settings import log_settings

SECRETS = (
    "noor@dijkstad.example",
    "noor%40dijkstad.example",
    "Noor",
    "van Dam",
    "geheim-wachtwoord",
    "123456782",
    "203.0.113.9",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that the log says, as JSON, whatever the level: what is not written at DEBUG is never written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonForm())
    names = ("", "django", "django.request", "django.security", "dijkwacht.access")
    before = {name: logging.getLogger(name).level for name in names}
    logging.getLogger().addHandler(handler)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    logging.getLogger().removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def access(written: io.StringIO) -> list[dict[str, Any]]:
    return [line for line in lines(written) if line["logger"] == "dijkwacht.access"]


def nothing_of_a_person(written: io.StringIO) -> None:
    whole = written.getvalue()
    assert whole
    assert [each for each in SECRETS if each in whole] == []


@pytest.fixture
def noor(make_person: Any) -> Person:
    person: Person = make_person("ciso", email="noor@dijkstad.example", name="Noor van Dam")
    person.set_password("geheim-wachtwoord-van-noor")
    person.save()
    return person


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.9")


def test_signing_in_leaves_nothing_of_a_person(written: io.StringIO, noor: Person, client: Client) -> None:
    address = reverse("account_login") + "?next=/o/dijkstad/?wie=noor@dijkstad.example"
    for password in ("fout", "geheim-wachtwoord-van-noor"):
        client.post(address, {"login": "noor@dijkstad.example", "password": password})
    assert client.session.get("_auth_user_id")
    assert [(each["view"], each["status"]) for each in access(written)] == [
        ("account_login", 200),
        ("account_login", 302),
    ]
    nothing_of_a_person(written)


def test_an_error_in_a_form_leaves_nothing_of_a_person(written: io.StringIO, noor: Person, client: Client) -> None:
    client.force_login(noor, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("people:profile"), {"name": "Noor van Dam 123456782" * 40, "language": "xx"})
    (line,) = access(written)
    assert (line["view"], line["method"], line["status"]) == ("people:profile", "POST", 200)
    nothing_of_a_person(written)


def test_a_form_that_is_refused_leaves_nothing_of_a_person(written: io.StringIO, noor: Person) -> None:
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR="203.0.113.9")
    client.post(reverse("account_login") + "?wie=noor@dijkstad.example", {"login": "noor@dijkstad.example"})
    assert any(line["said"].startswith("form refused: ") for line in lines(written))
    nothing_of_a_person(written)


def test_a_500_is_found_by_its_number_and_leaves_nothing_of_a_person(
    written: io.StringIO, noor: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise KeyError("Noor van Dam <noor@dijkstad.example> 123456782")

    monkeypatch.setattr(Organisation.objects, "filter", broken)
    monkeypatch.setattr("dijkwacht.apps.people.views.profile.render", broken, raising=False)
    monkeypatch.setattr("django.shortcuts.render", broken)
    monkeypatch.setattr("dijkwacht.web.views.render", broken)
    client.force_login(noor, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(reverse("web:style") + "?wie=noor@dijkstad.example")
    assert response.status_code == 500
    number = response["X-Request-ID"]
    page = response.content.decode()
    assert f"<strong>{number}</strong>" in page
    (error,) = [line for line in lines(written) if line["level"] == "ERROR"]
    assert (error["request"], error["view"], error["error"]) == (number, "web:style", "KeyError")
    assert any("views.py" in each for each in error["trace"])
    assert access(written)[-1]["request"] == number
    nothing_of_a_person(written)


def test_an_upload_leaves_nothing_of_a_person(
    written: io.StringIO, noor: Person, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    client.force_login(noor, backend="allauth.account.auth_backends.AuthenticationBackend")
    file = SimpleUploadedFile("Noor van Dam 123456782.csv", b"Nummer;Antwoord\n5.01.01;noor@dijkstad.example\n")
    client.post(reverse("ledger:import", args=["dijkstad"]), {"file": file})
    (line,) = access(written)
    assert (line["view"], line["organisation"]) == ("ledger:import", "dijkstad")
    nothing_of_a_person(written)


def test_the_address_of_what_is_not_there_says_nothing(written: io.StringIO, client: Client, db: None) -> None:
    client.get("/wie/noor@dijkstad.example/?naam=Noor")
    assert access(written)[0]["view"] == "-"
    assert any(line["said"] == "answered with 404" for line in lines(written))
    nothing_of_a_person(written)


def test_every_line_about_a_request_carries_its_number(written: io.StringIO, client: Client, db: None) -> None:
    response = client.get("/stijl")
    assert {line.get("request") for line in lines(written)} == {response["X-Request-ID"]}
    assert logs.CURRENT.get() == ""


def test_a_number_is_taken_from_a_proxy_of_ours_only(settings: Any, db: None) -> None:
    given = Client(headers={"x-request-id": "edge-0123456789"})
    assert given.get("/stijl")["X-Request-ID"] != "edge-0123456789"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert given.get("/stijl")["X-Request-ID"] == "edge-0123456789"
    for bad in ("short", "noor@dijkstad.example", "a b c d e f g h", "x" * 65, "né-numéro-123"):
        assert Client(headers={"x-request-id": bad}).get("/stijl")["X-Request-ID"] != bad


def test_machines_that_ask_whether_all_is_well_fill_no_log(written: io.StringIO, client: Client) -> None:
    client.get("/health/live")
    client.post("/health/live")
    assert [line["status"] for line in access(written)] == [405]


def test_the_administrators_get_a_number_and_nothing_of_the_request(
    settings: Any, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ADMINS = [("b", "beheer@dijkstad.example")]
    handler = logs.AdminMail()
    request = rf.post("/o/noor@dijkstad.example?wie=Noor", {"naam": "Noor van Dam"})
    request.request_id, request.resolver_match = "abc-12345678", None  # type: ignore[attr-defined, assignment]
    try:
        raise ValueError("Noor van Dam noor@dijkstad.example")
    except ValueError:
        record = logging.LogRecord("django.request", 40, "x", 1, "Server Error: %s", (request.path,), sys.exc_info())
    record.request, record.status_code = request, 500
    handler.emit(record)
    handler.emit(record)  # what is broken breaks for everybody: one mail a minute
    (sent,) = mail.outbox
    assert sent.subject == "Dijkwacht: ERROR: ValueError"
    assert "request: abc-12345678" in sent.body
    assert not sent.alternatives
    assert [each for each in SECRETS if each in sent.subject + sent.body] == []
    settings.ADMINS = []
    logs.AdminMail().emit(record)
    assert len(mail.outbox) == 1


def test_what_an_exception_says_is_told_only_where_it_is_about_the_code(db: None) -> None:
    from django.db import IntegrityError, OperationalError

    def said(error: Exception) -> str:
        return "\n".join(logs.told(error))

    assert said(IntegrityError("Key (name)=(Noor) already exists")) == "django.db.utils.IntegrityError"
    assert (
        said(OperationalError("no such host db\nDETAIL: Noor")) == "django.db.utils.OperationalError: no such host db"
    )
    cause = ValueError("outer")
    cause.__cause__ = AttributeError("'Role' object has no attribute 'x'")
    assert said(cause) == "ValueError\nAttributeError: 'Role' object has no attribute 'x'"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("to j.de-vries+x@sub.dijkstad.nl now", "to [address] now"),
        ("a%40b.nl", "[address]"),
        ("bsn 123456782.", "bsn [number]."),
        ("bsn 123456782 of", "bsn [number] of"),
        ("port 8000, 1234567890 and v1.123456789", "port 8000, 1234567890 and v1.123456789"),
    ],
)
def test_what_leads_to_a_person_is_taken_out(text: str, clean: str) -> None:
    assert logs.scrub(text) == clean


def test_plain_lines_tell_the_same(rf: RequestFactory) -> None:
    record = logging.LogRecord("dijkwacht.access", 20, "x", 1, "request", (), None)
    record.fields = {"view": "ledger:question", "status": 200}
    line = logs.PlainForm().format(record)
    assert line.endswith("INFO dijkwacht.access request view=ledger:question status=200")
    worker = logging.LogRecord("gunicorn.error", 30, "x", 1, "Invalid request from ip=203.0.113.9: bad", (), None)
    assert "203.0.113.9" not in logs.PlainForm().format(worker)


@pytest.mark.parametrize(
    ("words", "form", "level", "access_level"),
    [
        ("", "PlainForm", "WARNING", "WARNING"),
        ("INFO", "PlainForm", "INFO", "INFO"),
        ("json", "JsonForm", "WARNING", "INFO"),
        ("json, ERROR", "JsonForm", "ERROR", "ERROR"),
        ("plain,debug", "PlainForm", "DEBUG", "DEBUG"),
    ],
)
def test_the_words_of_the_setting(words: str, form: str, level: str, access_level: str) -> None:
    made = log_settings(words)
    assert made["formatters"]["chosen"]["()"].endswith(form)
    assert made["root"]["level"] == level
    assert made["loggers"]["dijkwacht.access"]["level"] == access_level


@pytest.mark.parametrize("words", ["xml", "json,plain", "INFO,DEBUG", "json,,loud"])
def test_a_word_that_is_not_understood_is_refused(words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DIJKWACHT_LOG is"):
        log_settings(words)


def test_as_it_runs_every_line_is_json(tmp_path: Path) -> None:
    """In a process of its own, as it is set up in use: an error and a request, and nothing that is not JSON."""
    script = (
        "import django, logging; django.setup()\n"
        "from django.test import Client\n"
        "Client().get('/geheim/noor@dijkstad.example')\n"
        "logging.getLogger('anything').error('mail to %s failed', 'noor@dijkstad.example')\n"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DIJKWACHT_", "DATABASE_URL"))},
        "DIJKWACHT_DATA": str(tmp_path), "DIJKWACHT_LOG": "json", "DJANGO_SETTINGS_MODULE": "dijkwacht.settings",
        "DIJKWACHT_HOSTS": "testserver", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"dijkwacht.access", "anything"} <= {line["logger"] for line in told}
    assert "noor" not in done.stderr


def test_without_a_number_the_page_says_nothing_of_one(rf: RequestFactory) -> None:
    assert "<strong>" not in views.broken(rf.get("/")).content.decode()
