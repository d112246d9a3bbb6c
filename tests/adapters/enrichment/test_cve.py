"""A record of the CVE list: products, ratings, what CISA adds."""

import json
import os
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.adapters.enrichment.cve import read_cve
from dijkwacht.core.advisories.matching import judge
from dijkwacht.core.advisories.shapes import Advisory, Asset, ProductLine, Rating, Reference, Remedy, Said
from tests.adapters.csaf.made import raw
from tests.adapters.csaf.test_hostile import JSON, places

AFFECTED = {
    "vendor": "Waterwerk",
    "product": "Grachtenpeil",
    "defaultStatus": "unaffected",
    "cpes": ["cpe:2.3:a:waterwerk:grachtenpeil:*:*:*:*:*:*:*:*"],
    "versions": [
        {"version": "0", "lessThan": "3.2", "versionType": "semver", "status": "affected"},
        {"version": "2.9.1", "status": "unaffected"},
    ],
}


def record(**cna: Any) -> dict[str, Any]:
    return {
        "dataType": "CVE_RECORD",
        "cveMetadata": {
            "cveId": "CVE-2026-10001",
            "state": "PUBLISHED",
            "assignerShortName": "Waterwerk",
            "datePublished": "2026-09-01T08:00:00",
            "dateUpdated": "2026-09-02T08:00:00.123Z",
        },
        "containers": {
            "cna": {
                "providerMetadata": {"shortName": "Waterwerk"},
                "title": "Lek in Grachtenpeil",
                "descriptions": [{"lang": "nl", "value": "Een lek."}, {"lang": "en", "value": "A leak."}],
                "affected": [AFFECTED],
                "problemTypes": [{"descriptions": [{"description": "tekst"}, {"cweId": "CWE-79"}]}],
                "metrics": [
                    {"cvssV3_1": {"vectorString": "CVSS:3.1/AV:N"}},
                    {"cvssV4_0": {"vectorString": "CVSS:4.0/AV:N"}},
                ],
                "solutions": [{"lang": "en", "value": "Take 3.2."}],
                "references": [{"url": "https://waterwerk.example/x"}, {"url": "https://waterwerk.example/x"}],
            }
            | cna,
            "adp": [
                {
                    "providerMetadata": {"shortName": "CISA-ADP"},
                    "affected": [
                        AFFECTED,
                        {"vendor": "n/a", "product": "n/a", "versions": [{"version": "n/a", "status": "affected"}]},
                    ],
                    "metrics": [
                        {
                            "other": {
                                "type": "ssvc",
                                "content": {
                                    "timestamp": "2026-09-03T00:00:00Z",
                                    "options": [
                                        {"Exploitation": "active"},
                                        {"Automatable": "yes"},
                                        {"Technical Impact": "total"},
                                    ],
                                },
                            }
                        },
                        {"other": {"type": "kev", "content": {"dateAdded": "2026-09-05"}}},
                    ],
                }
            ],
        },
    }


def got(body: dict[str, Any]) -> Advisory:
    found = read_cve(raw(body))
    assert found.advisory is not None, found.problems
    return found.advisory


def test_a_record() -> None:
    found = read_cve(raw(record()))
    assert found.problems == ()
    advisory = got(record())
    assert (advisory.key, advisory.kind, advisory.form) == (("https://www.cve.org", "CVE-2026-10001"), "cve", "cve-5")
    assert (advisory.version, advisory.publisher_name) == ("2026-09-02T08:00:00.123Z", "Waterwerk")
    cpe = "cpe:2.3:a:waterwerk:grachtenpeil:*:*:*:*:*:*:*:*"
    assert list(advisory.products.values()) == [
        ProductLine("p1", "Waterwerk", "Grachtenpeil", "vers:unknown/<3.2", "range", cpe=cpe),
        ProductLine("p2", "Waterwerk", "Grachtenpeil", "2.9.1", "version", cpe=cpe),
    ]
    weakness = advisory.vulnerabilities[0]
    assert weakness.said == (Said("p1", "affected"), Said("p2", "not_affected"))
    assert weakness.ratings == (
        Rating("cvss-3", "CVSS:3.1/AV:N", "Waterwerk"), Rating("cvss-4", "CVSS:4.0/AV:N", "Waterwerk"),
        Rating("ssvc", "Exploitation:active/Automatable:yes/Technical Impact:total", "CISA-ADP", date(2026, 9, 3)),
        Rating("kev", "2026-09-05", "CISA-ADP", date(2026, 9, 5)),
    )  # fmt: skip
    assert weakness.exploited == date(2026, 9, 3)
    assert (weakness.cwe, weakness.remedies) == ("CWE-79", (Remedy("vendor_fix", "Take 3.2."),))
    assert weakness.references == (Reference("https://waterwerk.example/x"),)
    assert [each.text for each in weakness.notes] == ["A leak.", "Een lek."]


