"""The landscape pack: it holds together, tells all of the research table, and what is wrong in it is named with its line."""

from pathlib import Path

import pytest

from dijkwacht.core.landscape.cells import Status
from dijkwacht.norms.landscape import ROOT, landscape_pack, landscape_problems

FILES = ("names", "actors", "cells", "kinds")


def test_what_the_pack_holds() -> None:
    pack = landscape_pack()
    found = pack.landscape
    assert len(found.cells) == 185
    assert len(found.actors) == 76
    assert len(found.kinds) == 15
    assert all(set(each.text) == {"nl", "en"} and each.basis and each.source for each in found.cells.values())
    assert {each.id for each in found.cells.values() if each.status is Status.PROPOSAL} == {
        "bill_gathering_data", "bill_removal_order",
    }  # fmt: skip


def test_every_actor_source_and_chain_is_used() -> None:
    pack = landscape_pack()
    cells = pack.landscape.cells.values()
    assert {each.actor for each in cells} == {*pack.landscape.actors}
    assert {each.source for each in cells} == {each.name for each in pack.sources.values()}
    assert {each.together for each in cells} - {""} == {*pack.landscape.chains}


def test_every_row_of_the_research_has_a_cell() -> None:
    rows = set(landscape_pack().origin.values())
    assert rows - {0} == set(range(1, max(rows) + 1))


def test_every_kind_says_who_is_in_turn_in_response() -> None:
    assert all(each.turns.get("response") for each in landscape_pack().landscape.kinds.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("cells", "area: own_house", "area: moon", "unknown area moon"),
        ("cells", "actor: council", "actor: nobody", "unknown actor nobody"),
        ("cells", "role: frames, status: law", "role: frames, status: maybe", "unknown status maybe"),
        ("cells", "row: 1,", "row: -1,", "row must be the number of a row, or 0"),
        ("cells", "source: gemw", "source: rumour", "unknown source rumour"),
        ("names", "how: divided", "how: somehow", "somehow"),
        ("names", "stale_after: P1Y", "stale_after: een jaar", "stale_after"),
        ("actors", "kind: municipal", "kind: martian", "martian"),
        ("kinds", "areas: [own_house]", "areas: [moon]", "moon"),
        ("kinds", "preparation: [municipality_continuity_plan", "preparation: [nothing", "nothing"),
        ("kinds", "response: [municipality_reports_incident", "response: [municipality_recovers", "is a cell of aftercare"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "landscape"
    folder.mkdir()
    for name in FILES:
        text = (ROOT / "landscape" / f"{name}.yaml").read_text(encoding="utf-8")
        assert name != file or old in text
        (folder / f"{name}.yaml").write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    found = landscape_problems(tmp_path)
    assert any(message in str(each) and file in each.file and each.line > 1 for each in found), found


def test_where_there_is_no_pack_nothing_is_wrong(tmp_path: Path) -> None:
    assert landscape_problems(tmp_path) == []
