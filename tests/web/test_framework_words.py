"""Every code by which something is refused has a sentence, and a road reads as one."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import dijkwacht
from dijkwacht.core.carry import Carried, Relation, Source
from dijkwacht.core.framework import Refusal
from dijkwacht.core.verdict import Status
from dijkwacht.web import import_words
from dijkwacht.web.framework_words import CODES, refusal_sentence, road_sentence

HOUSE = Path(dijkwacht.__file__).parent
CODE = re.compile(r"""(?:OscalError|XmlError|self\._wrong|Refusal)\(\s*"([a-z_]+)\"""")


def test_every_code_has_a_sentence() -> None:
    sources = [*HOUSE.glob("adapters/oscal/*.py"), HOUSE / "adapters" / "ciso_library.py", *HOUSE.glob("commands/*.py"),
               *HOUSE.glob("apps/frameworks/services/*.py")]  # fmt: skip
    codes = {code for source in sources for code in CODE.findall(source.read_text())}
    assert len(codes) > 25
    assert codes - CODES - import_words.CODES == set()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_is_whole(language: str) -> None:
    params = dict.fromkeys(("id", "first", "found", "known", "most", "key", "expected", "href", "circle", "source", "target",
                            "line", "column", "why", "n", "element"), "5")  # fmt: skip
    with translation.override(language):
        for code in CODES:
            sentence = refusal_sentence(Refusal(code, "/x", params))
            assert sentence.endswith("."), code
            assert "%(" not in sentence, code


def test_a_code_nobody_knows() -> None:
    with translation.override("en"):
        assert refusal_sentence(Refusal("brand_new")) == "This was refused (brand_new)."


def test_roads() -> None:
    names = {"bio2:8.13.04": "BIO2 8.13.04"}
    part = Source("bio2:8.13.04", Relation.SUBSET, Status.MET)
    with translation.override("en"):
        assert road_sentence(Carried(Status.PARTLY, (part,)), names) == (
            "Partly, because BIO2 8.13.04 (in order) is a part of this."
        )
        assert road_sentence(Carried(Status.UNKNOWN, ()), names) == "Unknown: no mapping leads to this line."
        assert road_sentence(Carried(Status.MET, (part,) * 5), names).endswith("; and 2 more.")
