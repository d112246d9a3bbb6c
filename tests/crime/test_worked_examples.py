"""The worked examples in docs/algorithms/crime.md are what the core reckons."""

import re
from pathlib import Path

import pytest

from dijkwacht.core.crime.intervals import change, count_interval, difference, rate_interval, share_interval

PAPER = (Path(__file__).parents[2] / "docs" / "algorithms" / "crime.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of the table that begins with this head."""
    body = PAPER.split(f"| {head} |")[1].splitlines()[2:]
    cut = next((place for place, line in enumerate(body) if not line.startswith("|")), len(body))
    return [re.split(r"\s*\|\s*", line.strip("| ")) for line in body[:cut]]


@pytest.mark.parametrize("row", rows("count | lower | upper | by"))
def test_a_count(row: list[str]) -> None:
    found = count_interval(int(row[0]))
    assert (f"{found.lower:.3f}", f"{found.upper:.3f}") == (row[1], row[2])


@pytest.mark.parametrize("row", rows("part | whole | lower | upper"))
def test_a_share(row: list[str]) -> None:
    found = share_interval(int(row[0]), int(row[1]))
    assert (f"{found.lower:.3f}", f"{found.upper:.3f}") == (row[2], row[3])


@pytest.mark.parametrize("row", rows("now | before | inhabitants | lower | upper | said"))
def test_a_difference(row: list[str]) -> None:
    now, before = (rate_interval(int(each), int(row[2])) for each in row[:2])
    found = difference(now, before)
    assert (f"{found.lower:.3f}", f"{found.upper:.3f}", change(now, before)) == (row[3], row[4], row[5])


def test_the_rate_in_the_text() -> None:
    found = rate_interval(12, 20_000)
    said = re.search(r"are ([\d.]+)\s+per 1,000 inhabitants and year, from ([\d.]+) to ([\d.]+)\.", PAPER)
    assert said is not None
    assert said.groups() == (f"{found.value:.2f}", f"{found.lower:.2f}", f"{found.upper:.2f}")
