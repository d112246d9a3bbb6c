"""The order of versions without a stated scheme."""

import sqlite3
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.advisories.versions import BLANK, LITERALS, TOP, is_blank, literal, number, version_key

CHAINS = [
    ["1.0-alpha1", "1.0-alpha2", "1.0-beta", "1.0-rc1", "1.0", "1.0-2", "1.0a", "1.0.1", "1.1", "2", "10"],
    ["1.0.dev1", "1.0a1", "1.0b1", "1.0rc1", "1.0", "1.0.post1", "1.1"],
    ["1.0~rc1", "1.0", "1.0.1"],
    ["5.3.0-SNAPSHOT", "5.3.0", "5.3.1"],
    ["2.0-M1", "2.0-M2", "2.0-RC1", "2.0.GA", "2.0 SP1"],
    ["1.0.2", "1.0.2a", "1.0.2b", "1.0.2z", "1.0.2za", "1.0.3"],
    ["15SU1", "15SU2", "15SU10", "16"],
    ["12.2(33)SXI9", "12.2(33)SXJ", "12.2(33)SXJ1", "12.2(34)"],
    ["15.1(4)M", "15.1(4)M3", "15.1(4)M10", "15.2"],
    ["2012", "2012 R2", "2012 R2 SP1", "2016"],
    ["13.1", "13.1-48.47", "13.1-49.13", "13.1-49.15", "14.1"],
    ["R80.40", "R81", "R81.10", "R81.20"],
    ["1.8.0_281", "1.8.0_292-b09", "1.8.0_292-b10", "1.8.0_301"],
    ["8u281", "8u292", "11"],
    ["3.0", "3.0 Update 1", "3.0 u2", "3.0 Update 3"],
    ["1:2.3.4-5", "1:2.3.4-5+deb12u1", "1:2.3.4-5+deb12u2", "1:2.3.4-6"],
    ["2.4.57+dfsg-3", "2.4.57+dfsg-4"],
    ["2023.11.30", "2023-12-01", "2024.01.05", "2024-01-06"],
    ["9.9", "1:0.1", "1!0.2", "2:0"],
    ["14.0.0.7", "14.0.0.7 HF1", "14.0.0.7 hotfix 2", "14.0.0.8"],
    ["7.0.1", "7.0.1 build0157", "7.0.1 build0163", "7.0.2"],
    ["7.2", "7.2 P1", "7.2 patch 2", "7.2.1"],
    ["99999999999999999998", "99999999999999999999", "100000000000000000000"],
]


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain[0])
def test_order(chain: list[str]) -> None:
    keys = [version_key(each) for each in chain]
    assert all(keys)
    assert [
        (one, other) for (one, other), (a, b) in zip(pairwise(chain), pairwise(keys), strict=True) if not a < b
    ] == []


@pytest.mark.parametrize(
    "same",
    [
        (
            "1",
            "1.0",
            "1.0.0",
            "v1",
            "V1.0",
            "version 1.0",
            "Versie 1",
            "release 1.0",
            "rel. 1",
            "01.0",
            "1.0.0-GA",
            "1.0 final",
        ),
        ("2024-01-05", "2024.1.5"),
        ("1.0.0+build5", "1.0.0"),
        ("1.2.3-rc.1+abc", "1.2.3-RC1"),
        ("0", "0.0", "v0"),
        ("3.0 SP1", "3.0 service pack 1", "3.0-sp1"),
        ("4.0 (Beta 2)", "4.0-beta2", "4.0 beta.2"),
        ("0:1.0", "1.0"),
        ("1.0 Release Candidate 2", "1.0-rc2"),
        (
            "12.3",
            "12.3 x64",
            "12.3 (64-bit)",
            "12.3-amd64",
            "v12.3 Enterprise",
            "12.3 NL",
            "12.3 Standard Edition (x86)",
        ),
        ("10\u00a02", "10 2"),
    ],
    ids=lambda same: same[0],
)
def test_equal(same: tuple[str, ...]) -> None:
    assert len({version_key(each) for each in same}) == 1
    assert version_key(same[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "*",
        "?",
        "alle",
        "all",
        "n/a",
        "N/A",
        "see advisory",
        "unspecified",
        "unknown",
        "latest",
        "3.x",
        "3.2.x",
        "3.*",
        "3.2 and later",
        "3.2 en hoger",
        "up to 3.2",
        "< 3.2",
        ">=3",
        "3.2+",
        "1.0, 2.0",
        "1.0/2.0",
        "1.0;2.0",
        "7.2.0 - 7.2.4",
        "7.2.0-7.2.4",
        "a3f2bc9",
        "3f2bc9a0d1",
        "Windows 10 1809",
        "KB5012345",
        "CU12",
        "1.0\0",
        "1.0 for Windows",
        "1.0 on Linux",
        "1.0 versions",
        "x",
        "1.0é",
        "١٢",
        "1" * 41,
        "1." * 80,
        "1:2:3",
        "1.0!2",
        "vers:unknown/3",
        "10.1.0-10.1.14-h1",
    ],
)
def test_not_understood(text: str) -> None:
    assert version_key(text) == ""


