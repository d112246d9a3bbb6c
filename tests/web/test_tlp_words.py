"""TLP labels in words and in their colours; whether somebody may see a text, with the reason of the core."""

import re
from itertools import product
from typing import get_args

import pytest
from django.template import Context, Template
from django.utils import translation

from dijkwacht.core.advisories.priority import LEVELS
from dijkwacht.core.advisories.tlp import ORDER, Allowed, Reader, Relation, may_see
from dijkwacht.web.tlp_words import CODES, LABELS, allowed_sentence, tlp_meaning, tlp_word
from tests.architecture import house

ALLOWED = [
    may_see(label, Reader(relation, needs=needs))
    for label, relation, needs in product(ORDER, get_args(Relation), (True, False))
]
# Traffic Light Protocol 2.0, FIRST, August 2022: colours of the text, on black
COLOURS = {"CLEAR": "#ffffff", "GREEN": "#33ff00", "AMBER": "#ffc000", "AMBER+STRICT": "#ffc000", "RED": "#ff2b2b"}
STYLE = (house.PACKAGE / "web" / "static" / "components.css").read_text()


def drawn(tag: str, value: str | None) -> str:
    with translation.override("en"):
        return Template("{% load ui %}{% " + tag + " value %}").render(Context({"value": value})).strip()


def test_every_label_and_every_reason_has_words() -> None:
    assert set(ORDER) == LABELS
    assert {each.reason for each in ALLOWED} == CODES


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_is_whole(language: str) -> None:
    with translation.override(language):
        told = [*(tlp_meaning(each) for each in ORDER), *(allowed_sentence(each) for each in ALLOWED)]
    assert all(each.endswith(".") for each in told)
    assert len({*told}) == len(ORDER) + len(CODES)


def test_what_nobody_knows() -> None:
    assert tlp_word("AMBER+STRICT") == "TLP:AMBER+STRICT"
    assert tlp_meaning("PINK") == ""
    assert allowed_sentence(Allowed(True, "brand_new")) == "(brand_new)"


@pytest.mark.parametrize("label", ORDER)
def test_a_label_stands_in_the_colour_that_first_prescribes(label: str) -> None:
    page = drawn("tlp", label)
    name = label.lower().replace("+", "")
    assert page == f'<span class="tlp tlp--{name}">TLP:{label}</span>'
    rule = "tlp" if label == "CLEAR" else f"tlp--{name}"
    block = next(each for each in STYLE.split("}") if re.search(rf"\.{rule}[ ,]", each))
    assert f"  color: {COLOURS[label]};" in block
    assert "background: #000000;" in STYLE.split(".tlp {")[1].split("}")[0]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_a_word_with_an_icon_and_only_urgent_is_red(level: str) -> None:
    page = drawn("level", level)
    assert f"</span>{level.capitalize()}</span>" in page
    assert "<svg" in page
    assert ("verdict--late" in page) == (level == "urgent")


@pytest.mark.parametrize("tag", ["tlp", "level"])
@pytest.mark.parametrize("value", ["", None])
def test_nothing_is_drawn_of_nothing(tag: str, value: str | None) -> None:
    assert drawn(tag, value) == ""
