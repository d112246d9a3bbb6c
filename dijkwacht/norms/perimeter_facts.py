"""Which checks answer which question of the ledger: `norms/perimeter/facts.yaml`."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, cast, get_args

from dijkwacht.core.checks.facts import By, FactRule
from dijkwacht.core.checks.finding import Word
from dijkwacht.core.checks.history import Key
from dijkwacht.norms.fields import Fields
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.text import load

FILE = "perimeter/facts.yaml"
KEYS = ("fact", "by", "all", "accept", "skip", "needs", "source", "uncertain")


def read_fact_rules(root: Path, *, checks: Collection[str], facts: Collection[str]) -> tuple[FactRule, ...]:
    """All rules. `checks`: known ones, as area.check; `facts`: fact types that measurement may answer with yes or no.

    Raises PackErrors with file and line of everything that is wrong.
    """
    problems: list[Problem] = []
    document = load(root / FILE, root=root)
    fields = Fields(document, document.value if isinstance(document.value, dict) else {}, FILE, problems, True)
    fields.only(("source", "facts"))
    fields.both("source", needed=True)
    found = tuple(_rule(row, checks, facts) for row in _rows(fields))
    if len({each.fact for each in found}) != len(found):
        fields.wrong("facts", "a fact stands here twice")
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def _rows(fields: Fields) -> Iterator[Fields]:
    rows = fields.data.get("facts")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        fields.wrong("facts", "a list of mappings was expected")
        return
    for i, data in enumerate(rows):
        row = Fields(fields.document, data, str(data.get("fact", f"facts[{i}]")), fields.problems, True)
        row.only(KEYS)
        yield row


def _rule(row: Fields, checks: Collection[str], facts: Collection[str]) -> FactRule:
    fact = row.text("fact", needed=True)
    if fact and fact not in facts:
        row.wrong("fact", f"{fact} is no fact type that a measurement answers with yes or no")
    rule = FactRule(
        fact=fact,
        by=cast(By, row.one_of("by", get_args(By), "own")),
        all=_keys(row, "all", checks),
        accept=_words(row, "accept"),
        skip=_words(row, "skip"),
        needs=_keys(row, "needs", checks),
        source=row.both("source", needed=True),
        uncertain=row.both("uncertain"),
    )
    if not rule.all or not rule.accept:
        row.wrong(None, "all and accept must not be empty")
    return rule


def _keys(row: Fields, key: str, checks: Collection[str]) -> tuple[Key, ...]:
    found = []
    for i, text in enumerate(row.words(key)):
        if text not in checks:
            row.wrong_at(f"{key}[{i}]", f"there is no check {text}")
        area, _dot, check = text.partition(".")
        found.append(cast(Any, (area, check)))
    return tuple(found)


def _words(row: Fields, key: str) -> frozenset[Word]:
    found = row.words(key)
    for i, word in enumerate(found):
        if word not in get_args(Word):
            row.wrong_at(f"{key}[{i}]", f"there is no word {word}")
    return frozenset(cast(Any, found))
