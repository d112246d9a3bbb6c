"""Reasons and verdicts in words, in both languages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import NEVER, FactType
from dijkwacht.core.judge import Reason, Status, Verdict
from dijkwacht.web import samples
from dijkwacht.web.terms import assurance_word, kind_words, role_word, shows_word, status_word, value_words
from dijkwacht.web.words import reason_sentence, verdict_sentence

ON = date(2026, 11, 25)
OLD = date(2025, 3, 3)
YEAR = parse_duration("P1Y")


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def told(code: str, fact_type: str | None, value: Any = None, **rest: Any) -> str:
    """The sentence of one reason about the sample norms."""
    reason = Reason(code, fact_type, subject=rest.pop("subject", "zaak"), value=value, **rest)
    return reason_sentence(reason, samples.NORMS, samples.NAMES)


def test_a_test_that_is_too_long_ago() -> None:
    params = {"op": "within", "expected": YEAR, "holds": False}
    assert told("shows_no", samples.RESTORE.id, OLD, since=OLD, params=params) == (
        "Op 3 maart 2025 is het terugzetten van Zaaksysteem voor het laatst met goed gevolg getest;"
        " dat is langer dan een jaar geleden."
    )


def test_a_stored_reason_reads_the_same() -> None:
    fresh = {"op": "within", "expected": YEAR, "holds": True}
    stored = {"op": "within", "expected": "P1Y", "holds": True}
    first = told("shows_yes", samples.RESTORE.id, OLD, since=OLD, params=fresh)
    assert first == told("shows_yes", samples.RESTORE.id, "2025-03-03", since="2025-03-03", params=stored)
    assert first.endswith("; dat telt tot en met 3 maart 2026.")


@pytest.mark.parametrize(
    ("params", "tail"),
    [
        ({"op": "range", "expected": [100, None]}, "nodig is ten minste 100%."),
        ({"op": "range", "expected": (None, 10)}, "toegestaan is ten hoogste 10%."),
        ({"op": "range", "expected": (10, 20)}, "nodig is tussen 10% en 20%."),
        ({"op": "yes"}, "op de gedragsregels gewezen."),
    ],
)
def test_what_a_number_is_held_against(params: dict[str, Any], tail: str) -> None:
    assert told("shows_no", samples.RULES.id, 80, params=params).endswith(tail)


def test_a_day_that_must_come_after_another() -> None:
    params = {"op": "after_fact", "expected": ("x", False), "other": "2025-05-01", "holds": False}
    assert told("shows_no", samples.RESTORE.id, OLD, params=params).endswith("dat moest na 1 mei 2025.")


def test_yes_and_no_and_never() -> None:
    assert told("shows_no", samples.POLICY.id, False) == "Er is geen vastgesteld back-upbeleid."
    assert told("shows_yes", samples.POLICY.id, True) == "Er is een vastgesteld back-upbeleid."
    assert told("shows_no", samples.RESTORE.id, NEVER).endswith("getest? Nooit.")


@pytest.mark.parametrize(
    ("code", "fact_type", "value", "params", "part"),
    [
        ("not_asked", samples.POLICY.id, None, {}, "Nog niet beantwoord: Is er een vastgesteld back-upbeleid?"),
        ("expired", samples.POLICY.id, True, {"last_day": ON}, "“ja” telde tot en met 25 november 2026"),
        ("contradicted", samples.POLICY.id, True, {}, "spreken elkaar tegen"),
        ("contradicts", samples.POLICY.id, False, {}, "“nee”, spreekt dit tegen"),
        ("not_shared", samples.POLICY.id, None, {"organisation": "gr"}, "ICT-samenwerking De Vaart weet dit"),
        ("register_incomplete", "register.system.complete", None, {"kind": "system"}, "alle systemen in het register"),
        ("register_complete", "register.system.complete", True, {}, "alle systemen in het register"),
        ("no_subjects", None, None, {"kind": "supplier"}, "geen leveranciers"),
        ("not_due", samples.RESTORE.id, OLD, {"due": ON}, "hoeft niet vóór 25 november 2026"),
        ("due", samples.RESTORE.id, OLD, {"due": ON}, "liep af op 25 november 2026"),
        ("not_shown", None, None, {"least_assurance": 2}, "gedocumenteerd"),
        ("not_shown", None, None, {"shows": 3}, "werking"),
        ("not_shown", None, None, {}, "minder zien"),
        ("shows_yes", "register.system.complete", True, {"op": "yes"}, "Staan alle systemen in het register? Ja."),
    ],
)
def test_every_code_has_a_sentence(
    code: str, fact_type: str | None, value: Any, params: dict[str, Any], part: str
) -> None:
    assert part in told(code, fact_type, value, params=params)


def test_an_exception_and_nothing_happened() -> None:
    held = {"reason": "Oude kassa.", "owner": "A. Bakker", "until": "2027-01-01"}
    assert told("exception", samples.POLICY.id, held) == (
        "Tot 1 januari 2027 geldt een uitzondering, waarvoor A. Bakker instaat: Oude kassa."
    )
    quiet = {"nothing_happened": ["2026-01-01", "2026-06-30"]}
    assert "niets gebeurd van 1 januari 2026 tot en met 30 juni 2026" in told(
        "nothing_happened", samples.RESTORE.id, quiet
    )


def test_leaning_on_another_requirement() -> None:
    assert "8.13.04 (Terugzetten jaarlijks getest)" in told("leans_on", None, requirement="bio2:8.13.04")


def verdict(status: Status, *reasons: Reason, stale_at: date | None = None) -> str:
    found = Verdict("bio2:8.13.04", "dijkstad", status, None, None, reasons, stale_at)
    return verdict_sentence(found, samples.NORMS, samples.NAMES)


def test_a_verdict_starts_with_its_status() -> None:
    asked = Reason("not_asked", samples.POLICY.id)
    assert verdict(Status.UNKNOWN, asked).startswith("Onbekend: nog niet beantwoord: ")
    assert verdict(Status.UNKNOWN, asked, asked, asked).endswith(" En nog 2 redenen.")
    assert verdict(Status.NOT_APPLICABLE) == "Niet van toepassing."


def test_in_order_says_how_many_answers_and_until_when() -> None:
    yes = Reason("shows_yes", samples.POLICY.id, value=True)
    assert verdict(Status.MET, yes, yes, stale_at=ON) == (
        "Op orde: 2 antwoorden laten het samen zien. Zonder nieuw antwoord houdt dat op op 25 november 2026."
    )
    assert verdict(Status.MET, yes) == "Op orde: er is een vastgesteld back-upbeleid."


def test_english() -> None:
    with translation.override("en"):
        assert told("shows_no", samples.POLICY.id, False) == "There is no adopted backup policy."
        assert verdict(Status.NOT_MET, Reason("shows_no", samples.POLICY.id, value=False)).startswith(
            "Not in order: there"
        )


def test_values() -> None:
    choice = FactType("c", "system", "choice", choices=("dv",), labels={"dv": {"nl": "Een DV", "en": "A DV"}})
    assert value_words(choice, "dv") == "Een DV"
    assert value_words(choice, "gone") == "gone"
    assert value_words(FactType("d", "system", "duration"), "P1Y6M") == "1 jaar en 6 maanden"
    assert value_words(FactType("r", "system", "reference"), "zaak", samples.NAMES) == "Zaaksysteem"
    assert value_words(FactType("t", "system", "text"), "2025-03-03") == "2025-03-03"
    assert value_words(FactType("p", "system", "percentage"), 12.5) == "12,5%"
    assert value_words(FactType("n", "system", "count"), 12345) == "12.345"
    assert value_words(None, True) == "ja"


def test_every_status_level_kind_and_role_has_a_word() -> None:
    assert [status_word(each) for each in Status] == [
        "op orde", "deels", "niet op orde", "niet van toepassing", "onbekend",
    ]  # fmt: skip
    assert [assurance_word(level) for level in (1, 2, 3, 4)] == ["opgegeven", "gedocumenteerd", "gemeten", "geaudit"]
    assert [shows_word(level) for level in ("design", "existence", "operation")] == ["opzet", "bestaan", "werking"]
    assert (kind_words("system", 1), kind_words("system"), kind_words("robot")) == ("systeem", "systemen", "robot")
    assert (role_word("process_owner"), role_word("gardener")) == ("proceseigenaar", "gardener")
