"""The worked cases of ``cases/*.yaml``: a name system in, words out, after asking what `wanted` says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dijkwacht.core.checks import dkim, dmarc, dnssec, mx, spf
from tests.core.checks.names_world import POLICY, codes, seen, words

CHECKS = {"spf": spf, "dmarc": dmarc, "dkim": dkim, "mx": mx, "dnssec": dnssec}
FOLDER = Path(__file__).parent / "cases"
CASES = [(name, case) for name in CHECKS for case in yaml.safe_load((FOLDER / f"{name}.yaml").read_text())]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['case']}" for name, case in CASES])
def test_case(name: str, case: dict[str, Any]) -> None:
    assert set(case) <= {"case", "name", "organisational", "dns", "words", "codes"}
    found = list(
        CHECKS[name].findings(
            seen(case["dns"], case.get("name", "dijkstad.nl"), case.get("organisational", "")), POLICY
        )
    )
    assert words(found) == case["words"]
    if "codes" in case:
        assert codes(found) == case["codes"]
