"""How advisories are weighed: the table of priorities and the SSVC table, ``norms/advisories``. Each is checked when read."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from dijkwacht.core.advisories.priority import LEVELS, SEVERITIES, Condition, Rule, Signals, Table, Words
from dijkwacht.core.advisories.ssvc import DECISIONS
from dijkwacht.core.advisories.ssvc import Table as Ssvc
from dijkwacht.core.days import Duration
from dijkwacht.norms.fields import LANGUAGES, Fields
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.text import Document, load

ROOT = Path(__file__).resolve().parent
_SIGNALS = tuple(Signals.__dataclass_fields__)
_RULE = ("id", "level", "if", "text", "source", "uncertain")


@lru_cache(maxsize=1)
def priority_table() -> Table:
    """The rules of priority. Raises PackErrors with file and line."""
    return read_priority(load(ROOT / "advisories" / "priority.yaml", root=ROOT))


@lru_cache(maxsize=1)
def ssvc_table() -> Ssvc:
    """The SSVC table of who installs a fix. Raises PackErrors with file and line."""
    return read_ssvc(load(ROOT / "advisories" / "ssvc.yaml", root=ROOT))


def read_priority(document: Document) -> Table:
    """The table in a document. Raises PackErrors."""
    problems: list[Problem] = []
    top = _fields(document, document.value, "priority", problems)
    top.only(("rules", "week", "words"))
    rules = _rules(document, document.value.get("rules"), problems, "rules")
    if not rules or rules[-1].conditions:
        top.wrong("rules", "the last rule must fit always: if: {}")
    week = _fields(document, document.value.get("week"), "week", problems)
    week.only(("requirement", "term", "source", "rules"))
    table = Table(
        rules, _rules(document, week.data.get("rules"), problems, "week"), week.duration("term") or Duration(0, 0),
        week.text("requirement", needed=True), _words(document, document.value.get("words"), problems),
    )  # fmt: skip
    week.text("source", needed=True)
    if not table.term.days and not table.term.months:
        week.wrong("term", "term is missing")
    if problems:
        raise PackErrors(problems)
    return table


def _fields(document: Document, data: Any, what: str, problems: list[Problem]) -> Fields:
    return Fields(document, data if isinstance(data, dict) else {}, what, problems, True)


def _rules(document: Document, data: Any, problems: list[Problem], what: str) -> tuple[Rule, ...]:
    found = []
    names: set[str] = set()
    for each in data if isinstance(data, list) else []:
        row = _fields(document, each, what, problems)
        row.only(_RULE)
        name = row.text("id", needed=True)
        if name in names:
            row.wrong("id", f"{name} stands twice")
        names.add(name)
        level = row.one_of("level", LEVELS, "normal")
        texts = {language: row.data.get("text", {}).get(language, "") for language in LANGUAGES}
        if not all(texts.values()):
            row.wrong("text", "text in nl and en is missing")
        found.append(
            Rule(
                name, level, tuple(_conditions(row)), texts, row.text("source", needed=True),  # type: ignore[arg-type]
                row.data.get("uncertain", {}),
            )
        )  # fmt: skip
    return tuple(found)


def _conditions(row: Fields) -> Iterable[Condition]:
    held = row.data.get("if")
    if not isinstance(held, Mapping):
        row.wrong("if", "if must be a mapping of signals")
        return
    for signal, wanted in held.items():
        if signal not in _SIGNALS:
            row.wrong("if", f"unknown signal {signal}; there are {', '.join(_SIGNALS)}")
        elif wanted == "unknown":
            yield Condition(signal, unknown=True)
        elif isinstance(wanted, int | float) and not isinstance(wanted, bool):
            yield Condition(signal, least=float(wanted))
        elif isinstance(wanted, list) and wanted and all(isinstance(word, str) for word in wanted):
            yield Condition(signal, frozenset(wanted))
        else:
            row.wrong("if", f"{signal}: a list of words, a number or unknown was expected")


def _words(document: Document, data: Any, problems: list[Problem]) -> Words:
    words = _fields(document, data, "words", problems)
    words.only(("grades", "severities", "bands", "bands_source"))
    turned = [
        {word: name for name, each in words.data.get(key, {}).items() for word in each}
        for key in ("grades", "severities")
    ]
    bands = words.data.get("bands", {})
    if not set(bands) <= set(SEVERITIES):
        words.wrong("bands", f"bands are of {', '.join(SEVERITIES)}")
    ordered = sorted(((float(least), name) for name, least in bands.items()), reverse=True)
    return Words(turned[0], turned[1], tuple(ordered))


def read_ssvc(document: Document) -> Ssvc:
    """The SSVC table in a document, complete: one decision for every combination. Raises PackErrors."""
    problems: list[Problem] = []
    top = _fields(document, document.value, "ssvc", problems)
    top.only(("source", "as_of", "points", "rows"))
    top.text("source", needed=True)
    points = {name: tuple(values) for name, values in top.data.get("points", {}).items()}
    if not points:
        top.wrong("points", "points are missing")
        raise PackErrors(problems)
    last = tuple(points.values())[-1]
    table: dict[tuple[str, ...], str] = {}
    for each in top.data.get("rows", []):
        row = _fields(document, each, "row", problems)
        row.only(("if", "then"))
        head, decisions = row.words("if"), row.words("then")
        if len(decisions) != len(last) or not set(decisions) <= set(DECISIONS):
            row.wrong("then", f"{len(last)} decisions out of {', '.join(DECISIONS)} were expected")
            continue
        for value, decision in zip(last, decisions, strict=True):
            if (*head, value) in table:
                row.wrong("if", "this combination stands twice")
            table[(*head, value)] = decision
    wanted = set(product(*points.values()))
    if table.keys() != wanted:
        top.wrong("rows", f"{len(wanted ^ table.keys())} combinations are missing or unknown")
    if problems:
        raise PackErrors(problems)
    return Ssvc(points, table)
