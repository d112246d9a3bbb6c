"""The packs of the house: nothing wrong with them, and everything in them that must be."""

import re
from datetime import date
from pathlib import Path

import pytest

from dijkwacht.core.criteria import Leaf, walk
from dijkwacht.core.facts import Assurance, Shows
from dijkwacht.norms.read import check, ensia_lines, municipalities, norms_on, read_norms

ON = date(2026, 11, 25)
NORMS = read_norms(on=ON)


def test_nothing_is_wrong() -> None:
    assert check().errors == []


def test_every_live_measure_of_bio2_has_a_criterion() -> None:
    numbers = [each.number for each in NORMS.catalogs["bio2"].requirements.values()]
    assert sum(number[0].isdigit() for number in numbers) == 117
    assert [number for number in numbers if not number[0].isdigit()] == ["deel 1, 13", "deel 1, 18"]


def test_every_number_of_bio2_that_asks_nothing_is_known() -> None:
    gone = NORMS.catalogs["bio2"].withdrawn
    kinds = [each.kind for each in gone.values()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "no_measure": 39, "moved": 5, "withdrawn": 4, "referral": 1,
    }  # fmt: skip
    moved = {each.id: each.moved_to for each in gone.values() if each.moved_to}
    assert moved == {
        "bio2:5.04.02": "bio2:5.10.02", "bio2:5.04.03": "bio2:5.10.03", "bio2:5.24.06": "bio2:5.21.05",
        "bio2:5.25.01": "bio2:5.26.02", "bio2:5.26.01": "bio2:5.25.02", "bio2:8.08.06": "bio2:5.24.08",
    }  # fmt: skip
    # the public text moves this one to a number that it does not hold, and so we say
    assert [to for to in moved.values() if to not in NORMS.requirements] == ["bio2:5.25.02"]
    assert "ontbreekt" in gone["bio2:5.26.01"].title["nl"]


def test_all_166_numbers_of_bio2() -> None:
    catalog = NORMS.catalogs["bio2"]
    assert len(catalog.withdrawn) + 117 == 166
    assert not set(catalog.withdrawn) & set(catalog.requirements)


@pytest.mark.parametrize(
    ("catalog", "count"),
    [
        ("iso27002", 93),
        ("iso27001", 26),
        ("cbw", 27),
        ("digid", 21),
        ("suwinet", 3),
        ("brp", 6),
        ("reisdocumenten", 5),
        ("bag", 8),
        ("bgt", 4),
        ("bro", 5),
    ],
)
def test_other_catalogs(catalog: str, count: int) -> None:
    assert len(NORMS.catalogs[catalog].requirements) == count


def test_the_ten_measures_of_article_21() -> None:
    assert [f"cbw:21.3.{letter}" for letter in "abcdefghij" if f"cbw:21.3.{letter}" not in NORMS.requirements] == []


def test_the_controls_that_bio2_leaves_open_rest_on_the_statement_of_applicability() -> None:
    stands = [name for name in NORMS.fact_types if name.startswith("soa.control_")]
    statements = [name for name in stands if not name.endswith(".exception")]
    assert (len(statements), len(stands) - len(statements)) == (33, 39)
    assert all(NORMS.fact_types[name].choices[0] == "applied" for name in statements)
    free = [each for each in NORMS.catalogs["iso27002"].requirements.values() if each.applies_if is not None]
    assert len(free) == 31


def test_accounts() -> None:
    accounts = NORMS.accounts
    assert set(accounts) == {
        "cbw-rdi", "bio2-soa", "ensia-council", "digid-annex", "suwinet-statement", "board-view", "brp-rvig",
        "travel-documents-rvig", "bag-bzk", "bgt-bzk", "bro-bzk",
    }  # fmt: skip
    assert len(accounts["bio2-soa"].requirements) == 119 + 93
    digid = accounts["digid-annex"]
    assert (digid.per, digid.demand.least_assurance, digid.demand.comparable_event) == (
        "digid_connection", Assurance.DOCUMENTED, True,
    )  # fmt: skip
    tested = [name for name in digid.requirements if digid.demand.shows_of(NORMS.requirements[name]) == Shows.OPERATION]
    assert tested == ["digid:U/TV.01", "digid:U/WA.02", "digid:C.07", "digid:C.08", "digid:C.09"]
    assert accounts["cbw-rdi"].demand.shows is None
    assert [name for name, account in accounts.items() if not account.complete] == [
        "suwinet-statement", "brp-rvig", "travel-documents-rvig", "bag-bzk", "bgt-bzk", "bro-bzk",
    ]  # fmt: skip


