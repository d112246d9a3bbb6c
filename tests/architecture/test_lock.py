"""The lock file: every pin has hashes, every dependency is pinned, nothing comes from a place of its own."""

import re
import tomllib

from tests.architecture import house

LOCK = (house.ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((house.ROOT / "pyproject.toml").read_text())["project"]


def _key(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name.group()).lower()


def test_every_pin_has_hashes() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK[re.search(r"^[a-z0-9]", LOCK, re.MULTILINE).start() :])  # type: ignore[union-attr]
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_every_dependency_is_pinned() -> None:
    pinned = {_key(line) for line in LOCK.splitlines() if "==" in line and not line.startswith((" ", "#"))}
    wanted = {_key(each) for each in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]}
    assert wanted - pinned == set()


def test_no_addresses() -> None:
    assert "://" not in LOCK
    assert '"resolved"' not in (house.ROOT / "package-lock.json").read_text()
