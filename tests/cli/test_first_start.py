"""Two first starts at once: one makes the tables and the demo world, the other waits and finds them."""

import os
import subprocess
import sys
from pathlib import Path


def test_two_at_once_make_one_world(tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    command = [sys.executable, "-m", "dijkwacht.cli", "demo", "--on", "2026-11-25", "--json"]
    started = [
        subprocess.Popen(
            command, env={**kept, "DIJKWACHT_DATA": str(tmp_path / "data")}, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    told = [each.communicate(timeout=120) for each in started]
    assert [each.returncode for each in started] == [0, 0], told
    assert told[0][0] == told[1][0]