def test_lines_of_ensia_say_what_is_not_here() -> None:
    lines = {line["line"]: line["status"] for line in ensia_lines()}
    assert [name for name, status in lines.items() if status == "not_in_pack"] == ["WOZ", "WSJG"]
    assert (lines["BIO"], lines["DigiD"], lines["Suwinet"]) == ("in_pack", "in_pack", "incomplete")


def test_questions_are_one_sentence_and_asked_once() -> None:
    for language in ("nl", "en"):
        asked = [fact.question[language] for fact in NORMS.fact_types.values()]
        assert len({re.sub(r"\W", "", question.lower()) for question in asked}) == len(asked)
        for question in asked:
            assert question.endswith("?"), question
            assert question.count("?") == 1, question
            assert len(question) <= 190, question
            assert not re.search(r"[.!;] ", re.sub(r"internet\.nl|security\.txt", "x", question)), question


def test_what_is_uncertain_says_so_in_both_languages() -> None:
    uncertain = [each for each in NORMS.requirements.values() if each.uncertain]
    assert len(uncertain) == 83
    assert all(set(each.uncertain) == {"nl", "en"} for each in uncertain)


def test_the_new_operators_are_used() -> None:
    text = "".join(repr(each.met_if) + repr(each.applies_if) for each in NORMS.requirements.values())
    for sign in ("op='known'", "op='within_fact'", "op='after_fact'", "Due(", "WherePossible("):
        assert sign in text, sign
    assert sum(fact.may_not_happen for fact in NORMS.fact_types.values()) == 23


def test_a_date_that_always_has_a_day_is_never_never() -> None:
    """No criterion of the packs would make anything of *never yet* there: only whether it is known, or when a term ends."""
    always = {"board_member.appointed_on", "board_member.certificate.issued_on", "cbw.applies_since"}
    assert {fact.id for fact in NORMS.fact_types.values() if not fact.may_be_never} == always
    for rule in NORMS.requirements.values():
        for node in [*walk(rule.met_if), *(walk(rule.applies_if) if rule.applies_if else ())]:
            if isinstance(node, Leaf) and node.op in ("within", "within_fact", "never"):
                assert NORMS.fact_types[node.fact].may_be_never, (rule.id, node.fact)


def test_before_the_act_its_duties_are_not_there() -> None:
    before = norms_on(date(2026, 8, 14))
    assert "cbw" not in before.catalogs
    assert "cbw-rdi" not in before.accounts
    assert "cbw:21a" in norms_on(date(2026, 8, 15)).requirements
    assert norms_on(date(2025, 12, 31)).requirements == {}


def test_norms_on_hands_out_one_object_per_set_of_versions() -> None:
    assert norms_on(ON) is norms_on(date(2027, 1, 1))
    assert norms_on(ON).versions == {
        "bag": "2025", "bgt": "2025", "bio2": "1.3", "bro": "2025", "brp": "2025", "cbw": "2026", "digid": "3.0",
        "iso27001": "2022", "iso27002": "2022", "reisdocumenten": "2025", "suwinet": "2020",
    }  # fmt: skip


def test_municipalities() -> None:
    rows = municipalities()
    assert len(rows) == 342
    assert len({row["cbs_code"] for row in rows}) == 342
    assert rows[0]["name"] == "Groningen"


def test_the_figures_in_the_documentation_are_those_of_the_packs() -> None:
    statistics = check().statistics
    assert statistics is not None
    page = (Path(__file__).parents[2] / "docs" / "norms.md").read_text(encoding="utf-8")
    assert "\n".join(statistics.report()) in page, "copy the figures of `dijkwacht norms check` into docs/norms.md"
