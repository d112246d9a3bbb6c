"""Small enough to read: modules, functions, views, templates."""

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import house

MODULE_AIM, MODULE_LIMIT = 300, 500
FUNCTION_LIMIT, VIEW_LIMIT = 40, 25
TEMPLATE_LIMIT = 120


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the last statement; a docstring is not counted, it should not have to be short."""
    assert function.end_lineno is not None
    length = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None and first.end_lineno is not None:
        length -= first.end_lineno - first.lineno + 1
    return length


def test_modules_stay_below_the_hard_limit() -> None:
    sizes = {house.name(path): _lines(path) for path in house.modules()}
    for name, size in sizes.items():
        if size > MODULE_AIM:
            warnings.warn(pytest.PytestWarning(f"{name} has {size} lines; the aim is {MODULE_AIM}"), stacklevel=1)
    assert {name: size for name, size in sizes.items() if size > MODULE_LIMIT} == {}


def test_functions_fit_on_a_screen() -> None:
    long = {}
    for path in house.modules():
        limit = VIEW_LIMIT if path.name == "views.py" or path.parent.name == "views" else FUNCTION_LIMIT
        for function in _functions(ast.parse(path.read_text())):
            if (length := _length(function)) > limit:
                long[f"{house.name(path)}:{function.lineno} {function.name}"] = f"{length} > {limit}"
    assert long == {}


def test_templates_stay_small() -> None:
    sizes = {house.name(path): _lines(path) for path in house.templates()}
    assert {name: size for name, size in sizes.items() if size > TEMPLATE_LIMIT} == {}


def test_length_leaves_the_docstring_out() -> None:
    function = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').body[0]
    assert isinstance(function, ast.FunctionDef)
    assert _length(function) == 2
