"""The worked cases of web sites, TLS and certificates: what was seen in, words out; of both editions where they differ."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dijkwacht.core.checks import (
    caa,
    certificates,
    cookies,
    csp,
    dane,
    headers,
    https,
    ipv6,
    security_txt,
    third_parties,
    tls_exchange,
    tls_extras,
    tls_suites,
    tls_versions,
)
from dijkwacht.core.checks.finding import Finding
from dijkwacht.core.checks.fold import fold
from tests.core.checks.names_world import POLICY, codes, words
from tests.core.checks.web_world import seen

CHECKS = {
    "https": https, "tls_versions": tls_versions, "tls_suites": tls_suites, "tls_exchange": tls_exchange,
    "tls_extras": tls_extras, "certificates": certificates, "caa": caa, "dane": dane, "csp": csp, "headers": headers,
    "cookies": cookies, "third_parties": third_parties, "security_txt": security_txt, "ipv6": ipv6,
}  # fmt: skip
FOLDER = Path(__file__).parent / "cases"
CASES = [(name, case) for name in CHECKS for case in yaml.safe_load((FOLDER / f"{name}.yaml").read_text())]
KEYS = {"case", "dns", "web", "mail", "certificates", "likeness", "only", "words", "codes", "law", "norm"}


def _found(name: str, case: dict[str, Any]) -> list[Finding]:
    """What the check finds in the area that the case is about."""
    areas = {"web"} if "web" in case else {"mail"} if "mail" in case else {"web", "mail"}
    if ("web" in case and "mail" in case) or name == "ipv6":
        areas = {"web", "mail"}
    only = case.get("only")
    found = CHECKS[name].findings(seen(case), POLICY)
    return [each for each in found if each.area in areas and (only is None or each.check in only)]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['case']}" for name, case in CASES])
def test_case(name: str, case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    found = _found(name, case)
    assert {key.removesuffix(" 192.0.2.1"): word for key, word in words(found).items()} == case["words"]
    if "codes" in case:
        assert codes(found) == case["codes"]
    folded = fold(found, POLICY)
    for role in ("law", "norm"):
        for check, word in case.get(role, {}).items():
            assert [getattr(each, role) for (_, name), each in folded.items() if name == check] == [word], check


def test_every_check_passes_somewhere_and_falls_short_somewhere() -> None:
    said: dict[str, set[str]] = {}
    for name, case in CASES:
        for each in CHECKS[name].findings(seen(case), POLICY):
            said.setdefault(each.check, set()).add(each.word)
    for check, found in said.items():
        assert found - {"not_tested", "passed"}, check
        assert found & {"passed", "not_tested"}, check
