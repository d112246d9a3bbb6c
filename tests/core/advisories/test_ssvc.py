"""The SSVC table of who installs a fix: all 72 rows, and what follows when something is not known."""

from itertools import product

import pytest

from dijkwacht.core.advisories.ssvc import DECISIONS, Decided, choices_of
from dijkwacht.norms.advisories import ssvc_table

TABLE = ssvc_table()


# the rows of the published table by number, 0 to 71, that are not *scheduled*; written down from the file of CERT/CC
PUBLISHED = {
    "defer": {0, 1, 4, 8, 16, 24, 32},
    "out-of-cycle": {23, 39, 43, 46, 47, 50, 51, 53, 54, 55, 58, 59, 60, 61, 62, 63, 65, 66, 68, 69},
    "immediate": {67, 70, 71},
}


def test_all_seventy_two_rows_are_those_of_the_published_table() -> None:
    rows = list(product(*TABLE.points.values()))
    assert len(rows) == len(TABLE.rows) == 72
    for number, row in enumerate(rows):
        wanted = next((decision for decision, numbers in PUBLISHED.items() if number in numbers), "scheduled")
        assert (number, TABLE.rows[row]) == (number, wanted)


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        (("none", "small", "no", "low"), "defer"), (("none", "open", "yes", "very high"), "out-of-cycle"),
        (("public poc", "controlled", "no", "medium"), "scheduled"), (("public poc", "open", "yes", "high"), "out-of-cycle"),
        (("active", "small", "no", "medium"), "scheduled"), (("active", "open", "no", "very high"), "immediate"),
        (("active", "open", "yes", "high"), "immediate"), (("active", "controlled", "yes", "low"), "out-of-cycle"),
    ],
)  # fmt: skip
def test_rows(row: tuple[str, ...], decision: str) -> None:
    found = TABLE.decide(dict(zip(TABLE.points, row, strict=True)))
    assert (found, found.certain) == (Decided(decision, decision), True)


def test_every_step_up_is_at_least_as_urgent() -> None:
    """Whatever else holds: more use, more exposure, easier to automate or more impact never makes it less urgent."""
    points = list(TABLE.points.values())
    for row in product(*points):
        for place, value in enumerate(row):
            higher = points[place][points[place].index(value) + 1 :]
            for each in higher:
                other = (*row[:place], each, *row[place + 1 :])
                assert DECISIONS.index(TABLE.rows[row]) <= DECISIONS.index(TABLE.rows[other])


def test_what_is_open_leaves_a_stretch() -> None:
    found = TABLE.decide({"exploitation": "active", "automatable": "yes"})
    assert found == Decided("immediate", "scheduled", ("exposure", "impact"))
    assert not found.certain
    assert TABLE.decide({}) == Decided("immediate", "defer", ("exploitation", "exposure", "automatable", "impact"))
    assert TABLE.decide({"exploitation": "misschien"}).open[0] == "exploitation"


def test_the_choices_of_cisa() -> None:
    text = "Exploitation:poc/Automatable:Yes/Technical Impact:total"
    assert choices_of(text) == {"exploitation": "public poc", "automatable": "yes"}
    assert choices_of("rommel//:/x") == {}
    assert TABLE.decide(choices_of(text) | {"exposure": "open", "impact": "very_high"}).decision == "out-of-cycle"
