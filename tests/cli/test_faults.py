"""tools/faults.py, a few rounds: what is killed loses nothing and doubles nothing; and it would see it if something did."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("faults")  # one demo world for all of them

ROOT = Path(__file__).parents[2]
SCRIPT = """
import io, json, os, random, sys
from pathlib import Path
from tools import fault_special, fault_web, faults
from tools.fault_kit import AT, ON, Place
from tools.fault_work import TOWN, Route, organisation, routes

def careless(tried):
    from dijkwacht.apps.ledger.services.evidence import add_evidence
    for _ in range(2):  # two acts of what should be one, and other bytes each time
        add_evidence(organisation(TOWN), file=io.BytesIO(os.urandom(99)), name="x", person=None, actor="t", on=ON, at=AT)

def untold(tried):
    from dijkwacht.apps.ledger.models import Evidence
    Evidence.objects.create(organisation=organisation(TOWN), sha256="0" * 64, name="x", size=1, added_at=AT)

place = Place(Path(sys.argv[1]))
faults.begin(place)
dice = random.Random(1)
rows = [faults.killing(place, each, rounds=5, dice=dice) for each in routes(["import", "worker"])]
rows.append(fault_web.killing(place, rounds=5, dice=dice))
for name in ("twice", "gone", "full", "backup"):
    rows.append({"path": name, **fault_special.FAULTS[name](place, rounds=5, dice=dice)})
for work in (careless, untold):
    rows.append(faults.killing(place, Route(work.__name__, work), rounds=20, dice=dice))
print(json.dumps(rows, default=str))
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path_factory.mktemp("faults"))],
        env={**kept, "PYTHONPATH": str(ROOT)}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {each["path"]: each for each in json.loads(done.stdout)}


@pytest.mark.parametrize("path", ["import", "worker", "web", "twice", "gone", "full", "backup"])
def test_nothing_is_lost_or_doubled(path: str, rows: dict[str, Any]) -> None:
    assert rows[path]["wrong"] == []
    assert rows[path].get("killed", 5) == 5


def test_it_would_see_what_is_done_twice(rows: dict[str, Any]) -> None:
    assert any("rows and not" in each for each in rows["careless"]["wrong"])


def test_it_would_see_a_row_that_the_trail_does_not_tell_of(rows: dict[str, Any]) -> None:
    assert rows["untold"]["wrong"]
