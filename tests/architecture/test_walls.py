"""The walls between the parts of the house, and the one shape of its rooms."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

ROOMS = sorted(path for path in house.ROOMS.iterdir() if (path / "__init__.py").is_file())


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], cwd=house.ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_is_for(room: Path) -> None:
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text())) or ""
    assert len(docstring) > 60, f"{room.name}/__init__.py: one paragraph on what the room is for, please"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_has_the_common_shape(room: Path) -> None:
    assert (room / "urls.py").is_file() or (room / "urls").is_dir()
    assert (room / "queries.py").is_file() or (room / "queries").is_dir()
    if (room / "models.py").is_file() or (room / "models").is_dir():
        assert (room / "services.py").is_file() or (room / "services").is_dir()
        assert (room / "migrations" / "__init__.py").is_file()


def test_each_room_is_in_the_contract_and_on_the_map() -> None:
    layers = (house.ROOT / "pyproject.toml").read_text()
    house_map = (house.ROOT / "ARCHITECTURE.md").read_text()
    for room in ROOMS:
        assert re.search(rf"^layers = [^\]]*\b{room.name}\b", layers, re.MULTILINE), room.name
        assert f"apps/{room.name}" in house_map
