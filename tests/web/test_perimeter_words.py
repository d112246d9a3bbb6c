"""Every reason that a check of web sites and TLS gives has a sentence, every check has words, and none is left over."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from dijkwacht.core import checks
from dijkwacht.core.checks.finding import Why
from dijkwacht.core.checks.judge import WEB
from dijkwacht.norms.perimeter import LEVEL_REASONS as KNOWN_REASONS
from dijkwacht.norms.read import policy_on
from dijkwacht.web import perimeter_names_words, perimeter_tls_words, perimeter_web_words
from dijkwacht.web.perimeter_web_reasons import REASONS, VALUES
from dijkwacht.web.perimeter_words import CHECKS, LEVEL_REASONS, check_words, sentence

FOLDER = Path(checks.__file__).parent
FILES = (*(each.__name__.rpartition(".")[2] for each in WEB), "ends", "weighing")
OF_OTHERS = {"mail_no_hosts"}  # a sentence that the checks of names have too


def said() -> set[str]:
    """The codes in the modules: texts in the first argument of Why and of Lack (what becomes one)."""
    found = set()
    for file in FILES:
        for node in ast.walk(ast.parse((FOLDER / f"{file}.py").read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Why", "Lack"):
                found |= {
                    each.value
                    for each in ast.walk(node.args[0])
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    found = {code for code in said() if code not in ("word", "not_tested")} - OF_OTHERS
    assert found - REASONS.keys() == set()
    assert REASONS.keys() - found == set()


def test_every_check_has_words_once_and_every_rule_a_check() -> None:
    parts = (perimeter_names_words.CHECKS, perimeter_web_words.CHECKS, perimeter_tls_words.CHECKS)
    assert sum(map(len, parts)) == len(CHECKS)
    policy = policy_on(date(2026, 11, 30))
    assert {rule.id for rule in policy.rules.values()} == CHECKS.keys()
    for check in CHECKS:
        words = check_words(check)
        assert words is not None
        assert all(str(each).strip() for each in (words.title, words.meaning, words.matters, words.mend))
    assert check_words("no_such_check") is None


def test_every_reason_for_a_level_has_words() -> None:
    assert LEVEL_REASONS.keys() == set(KNOWN_REASONS)


def test_what_the_guidelines_weigh_by_a_code_has_words() -> None:
    for edition in policy_on(date(2026, 11, 30)).editions:
        for subject in ("version", "option", "hash_support", "certificate_key"):
            for item, worth in edition.worth[subject].items():
                if worth in ("phase_out", "insufficient") and item != "*" and not item.startswith("ec:"):
                    assert item in VALUES, item


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (
            Why("tls_insufficient", {"items": ["tls1.0", "ssl3.0"], "edition": "NCSC", "subject": "version"}),
            "TLS 1.0, SSL 3.0: insufficient by NCSC.",
        ),
        (
            Why("no_tls", {"address": "192.0.2.1", "reach": "closed", "reason": ""}),
            "There was no secured connection to look at on 192.0.2.1: refused.",
        ),
        (Why("other_content", {"percent": 50}), "The pages over IPv4 and IPv6 are alike for 50% only."),
        (
            Why("expired", {"until": "2026-11-18", "days": 1, "leaf": True}),
            "The certificate expired on 18 November 2026, 1 day ago.",
        ),
        (
            Why("days_left", {"until": "2027-01-02", "days": 33, "leaf": True}),
            "The certificate is valid until 2 January 2027: 33 days left.",
        ),
        (
            Why("trusted_but_time", {"errors": ["expired"]}),
            "The authority is trusted. That the certificate does not count now (expired) stands at “End of the certificate”.",
        ),
        (Why("mail_no_hosts"), "This name has no mail hosts."),
        (Why("nobody_knows"), "nobody_knows"),
    ],
)  # fmt: skip
def test_a_sentence(why: Why, text: str) -> None:
    with translation.override("en"):
        assert sentence(why) == text
