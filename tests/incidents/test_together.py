"""Many at once, and killed: a warning is written once, a mail sent once, and nothing is lost."""

import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from dijkwacht.apps.incidents.models import Alert, Clock
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.services import alerting, calling, ticking, weighing
from tests.cli.test_killed import dijkwacht, environment, killed
from tests.incidents.conftest import KNOWN, NOW, OUTAGE
from tests.ledger.test_together import together

HOUR = timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
class TestTogether:
    @pytest.fixture
    def running(self, tell, does, organisation, people) -> int:
        """Terms that run, and people who are called; how many warnings the first round comes to."""
        for who, role in (("ciso", "reporter"), ("process_owner", "reporter"), ("college", "board")):
            calling.put_on_duty(organisation, who=people(who), role=role, **does())
        for _ in range(3):
            weighing.weigh(tell(), answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
        return 3 * 2

    def test_several_machines_write_each_warning_once(self, running, organisation) -> None:
        done = together(*(lambda: ticking.fire(at=NOW) for _ in range(4)))
        assert Alert.objects.count() == sum(each.alerts for each in done) == running
        assert verify_incidents(organisation).faulty == []

    def test_several_machines_send_each_mail_once(self, running) -> None:
        ticking.fire(at=NOW)
        sent = together(*(lambda: alerting.send_waiting(at=NOW) for _ in range(3)))
        assert sum(sent) == len(mail.outbox) == running

    def test_machines_whose_clocks_differ_write_each_mark_once(self, running) -> None:
        """One machine runs hours ahead, another behind: nobody is warned twice of one thing."""
        together(*(lambda skew=skew: ticking.fire(at=NOW + skew * HOUR) for skew in (-3, 0, 13)))
        ticking.fire(at=NOW)
        rows = list(Alert.objects.values_list("clock", "mark", "person"))
        assert len(rows) == len(set(rows))
        assert all(len(each.fired) == len(set(each.fired)) for each in Clock.objects.all())

    def test_a_clock_that_went_back_warns_of_nothing_again(self, running) -> None:
        ticking.fire(at=NOW + 13 * HOUR)
        before = Alert.objects.count()
        assert ticking.fire(at=NOW - 5 * HOUR).alerts == 0
        ticking.fire(at=NOW + 13 * HOUR)
        assert Alert.objects.count() == before

    def test_two_processes_on_one_postgresql(self, running, organisation) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("on SQLite threads of one process are tried above")
        connection.close()
        url = _address(connection.settings_dict)
        script = (
            "import django; django.setup(); from datetime import datetime;"
            "from dijkwacht.apps.incidents.services.ticking import fire;"
            f"print(fire(at=datetime.fromisoformat({NOW.isoformat()!r})).alerts)"
        )
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "dijkwacht.settings",
            "DIJKWACHT_DEBUG": "1",
        }
        started = [
            subprocess.Popen([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        assert sum(int(each.communicate(timeout=120)[0]) for each in started) == running
        assert Alert.objects.count() == running


def _address(settings: dict[str, Any]) -> str:
    login = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    return f"postgres://{login}@{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}/{settings['NAME']}"


ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world, in which a significant incident runs."""
    data = tmp_path_factory.mktemp("made") / "data"
    dijkwacht(environment(data), "demo", "--on", str(ON))
    return data


@pytest.mark.parametrize(
    "target",
    [
        "dijkwacht.apps.incidents.services.ticking._write",  # terms are marked as warned, nobody is
        "dijkwacht.apps.incidents.services.alerting.post",  # claimed, not sent
    ],
)
def test_a_tick_that_was_killed(made: Path, tmp_path: Path, target: str) -> None:
    folder = environment(Path(shutil.copytree(made, tmp_path / "data")))
    killed(folder, target, "tick", "--on", str(ON))
    assert all(chain["whole"] for chain in dijkwacht(folder, "trail", "verify"))
    done = dijkwacht(folder, "tick", "--on", str(ON))
    assert (done["warnings"] > 0) is target.endswith("_write")
    assert dijkwacht(folder, "tick", "--on", str(ON))["warnings"] == 0
    assert all(chain["whole"] for chain in dijkwacht(folder, "trail", "verify"))
