"""The published content of NIST and BSI, where it is at hand: DIJKWACHT_OSCAL_CONTENT names the folder."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from dijkwacht.adapters.oscal.bundle import read, write

FOLDER = os.environ.get("DIJKWACHT_OSCAL_CONTENT")
pytestmark = pytest.mark.skipif(not FOLDER, reason="DIJKWACHT_OSCAL_CONTENT names no folder with published content")
NIST4 = "NIST_SP-800-53_rev4_catalog.json"
NIST5 = "NIST_SP-800-53_rev5_catalog.json"
KERNEL = "BSI-Stand-der-Technik-Kernel-catalog.json"
METHOD = "BSI-Methodik-Grundschutz++-catalog.json"


def reading(*names: str) -> Any:
    paths = [Path(FOLDER or "") / name for name in names]
    if missing := [path.name for path in paths if not path.exists()]:
        pytest.skip(f"not at hand: {missing}")
    return read([(path.name, path.read_bytes()) for path in paths])


@pytest.mark.parametrize(
    ("name", "groups", "controls"),
    [
        (NIST4, 18, 922),
        (NIST5, 20, 1189),
        (KERNEL, 117, 901),
        (METHOD, 41, 95),
        ("Lieferkettensicherheit-resolved_catalog.json", 30, 146),
    ],
)
def test_catalog(name: str, groups: int, controls: int) -> None:
    found = reading(name)
    assert found.refused == ()
    (one,) = found.files
    assert (one.counts["groups"], one.counts["controls"]) == (groups, controls)
    assert json.loads(write(one.document)) == json.loads((Path(FOLDER or "") / name).read_bytes())


def test_rev5_is_read_within_three_seconds() -> None:
    began = time.perf_counter()
    reading(NIST5)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(("baseline", "controls"), [("LOW", 124), ("MODERATE", 261), ("HIGH", 343)])
def test_baseline_resolves_as_nist_resolves_it(baseline: str, controls: int) -> None:
    found = reading(f"NIST_SP-800-53_rev4_{baseline}-baseline_profile.json", NIST4)
    assert found.refused == ()
    body = found.files[0].resolved
    assert len(found.files[0].framework.items) == controls
    theirs = Path(FOLDER or "") / f"NIST_SP-800-53_rev4_{baseline}-baseline-resolved-profile_catalog.json"
    if theirs.exists():
        assert body["groups"] == json.loads(theirs.read_bytes())["catalog"]["groups"]


def test_a_mapping_to_numbers_that_are_gone_is_refused() -> None:
    """BSI's mapping of Annex A names controls that its present catalogs do not have."""
    found = reading("ISO27001-AnnexA-to-GS++-mapping_collection.json", METHOD, KERNEL)
    assert {each.code for each in found.refused} == {"mapping_unknown"}


def test_ids_that_begin_with_a_digit_are_refused() -> None:
    assert reading("ISO27001-AnnexA-catalog.json").refused[0].code == "bad_id"
