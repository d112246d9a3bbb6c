"""Against Dijkstra run by run with the same draws, to the bit; and what must always hold."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkwacht.core.cascade import spread as engine
from dijkwacht.core.cascade.network import Band, Network, NetworkError, Start
from dijkwacht.core.cascade.outcome import outcomes
from dijkwacht.core.cascade.spread import spread
from dijkwacht.core.cascade.work import MOST_CELLS, NEVER, TooLarge, gathered
from tests.core.cascade.networks import SURE, line, net, networks
from tests.core.cascade.plain import arrivals

START = Start(("n0",))


def told(found: engine.Spread, run: int) -> dict[str, float]:
    return {name: float(found.hours[row, run]) for name, row in found.rows.items() if found.hours[row, run] < NEVER}


@pytest.mark.parametrize("way", ["rarely", "swept", "swept, the rest followed"])
@settings(max_examples=60, deadline=None)
@given(networks(), st.integers(0, 2**64 - 1), st.sampled_from([None, 5.0, 30.0]))
def test_each_run_is_dijkstra_with_the_same_draws(way, network, seed, hours):
    start, runs = replace(START, hours=hours), 70  # more than the first block
    work = gathered(network, start, runs=runs, seed=seed, chance="mean")
    ways = engine.Ways.of(work)
    ids = {network.nodes[node].id: at for at, node in enumerate(work.order.nodes)}
    if way == "rarely":
        places, moments = engine.rarely(work, ways, rare=1)
        found = engine.Spread(runs, ids, moments, places)
    else:
        much = 0 if "rest" in way else 10**9
        found = engine.Spread(runs, ids, engine.swept(work, ways, last=much, shrunk=much).reshape(-1))
    assert [told(found, run) for run in range(runs)] == arrivals(network, start, runs=runs, seed=seed)


@settings(max_examples=30, deadline=None)
@given(networks(), st.integers(0, 99))
def test_what_is_kept_by_place_comes_to_the_same(network, seed):
    work = gathered(network, START, runs=60, seed=seed, chance="mean")
    ways = engine.Ways.of(work)
    ids = {network.nodes[node].id: at for at, node in enumerate(work.order.nodes)}
    places, moments = engine.rarely(work, ways, rare=1)
    few, many = engine.Spread(60, ids, moments, places), engine.Spread(60, ids, engine.swept(work, ways).reshape(-1))
    assert outcomes(few) == outcomes(many)
    assert (few.hours == many.hours).all()


@settings(max_examples=25, deadline=None)
@given(networks(), st.integers(0, 99))
def test_the_whole_goes_the_same_way(network, seed):
    found = spread(network, START, runs=40, seed=seed)
    assert [told(found, run) for run in range(40)] == arrivals(network, START, runs=40, seed=seed)


@settings(max_examples=40, deadline=None)
@given(networks(), st.integers(0, 99), st.integers(1, 9))
def test_more_edges_never_fail_less_and_never_later(network, seed, fewer):
    # The nodes stand before the new edges, so that all draws stay where they were.
    whole = spread(network, START, runs=30, seed=seed)
    small = replace(network, edges=tuple(
        replace(each, chance=Band(0, 0, 0)) if at % 10 >= fewer else each for at, each in enumerate(network.edges)
    ))  # fmt: skip
    part = spread(small, START, runs=30, seed=seed)
    for name, row in part.rows.items():
        assert (whole.hours[whole.rows[name]] <= part.hours[row]).all()


@settings(max_examples=40, deadline=None)
@given(networks())
def test_without_doubt_it_is_the_shortest_way(network):
    sure = Network(
        tuple(replace(each, buffer=Band(each.buffer.low, each.buffer.low, each.buffer.low)) for each in network.nodes),
        tuple(replace(each, chance=SURE, delay=Band(each.delay.low, each.delay.low, each.delay.low)) for each in network.edges),
    )  # fmt: skip
    found = outcomes(spread(sure, START, runs=3, seed=1))
    expected = arrivals(sure, START, runs=1, seed=1)[0]
    assert {name: one.t50 for name, one in found.items() if one.p_fail} == pytest.approx(expected, abs=1e-3)
    assert all(one.p_fail in {0, 1} and one.t10 == one.t50 == one.t90 for one in found.values())


@given(networks(), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_without_chance_nothing_fails(network, seed):
    none = replace(network, edges=tuple(replace(each, chance=Band(0, 0, 0)) for each in network.edges))
    assert set(spread(none, START, runs=5, seed=seed).rows) == {"n0"}


def test_twice_the_hours_is_twice_as_late():
    def with_scale(by: float) -> Network:
        bands = [Band(1 * by, 2 * by, 4 * by), Band(0, 3 * by, 8 * by)]
        return net(line("n0", "a", bands[0]), line("a", "b", bands[1], Band(0.2, 0.5, 0.9)), line("b", "a", bands[0]))

    one, two = (spread(with_scale(by), START, runs=500, seed=3) for by in (1, 2))
    assert (np.where(one.hours < NEVER, one.hours * 2, NEVER) == two.hours).all()


def test_small_chances_are_what_counting_all_ways_gives():
    # Four edges that carry or not: a diamond, all sixteen ways counted.
    chances = (0.3, 0.6, 0.5, 0.8)
    ends = (("n0", "a"), ("n0", "b"), ("a", "c"), ("b", "c"))
    network = net(*(line(*pair, chance=Band(p, p, p)) for pair, p in zip(ends, chances, strict=True)))
    exact = 0.0
    for carried in product((True, False), repeat=4):
        weight = np.prod([p if yes else 1 - p for p, yes in zip(chances, carried, strict=True)])
        exact += weight * ((carried[0] and carried[2]) or (carried[1] and carried[3]))
    found = outcomes(spread(network, START, runs=100_000, seed=5))["c"].p_fail
    assert found == pytest.approx(exact, abs=0.006)  # four times the spread of chance


def test_buffer_counts_where_it_should():
    network = net(line("n0", "a", 2, waits=True), line("n0", "b", 2), buffers={"a": Band(5, 5, 5), "b": Band(5, 5, 5)})
    found = outcomes(spread(network, START, runs=2, seed=1))
    assert (found["a"].t50, found["b"].t50) == (7, 2)


def test_the_end_of_the_cause_is_the_end_of_it():
    network = net(line("n0", "a", 2), line("a", "b", 2))
    assert outcomes(spread(network, Start(("n0",), 3), runs=2, seed=1))["b"].p_fail == 0


def test_same_seed_same_answer_other_seed_another():
    network = net(line("n0", "a", Band(1, 2, 9)), line("a", "b", Band(1, 2, 9)))
    one, same, other = (spread(network, START, runs=50, seed=seed).hours for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


def test_the_answer_of_a_seed_is_known():
    network = net(line("n0", "a", Band(1, 2, 9), Band(0.2, 0.5, 0.9)), line("a", "n0"), line("a", "b", Band(0, 1, 2)))
    found = outcomes(spread(network, START, runs=1000, seed=42))
    assert (found["a"].p_fail, found["a"].t50, found["b"].t90) == (0.546, 3.647, 7.816)


def test_what_cannot_be_reckoned_is_said():
    network = net(line("n0", "a"))
    for start, error in ((Start(()), ValueError), (Start(("x",)), KeyError)):
        with pytest.raises(error):
            spread(network, start, runs=1, seed=1)
    with pytest.raises(ValueError, match="one run"):
        spread(network, START, runs=0, seed=1)
    with pytest.raises(TooLarge) as told_:
        spread(network, START, runs=MOST_CELLS, seed=1)
    assert told_.value.runs == MOST_CELLS // 2
    with pytest.raises(NetworkError, match="self"):
        spread(net(line("a", "a")), Start(("a",)), runs=1, seed=1)
