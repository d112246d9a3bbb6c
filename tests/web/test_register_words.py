"""Every code of a register's file has a sentence, and none is said that no reader gives."""

import re

from django.utils.translation import override

from dijkwacht.core.advisories.shapes import Reason
from dijkwacht.core.sheets import Place, Problem
from dijkwacht.web.register_words import _SENTENCES, _WHY, CODES, disagreement, form_reason, register_sentence
from tests.architecture import house

CORE = house.PACKAGE / "core" / "advisories"
SOURCES = "\n".join(
    path.read_text()
    for path in [*CORE.glob("register*.py"), *(house.PACKAGE / "adapters" / "registers").glob("*.py")]
)  # fmt: skip


def test_every_code_that_readers_give_has_a_sentence() -> None:
    given = set(re.findall(r'(?:problem|remark|TableError|Problem)\(\s*"([a-z_]+)"', SOURCES))
    assert len(given) > 25
    assert given - CODES == set()
    assert {f"not_a_{kind}" for kind in ("purl", "cpe")} <= CODES


def test_no_sentence_is_there_for_nothing() -> None:
    assert {code for code in _SENTENCES if f'"{code}"' not in SOURCES} - {"not_a_purl", "not_a_cpe"} == set()
    assert {code for code in _WHY if f'"{code}"' not in SOURCES} == set()


def test_a_sentence_begins_with_its_place() -> None:
    problem = Problem("not_yes_or_no", Place("Blad1", 7, 2), {"value": "soms"})
    with override("en"):
        assert register_sentence(problem).startswith("Sheet Blad1, row 7, column C: ")
        assert register_sentence(Problem("no_product", Place(), {"at": "/components/3"})).startswith("/components/3: ")
        assert register_sentence(Problem("pdf")).startswith("This is a PDF")


def test_reasons_and_disagreements_in_words() -> None:
    assert "Versie" in form_reason(Reason("has_role", (("role", "version"), ("column", "Versie"))))
    with override("en"):
        told = disagreement(Reason("versions_differ", (("cmdb", "4.1"), ("cyclonedx:Zaakvenster", "4.2"))))
        assert "Inventory (CMDB): 4.1; SBOM in CycloneDX (Zaakvenster): 4.2" in told
        assert "not in use" in disagreement(Reason("presence_differs", (("cmdb", "present"), ("ict_foto", "absent"))))