@pytest.mark.parametrize(
    ("default", "outcomes"),
    [
        (None, {"3.1": "affected", "2.9.1": "not_affected", "3.2": "undetermined", "": "undetermined"}),
        ("unknown", {"3.1": "affected", "2.9.1": "not_affected", "3.2": "undetermined", "": "undetermined"}),
        ("unaffected", {"3.1": "affected", "2.9.1": "not_affected", "3.2": "not_affected", "": "undetermined"}),
        ("affected", {"3.1": "affected", "2.9.1": "not_affected", "3.2": "affected", "": "undetermined"}),
    ],
)
def test_versions_that_are_not_named_are_what_the_record_says_of_them(
    default: str | None, outcomes: dict[str, str]
) -> None:
    """Without a default: unknown, by the schema of the format; so a question, and never silence."""
    block = {key: value for key, value in AFFECTED.items() if key != "defaultStatus"}
    body = record(affected=[block | ({"defaultStatus": default} if default else {})])
    body["containers"]["adp"] = []
    advisory = got(body)
    found = {
        version: judge(advisory, Asset("dijkstad", "1", "Waterwerk", "Grachtenpeil", version)) for version in outcomes
    }
    assert {version: each.outcome for version, each in found.items() if each} == outcomes
    if default in (None, "unknown"):
        assert found["3.2"] is not None
        assert found["3.2"].reason.code == "status_unknown"


def test_without_a_title_the_description_stands_in() -> None:
    assert got(record(title="")).title == "A leak."


def test_a_rejected_record_no_longer_holds() -> None:
    body = record()
    body["cveMetadata"]["state"] = "REJECTED"
    body["containers"] = {"cna": {"rejectedReasons": [{"lang": "en", "value": "Double."}]}}
    advisory = got(body)
    assert (advisory.withdrawn, advisory.vulnerabilities) == (True, ())


def test_nothing_is_known_of_any_product() -> None:
    assert got(record(affected=[{"vendor": "n/a", "product": "n/a"}])).products.keys() == {"p1", "p2"}


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "not_json"), (b"{}", "missing"), (b"[]", "not_an_object"), (b'{"cveMetadata": {"cveId": 7}}', "missing")],
)
def test_what_is_no_record(data: bytes, code: str) -> None:
    found = read_cve(data)
    assert (found.advisory, found.problems[-1].code) == (None, code)


def test_wrong_types_that_decide() -> None:
    found = read_cve(raw(record(affected=7)))
    assert (found.advisory, found.problems[0].path) == (None, "/containers/cna/affected")
    assert read_cve(raw(record(affected=7)), anyway=True).advisory is not None


PLACES = places(record())


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_mutated_records_never_raise(path: tuple[Any, ...], value: Any) -> None:
    body: Any = deepcopy(record())
    at = body
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    found = read_cve(json.dumps(body).encode())
    assert found.advisory is not None or found.problems


LIST = os.environ.get("DIJKWACHT_CVE_LIST", "")


@pytest.mark.skipif(not LIST, reason="DIJKWACHT_CVE_LIST names no folder of CVE records")
def test_every_record_of_the_list_is_read() -> None:
    refused = [
        path.name for path in sorted(Path(LIST).rglob("CVE-*.json")) if read_cve(path.read_bytes()).advisory is None
    ]
    assert refused == []
