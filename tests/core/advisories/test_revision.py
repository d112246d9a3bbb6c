"""Which revision is the newer, and what a revision changes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.core.advisories.revision import Change, change, newest, version_place
from dijkwacht.core.advisories.shapes import Advisory, Note, ProductLine, Rating, Remedy, Said, Vulnerability
from dijkwacht.norms.advisories import priority_table

A, B = (
    ProductLine("A", "Waterwerk", "Grachtenpeil", "vers:unknown/<3.2", "range"),
    ProductLine("B", "Waterwerk", "Sluis"),
)
WEAK = Vulnerability(
    "CVE-2026-10001",
    said=(Said("A", "affected"), Said("B", "not_affected")),
    remedies=(Remedy("vendor_fix", "Neem 3.2.", ("A",)),),
    ratings=(Rating("cvss-3", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"),),
)
FIRST = Advisory(
    "https://dijkteam.example", "DT-1", "1.0.0", "Lek", products={"A": A, "B": B}, vulnerabilities=(WEAK,), tlp="GREEN",
    ratings=(Rating("ncsc-kans-schade", "medium/high"),),
)  # fmt: skip


def turned(after: Advisory, before: Advisory = FIRST) -> Change:
    return change(before, after, priority_table(), score=base_score)


def codes(after: Advisory) -> list[str]:
    return [each.code for each in turned(after).reasons]


def with_weakness(**changes: Any) -> Advisory:
    return replace(FIRST, version="1.0.1", vulnerabilities=(replace(WEAK, **changes),))


# -- which is the newer ------------------------------------------------------------------------------
ORDER = [
    "0.1.0",
    "0.9",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.00",
    "1.0.1",
    "1.2.0",
    "2",
    "2.0.1",
    "10",
]


def test_versions_in_order() -> None:
    places = [version_place(each) for each in ORDER]
    assert all(one is not None and other is not None and one < other for one, other in pairwise(places))
    assert version_place("1.0.0+x") == version_place("1") == version_place(" v1.0.0 ")


@pytest.mark.parametrize("text", ["", "nieuwste", "1.0.0.0", "2026-09-01T00:00:00Z", "9" * 40, "-1"])
def test_what_is_no_version(text: str) -> None:
    assert version_place(text) is None


@given(st.text(max_size=12))
def test_any_text_has_a_place_or_none(text: str) -> None:
    version_place(text)


def revision(version: str, day: int = 1, state: str = "final") -> Advisory:
    return replace(FIRST, version=version, revised=datetime(2026, 9, day, tzinfo=UTC), state=state)


def test_the_newest_wins_whatever_the_order_and_the_clock() -> None:
    held = [revision("1.0.0", 9), revision("1.10.0", 2), revision("1.9.0", 5)]
    for each in (held, held[::-1]):
        found = newest(each)
        assert found is not None
        assert found.version == "1.10.0"


def test_without_versions_the_moment_counts_and_a_draft_never_wins() -> None:
    found = newest([revision("2026-a", 3), revision("2026-b", 4), revision("2", 9, "draft")])
    assert found is not None
    assert found.version == "2026-b"
    assert newest([]) is None
    assert newest([revision("1", state="draft")]) is not None


# -- what it changes ---------------------------------------------------------------------------------
def test_the_case_of_ncsc_2026_0289() -> None:
    """1.0.0 medium/high became 1.0.1 high/high: warned again, no new task."""
    found = turned(replace(FIRST, version="1.0.1", ratings=(Rating("ncsc-kans-schade", "high/high"),)))
    assert (found.task, found.tell, found.material) == (False, True, True)
    assert [(each.code, dict(each.params)) for each in found.reasons] == [
        ("rating_rose", {"of": "likelihood", "from": "medium", "to": "high"})
    ]


@pytest.mark.parametrize(
    "after",
    [
        replace(FIRST, version="1.0.1", title="Een ander woord", notes=(Note("summary", "", "Meer tekst."),)),
        with_weakness(remedies=(Remedy("vendor_fix", " neem  3.2. ", ("A",)),)),
        with_weakness(notes=(Note("description", "", "x"),), said=WEAK.said[::-1]),
        replace(
            FIRST,
            products={"X": A._replace(id="X"), "B": B},
            vulnerabilities=(
                replace(
                    WEAK,
                    said=(Said("X", "affected"), Said("B", "not_affected")),
                    remedies=(Remedy("vendor_fix", "Neem 3.2.", ("X",)),),
                ),
            ),
        ),
    ],
    ids=["words", "spaces", "order", "other ids for the same products"],
)
def test_editorial(after: Advisory) -> None:
    found = turned(after)
    assert (found.task, found.tell, found.material, [each.code for each in found.reasons]) == (
        False,
        False,
        False,
        ["editorial"],
    )


@pytest.mark.parametrize(
    ("after", "code", "task", "tell"),
    [
        (with_weakness(remedies=(Remedy("vendor_fix", "Neem 3.3.", ("A",)),)), "remedy_changed", True, True),
        (with_weakness(remedies=()), "remedy_changed", True, True),
        (replace(FIRST, vulnerabilities=(WEAK, replace(WEAK, key="CVE-2026-10002"))), "weakness_added", True, True),
        (replace(FIRST, vulnerabilities=()), "weakness_removed", False, False),
        (with_weakness(exploited=date(2026, 9, 2)), "exploited", False, True),
        (replace(FIRST, withdrawn=True), "withdrawn", False, True), (replace(FIRST, tlp="AMBER"), "label_stricter", False, True),
        (replace(FIRST, tlp="CLEAR"), "label_looser", False, False),
        (replace(FIRST, ratings=(Rating("ncsc-kans-schade", "low/low"),)), "rating_fell", False, False),
        (replace(FIRST, ratings=(Rating("ncsc-urgency", "urgent"),)), "rating_rose", False, True),
        (with_weakness(ratings=(Rating("severity", "critical"),)), "rating_rose", False, True),
        (with_weakness(said=(Said("A", "affected"), Said("B", "affected"))), "product_added", True, True),
        (with_weakness(said=(Said("A", "fixed"), Said("B", "not_affected"))), "product_removed", False, False),
        (with_weakness(said=(Said("A", "affected"), Said("B", "investigated"))), "status_changed", False, False),
    ],
)  # fmt: skip
def test_material(after: Advisory, code: str, task: bool, tell: bool) -> None:
    found = turned(after)
    assert code in [each.code for each in found.reasons]
    assert (found.task, found.tell, found.material) == (task, tell, True)


def test_a_wider_range_is_another_product() -> None:
    after = replace(FIRST, products={"A": A._replace(version="vers:unknown/<4"), "B": B})
    assert codes(after)[:2] == ["product_added", "product_removed"]


def test_back_from_withdrawn() -> None:
    found = turned(FIRST, replace(FIRST, withdrawn=True))
    assert (found.task, [each.code for each in found.reasons]) == (True, ["restored"])


def test_nothing_changed() -> None:
    assert codes(FIRST) == ["editorial"]
