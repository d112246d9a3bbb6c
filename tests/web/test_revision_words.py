"""What a revision changes, in words: every code of the core, and what follows from it."""

from dataclasses import replace

import pytest
from django.utils import translation

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.core.advisories import revision
from dijkwacht.core.advisories.revision import Change, change
from dijkwacht.core.advisories.shapes import Advisory, ProductLine, Rating, Reason, Remedy, Said, Vulnerability
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.revision_words import CODES, RATED, change_sentences, summary_sentence

PARAMS = {"weakness": "CVE-2026-10001", "product": "Waterwerk Sluis"}
LABELS = {"from": "GREEN", "to": "RED"}
A = ProductLine("A", "Waterwerk", "Sluis", "3.1", "version", cpe="cpe:2.3:a:waterwerk:sluis:3.1:*:*:*:*:*:*:*")
WEAK = Vulnerability("CVE-2026-10001", said=(Said("A", "affected"),), remedies=(Remedy("vendor_fix", "Neem 3.2."),))
FIRST = Advisory(
    "https://dijkteam.example", "DT-1", "1", "Lek", products={"A": A}, vulnerabilities=(WEAK,), tlp="GREEN"
)


def told(*reasons: Reason) -> list[str]:
    with translation.override("en"):
        return change_sentences(Change(False, False, False, reasons))


def turned(after: Advisory) -> tuple[list[str], str]:
    found = change(FIRST, after, priority_table(), score=base_score)
    with translation.override("en"):
        return change_sentences(found), summary_sentence(found)


def test_every_code_of_the_core_has_a_sentence() -> None:
    assert revision._MATERIAL | {"editorial"} == CODES
    assert {name for name, _scale in (*revision._OF_DOCUMENT, *revision._OF_WEAKNESS)} == RATED


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_sentence_is_whole(code: str, language: str) -> None:
    values = LABELS if code.startswith("label") else {"of": "severity", "from": "low", "to": "high"}
    with translation.override(language):
        (sentence,) = change_sentences(Change(False, False, False, (Reason(code, tuple((PARAMS | values).items())),)))
    assert sentence.startswith("CVE-2026-10001: ")
    assert sentence.endswith(".")
    assert "%(" not in sentence


def test_products_of_one_weakness_stand_in_one_sentence() -> None:
    rows = [
        Reason("product_added", (("weakness", "#2"), ("product", f"Waterwerk P{number} pkg:npm/p@{number}")))
        for number in range(8)
    ]
    assert told(*rows[:2]) == ["Weakness 2: Affected now too: Waterwerk P0, Waterwerk P1."]
    assert told(*rows[:6])[0].endswith("Waterwerk P4 and 1 other.")
    assert told(Reason("withdrawn"), *rows, Reason("editorial")) == [
        "The publisher withdrew this advisory.",
        "Weakness 2: Affected now too: Waterwerk P0, Waterwerk P1, Waterwerk P2, Waterwerk P3, Waterwerk P4 and 3 others.",
        "Only words, notes or links changed.",
    ]


def test_a_product_that_is_only_a_name_for_machines_keeps_it() -> None:
    (sentence,) = told(Reason("product_removed", (("weakness", "CVE-2026-1"), ("product", "pkg:npm/p"))))
    assert sentence == "CVE-2026-1: No longer called affected: pkg:npm/p."


def test_ratings_and_labels_name_both_sides() -> None:
    raised = Reason("rating_rose", (("of", "likelihood"), ("from", "medium"), ("to", "high")))
    first = Reason("rating_rose", (("of", "urgency"), ("from", "?"), ("to", "urgent")))
    assert told(raised, first, Reason("label_stricter", tuple(LABELS.items())), Reason("brand_new")) == [
        "Likelihood, by the publisher: raised from “medium” to “high”.",
        "Urgency: “Urgent”; it was not rated before.",
        "It may be passed on less far: from TLP:GREEN to TLP:RED.",
        "(brand_new)",
    ]


def test_what_follows_from_a_change() -> None:
    weak = replace(WEAK, remedies=(Remedy("vendor_fix", "Neem 3.3."),))
    assert turned(replace(FIRST, vulnerabilities=(weak,))) == (
        ["CVE-2026-10001: What is to be done changed."],
        "This is a new task: who was done with it must look again.",
    )
    assert turned(replace(FIRST, tlp="RED"))[1] == "This is told again. What is to be done stays the same."
    assert turned(replace(FIRST, tlp="CLEAR"))[1] == "This is shown as a change, and not told again."
    assert turned(replace(FIRST, title="Ander")) == (
        ["Only words, notes or links changed."],
        "Nothing changes in what is to be done.",
    )
    rated = replace(FIRST, ratings=(Rating("ncsc-urgency", "urgent"),))
    assert turned(rated)[0] == ["Urgency: “Urgent”; it was not rated before."]
