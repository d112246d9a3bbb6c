"""Every code with which a document, a list or an address of others can be wrong has a whole sentence."""

import re
from typing import get_args

import pytest
from django.utils import translation

from dijkwacht.adapters.csaf.check import Companions, check_csaf
from dijkwacht.adapters.csaf.https import Refused
from dijkwacht.adapters.csaf.signature import Hashed, Standing
from dijkwacht.core.advisories.problems import Problem, Weight
from dijkwacht.web.advisory_problem_words import (
    CODES,
    REFUSALS,
    hash_word,
    problem_sentence,
    refused_sentence,
    signature_word,
    weight_word,
)
from tests.web.advisory_codes import Given, given

GIVEN = given()
PROBLEMS = [each for each in GIVEN if each.call in ("note", "Problem", "Unreadable")]
REFUSED = [each for each in GIVEN if each.call == "Refused"]
NUMBERS = {"most", "left", "line", "column", "bytes"}


def params_of(each: Given) -> dict[str, str]:
    return {name: "12" if name in NUMBERS else f"<{name}>" for name in each.params}


def whole(told: str) -> bool:
    return not re.search(r"%\(|\(%|^\(", told) and told[-1] in ".)”"


def test_all_codes_are_found_and_none_has_words_for_nothing() -> None:
    assert len(PROBLEMS) > 60
    assert {each.code for each in PROBLEMS} == CODES
    assert {each.code for each in REFUSED} == REFUSALS


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("each", PROBLEMS, ids=lambda each: each.code)
@pytest.mark.parametrize("weight", get_args(Weight))
def test_every_problem_is_a_whole_sentence(each: Given, weight: Weight, language: str) -> None:
    if each.call == "Unreadable" and weight != "fatal":
        return
    if weight == "fatal" and each.code == "bad_character" and not each.params:
        return  # only what names the document is fatal, and that tells its field
    with translation.override(language):
        told = problem_sentence(Problem(each.code, "/document/title", weight, params_of(each)))
    assert told.startswith("/document/title: ")
    assert whole(told.removeprefix("/document/title: "))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("each", REFUSED, ids=lambda each: each.code)
def test_every_refusal_is_a_whole_sentence(each: Given, language: str) -> None:
    with translation.override(language):
        told = refused_sentence(each.code, params_of(each))
    assert whole(told)
    assert re.search(r"<(url|path|host)>", told)


def test_a_rule_of_the_standard_is_named_with_what_the_checker_says() -> None:
    rule = Problem("rule", "/vulnerabilities/0/scores", params={"rule": "6.1.7", "message": "two scores"})
    with translation.override("en"):
        assert problem_sentence(rule) == (
            "/vulnerabilities/0/scores: This breaks rule 6.1.7 of the standard (CSAF): “two scores”."
        )


def test_places_amounts_and_what_was_left_in_english() -> None:
    with translation.override("en"):
        assert problem_sentence(Problem("bad_line", "/7")).startswith("Line 7: ")
        assert problem_sentence(Problem("bad_moment", "/7/moment", params={"value": "x"})).startswith("Line 7: ")
        big = problem_sentence(Problem("too_big", weight="fatal", params={"most": str(50 * 2**20)}))
        assert big.replace("\xa0", " ") == "This is larger than 50.0 MB and was not read."
        many = Problem("too_many_products", weight="fatal", params={"most": "250000"})
        assert "250,000 products" in problem_sentence(many)
        assert problem_sentence(Problem("not_checked", params={"left": "1"})) == "1 rule was not checked: time was up."
        assert "3 rules" in problem_sentence(Problem("not_checked", params={"left": "3"}))
        assert "CSAF, 6.1" in problem_sentence(Problem("not_checked", params={"left": "6.1"}))
        unknown_key = problem_sentence(Problem("signature_key_unknown", params={"key": ""}))
        assert unknown_key.endswith("not known.")
        assert problem_sentence(Problem("brand_new", "/a")) == "/a: (brand_new)"


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (
            str(Refused("status", status="404", url="https://example.test/a.json")),
            "https://example.test/a.json was not fetched: it is not there (404).",
        ),
        (
            str(Refused("inside", host="x.example", address="10.0.0.1")),
            "x.example was not fetched: it leads to 10.0.0.1, which is inside a network.",
        ),
        (
            str(Problem("not_an_object")),
            "This JSON file does not hold one document.",
        ),
        (str(Problem("not_json")), "(not_json)"),
        ("status (status=50", "(status (status=50)"),
        ("", "()"),
    ],
)
def test_why_a_list_was_refused_is_told(cause: str, why: str) -> None:
    with translation.override("en"):
        told = problem_sentence(Problem("list_refused", params={"url": "https://example.test/f", "cause": cause}))
    assert told == f"List https://example.test/f could not be read. {why}"


def test_answers_of_a_server_in_english() -> None:
    with translation.override("en"):
        told = refused_sentence("status", {"url": "https://example.test", "status": "503"})
        assert told == "https://example.test was not fetched: the other side did not give it (503)."
        assert refused_sentence("brand_new", {}) == "(brand_new)"
        assert "a.json is larger than" in refused_sentence("too_big", {"path": "a.json", "most": "65536"})


def test_standings_and_weights_have_words() -> None:
    with translation.override("en"):
        for standing in get_args(Hashed):
            assert "hash" in hash_word(standing)
        for standing in get_args(Standing):
            assert "sign" in signature_word(standing)
        for weight in get_args(Weight):
            assert weight_word(weight) != weight
    assert (hash_word("new"), signature_word("new"), weight_word("new")) == ("new", "new", "new")


def test_a_real_document_that_is_wrong_is_told_in_words() -> None:
    text = b'{"document": {"category": 7, "csaf_version": "3", "publisher": {"namespace": "https://dijkteam.example"},'
    text += b' "tracking": {"id": "DT-1", "version": "1", "status": "new", "current_release_date": "soon"}}}'
    checked = check_csaf(text, Companions(name="x.json", hashes={"sha256": b"0" * 64}, must=frozenset(["signature"])))
    with translation.override("en"):
        told = [problem_sentence(each) for each in checked.findings]
    assert {"hash_bad", "signature_none", "unknown_csaf_version", "schema"} <= {each.code for each in checked.findings}
    assert all(each[-1] in ".”" and "%(" not in each for each in told)
