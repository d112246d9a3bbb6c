"""Whose turn it is: named cells in their order, added cells after them, proposals never."""

import pytest

from dijkwacht.core.landscape.cells import Status
from dijkwacht.core.landscape.turn import whose_turn
from tests.core.landscape.small import cell, landscape


def ids(cells: object) -> list[str]:
    return [each.id for each in cells]  # type: ignore[attr-defined]


def test_the_pack_says_who_comes_first_and_the_rest_follows() -> None:
    held = landscape(
        cell("second"), cell("first"), cell("rest", layer="policy"), cell("more"), cell("far", area="street"),
        cell("later", phase="before"), cell("mine", kinds=("flood",)), cell("bill", status=Status.PROPOSAL),
    )  # fmt: skip
    turn = whose_turn(held, kind="flood", phase="response")
    assert ids(turn.first) == ["first", "second", "mine"]
    assert ids(turn.also) == ["more", "rest"]
    assert ids(turn.proposals) == ["bill"]
    assert (turn.named, turn.nobody) == (True, False)


def test_without_names_it_follows_from_area_and_phase_and_says_so() -> None:
    turn = whose_turn(landscape(cell("rule", layer="policy"), cell("do")), kind="leak", phase="response")
    assert ids(turn.first) == ["do", "rule"]
    assert turn.named is False


def test_a_proposal_that_was_named_is_not_in_turn() -> None:
    turn = whose_turn(landscape(cell("first", status=Status.PROPOSAL)), kind="flood", phase="response")
    assert turn.nobody
    assert ids(turn.proposals) == ["first"]


def test_what_is_about_all_areas_is_no_answer_by_itself() -> None:
    assert whose_turn(landscape(cell("wide", area="all")), kind="leak", phase="response").nobody


@pytest.mark.parametrize(("kind", "phase"), [("fire", "response"), ("flood", "later")])
def test_what_the_pack_does_not_know(kind: str, phase: str) -> None:
    with pytest.raises(KeyError):
        whose_turn(landscape(), kind=kind, phase=phase)
