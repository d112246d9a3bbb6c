"""The versions of a CVE record."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.cve_versions import told_versions
from dijkwacht.core.advisories.ranges import read_range

ALL = ("range", "vers:unknown/*")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"version": "1.0", "status": "affected"}, [("affected", "version", "1.0")]),
        ({"version": "1.0", "status": "unaffected"}, [("not_affected", "version", "1.0")]),
        ({"version": "0", "lessThan": "2", "status": "affected"}, [("affected", "range", "vers:unknown/<2")]),
        ({"version": "1", "lessThan": "2", "status": "affected"}, [("affected", "range", "vers:unknown/>=1|<2")]),
        (
            {"version": "1", "lessThanOrEqual": "2", "status": "affected"},
            [("affected", "range", "vers:unknown/>=1|<=2")],
        ),
        ({"version": "1", "lessThan": "*", "status": "affected"}, [("affected", "range", "vers:unknown/>=1")]),
        ({"version": "unspecified", "lessThan": "2", "status": "affected"}, [("affected", "range", "vers:unknown/<2")]),
        ({"version": "0", "lessThanOrEqual": "*", "status": "affected"}, [("affected", *ALL)]),
        ({"version": "*", "status": "affected"}, [("affected", *ALL)]),
        ({"version": "n/a", "status": "affected"}, [("affected", "none", "")]),
        ({"version": "0", "status": "affected"}, [("affected", "version", "0")]),
        ({"version": "< 3.2", "status": "affected"}, [("affected", "version", "< 3.2")]),
        (
            {
                "version": "1",
                "lessThan": "5",
                "status": "affected",
                "changes": [{"at": "1.4", "status": "unaffected"}, {"at": "3", "status": "affected"}],
            },
            [
                ("affected", "range", "vers:unknown/>=1|<1.4"),
                ("not_affected", "range", "vers:unknown/>=1.4|<3"),
                ("affected", "range", "vers:unknown/>=3|<5"),
            ],
        ),
    ],
)
def test_one_entry(entry: dict[str, Any], told: list[tuple[str, str, str]]) -> None:
    assert list(told_versions({"versions": [entry], "defaultStatus": "unaffected"})) == told


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ({"defaultStatus": "affected"}, [("affected", *ALL)]),
        ({"defaultStatus": "unknown"}, [("unknown", *ALL)]),
        ({"defaultStatus": "unaffected"}, []),
        ({}, [("affected", "none", "")]),
        (
            {"versions": [{"version": "2", "status": "unaffected"}], "defaultStatus": "affected"},
            [("not_affected", "version", "2"), ("affected", *ALL)],
        ),
        # without a default the format means: unknown
        ({"versions": [{"version": "2", "status": "affected"}] * 2}, [("affected", "version", "2"), ("unknown", *ALL)]),
        (
            {"versions": [{"version": "2", "status": "affected"}], "defaultStatus": "x"},
            [("affected", "version", "2"), ("unknown", *ALL)],
        ),
        ({"versions": [{"version": "*", "status": "affected"}]}, [("affected", *ALL)]),
        ({"versions": [{"version": "n/a", "status": "affected"}]}, [("affected", "none", "")]),
        ({"versions": "x"}, [("affected", "none", "")]),
        ({"versions": [1, None]}, [("affected", "none", "")]),
    ],
)
def test_a_block(block: dict[str, Any], told: list[tuple[str, ...]]) -> None:
    assert list(told_versions(block)) == told


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["versions", "version", "lessThan", "status", "changes", "at", "defaultStatus"]),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_any_shape_gives_lines_that_can_be_read(value: Any) -> None:
    for block in (value if isinstance(value, dict) else {}, {"versions": value}, {"versions": [value]}):
        for _, form, text in told_versions(block):
            assert form == "none" or read_range(text)
