"""The core decides: standard library, in core/cascade also numpy, and nothing that does I/O, reads a clock or throws dice."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.architecture import house

IMPURE = {
    "asyncio", "concurrent", "ftplib", "glob", "http", "io", "locale", "logging", "mmap", "multiprocessing", "os",
    "pathlib", "pickle", "platform", "random", "secrets", "select", "shelve", "shutil", "signal", "smtplib", "socket",
    "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
IMPURE_CALLS = {"open", "input", "print", "exec", "eval", "compile", "__import__"}
CLOCK_AND_DICE_CALLS = {"today", "now", "utcnow", "fromtimestamp", "uuid1", "uuid4"}
CASCADE = house.PACKAGE / "core" / "cascade"  # docs/decisions/0013-numpy-in-the-cascade.md
CORE = house.modules(house.PACKAGE / "core")


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _calls(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """Line, name and whether it is called on something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id, False
            elif isinstance(node.func, ast.Attribute):
                yield node.lineno, node.func.attr, True


def impurities(source: str, *, numbers: bool = False) -> list[str]:
    """What in this source the core may not have, with its line. ``numbers``: numpy may be here, but never its dice or files."""
    tree = ast.parse(source)
    found = []
    for line, module in _imports(tree):
        top = module.partition(".")[0]
        own = module == "dijkwacht.core" or module.startswith("dijkwacht.core.")
        if numbers and module in {"numpy", "numpy.typing"}:
            continue
        if not own and (top not in sys.stdlib_module_names or top in IMPURE):
            found.append(f"{line}: imports {module}")
    for line, name, on_something in _calls(tree):
        if name in (CLOCK_AND_DICE_CALLS if on_something else IMPURE_CALLS):
            found.append(f"{line}: calls {name}")
    return found


@pytest.mark.parametrize("path", CORE, ids=house.name)
def test_core_is_pure(path) -> None:
    assert impurities(path.read_text(), numbers=path.is_relative_to(CASCADE)) == []


def test_numpy_is_only_in_the_cascade_and_only_for_arithmetic() -> None:
    assert impurities("import numpy as np")
    assert not impurities("import numpy as np", numbers=True)
    assert impurities("from numpy.random import default_rng", numbers=True)
    assert not [path for path in CORE if path.is_relative_to(CASCADE) and "np.random" in path.read_text()]


@pytest.mark.parametrize(
    "source",
    [
        "import django", "from dijkwacht.norms import read", "import os.path", "from random import choice", "open('x')",
        "from datetime import date\ndate.today()", "from datetime import datetime\ndatetime.now(None)",
    ],
)  # fmt: skip
def test_the_check_sees_what_is_impure(source: str) -> None:
    assert impurities(source)


def test_the_check_lets_the_pure_pass() -> None:
    assert (
        impurities("import re\nfrom dataclasses import dataclass\nfrom dijkwacht.core.days import add\nre.compile('a')")
        == []
    )
