"""Figures for Prometheus: nobody sees them unless the installation says so, and their labels lead to nobody."""

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dijkwacht import pulse
from dijkwacht.apps.advisories.models import Advisory

# Before the library is read: it looks once.
_COUNTS = tempfile.mkdtemp(prefix="dijkwacht-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _COUNTS
atexit.register(shutil.rmtree, _COUNTS, ignore_errors=True)

from prometheus_client.parser import text_string_to_metric_families  # noqa: E402 - see above

TOKEN = "t" * 40
METRICS = "/metrics"
AT = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def measured(settings: Any, tmp_path: Path) -> Any:
    settings.DIJKWACHT_METRICS, settings.DATA_DIR = TOKEN, tmp_path
    first, *others = settings.MIDDLEWARE
    settings.MIDDLEWARE = [first, "dijkwacht.web.metrics.Measured", *others]
    return settings


def figures(client: Client | None = None) -> dict[str, dict[tuple[str, ...], float]]:
    response = (client or Client(headers={"authorization": f"Bearer {TOKEN}"})).get(METRICS)
    assert response.status_code == 200
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(response.content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def test_nobody_sees_them_by_default() -> None:
    for client in (
        Client(),
        Client(headers={"authorization": "Bearer "}),
        Client(headers={"authorization": "Bearer None"}),
    ):
        assert client.get(METRICS).status_code == 404


@pytest.mark.parametrize("given", ["", TOKEN, "Bearer", f"Bearer {TOKEN}x", f"bearer{TOKEN}", "Bearer é", "Basic dDp0"])
def test_a_wrong_token_finds_nothing(measured: Any, given: str) -> None:
    assert Client(HTTP_AUTHORIZATION=given).get(METRICS).status_code == 404


@pytest.mark.parametrize(
    ("meta", "code"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "127.8.8.8"}, 200),
        ({"REMOTE_ADDR": "10.0.0.8"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "203.0.113.9"}, 404),
    ],
)
def test_from_this_machine_only(measured: Any, meta: dict[str, str], code: int) -> None:
    measured.DIJKWACHT_METRICS = "loopback"
    assert Client(**meta).get(METRICS).status_code == code


def test_it_is_for_machines(measured: Any) -> None:
    measured.SECURE_SSL_REDIRECT, measured.ALLOWED_HOSTS = True, ["dijkwacht.example"]
    client = Client(headers={"authorization": f"Bearer {TOKEN}", "host": "10.0.0.7"})
    response = client.get(METRICS)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert response["Content-Type"].startswith("text/plain; version=")
    assert not response.cookies
    assert client.post(METRICS).status_code == 405
    client.defaults["HTTP_ACCEPT"] = "application/openmetrics-text; version=1.0.0"
    assert client.get(METRICS).content.endswith(b"# EOF\n")


def test_requests_are_counted_per_page_and_never_per_address(measured: Any, organisation: Any) -> None:
    before = figures()["dijkwacht_requests_total"]
    for address in ("/o/dijkstad/vragen/", "/o/elders/vragen/", "/nergens/noor@dijkstad.example", "/account/login/"):
        Client().get(address + "?wie=noor@dijkstad.example")
    found = figures()
    after = found["dijkwacht_requests_total"]
    new = {key: after[key] - before.get(key, 0) for key in after if after[key] != before.get(key, 0)}
    assert {status for status, _ in new} <= {"200", "302", "404"}
    assert all(re.fullmatch(r"-|static|[a-z_]+(:[a-z_]+)?", view) for _, view in new), new
    assert sum(new.values()) >= 4
    assert found["dijkwacht_request_seconds_count"][("account_login",)] >= 1
    page = Client(headers={"authorization": f"Bearer {TOKEN}"}).get(METRICS).content.decode()
    assert "noor" not in page
    assert "dijkstad" not in page


def test_the_time_of_the_database_is_told(measured: Any) -> None:
    from dijkwacht.web.metrics import _Spent

    spent = _Spent()
    assert spent(lambda *_: "rows", "SELECT 1", None, False, {}) == "rows"
    with pytest.raises(ZeroDivisionError):
        spent(lambda *_: 1 / 0, "SELECT 1", None, False, {})
    assert spent.queries == 2
    assert spent.seconds > 0


