"""Thresholds and questions of a significant incident: `norms/incidents/significance.yaml`, read strictly."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from dijkwacht.core.significance import Ask, Condition, Derived, Join, Question, Significance, Threshold
from dijkwacht.norms.fields import Fields
from dijkwacht.norms.rows import all_known, known, rows

_KINDS = ("yes_no", "hours", "euros")
_JOINS: tuple[Literal["all", "any", "not"], ...] = ("all", "any", "not")
_DEPTH = 10


def read_significance(fields: Fields, *, roles: Mapping[str, object]) -> Significance:
    """All of it; what is wrong is noted."""
    fields.only(("questions", "thresholds", "exemptions"))
    questions = _questions(fields)
    thresholds = _thresholds(fields, "thresholds", questions, roles)
    exemptions = _thresholds(fields, "exemptions", questions, roles)
    asked = {each for row in (*thresholds, *exemptions) for each in _asked(row)}
    asked |= {
        name for each in questions.values() if (d := each.derived) for name in (d.number, d.above, d.until) if name
    }
    for name in questions:
        if name not in asked:
            fields.wrong("questions", f"no threshold asks {name}")
    return Significance(questions, thresholds, exemptions)


def _questions(fields: Fields) -> Mapping[str, Question]:
    found: dict[str, Question] = {}
    data = {}
    for row in rows(fields, "questions", keys=("kind", "text", "help", "derived", "limit_of")):
        kind = cast(Literal["yes_no", "hours", "euros"], row.one_of("kind", _KINDS, "yes_no"))
        text = row.both("text", needed=True)
        found[row.text("id")] = Question(row.text("id"), kind, text, row.both("help"))
        data[row.text("id")] = row
    for name, row in data.items():
        each, derived = found[name], _derived(row, found) if "derived" in row.data else None
        found[name] = Question(name, each.kind, each.text, each.help, derived)
    for name, row in data.items():
        found[name] = _with_limit(row, found[name], found)
    return found


def _derived(row: Fields, questions: Mapping[str, Question]) -> Derived | None:
    part = row.nested("derived")
    part.only(("number", "at_least", "above", "grows_until"))
    numbers = {name for name, each in questions.items() if each.kind != "yes_no"}
    number = known(part, "number", numbers)
    above = known(part, "above", numbers, needed=False) or None
    until = known(part, "grows_until", questions.keys() - numbers, needed=False) or None
    limit = part.data.get("at_least")
    if (limit is None) == (above is None):
        part.wrong(None, "derived has one of at_least and above")
    if limit is not None and (not isinstance(limit, int | float) or isinstance(limit, bool) or limit <= 0):
        part.wrong("at_least", "at_least must be a number above 0")
        limit = None
    hours = number in questions and questions[number].kind == "hours"
    return Derived(number, None if limit is None else Decimal(str(limit)), above, hours, until)


def _with_limit(row: Fields, question: Question, questions: Mapping[str, Question]) -> Question:
    """The question with the limit in its text: a figure of the law stands in the pack once."""
    of = known(row, "limit_of", questions, needed=False) or question.id
    derived = questions[of].derived if of in questions else None
    limit = None if derived is None or derived.limit is None else f"{derived.limit.normalize():f}"
    for text in question.text.values():
        left = text.replace("{limit}", "")
        if "{" in left or "}" in left or ("{limit}" in text and limit is None):
            row.wrong("text", "a question has no other place than {limit}, and that only where there is one")
            return question
    texts = {language: text.replace("{limit}", limit or "") for language, text in question.text.items()}
    return Question(question.id, question.kind, texts, question.help, question.derived)


def _thresholds(
    fields: Fields, key: str, questions: Mapping[str, Question], roles: Mapping[str, object]
) -> tuple[Threshold, ...]:
    found = []
    keys = ("name", "for", "signal", "happened", "may", "since", "until", "source", "uncertain")
    for row in rows(fields, key, keys=keys):
        since = row.day("since")
        if since is None:
            row.wrong("since", "since is missing")
        if not (happened := _condition(row, "happened", row.data.get("happened"), questions)):
            row.wrong("happened", "happened is missing or wrong")
        may = _condition(row, "may", row.data["may"], questions) if "may" in row.data else None
        if not (own := all_known(row, "for", roles)):
            row.wrong("for", "for is missing")
        found.append(
            Threshold(
                row.text("id"), row.both("name", needed=True), own, happened or Join("any", ()), may,
                row.text("source", needed=True), since or date.min, row.day("until"), row.flag("signal", False),
                row.both("uncertain"),
            )
        )  # fmt: skip
    return tuple(found)


def _condition(
    row: Fields, path: str, value: Any, questions: Mapping[str, Question], depth: int = 0
) -> Condition | None:
    """``{any: [question, …]}``, ``{all: […]}``, ``{not: …}``, or a question that is yes; None when it is none of these."""
    if isinstance(value, str):
        if value not in questions or questions[value].kind != "yes_no":
            row.wrong_at(path, f"there is no question with yes or no named {value}")
            return None
        return Ask(value)
    if isinstance(value, dict) and len(value) == 1 and depth < _DEPTH:
        how, inner = next(iter(value.items()))
        parts = [inner] if how == "not" else inner
        if how in _JOINS and isinstance(parts, list) and parts:
            found = [_condition(row, f"{path}.{how}[{i}]", part, questions, depth + 1) for i, part in enumerate(parts)]
            return Join(how, tuple(each for each in found if each is not None)) if None not in found else None
    row.wrong_at(path, f"{path} must be a question, or one of {', '.join(_JOINS)} with questions")
    return None


def _asked(row: Threshold) -> set[str]:
    parts: list[Condition] = [each for each in (row.happened, row.may) if each is not None]
    found = set()
    while parts:
        part = parts.pop()
        if isinstance(part, Ask):
            found.add(part.question)
        else:
            parts += part.parts
    return found
