"""The words of the pages in a document, in the language of the document."""

from datetime import date

import pytest
from django.utils.translation import get_language, override

from dijkwacht.apps.accountability.document_words import document_words
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.core.verdict import Reason, Status
from tests.adapters.statements import norms

EXCEPTION = {"reason": "Kan niet.", "owner": "Hoofd", "until": "2027-03-31"}
NAMES = {"zaaksysteem": "Zaaksysteem"}


def test_codes_are_told_in_the_language_asked_for_whatever_that_of_the_page() -> None:
    nl, en = document_words(norms()), document_words(norms(), language="en")
    with override("en"):
        assert nl.status(Status.NOT_MET) == "niet op orde"
        assert get_language() == "en"
    with override("nl"):
        assert en.status(Status.NOT_MET) == "not in order"
        assert en.role("secretary") == "municipal secretary"
    assert [nl.assurance(each) for each in Assurance] == ["opgegeven", "gedocumenteerd", "gemeten", "geaudit"]
    assert [nl.shows(each) for each in Shows] == ["opzet", "bestaan", "werking"]
    assert nl.claim("partly") == "Deels"
    assert nl.claim("iets anders") == "iets anders"


@pytest.mark.parametrize(
    ("fact_type", "value", "told"),
    [
        ("policy.approved", True, "ja"),
        ("crisis.exercise.held_on", "2026-03-03", "3 maart 2026"),
        ("system.mfa.exception", EXCEPTION, "uitzondering tot 31 maart 2027: Kan niet."),
        ("een.gegeven.dat.weg.is", "wat er stond", "wat er stond"),
    ],
)  # fmt: skip
def test_values_are_told_as_the_ledger_keeps_them(fact_type: str, value: object, told: str) -> None:
    assert document_words(norms()).value(fact_type, value, NAMES) == told


def test_a_period_in_which_nothing_happened_is_told() -> None:
    name = next(each.id for each in norms().fact_types.values() if each.may_not_happen)
    value = {"nothing_happened": "2026-01-01/2026-12-31"}
    assert (
        document_words(norms()).value(name, value, NAMES)
        == "niets gebeurd van 1 januari 2026 tot en met 31 december 2026"
    )


def test_questions_name_their_subject_and_an_unknown_one_keeps_its_id() -> None:
    words = document_words(norms())
    assert "Zaaksysteem" in words.question("system.critical", "zaaksysteem", NAMES)
    assert words.question("register.digid_connection.complete", "dijkstad", NAMES).endswith("?")
    assert words.question("oud.gegeven", "dijkstad", NAMES) == "oud.gegeven"


def test_reasons_are_whole_sentences() -> None:
    reason = Reason("shows_no", fact_type="policy.approved", value=False, since=date(2026, 1, 1))
    assert document_words(norms()).reason(reason, NAMES).endswith(".")
    assert document_words(norms(), language="en").reason(reason, NAMES) != document_words(norms()).reason(reason, NAMES)
