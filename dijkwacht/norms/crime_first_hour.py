"""The first hour of a victim: `norms/crime/first_hour.yaml`, checked against the questions of the referral when read."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from dijkwacht.core.first_hour import FirstHour, Step
from dijkwacht.core.referral import Question
from dijkwacht.norms.crime_packs import FOLDER, ROOT, crime_packs, crime_problems, read_crime
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, rows
from dijkwacht.norms.suppliers_requirements import edition


@lru_cache(maxsize=1)
def first_hour_pack() -> FirstHour:
    """That of the house. Raises PackErrors with file and line."""
    return read_first_hour(ROOT, crime_packs().referral.questions)


def read_first_hour(root: Path, questions: Iterable[Question]) -> FirstHour:
    """That in a folder of packs. Raises PackErrors with everything that is wrong."""
    problems: list[Problem] = []
    top = fields_of(root, f"{FOLDER}/first_hour.yaml", "first hour", problems)
    head = edition(top, "steps")
    options = {each.id: [option.id for option in each.options] for each in questions}
    found = tuple(
        _step(row, options) for row in rows(top, "steps", keys=("text", "when", "unless", "source", "checked"))
    )
    if not any(not each.when for each in found):
        top.wrong("steps", "one step must fit when no other does: with an empty when")
    if problems:
        raise PackErrors(sorted(set(problems)))
    return FirstHour(head.as_of, head.about, found)


def first_hour_problems(root: Path) -> list[Problem]:
    """What is wrong with this pack; nothing where there is none, or where the questions themselves are wrong (told elsewhere)."""
    if not (root / FOLDER / "first_hour.yaml").is_file() or crime_problems(root):
        return []
    try:
        read_first_hour(root, read_crime(root).referral.questions)
    except PackErrors as error:
        return error.problems
    return []


def _step(row: Fields, options: Mapping[str, list[str]]) -> Step:
    return Step(
        row.text("id"), row.both("text", needed=True), _answers(row, "when", options), _answers(row, "unless", options),
        row.text("source", needed=True), row.flag("checked", False),
    )  # fmt: skip


def _answers(row: Fields, key: str, options: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    part = row.nested(key)
    part.only(options)
    return {name: frozenset(all_known(part, name, options[name])) for name in part.data if name in options}