def test_queues_build_and_last_runs(measured: Any, organisation: Any, tmp_path: Path) -> None:
    Advisory.objects.create(
        organisation=organisation,
        publisher="p",
        number="1",
        title="t",
        version="1",
        tlp="CLEAR",
        came_at=AT,
        changed_at=AT,
    )
    with pulse.Pulse(pulse.TICK, at=AT, folder=tmp_path) as beat:
        beat.part("terms", lambda: 1)
    with pulse.Pulse(pulse.VERIFY, at=AT, folder=tmp_path) as beat:
        beat.well = False
    found = figures()
    assert found["dijkwacht_queue_length"][("advisories_to_read",)] == 1
    assert found["dijkwacht_queue_length"][("mails_failed",)] == 0
    assert found["dijkwacht_database_up"] == {(): 1}
    assert found["dijkwacht_build_info"]
    assert found["dijkwacht_tick_last_success_timestamp_seconds"][()] == pytest.approx(AT.timestamp(), abs=5)
    assert set(found["dijkwacht_tick_part_seconds"]) == {("terms",)}
    assert found["dijkwacht_trail_verify_well"] == {(): 0}
    assert "dijkwacht_trail_verify_last_success_timestamp_seconds" not in found


def test_without_a_database_the_rest_is_still_told(measured: Any) -> None:
    measured.DIJKWACHT_QUEUES = "tests.web.test_metrics.gone"
    found = figures()
    assert found["dijkwacht_database_up"] == {(): 0}
    assert found["dijkwacht_build_info"]


def gone(*, at: datetime) -> dict[str, int]:
    raise OSError(at)


def test_a_part_that_goes_wrong_keeps_when_it_last_did_well(tmp_path: Path) -> None:
    def fails() -> None:
        raise ValueError

    with pulse.Pulse(pulse.TICK, at=AT, folder=tmp_path) as beat:
        assert beat.part("terms", lambda value: value + 1, 1) == 2
    later = AT + timedelta(minutes=5)
    with pytest.raises(ValueError, match=r"^$"), pulse.Pulse(pulse.TICK, at=later, folder=tmp_path) as beat:
        beat.part("terms", fails)
    found = pulse.last(tmp_path, pulse.TICK)
    assert found is not None
    assert found.last_well is not None
    assert found.parts["terms"].last_well is not None
    assert [found.well, found.parts["terms"].well] == [False, False]
    assert found.ended >= later > found.last_well
    assert found.parts["terms"].last_well < later


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"ended": 1}', '{"ended": "x", "seconds": 1, "well": true, "last_well": null}']
)
def test_a_file_that_says_nothing_is_no_run(tmp_path: Path, text: str) -> None:
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "tick.json").write_text(text)
    assert pulse.last(tmp_path, pulse.TICK) is None


def test_a_folder_that_cannot_be_written_stops_no_tick(tmp_path: Path) -> None:
    (tmp_path / "pulse").write_text("in the way")
    with pulse.Pulse(pulse.TICK, at=AT, folder=tmp_path) as beat:
        assert beat.part("terms", lambda: 3) == 3


SERVE = """
import django; django.setup()
from django.test import Client
from django.core.management import call_command
for _ in range({times}): Client().get("/health/live")
{last}
"""
READ = 'print(Client(headers={"authorization": "Bearer " + "t" * 40}).get("/metrics").content.decode())'


def test_what_several_processes_counted_is_added_up(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DIJKWACHT_", "DATABASE_URL", "PROMETH"))},
        "DIJKWACHT_DATA": str(tmp_path), "DIJKWACHT_METRICS": TOKEN, "DJANGO_SETTINGS_MODULE": "dijkwacht.settings",
        "DIJKWACHT_HOSTS": "testserver", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    out = ""
    for times, last in ((3, ""), (4, READ)):
        script = SERVE.format(times=times, last=last)
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        out = done.stdout
    assert 'dijkwacht_requests_total{status="200",view="web:live"} 7.0' in out, out[:2000]
    (folder,) = (tmp_path / "metrics").iterdir()
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("chosen", "proxies", "word"),
    [("short", "0", "32 characters"), ("a b" * 20, "0", "32 characters"), ("loopback", "1", "set a token")],
)
def test_a_choice_that_would_let_in_too_many_is_refused(tmp_path: Path, chosen: str, proxies: str, word: str) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DIJKWACHT_", "PROMETH"))},
        "DIJKWACHT_DATA": str(tmp_path), "DIJKWACHT_METRICS": chosen, "DIJKWACHT_PROXIES": proxies,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", "import dijkwacht.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert word in done.stderr
