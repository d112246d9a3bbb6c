"""Where things stand: paths and file lists for the tests of this folder."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dijkwacht"
ROOMS = PACKAGE / "apps"

_MADE = {"node_modules", "vendor", "__pycache__"}
_MADE_AT_THE_ROOT = {"data", "build", "dist", "static"}


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Python files below a folder, without migrations (they are generated)."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


def templates() -> list[Path]:
    """Every template of the house."""
    return sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)


def name(path: Path) -> str:
    """The path as a reader of the repository knows it."""
    return path.relative_to(ROOT).as_posix()


def repository_files() -> list[Path]:
    """Files that are, or would be, committed. Without git: everything that set-up did not make."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / entry.decode() for entry in listed.stdout.split(b"\0") if entry]
        return sorted(path for path in paths if path.is_file())
    return sorted(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            made = path.name in _MADE or (folder == ROOT and path.name in _MADE_AT_THE_ROOT)
            if not made and (not path.name.startswith(".") or path.name == ".ci"):
                yield from _walk(path)
        elif path.suffix != ".mo":
            yield path
