"""From question and answer to sentence."""

import pytest

from dijkwacht.web import sentences

RESTORE = "Op welke datum is het terugzetten van dit systeem voor het laatst met goed gevolg getest?"


def test_a_date_question_becomes_a_statement() -> None:
    asked = sentences.about(RESTORE, "Zaaksysteem", "nl")
    assert sentences.statement(asked, "3 maart 2025", "nl") == (
        "Op 3 maart 2025 is het terugzetten van Zaaksysteem voor het laatst met goed gevolg getest"
    )


@pytest.mark.parametrize(
    ("question", "answer", "language", "said"),
    [
        ("Hoeveel accounts stonden nog open?", "3", "nl", "3 accounts stonden nog open"),
        ("Welk percentage van het personeel slaagde?", "80%", "nl", "80% van het personeel slaagde"),
        ("What percentage of staff passed?", "80%", "en", "80% of staff passed"),
        ("On which date was the plan tested?", "3 March 2025", "en", None),
        ("Is er een plan?", "ja", "nl", None),
    ],
)
def test_statement(question: str, answer: str, language: str, said: str | None) -> None:
    assert sentences.statement(question, answer, language) == said


@pytest.mark.parametrize(
    ("question", "truth", "language", "said"),
    [
        ("Is er een vastgesteld beleid?", False, "nl", "Er is geen vastgesteld beleid"),
        ("Is er een vastgesteld beleid?", True, "nl", "Er is een vastgesteld beleid"),
        ("Is er een plan en wordt het geoefend?", False, "nl", None),
        ("Wordt er geoefend?", False, "nl", None),
        ("Is there an inventory?", False, "en", "There is no inventory"),
        ("Is there an inventory?", True, "en", "There is an inventory"),
        ("Is there any doubt?", True, "en", None),
    ],
)
def test_existence(question: str, truth: bool, language: str, said: str | None) -> None:
    assert sentences.existence(question, truth, language) == said


def test_a_question_that_does_not_point_at_its_subject_gets_the_name_in_front() -> None:
    assert sentences.about("Draait er een website?", "dijkstad.nl", "nl") == "dijkstad.nl: Draait er een website?"
    assert sentences.about("Draait er een website?", "", "nl") == "Draait er een website?"


def test_a_name_is_not_read_as_a_pattern() -> None:
    assert sentences.about("Is dit systeem af?", r"A\1 (oud)", "nl") == r"Is A\1 (oud) af?"


@pytest.mark.parametrize(
    ("sentence", "goes_on"),
    [("Op 3 maart", "op 3 maart"), ("Zaaksysteem is af", "Zaaksysteem is af"), ("DNS werkt", "DNS werkt"), ("", "")],
)
def test_lower_first(sentence: str, goes_on: str) -> None:
    assert sentences.lower_first(sentence, {"zaak": "Zaaksysteem"}) == goes_on
