"""From a question and its answer to a sentence. Pure text work; the language is that of the question.

Dutch lets ``Op welke datum is X getest?`` become ``Op 3 maart 2025 is X getest.`` without touching the rest, and the
same holds for *hoeveel* and *welk percentage*. A yes-or-no question has no such road, except *is er een*; there the
question is quoted with its answer, which is never wrong.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

# How a question points at its subject; what is longer goes first.
_POINTERS: Mapping[str, tuple[str, ...]] = {
    "nl": (
        "deze DigiD-aansluiting", "dit werkproces", "deze leverancier", "dit bestuurslid", "deze aansluiting",
        "deze locatie", "deze dienst", "dit systeem", "dit proces", "dit domein",
    ),
    "en": (
        "this DigiD connection", "this work process", "this board member", "this connection", "this supplier",
        "this location", "this service", "this process", "this system", "this domain", "this member",
    ),
}  # fmt: skip
_OPENINGS = {
    "nl": (("Op welke datum ", "Op {} "), ("Welk percentage ", "{} "), ("Hoeveel ", "{} ")),
    "en": (("What percentage ", "{} "), ("How many ", "{} ")),
}
_EXISTENCE = {"nl": re.compile(r"Is er (een) (.+)\?"), "en": re.compile(r"Is there (an?) (.+)\?")}
_EXISTS = {"nl": ("Er is geen {rest}", "Er is een {rest}"), "en": ("There is no {rest}", "There is {article} {rest}")}
# A second finite verb after "en"/"and" would stay in question order.
_SECOND_VERB = re.compile(r"\b(en|and) (is|zijn|wordt|worden|heeft|are|does|has)\b")


def about(question: str, name: str, language: str) -> str:
    """The question with the subject's own name in it, or in front of it when the question does not point at it."""
    if not name:
        return question
    pattern = _pointer(language)
    named, times = pattern.subn(lambda _match: name, question, count=1)
    return named if times else f"{name}: {question}"


def statement(question: str, answer: str, language: str) -> str | None:
    """The sentence (without full stop) that answers *when*, *how many* or *which percentage*; None for any other."""
    for opening, said in _OPENINGS.get(language, ()):
        if question.startswith(opening) and question.endswith("?"):
            return said.format(answer) + question[len(opening) : -1]
    return None


def existence(question: str, truth: bool, language: str) -> str | None:
    """``Er is een ...`` or ``Er is geen ...`` for a question that starts with *is er een*; None for any other."""
    asked = _EXISTENCE[language].fullmatch(question) if language in _EXISTENCE else None
    if not asked or _SECOND_VERB.search(question):
        return None
    article, rest = asked.groups()
    return _EXISTS[language][truth].format(article=article, rest=rest)


def lower_first(sentence: str, names: Mapping[str, str]) -> str:
    """The sentence as it goes on after a colon; a name or an abbreviation keeps its capital."""
    if not sentence or any(name and sentence.startswith(name) for name in names.values()):
        return sentence
    if len(sentence) > 1 and not sentence[1].islower() and not sentence[1].isspace():
        return sentence
    return sentence[0].lower() + sentence[1:]


@lru_cache(maxsize=8)
def _pointer(language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(words) for words in _POINTERS.get(language, ())) or r"(?!)"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
