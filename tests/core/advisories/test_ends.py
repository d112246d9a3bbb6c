"""The first and the last affected version of a product: what follows for the versions between."""

from typing import Any

import pytest

from dijkwacht.core.advisories.index import Registers
from dijkwacht.core.advisories.matching import CODES, judge
from dijkwacht.core.advisories.rows import rows_of
from dijkwacht.core.advisories.shapes import Advisory, End, ProductLine, Said, Status, Vulnerability
from tests.core.advisories.matching_made import asset, line

Told = list[tuple[str, str | None]]
ENDS: dict[str, End] = {"first": "first", "last": "last"}
STATUSES: dict[str, Status] = {"affected": "affected", "fixed": "fixed", "not_affected": "not_affected"}
ONE: Told = [("first", "1.0"), ("last", "1.4")]
TWO: Told = [("first", "1.0"), ("first", "2.0"), ("last", "1.4"), ("last", "2.3")]


def document(told: Told, **more: Any) -> Advisory:
    lines: dict[str, ProductLine] = {}
    said: list[Said] = []
    for number, (kind, text) in enumerate(told):
        name = f"p{number}"
        lines[name] = line(text, name=name, **more)
        said.append(Said(name, "affected", end=ENDS[kind]) if kind in ENDS else Said(name, STATUSES[kind]))
    weakness = Vulnerability("CVE-2026-0001", said=tuple(said))
    return Advisory("https://csirt.example", "EX-1", "1", "t", products=lines, vulnerabilities=(weakness,))


CASES: list[tuple[Told, str, str, str]] = [
    (ONE, "0.9", "not_affected", "outside"),
    (ONE, "1.0", "affected", "affected"),
    (ONE, "1.2", "affected", "affected"),
    (ONE, "1.4", "affected", "affected"),
    (ONE, "1.4.1", "not_affected", "outside"),
    (ONE, "", "undetermined", "no_version"),
    (ONE, "alle", "undetermined", "version_not_understood"),
    ([("last", "1.4"), ("first", "1.0")], "1.2", "affected", "affected"),
    # several lines of releases
    (TWO, "1.2", "affected", "affected"),
    (TWO, "1.9", "not_affected", "outside"),
    (TWO, "2.1", "affected", "affected"),
    # an end without its other end: what lies there is a question
    ([("first", "1.0"), ("last", "1.4"), ("last", "2.3")], "2.1", "undetermined", "range_end_unclear"),
    ([("first", "1.0"), ("last", "1.4"), ("last", "2.3")], "1.4", "affected", "affected"),
    ([("first", "1.0"), ("first", "2.0"), ("last", "2.3")], "1.5", "undetermined", "range_end_unclear"),
    ([("first", "1.0"), ("first", "2.0"), ("last", "2.3")], "2.1", "affected", "affected"),
    ([("first", "1.0")], "7", "undetermined", "range_end_unclear"),
    ([("first", "1.0")], "0.9", "not_affected", "outside"),
    ([("last", "1.4")], "0.9", "undetermined", "range_end_unclear"),
    ([("last", "1.4")], "1.5", "not_affected", "outside"),
    ([("last", "1.0"), ("first", "1.4")], "1.2", "not_affected", "outside"),
    ([("last", "1.0"), ("first", "1.4")], "0.2", "undetermined", "range_end_unclear"),
    # what else is told of the product closes it
    ([("first", "1.0"), ("fixed", "1.5"), ("fixed", "2.4")], "2.3", "undetermined", "range_end_unclear"),
    ([("first", "1.0"), ("fixed", "1.5"), ("fixed", "2.4")], "1.5", "not_affected", "fixed"),
    ([("first", "1.0"), ("fixed", "1.5"), ("fixed", "2.4")], "2.5", "not_affected", "outside"),
    ([("first", "1.0"), ("affected", "vers:unknown/>=1.0|<1.5")], "1.5", "not_affected", "outside"),
    ([("last", "1.4"), ("affected", "vers:unknown/>=1.0|<=1.4")], "0.9", "not_affected", "outside"),
    ([("affected", "1.0"), ("affected", "1.2"), *ONE], "1.3", "affected", "affected"),
    ([*ONE, ("affected", "3.1")], "3.1", "affected", "affected"),
    # a single version outweighs the stretch; a stretch does not
    ([*ONE, ("fixed", "1.2.9")], "1.2.9", "not_affected", "fixed"),
    ([*ONE, ("not_affected", "vers:unknown/>=1.2|<1.3")], "1.2.5", "undetermined", "conflict"),
    # versions that cannot be ordered
    ([("first", "1.0"), ("last", "najaar")], "1.2", "undetermined", "range_not_understood"),
    ([("first", "1.0"), ("last", None)], "1.2", "undetermined", "range_end_unclear"),
    ([("first", "1.0"), ("last", None)], "0.9", "undetermined", "no_version_in_document"),
    ([("first", "1.0"), ("last", "vers:unknown/<=1.4")], "1.2", "affected", "affected"),
    ([("first", "1.0"), ("last", "1.0")], "1.0", "affected", "affected"),
    ([("first", "1.0"), ("last", "1.0")], "1.1", "not_affected", "outside"),
]


@pytest.mark.parametrize(("told", "version", "outcome", "code"), CASES, ids=lambda part: str(part)[:60])
def test_case(told: Told, version: str, outcome: str, code: str) -> None:
    found = judge(document(told), asset(version))
    assert found is not None
    assert (found.outcome, found.reason.code) == (outcome, code)
    assert code in CODES
    rows = Registers([asset(version)]).answers(rows_of(document(told)))
    assert [each.outcome for each in rows] == ([] if outcome == "not_affected" else [outcome])


def test_the_reason_tells_the_stretch() -> None:
    found = judge(document(ONE), asset("1.2"))
    assert found is not None
    assert ("said", "vers:unknown/>=1.0|<=1.4") in found.reason.params
    assert ("line", "p0") in found.reason.params


def test_the_order_is_that_of_the_product() -> None:
    told: Told = [("first", "1.0.0-alpha.2"), ("last", "1.0.0")]
    mail = document(told, vendor="", product="", purl="pkg:npm/mail")
    between, before = (asset(vendor="", product="", purl=f"pkg:npm/mail@1.0.0-alpha.{n}") for n in (10, 1))
    assert [each and each.outcome for each in (judge(mail, between), judge(mail, before))] == [
        "affected",
        "not_affected",
    ]


def test_ends_on_two_platforms_make_no_stretch() -> None:
    lines = {
        "a": line("1.0", name="a", on="os1", relation="installed_on"),
        "b": line("1.4", name="b", on="os2", relation="installed_on"),
        "os1": line("10", name="os1", vendor="Contoso", product="Server OS"),
        "os2": line("10", name="os2", vendor="Contoso", product="Other OS"),
    }
    said = (Said("a", "affected", end="first"), Said("b", "affected", end="last"))
    told = Advisory(
        "https://csirt.example", "EX-1", "1", "t", products=lines, vulnerabilities=(Vulnerability("CVE", said=said),)
    )
    found = judge(told, asset("1.2"))
    assert found is not None
    assert (found.outcome, found.reason.code) == ("undetermined", "range_end_unclear")
