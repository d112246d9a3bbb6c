"""What is being used (KEV), how likely it is (EPSS), and the score of a vector."""

import gzip
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.adapters.csaf.load import Unreadable
from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.adapters.enrichment.epss import read_epss
from dijkwacht.adapters.enrichment.kev import Used, read_kev
from tests.adapters.csaf.made import raw


def used(cve: str, day: str, **more: Any) -> dict[str, Any]:
    return {"cveID": cve, "dateAdded": day, "vendorProject": "Waterwerk", "product": "Grachtenpeil", **more}


def test_kev() -> None:
    body = {
        "catalogVersion": "2026.09.05",
        "vulnerabilities": [
            used("CVE-2026-1", "2026-09-05", dueDate="2026-09-26", knownRansomwareCampaignUse="Known"),
            used("CVE-2026-2", "x"),
        ],
    }
    found = read_kev(raw(body))
    assert found.version == "2026.09.05"
    assert found.used == (Used("CVE-2026-1", date(2026, 9, 5), "Waterwerk", "Grachtenpeil", date(2026, 9, 26), True),)
    assert [(each.code, each.path) for each in found.problems] == [("missing", "/vulnerabilities/1")]


def test_kev_twice_keeps_the_first_day() -> None:
    lines = [used("CVE-2026-1", "2026-09-05"), used("CVE-2026-1", "2026-09-01"), used("CVE-2026-1", "2026-09-09")]
    assert [each.added for each in read_kev(raw({"vulnerabilities": lines})).used] == [date(2026, 9, 1)]


def test_a_list_without_its_list_says_so() -> None:
    assert [each.weight for each in read_kev(b"{}").problems] == ["grave"]
    with pytest.raises(Unreadable):
        read_kev(b"<html>")


EPSS = (
    b"#model_version:v2026.03.14,score_date:2026-09-05T00:00:00+0000\n"
    b"cve,epss,percentile\nCVE-2026-1,0.97,0.99\nCVE-2026-2,0.0004,0.1\n"
)


@pytest.mark.parametrize("data", [EPSS, gzip.compress(EPSS)])
def test_epss(data: bytes) -> None:
    found = read_epss(data)
    assert (found.at, found.model, found.problems) == (date(2026, 9, 5), "v2026.03.14", ())
    assert found.scores == {"CVE-2026-1": (0.97, 0.99), "CVE-2026-2": (0.0004, 0.1)}


@pytest.mark.parametrize(
    "line", ["CVE-2026-3,nan,0.1", "CVE-2026-3,2,0.1", "CVE-2026-3", "x,0.1,0.1", "CVE-2026-3,,", "CVE-2026-3,inf,1"]
)
def test_epss_lines_that_are_none_are_told(line: str) -> None:
    found = read_epss(EPSS + line.encode())
    assert (len(found.scores), [each.code for each in found.problems]) == (2, ["bad_line"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "missing"),
        (b"a,b\n1,2", "missing"),
        (b"\xff", "bad_encoding"),
        (b"\x1f\x8brommel", "not_gzip"),
        (gzip.compress(EPSS)[:-12], "cut_short"),
        (gzip.compress(b"\0" * 50_000_000), "too_big"),
    ],
)
def test_epss_that_is_none(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        read_epss(data, size=1_000_000)
    assert error.value.problem.code == code


@pytest.mark.parametrize(
    ("scheme", "vector", "score"),
    [
        ("cvss-3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),
        ("cvss-2", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5),
        ("cvss-4", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3),
        ("cvss-3", "CVSS:3.1/AV:N", None),
        ("cvss-3", "hoog", None),
        ("cvss-4", "", None),
        ("ssvc", "x", None),
        ("cvss-2", "A" * 10_000, None),
    ],
)
def test_scores(scheme: str, vector: str, score: float | None) -> None:
    assert base_score(scheme, vector) == score


@given(
    st.sampled_from(["cvss-2", "cvss-3", "cvss-4"]),
    st.text(max_size=40) | st.text("CVSS:3.140/ANLPRUIHWDTEX", max_size=60),
)
def test_a_vector_that_is_none_never_raises(scheme: str, vector: str) -> None:
    found = base_score(scheme, vector)
    assert found is None or 0 <= found <= 10
