"""Which questions are asked: those that can matter for a role, with the numbers behind them, and no others."""

from datetime import date

import pytest

from dijkwacht.core.significance import asked_of, judge
from dijkwacht.norms.read import incidents

ON = date(2026, 11, 25)
PACK = incidents().significance


@pytest.mark.parametrize("roles", [("government",), ("roads",), ("government", "roads"), ("joint_body", "waste_water")])
def test_every_question_that_can_still_decide_is_asked(roles: tuple[str, ...]) -> None:
    asked = asked_of(PACK, on=ON, roles=roles)
    assert set(judge(PACK, {}, on=ON, roles=roles).open) <= set(asked)
    assert list(asked) == [each for each in PACK.questions if each in asked]


def test_the_numbers_behind_a_question_come_along() -> None:
    asked = asked_of(PACK, on=ON, roles=("government",))
    assert {"outage_hours", "outage_over", "loss_euros", "budget_room_euros"} <= set(asked)
    assert "serious_disruption" not in asked


def test_before_the_law_or_without_a_role_nothing_is_asked() -> None:
    assert asked_of(PACK, on=date(2026, 8, 14), roles=("government",)) == ()
    assert asked_of(PACK, on=ON, roles=("controller",)) == ()
