"""Which codes the readers of advisories give, with the names of their parameters, from the sources themselves."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from dijkwacht.adapters.csaf.signature import Hashed, Standing
from tests.architecture import house

FILES = [
    path for folder in ("csaf", "enrichment") for path in sorted((house.PACKAGE / "adapters" / folder).glob("*.py"))
]
# the call, and which of its arguments holds the code
CALLS = {"note": 0, "Problem": 0, "Unreadable": 0, "Refused": 0, "Unwritable": 0, "missing": 2}
STANDINGS = {"hash_": get_args(Hashed), "signature_": get_args(Standing)}
SILENT = {"hash_good", "signature_good"}  # a finding only when something is wrong


@dataclass(frozen=True, slots=True)
class Given:
    """One place that gives a code."""

    call: str
    code: str
    params: frozenset[str]


def given() -> list[Given]:
    """Every code of the readers, once for every place that gives it."""
    return [found for path in FILES for found in _in(ast.parse(path.read_text()))]


def _in(tree: ast.Module) -> Iterator[Given]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        call = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if call in CALLS and len(node.args) > CALLS[call]:
            for code in _codes(node.args[CALLS[call]]):
                if code not in SILENT:
                    yield Given("note" if call == "missing" else call, code, _params(node, call))


def _codes(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp():
            yield from (*_codes(node.body), *_codes(node.orelse))
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), _]):
            yield from (f"{start}{standing}" for standing in STANDINGS[start])


def _params(node: ast.Call, call: str) -> frozenset[str]:
    if call == "missing":
        return frozenset(("id",))
    named = {each.arg: each.value for each in node.keywords if each.arg}
    if call != "Problem":
        return frozenset(named)
    told = named.get("params") or (node.args[3] if len(node.args) > 3 else None)
    keys = told.keys if isinstance(told, ast.Dict) else []
    return frozenset(each.value for each in keys if isinstance(each, ast.Constant))
