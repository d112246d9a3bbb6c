"""Who said something, in words."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override

from dijkwacht.norms.read import norms_on
from dijkwacht.web.speakers import actor, speaker, speaker_url


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("said_by", "told"),
    [
        ("perimeter:10", "Dijkwacht (measurement 10)"),
        ("perimeter", "Dijkwacht (measured from outside)"),
        ("incidents", "Dijkwacht (register of incidents)"),
        ("advisories:3", "Dijkwacht (security advisories)"),
        ("A. Bakker", "A. Bakker"),
        ("perimeter: the shop", "perimeter: the shop"),
        ("perimeter:²", "perimeter:²"),
        ("", ""),
    ],
)
def test_a_room_of_ours_is_told_in_words_and_a_name_stays(said_by: str, told: str) -> None:
    assert speaker(said_by) == told


def test_only_what_has_a_page_leads_to_it() -> None:
    assert speaker_url("perimeter:10", organisation="dijkstad") == "/o/dijkstad/buitenkant/metingen/10/"
    assert {speaker_url(each, organisation="dijkstad") for each in ("perimeter", "incidents:1", "A. Bakker")} == {""}


def test_what_acts_by_itself_is_the_house() -> None:
    assert {actor(each) for each in ("perimeter", "tick", "incidents")} == {"Dijkwacht"}
    assert actor("A. Bakker") == "A. Bakker"


@pytest.mark.parametrize("room", sorted({
    (each.measured_by or "").partition(":")[0] for each in norms_on(date(2026, 11, 25)).fact_types.values() if each.measured_by
}))  # fmt: skip
def test_whatever_may_measure_a_fact_has_words(room: str) -> None:
    assert speaker(room) != room
