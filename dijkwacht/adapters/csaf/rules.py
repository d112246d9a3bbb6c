"""The mandatory tests of CSAF (section 6.1), run by the checker of an editor of the standard, behind this one function.

The checker is large and slow to import (seconds), so it is imported at the first document. It is pinned: what we call of it is
not all promised to stay. A rule that falls over is a finding about the rule, never the end of an intake.
"""

import logging
import time
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import jsonpath
import msgspec

from dijkwacht.core.advisories.problems import Problem

MOST = 20  # findings of one rule; a product tree that is wrong is wrong a thousand times
SECONDS = 20.0
Rule = Callable[[dict[str, Any]], list[Any]]
# tests that cost a walk through the whole tree, and how the keys begin without which they have nothing to look at, in 2.0 and 2.1
_ONLY_WITH: Mapping[str, bytes] = {"6.1.4": b'"group_ids"', "6.1.13": b'"purl', "6.1.25": b'"file_hashes"'}


def against_rules(
    body: dict[str, Any], form: str, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
) -> list[Problem]:
    """What the mandatory tests find, as `rule` (param `rule`: its number), all notes: real feeds break the letter.

    Only for a document that passed the schema. `rule_failed`: a test that fell over. `not_checked`: time was up, with how many
    tests were left.
    """
    until = clock() + seconds
    found: list[Problem] = []
    written = _written(body)
    tests = mandatory(form)
    for done, (name, test) in enumerate(tests):
        if clock() > until:
            found.append(Problem("not_checked", params={"left": str(len(tests) - done)}))
            break
        if written is not None and _ONLY_WITH.get(name, b"") not in written:
            continue
        try:
            errors = test(body)
        except Exception as error:
            found.append(Problem("rule_failed", params={"rule": name, "message": type(error).__name__}))
            continue
        found.extend(
            Problem("rule", str(each.instance_path), params={"rule": name, "message": str(each.message)[:300]})
            for each in errors[:MOST]
        )
    return found


def _written(body: dict[str, Any]) -> bytes | None:
    """The document as text, to find keys in; None for what is nested too deep to be written."""
    try:
        return msgspec.json.encode(body)
    except RecursionError:
        return None


@cache
def mandatory(form: str) -> tuple[tuple[str, Rule], ...]:
    """The mandatory tests of a form with their numbers, in the order of the standard."""
    checker = _checker(form)
    rules = checker.all_rules()
    return tuple(
        (entry["id"], rules[entry["id"]])
        for entry in checker._catalog()
        if entry["group"] == "mandatory" and entry["id"] in rules
        and entry.get("status") not in ("obsolete", "not_implemented")
    )  # fmt: skip


def _checker(form: str) -> Any:
    """The module of the checker for a form. Importing it sets up logging for a whole program; that is put back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    if form == "csaf-2.1":
        from csaf.csaf.v21 import _validator as checker  # type: ignore[import-untyped] # noqa: PLC0415
    else:
        from csaf.csaf.v20 import _validator as checker  # type: ignore[import-untyped]  # noqa: PLC0415
    _keep_compiled(jsonpath.DEFAULT_ENV)
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
    root.setLevel(level)
    return checker


def _keep_compiled(paths: Any) -> None:
    """The checker gives its paths as text, some sixty, and has them read again for each document; here each is read once."""
    if not hasattr(paths.compile, "cache_info"):
        paths.compile = lru_cache(maxsize=1000)(paths.compile)