versions = st.from_regex(
    r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}([-._~+ ]?(rc|a|beta|SP|su|p|x64|r|dev|snapshot)[0-9]{0,2})?", fullmatch=True
)


@given(st.one_of(versions, st.text(max_size=30), st.text("0123456789.-+~^ ()abcrxv:!_", max_size=20)))
def test_a_key_is_plain_and_says_where_it_ends(text: str) -> None:
    key = version_key(text)
    assert key.isascii()
    assert all(" " <= each <= "~" for each in key)
    if key:
        assert key[-1] == "*"
        assert "*" not in key[:-1]  # so that no key is the beginning of another
        assert "" < key < LITERALS < TOP


@given(
    st.lists(st.integers(0, 10**12), min_size=1, max_size=5), st.lists(st.integers(0, 10**12), min_size=1, max_size=5)
)
def test_numbers_compare_as_numbers(one: list[int], other: list[int]) -> None:
    def trimmed(parts: list[int]) -> list[int]:
        while parts and parts[-1] == 0:
            parts = parts[:-1]
        return parts

    a, b = version_key(".".join(map(str, one))), version_key(".".join(map(str, other)))
    assert (a < b, a == b) == (trimmed(one) < trimmed(other), trimmed(one) == trimmed(other))


@given(st.integers(0, 10**39), st.integers(0, 10**39))
def test_a_number_sorts_as_text(one: int, other: int) -> None:
    assert (number(str(one)) < number(str(other))) == (one < other)


@given(versions)
def test_a_pre_release_comes_before_and_a_suffix_after(text: str) -> None:
    key = version_key(text)
    bits = any(each in text for each in ("64", "86", "bit"))  # 0_x64 is 0, and 0_x64.1 is another
    if (
        key and "+" not in text and not bits and not key[:-1].endswith(" ")
    ):  # build metadata does not count; letters take a number in
        assert version_key(f"{text}.rc1") < key < version_key(f"{text}.1")


def test_a_database_sorts_the_same() -> None:
    keys = [version_key(each) for chain in CHAINS for each in chain]
    held = sqlite3.connect(":memory:")
    held.execute("create table k (k text)")
    held.executemany("insert into k values (?)", [(each,) for each in keys])
    assert [row[0] for row in held.execute("select k from k order by k")] == sorted(keys)


@pytest.mark.parametrize("text", ["", " ", "-", "*", ".", "?", "--"])
def test_blank(text: str) -> None:
    assert is_blank(text)
    assert literal(text) == BLANK


def test_texts_that_are_no_version_stand_behind_all_versions() -> None:
    key = literal("Windows 10 1809")
    assert key == literal("windows  10-1809") != literal("Windows 10 1909")
    assert LITERALS <= BLANK < key < TOP
    assert max(version_key(each) for chain in CHAINS for each in chain) < LITERALS
    assert literal("alle") == literal("see advisory") == BLANK  # without a number it names no version


def test_reading_a_hostile_text_costs_little() -> None:
    for text in ("1" + "-1" * 59, "1" * 119, "1" + "a1" * 59, "1." + "~" * 110, "(" * 10_000, "1 " * 50_000):
        version_key.__wrapped__(text)
