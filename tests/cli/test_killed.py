"""Kill -9 in the middle of an import or a tick: nothing half, and running it again completes it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.examples import selfassessment

ON = date(2026, 11, 25)
# Runs a command, and kills its own process the moment it calls the function named, before that does anything.
KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "dijkwacht.settings"
import django
django.setup()
from unittest import mock
with mock.patch({target!r}, side_effect=lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)):
    from dijkwacht.cli import main
    main(sys.argv[1:])
"""


def environment(data: Path) -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return {**env, "DIJKWACHT_DATA": str(data), "DIJKWACHT_DEBUG": "1", "DIJKWACHT_TIME_MACHINE": "1"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world, made once; each test takes a copy."""
    data = tmp_path_factory.mktemp("made") / "data"
    dijkwacht(environment(data), "demo", "--on", str(ON))
    return data


@pytest.fixture
def folder(tmp_path: Path, made: Path) -> dict[str, str]:
    """An installation of its own, on SQLite: a killed process must not be the one that runs the tests."""
    return environment(Path(shutil.copytree(made, tmp_path / "data")))


def dijkwacht(folder: dict[str, str], *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "dijkwacht.cli", *arguments, "--json"],
        env=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def killed(folder: dict[str, str], target: str, *arguments: str) -> None:
    script = KILLED.format(target=target)
    done = subprocess.run([sys.executable, "-c", script, *arguments], env=folder, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize(
    "target",
    [
        "dijkwacht.apps.ledger.services.claims.after",  # facts are written, verdicts are not
        "dijkwacht.apps.ledger.services.act.record",  # everything but the entry in the trail
    ],
)
def test_an_import_that_was_killed(folder: dict[str, str], tmp_path: Path, target: str) -> None:
    path = tmp_path / "zelf.xlsx"
    path.write_bytes(selfassessment.build(ON))
    command = ("import", str(path), "--organisation", "waterveen", "--on", str(ON))
    before = dijkwacht(folder, "accounts", "--organisation", "waterveen", "--on", str(ON))
    killed(folder, target, *command)
    assert dijkwacht(folder, "accounts", "--organisation", "waterveen", "--on", str(ON)) == before
    assert all(chain["whole"] for chain in dijkwacht(folder, "trail", "verify"))
    assert dijkwacht(folder, *command)["claims"] == 114
    assert all(chain["whole"] for chain in dijkwacht(folder, "trail", "verify"))


def test_a_tick_that_was_killed(folder: dict[str, str]) -> None:
    killed(folder, "dijkwacht.apps.ledger.services.due.record", "tick", "--on", "2027-11-25")
    assert all(chain["whole"] for chain in dijkwacht(folder, "trail", "verify"))
    assert dijkwacht(folder, "tick", "--on", "2027-11-25")["turned"] > 0
    assert dijkwacht(folder, "tick", "--on", "2027-11-25")["organisations"] == 0
