"""``dijkwacht landscape``: what is found, as data and as lines; of an organisation as it reads it."""

from datetime import date

from dijkwacht.commands.landscape import PARTS, landscape
from dijkwacht.norms.landscape import landscape_pack

ON = date(2026, 11, 25)


def test_all_findings_with_their_reasons() -> None:
    found = landscape(landscape_pack().landscape, parts=(), on=ON, language="nl")
    assert {part: len(found.data[part]) for part in PARTS} == {"gaps": 31, "overlaps": 22, "stale": 42}
    assert found.data["gaps"][0] == {
        "id": "gap:own_house/proaction/execution", "where": "Eigen huis op orde, Proactie, Uitvoering", "why": ["nobody"],
        "who": [], "cells": [],
    }  # fmt: skip
    assert found.lines[0] == "Landschap digitale veiligheid gemeenten 1.0, 2026-11-25: 185 cells, 60 places"


def test_only_what_was_asked_and_in_the_language_asked() -> None:
    found = landscape(landscape_pack().landscape, parts=("overlaps",), on=ON, language="en")
    assert "gaps" not in found.data
    assert found.data["overlaps"][0]["where"] == "The own house in order, Proaction, Policy, sets the frame"


def test_the_day_decides_what_is_old() -> None:
    early = landscape(landscape_pack().landscape, parts=("stale",), on=date(2021, 1, 1), language="nl")
    assert {tuple(each["why"]) for each in early.data["stale"]} == {("unread",)}
