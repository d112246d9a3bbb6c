"""How others rate a warning, in words: the highest per scheme (CSAF, viewer V3), and by whom."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from dijkwacht.apps.advisories.handling_ratings import ratings
from dijkwacht.core.advisories.shapes import Advisory, Rating, Vulnerability

LIGHT = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"
GRAVE = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def weak(cve: str, *told: Rating, used: date | None = None) -> Vulnerability:
    return Vulnerability(cve, cve, ratings=told, exploited=used)


def told(
    *weaknesses: Vulnerability, lists: Any = None, whole: tuple[Rating, ...] = ()
) -> list[tuple[str, str, str, str]]:
    content = Advisory(
        "https://p.example", "1", "1", "T", publisher_name="P", ratings=whole, vulnerabilities=weaknesses
    )
    return [(each.label, each.value, each.source, each.among) for each in ratings(content, lists or {})]


def test_of_several_scores_the_highest_with_how_many_there_are() -> None:
    one, other = weak("CVE-1", Rating("cvss-3", LIGHT, "N")), weak("CVE-2", Rating("cvss-3", GRAVE, "N"))
    assert told(one, other) == [("CVSS 3.1", "9.8 (critical)", "N", "highest of 2")]
    assert told(other, one) == told(one, other)


def test_one_is_not_the_highest_of_anything() -> None:
    assert told(weak("CVE-1", Rating("epss", "0.5", "FIRST EPSS")))[0][3] == ""


@pytest.mark.parametrize(
    ("scheme", "values", "highest"),
    [
        ("epss", ("0.01", "0.3", "0.2"), "30% within thirty days"),
        ("severity", ("low", "kritiek", "high"), "critical"),
        ("kev", ("2026-03-01", "2026-01-02"), "on the list since 2 January 2026"),
        ("cvss-3", ("nonsense", GRAVE), "9.8 (critical)"),
    ],
)
def test_highest(scheme: str, values: tuple[str, ...], highest: str) -> None:
    assert told(*(weak(f"CVE-{n}", Rating(scheme, value)) for n, value in enumerate(values)))[0][1] == highest


def test_the_document_comes_first_then_that_it_is_used_then_lists() -> None:
    lists = {"CVE-1": (Rating("kev", "2026-01-02", "CISA KEV"),)}
    found = told(
        weak("CVE-1", used=date(2026, 1, 5)), weak("CVE-2", used=date(2026, 1, 4)), lists=lists,
        whole=(Rating("ncsc-kans-schade", "high/high", "https://p.example"),),
    )  # fmt: skip
    assert [each[:3] for each in found] == [
        ("Likelihood and damage", "Likelihood high, damage high", "P"),
        ("Being used", "known since 4 January 2026", "P"),
        ("Known to be used (KEV)", "on the list since 2 January 2026", "CISA KEV"),
    ]


def test_nobody_rates() -> None:
    assert told(weak("CVE-1")) == []
