"""Questions for a joint review of a supplier: `norms/suppliers/questions.yaml`, in our own words, checked when read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dijkwacht.core.suppliers.asking import QuestionPack, QuestionSet, ReviewQuestion
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import all_known, known, rows
from dijkwacht.norms.suppliers_requirements import Names, edition, house_names, links_of, named

ROOT = Path(__file__).resolve().parent
FILE = "suppliers/questions.yaml"
ANSWERS = ("yes_no", "date", "choice")  # the kinds of value that a supplier can give as an answer
_KEYS = ("theme", "services", "text", "verify", "fact", "choices", "links", "source", "uncertain")


@lru_cache(maxsize=1)
def question_sets() -> QuestionPack:
    """The questions of the house with the sets to pick from. Raises PackErrors with file and line."""
    return read_questions(ROOT, house_names())


def read_questions(root: Path, names: Names) -> QuestionPack:
    """The questions in a folder of packs, checked against what may be named. Raises PackErrors."""
    problems: list[Problem] = []
    found = _read(fields_of(root, FILE, "questions", problems), names)
    if problems:
        raise PackErrors(sorted(set(problems)))
    return found


def question_problems(root: Path, names: Names) -> list[Problem]:
    """What is wrong with the questions in a folder of packs; nothing where there are none."""
    if not (root / FILE).is_file():
        return []
    try:
        read_questions(root, names)
    except PackErrors as error:
        return error.problems
    return []


def _read(top: Fields, names: Names) -> QuestionPack:
    head = edition(top, "themes", "services", "questions", "sets")
    themes, services = named(top, "themes"), named(top, "services")
    reader = _Reader({each.id for each in themes}, {each.id for each in services}, names)
    questions = {row.text("id"): reader.question(row) for row in rows(top, "questions", keys=_KEYS)}
    sets = tuple(reader.set(row, questions) for row in rows(top, "sets", keys=("service", "name", "text", "questions")))
    used = {name for each in sets for name in each.questions}
    for i, name in enumerate(questions):
        if name not in used:
            top.wrong_at(f"questions[{i}]", f"{name} stands in no set")
    for i, theme in enumerate(themes):
        if theme.id not in {each.theme for each in questions.values()}:
            top.wrong_at(f"themes[{i}]", f"no question has {theme.id}")
    return QuestionPack(head, themes, services, questions, sets)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a question or a set may name."""

    themes: Collection[str]
    services: Collection[str]
    names: Names

    def question(self, row: Fields) -> ReviewQuestion:
        """One question; its fact type is about a supplier and can be answered by one."""
        name = known(row, "fact", self.names.facts)
        fact = self.names.facts.get(name)
        if fact is not None and (fact.subject != "supplier" or fact.value not in ANSWERS):
            row.wrong("fact", f"{name} is not something of a supplier that is answered by {', '.join(ANSWERS)}")
        choices = all_known(row, "choices", fact.choices if fact is not None else ())
        return ReviewQuestion(
            row.text("id"), known(row, "theme", self.themes), frozenset(all_known(row, "services", self.services)),
            row.both("text", needed=True), row.both("verify", needed=True), name, choices, links_of(row, self.names),
            row.text("source", needed=True), row.both("uncertain"),
        )  # fmt: skip

    def set(self, row: Fields, questions: Mapping[str, ReviewQuestion]) -> QuestionSet:
        """One set; every question in it is asked for its kind of service."""
        service = known(row, "service", self.services)
        listed = all_known(row, "questions", questions)
        for i, name in enumerate(listed):
            question = questions.get(name)
            if question is not None and question.services and service not in question.services:
                row.wrong_at(f"questions[{i}]", f"{name} is not asked for {service}")
        if not listed:
            row.wrong("questions", "a set without questions")
        return QuestionSet(
            row.text("id"), service, row.both("name", needed=True), row.both("text", needed=True), listed
        )  # fmt: skip
