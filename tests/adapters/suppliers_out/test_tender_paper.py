"""From the pack to the paper: what goes along, in which order, and what is not there."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from dijkwacht.adapters.suppliers_out.tender import TenderPaper, document, odt, pdf
from dijkwacht.adapters.suppliers_out.tender_form import ods
from dijkwacht.adapters.suppliers_out.tender_paper import Asking, link_words, paper_of
from dijkwacht.norms.read import read_norms
from dijkwacht.norms.suppliers_requirements import requirements

NORMS = read_norms()
ASKED = Asking(("cloud",), {}, "Gemeente Dijkstad", date(2026, 11, 30), "nl")


def paper(asked: Asking = ASKED) -> TenderPaper:
    return paper_of(requirements(), asked, NORMS, term=str)


def test_what_goes_with_every_tender_comes_by_itself_and_the_title_names_what_is_bought() -> None:
    found = paper()
    assert found.parts[0] == "Algemeen"
    assert found.title == "Inkoopeisen: Clouddienst (SaaS, PaaS, IaaS)"
    assert paper(replace(ASKED, title="Zaaksysteem 2027")).title == "Zaaksysteem 2027"
    assert paper(replace(ASKED, parts=())).title == "Inkoopeisen: Algemeen"
    assert len(paper(replace(ASKED, parts=())).lines) < len(found.lines)


def test_each_theme_stands_together_and_counts_up() -> None:
    found = paper(replace(ASKED, parts=[each.id for each in requirements().parts]))
    themes = [line.theme for line in found.lines]
    assert len(list(dict.fromkeys(themes))) == sum(one != other for one, other in pairwise(themes)) + 1
    assert [line.number for line in found.lines] == list(range(1, len(themes) + 1))


def test_links_as_people_write_them() -> None:
    assert link_words("bio2:5.20.03", NORMS, "nl") == "BIO2 5.20.03"
    assert link_words("elders:1", NORMS, "nl") == "elders:1"


def test_every_line_of_the_pack_can_be_written_in_both_languages() -> None:
    for language in ("nl", "en"):
        found = paper(replace(ASKED, parts=[each.id for each in requirements().parts], language=language))
        assert all((odt(found), ods(found), pdf(found)))
        assert document(found).language == language


def test_what_is_not_there_is_named_with_what_there_is() -> None:
    with pytest.raises(ValueError, match="there is no part 'kite'; there are general, "):
        paper(replace(ASKED, parts=("kite",)))
    with pytest.raises(ValueError, match="there is no question 'moon'; there are personal_data, "):
        paper(replace(ASKED, context={"moon": True}))
