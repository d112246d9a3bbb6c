"""What the tests of the packs about suppliers share: every text in one, and a pack with a mistake in it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from dijkwacht.norms.problems import Problem
from dijkwacht.norms.suppliers_requirements import ROOT, Names, house_names

LONGEST = 600
NOT_OURS = re.compile(
    r"—|\bdien(?:t|en) te\b|\bbehoo?r(?:t|en) te\b|\bte worden vastgesteld\b|\bshould be\b", re.IGNORECASE
)
"""Em dashes, and how the texts of standards speak."""


def texts(value: object) -> Iterator[Mapping[str, str]]:
    """Every text per language within a value of the core."""
    if isinstance(value, Mapping):
        if set(value) & {"nl", "en"}:
            yield value
        else:
            for each in value.values():
                yield from texts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def wrong_texts(value: object) -> list[str]:
    """Texts that miss a language, are too long, or speak as a standard does."""
    found = list(texts(value))
    wrong = [f"languages: {each}" for each in found if each and set(each) != {"nl", "en"}]
    said = [text for each in found for text in each.values()]
    return wrong + [
        text for text in said if len(text) > LONGEST or NOT_OURS.search(text) or text != " ".join(text.split())
    ]


def broken(
    folder: Path, file: str, check: Callable[[Path, Names], list[Problem]], before: str, after: str
) -> list[str]:
    """What the check says of the pack of the house with one mistake in it."""
    source = (ROOT / file).read_text(encoding="utf-8")
    assert before in source
    (folder / "suppliers").mkdir()
    (folder / file).write_text(source.replace(before, after, 1), encoding="utf-8")
    problems = check(folder, house_names())
    assert all(each.file == file and each.line >= 1 for each in problems)
    return [each.message for each in problems]
