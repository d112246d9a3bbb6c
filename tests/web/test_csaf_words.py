"""The words of CSAF: every value of the standard has one, and what is of no standard stands as it was written."""

import json
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.adapters.csaf.read import STATES, WITHDRAWN
from dijkwacht.adapters.csaf.schema import FOLDERS, _package
from dijkwacht.core.advisories.shapes import STATUSES
from dijkwacht.web.csaf_words import (
    UNWRITABLE,
    flag_word,
    kind_word,
    remedy_word,
    state_word,
    status_word,
    unwritable_sentence,
)
from tests.web.advisory_codes import given

KINDS = {
    "csaf_base", "csaf_security_incident_response", "csaf_informational_advisory", "csaf_security_advisory", "csaf_vex",
    "csaf_deprecated_security_advisory", "cve", *WITHDRAWN,
}  # fmt: skip


def listed(form: str, *path: str) -> list[str]:
    """The values that the schema of a form allows for a field of a vulnerability."""
    schema: Any = json.loads((_package() / "csaf" / FOLDERS[form] / "schema" / "csaf.json").read_text(encoding="utf-8"))
    found = schema["properties"]["vulnerabilities"]["items"]["properties"]
    for each in path:
        found = found[each]
    return list(found["enum"])


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_every_remedy_and_flag_of_the_schema_has_a_word(form: str) -> None:
    with translation.override("en"):
        kinds = listed(form, "remediations", "items", "properties", "category")
        flags = listed(form, "flags", "items", "properties", "label")
        assert [each for each in kinds if remedy_word(each) == each] == []
        assert [each for each in flags if not flag_word(each).endswith(".")] == []


def test_every_status_state_and_kind_has_a_word() -> None:
    with translation.override("en"):
        assert len({status_word(each) for each in STATUSES}) == len(STATUSES)
        assert status_word("not_affected") == "not affected"
        assert {state_word(each) for each in STATES} == STATES
        assert [each for each in KINDS if kind_word(each) == each] == []


def test_what_is_of_no_standard_stands_as_it_was_written() -> None:
    for word in (remedy_word, status_word, kind_word, state_word, flag_word):
        assert word("Brand new") == "Brand new"


def test_every_reason_not_to_write_has_a_sentence() -> None:
    codes = {each.code for each in given() if each.call == "Unwritable"}
    assert codes == UNWRITABLE
    for language in ("nl", "en"):
        with translation.override(language):
            for code in codes:
                told = unwritable_sentence(code, "AMBER+STRICT")
                assert told.endswith(".")
                assert "%(" not in told
    with translation.override("en"):
        assert unwritable_sentence("label_not_in_2_0", "AMBER+STRICT") == "CSAF 2.0 has no label TLP:AMBER+STRICT."
        assert unwritable_sentence("brand_new", "") == "(brand_new)"
