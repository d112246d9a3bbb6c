"""``dijkwacht doctor``: each thing that can be wrong is found, with what to do; nothing is changed, nothing is connected to."""

import argparse
import json
import os
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import pytest
from django.apps import apps
from django.core import mail
from django.db import DatabaseError, connection
from django.utils import timezone, translation

from dijkwacht import pulse
from dijkwacht.apps.accountability.services.keys import ensure_key
from dijkwacht.apps.advisories.models import Contact, Mail
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.services import record
from dijkwacht.cli import doctor
from dijkwacht.commands import doctor_data, doctor_outside, doctor_site, findings, queues

pytestmark = pytest.mark.django_db


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    doctor.add(parser.add_subparsers(dest="command"))
    return parser.parse_args(["doctor", *words])


@pytest.fixture(autouse=True)
def whole(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in which all is well, so that each test breaks one thing."""
    monkeypatch.delenv(
        "DJANGO_ALLOW_ASYNC_UNSAFE", raising=False
    )  # journeys in a browser set it; an installation does not
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "secret_key").write_text("k" * 60)
    (data / "secret_key").chmod(0o600)
    settings.DATA_DIR, settings.ALLOWED_HOSTS = data, ["localhost"]
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.dijkstad.example", "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(doctor_outside, "_kernel_clock", lambda: 0)
    monkeypatch.setattr(doctor_data.shutil, "disk_usage", lambda path: _usage(100, 50))
    monkeypatch.setattr(doctor_site, "_database_file", lambda: None)
    for name in (pulse.TICK, pulse.VERIFY, pulse.BACKUP):
        with pulse.Pulse(name, at=timezone.now(), folder=data):
            pass
    return data


def _usage(total: int, free: int) -> Any:
    return shutil._ntuple_diskusage(total * doctor_data.GIB, (total - free) * doctor_data.GIB, free * doctor_data.GIB)  # type: ignore[attr-defined]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, list[dict[str, str]]]]]:
    """The exit code, and the findings by name of the check; only those that are not well."""

    def run(*words: str) -> tuple[int, dict[str, list[dict[str, str]]]]:
        args = arguments(*words, "--json")
        code = args.run(args)
        found: dict[str, list[dict[str, str]]] = {}
        for each in json.loads(capsys.readouterr().out)["findings"]:
            if each["level"] != "ok":
                assert each["do"], each
                found.setdefault(each["check"], []).append(each)
        return code, found

    return run


def level(found: dict[str, list[dict[str, str]]], check: str) -> str:
    assert list(found) == [check], found
    return found[check][0]["level"]


def test_where_all_is_well_it_says_so(ask: Any) -> None:
    assert ask() == (0, {})


def test_people_get_lines_in_their_language(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.EMAIL_HOST = ""
    for language in ("nl", "en"):
        with translation.override(language):
            args = arguments()
            assert args.run(args) == 1
        out = capsys.readouterr().out
        assert "DIJKWACHT_MAIL_HOST" in out
    assert "Mail: There is no mail server" in out
    assert out.splitlines()[-1].endswith("1 to watch, 0 wrong.")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DEBUG", True, 2),
        ("ALLOWED_HOSTS", ["*"], 2),
        ("ALLOWED_HOSTS", ["dijkwacht.example"], 2),
        ("ALLOWED_HOSTS", [], 2),
        ("SECRET_KEY", "ab" * 40, 2),
        ("DIJKWACHT_TIME_MACHINE", True, 1),
    ],
)
def test_a_choice_that_opens_the_site(ask: Any, settings: Any, name: str, value: Any, code: int) -> None:
    setattr(settings, name, value)
    found = ask()
    assert found[0] == code
    assert list(found[1]) == ["settings"]


def test_over_https_the_frameworks_own_checks_count(ask: Any, settings: Any) -> None:
    settings.HTTPS, settings.ALLOWED_HOSTS = True, ["dijkwacht.example"]
    code, found = ask()  # the test settings are those of plain http
    assert code == 1
    assert any("security.W0" in each["says"] for each in found["settings"])


def test_keys_that_others_may_read(ask: Any, whole: Path) -> None:
    (whole / "keys" / "dijkstad").mkdir(parents=True)
    (whole / "keys" / "dijkstad" / f"{'a' * 32}.pem").write_text("x")
    (whole / "keys" / "dijkstad" / f"{'a' * 32}.pem").chmod(0o640)
    code, found = ask()
    assert (code, level(found, "keys")) == (2, "wrong")
    assert f"keys/dijkstad/{'a' * 32}.pem" in found["keys"][0]["says"]


def test_a_folder_that_others_may_look_into(ask: Any, whole: Path) -> None:
    whole.chmod(0o755)
    code, found = ask()
    assert (code, level(found, "files")) == (1, "warning")


def test_a_key_to_sign_with_that_is_gone(ask: Any, whole: Path, organisation: Organisation, make_person: Any) -> None:
    now = timezone.now()
    ensure_key(organisation, person=make_person("college"), actor="", on=now.date(), at=now)
    assert ask()[0] == 0
    shutil.rmtree(whole / "keys")
    code, found = ask()
    assert (code, level(found, "keys")) == (2, "wrong")
    assert "dijkstad" in found["keys"][0]["says"]


@pytest.mark.parametrize(("free", "code"), [(0.5, 2), (4, 1), (50, 0)])
def test_a_disk_that_fills_up(ask: Any, monkeypatch: pytest.MonkeyPatch, free: float, code: int) -> None:
    monkeypatch.setattr(doctor_data.shutil, "disk_usage", lambda path: _usage(100, free))  # type: ignore[arg-type]
    assert ask()[0] == code


def test_a_folder_that_takes_nothing(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_data, "writable", lambda folder: False)
    code, found = ask()
    assert (code, level(found, "disk")) == (2, "wrong")


def test_a_database_that_is_gone_stops_only_what_needs_it(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_seconds: int) -> Any:
        class Gone:
            def ensure_connection(self) -> None:
                raise DatabaseError("password=geheim")

            def close(self) -> None: ...

        return Gone()

    monkeypatch.setattr(doctor_data, "brief_connection", gone)
    code, found = ask()
    assert (code, level(found, "database")) == (2, "wrong")
    assert "geheim" not in str(found)


def test_a_database_that_is_behind(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_data, "missing_migrations", lambda brief: [f"trail.000{each}_x" for each in range(8)])
    code, found = ask()
    assert (code, level(found, "migrations")) == (2, "wrong")
    assert found["migrations"][0]["says"].endswith("(+3)")


def test_a_check_that_breaks_is_a_finding_and_the_others_go_on(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> Iterator[Any]:
        raise RuntimeError("whatever")

    monkeypatch.setitem(doctor_site.CHECKS, "styles", breaks)
    code, found = ask()
    assert (code, level(found, "styles")) == (2, "wrong")


def test_texts_and_styles_that_were_not_made(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_site, "_compiled", lambda folder: False)
    monkeypatch.setattr(doctor_site.finders, "find", lambda name: None)
    code, found = ask()
    assert code == 2
    assert set(found) == {"texts", "styles"}


@pytest.mark.usefixtures("unlocked_trail")
def test_a_trail_that_was_tampered_with(ask: Any, organisation: Organisation) -> None:
    for about in ("a", "b"):
        record(organisation, person=None, actor="test", act="tested", about=about, detail={}, at=timezone.now())
    assert ask()[0] == 0
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Entry._meta.db_table} SET about = 'c' WHERE seq = 1")
    for words in ((), ("--full",)):
        code, found = ask(*words)
        assert (code, level(found, "trail")) == (2, "wrong")
        assert "dijkstad" in found["trail"][0]["says"]


@pytest.mark.parametrize(
    ("name", "age", "code"),
    [
        (pulse.TICK, timedelta(minutes=20), 1),
        (pulse.TICK, timedelta(days=2), 2),
        (pulse.VERIFY, timedelta(days=3), 1),
        (pulse.BACKUP, timedelta(days=3), 1),
        (pulse.BACKUP, timedelta(days=40), 2),
    ],
)
def test_what_runs_by_itself_and_did_not(ask: Any, whole: Path, name: str, age: timedelta, code: int) -> None:
    (whole / "pulse" / f"{name}.json").unlink()
    assert level(ask()[1], name) == "warning"  # never
    with pulse.Pulse(name, at=timezone.now() - age, folder=whole):
        pass
    found = ask()
    assert found[0] == code
    assert list(found[1]) == [name]


def test_what_ran_and_broke_off(ask: Any, whole: Path) -> None:
    with pytest.raises(ZeroDivisionError), pulse.Pulse(pulse.TICK, at=timezone.now(), folder=whole) as beat:
        beat.part("advisories", lambda: 1 / 0)
    with pulse.Pulse(pulse.VERIFY, at=timezone.now(), folder=whole) as beat:
        beat.well = False
    code, found = ask()
    assert code == 2
    assert "advisories" in found["tick"][0]["says"]
    assert found["trail_verify"][0]["level"] == "wrong"


def test_names_that_nobody_measures(ask: Any, organisation: Organisation) -> None:
    now = timezone.now()
    Domain.objects.create(
        organisation=organisation, name="a.dijkstad.example", state="watched", due=now - timedelta(days=2), added_at=now
    )
    code, found = ask()
    assert (code, level(found, "queues")) == (1, "warning")


def test_mails_that_did_not_go_out(ask: Any, organisation: Organisation) -> None:
    now = timezone.now()
    contact = Contact.objects.create(
        organisation=organisation, role="general", name="x", email="a@b.example", since=now
    )
    rows = ({"trouble": "refused"}, {"claimed_at": now - timedelta(hours=2)}, {"claimed_at": now}, {"sent_at": now})
    for number, fields in enumerate(rows):
        values = {"claimed_at": now, "made_at": now, **fields}
        Mail.objects.create(organisation=organisation, contact=contact, kind="at_once", key=str(number), **values)
    assert queues.lengths(at=now)["mails_failed"] == 2
    code, found = ask()
    assert (code, level(found, "queues")) == (1, "warning")
    assert "a@b.example" not in str(found)


def test_no_table_of_mails_is_forgotten() -> None:
    mails = {
        model for model in apps.get_models()
        if {"claimed_at", "sent_at", "trouble"} <= {field.name for field in model._meta.get_fields()}
    }  # fmt: skip
    assert mails == set(queues.MAILS)


@pytest.mark.parametrize(("state", "found_level"), [(5, "warning"), (None, None), (0, None)])
def test_the_clock(ask: Any, monkeypatch: pytest.MonkeyPatch, state: int | None, found_level: str | None) -> None:
    monkeypatch.setattr(doctor_outside, "_kernel_clock", lambda: state)
    found = ask()[1]
    assert (found["clock"][0]["level"] if found else None) == found_level


def test_the_kernel_is_asked_and_nothing_is_set() -> None:
    assert doctor_outside._kernel_clock.__name__ == "<lambda>"  # replaced for the other tests
    done = subprocess.run(
        [sys.executable, "-c", "from dijkwacht.commands import doctor_outside as d; print(d._kernel_clock())"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "dijkwacht.settings", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.strip() in {"None", *map(str, range(6))}


# ---- what is connected to, only when asked


def test_nothing_is_connected_to_unless_asked(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: Any) -> None:
        raise AssertionError(address)

    if connection.vendor == "sqlite":
        monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("DIJKWACHT_RESOLVER", "127.0.0.1#1")
    assert ask()[0] == 0


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler], *, udp: bool = False) -> Iterator[int]:
    kind = socketserver.ThreadingUDPServer if udp else socketserver.ThreadingTCPServer
    with kind(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class Post(socketserver.StreamRequestHandler):
    """A mail server that offers nothing, not even STARTTLS."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


@pytest.mark.parametrize(("tls", "code"), [(False, 0), (True, 2)])
def test_the_mail_server_is_knocked_at_and_nothing_is_sent(ask: Any, settings: Any, tls: bool, code: int) -> None:
    with serving(Post) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, tls
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        found = ask("--mail")
    assert found[0] == code
    assert len(mail.outbox) == 0


def test_a_mail_server_that_is_not_there(ask: Any, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    code, found = ask("--mail")
    assert (code, level(found, "mail")) == (2, "wrong")


def _answers(flags: int, rcode: int = dns.rcode.NOERROR) -> type[socketserver.BaseRequestHandler]:
    class Answers(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, sock = self.request
            response = dns.message.make_response(dns.message.from_wire(data))
            response.flags |= flags
            response.set_rcode(rcode)
            sock.sendto(b"\0\1junk", self.client_address)  # answers nothing that was asked
            sock.sendto(response.to_wire(), self.client_address)

    return Answers


@pytest.mark.parametrize(
    ("flags", "rcode", "code"),
    [(dns.flags.AD, dns.rcode.NOERROR, 0), (0, dns.rcode.NOERROR, 2), (dns.flags.AD, dns.rcode.SERVFAIL, 2)],
)
def test_the_resolver_must_say_that_it_checked(
    ask: Any, monkeypatch: pytest.MonkeyPatch, flags: int, rcode: int, code: int
) -> None:
    with serving(_answers(flags, rcode), udp=True) as port:
        monkeypatch.setenv("DIJKWACHT_RESOLVER", f"127.0.0.1#{port}")
        assert ask("--network")[0] == code


@pytest.mark.parametrize(
    ("chosen", "found_level"), [("", "warning"), ("127.0.0.1#1", "wrong"), ("127.0.0.1#x", "wrong")]
)
def test_a_resolver_that_is_not_there(ask: Any, monkeypatch: pytest.MonkeyPatch, chosen: str, found_level: str) -> None:
    monkeypatch.setenv("DIJKWACHT_RESOLVER", chosen)
    assert level(ask("--network")[1], "resolver") == found_level


# ---- as it runs

RUN = """
import argparse, sys
from dijkwacht.cli import doctor
parser = argparse.ArgumentParser()
doctor.add(parser.add_subparsers(dest="command"))
args = parser.parse_args(["doctor", "--json"])
sys.exit(args.run(args))
"""


def run(data: Path, **environment: str) -> tuple[int, Any, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIJKWACHT_", "DATABASE_URL"))}
    kept |= {
        "DIJKWACHT_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "dijkwacht.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN], env=kept | environment, capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def test_in_an_empty_place_it_makes_no_tables(tmp_path: Path) -> None:
    for _ in range(2):
        code, answer, _err = run(tmp_path / "new")
        assert code == 2
        (behind,) = [each for each in answer["findings"] if each["check"] == "migrations"]
        assert behind["level"] == "wrong"


def test_settings_that_cannot_be_read_are_a_finding(tmp_path: Path) -> None:
    code, answer, err = run(tmp_path, DATABASE_URL="mysql://x:geheim@h/x")
    assert code == 2
    (only,) = answer["findings"]
    assert (only["check"], only["level"]) == ("settings", "wrong")
    assert "geheim" not in str(answer) + err


def test_every_check_has_a_name_for_people() -> None:
    used = {
        *doctor_site.CHECKS,
        *doctor_data.CHECKS,
        "disk",
        "database",
        "migrations",
        "trail",
        "clock",
        "mail",
        "resolver",
    }
    assert used | {"files", pulse.TICK, pulse.VERIFY, pulse.BACKUP, "queues"} == set(findings.CHECKS)
