"""Sentences about advisories: one for every code, whole, in both languages."""

import re

import pytest
from django.utils import translation

from dijkwacht.core.advisories.matching import CODES
from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.web import advisory_words
from dijkwacht.web.advisory_words import reason_sentence, row_sentence

PARAMS = (("version", "3.1"), ("product", "Voorbeeld Zaaksysteem"), ("said", "vers:unknown/<3.2"))


def test_every_code_has_a_sentence() -> None:
    assert frozenset(CODES) == advisory_words.CODES


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("params", [PARAMS, ()])
def test_every_sentence_is_whole(code: str, language: str, params: tuple[tuple[str, str], ...]) -> None:
    with translation.override(language):
        told = reason_sentence(Reason(code, params))
    assert "%" not in told
    assert told[-1] in ".?"
    if params:
        assert any(value in told for _, value in params)
        assert "vers:" not in told or code in ("range_not_understood", "range_end_unclear")


def test_a_code_nobody_knows() -> None:
    with translation.override("en"):
        assert reason_sentence(Reason("new")) == "The reason is new."


@pytest.mark.parametrize("code", sorted(advisory_words.ROW_CODES))
def test_every_trouble_with_a_row_has_a_sentence(code: str) -> None:
    params = {"row": "7", "value": "x", "columns": "a, b", "column": "who"}
    told = row_sentence(code, params)
    assert not re.search(r"%\(", told)
