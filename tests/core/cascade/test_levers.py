"""One generator more, with the same draws."""

from dijkwacht.core.cascade.levers import bridged, levers
from dijkwacht.core.cascade.network import Band, Start
from tests.core.cascade.networks import line, net

NET = net(
    line("power", "a", Band(0, 1, 2), Band(0.5, 0.9, 1), waits=True), line("power", "b", 1, waits=True), line("a", "c", 1),
    line("a", "d", 1), line("x", "b", 1), buffers={"a": Band(1, 2, 3)},
)  # fmt: skip
ASKED = {"extra": 10.0, "over": ("power",), "watched": {"a", "b", "c", "d"}, "within": 24.0, "runs": 400, "seed": 2}


def test_the_node_on_which_more_leans_is_the_largest_lever():
    found = levers(NET, Start(("power",)), candidates=["a", "b", "c"], **ASKED)
    assert [each.node for each in found] == ["a", "b"]
    assert found[1].won == (10, 10, 10)  # the same draws: exactly the extra hours, no noise
    assert round(found[0].mean, 1) == round(30 * found[0].before.p_fail, 1)
    assert found[0].after.t50 == found[0].before.t50 + 10


def test_a_cause_that_ends_before_takes_the_failure_away():
    (found,) = levers(NET, Start(("power",), 8), candidates=["b"], **ASKED)
    assert (found.before.p_fail, found.after.p_fail) == (1, 0)


def test_what_extra_buffer_bridges():
    assert bridged(NET, "b", ("power",)) == [1]
    assert bridged(NET, "a", ()) == [0]
    assert bridged(NET, "c", ()) == []


def test_nothing_is_won_where_nothing_leads():
    assert levers(NET, Start(("x",)), candidates=["a"], **ASKED) == []
