"""The draws: known values, what a band comes to, and that a shared pool is as good as drawing plainly."""

import numpy as np
import pytest

from dijkwacht.core.cascade import draws
from dijkwacht.core.cascade.network import Band, Start
from dijkwacht.core.cascade.outcome import outcomes
from dijkwacht.core.cascade.spread import spread
from tests.core.cascade.networks import line, net


def test_the_mixing_is_splitmix64():
    # The first numbers of the published generator with seed 1234567.
    state = np.array([1234567, (1234567 + 0x9E3779B97F4A7C15) % 2**64], dtype=np.uint64)
    assert draws.mixed(state).tolist() == [6457827717110365317, 3203168211198807973]


def test_a_longer_row_begins_with_the_shorter():
    assert (draws.uniform(7, 1, 1000)[:10] == draws.uniform(7, 1, 10)).all()
    assert (draws.uniform(7, 1, 10) != draws.uniform(7, 2, 10)).any()
    assert draws.uniform(7, 1, 100_000).min() > 0
    assert draws.uniform(7, 1, 100_000).max() < 1


@pytest.mark.parametrize("band", [Band(0, 0, 10), Band(0, 10, 10), Band(1, 2, 9), Band(4, 4, 4)])
def test_a_band_is_triangular(band):
    found = draws.pool(1, runs=200_000, seed=3)
    drawn = found.smaller * (band.high - band.likely) + found.larger * (band.likely - band.low) + band.low
    a, c, b = band.low, band.likely, band.high
    spread_ = (a * a + b * b + c * c - a * b - a * c - b * c) / 18
    assert drawn.mean() == pytest.approx(band.mean, abs=0.02)
    assert drawn.var() == pytest.approx(spread_, abs=0.05)


def test_a_shared_pool_gives_each_thing_its_own_place():
    found = draws.pool(5_000, runs=1_000, seed=9)
    assert len(set(found.offsets)) == 5_000
    assert len(found.smaller) < 5_000 * 1_000


def test_a_shared_pool_is_as_good_as_plain_drawing(monkeypatch):
    edges = [line(f"n{at}", f"n{at + 1}", Band(0, 1, 5), Band(0.6, 0.8, 0.95)) for at in range(8)]
    edges += [line("n0", f"n{at}", Band(2, 9, 20), Band(0.1, 0.2, 0.5)) for at in range(2, 9)]
    network, start, many = net(*edges), Start(("n0",)), 30
    plain = [outcomes(spread(network, start, runs=2_000, seed=seed))["n8"] for seed in range(many)]
    monkeypatch.setattr(draws, "PLAIN", 0)
    draws.pool.cache_clear()
    shared = [outcomes(spread(network, start, runs=2_000, seed=seed))["n8"] for seed in range(many)]
    draws.pool.cache_clear()
    for part in ("p_fail", "t50"):
        ours, theirs = ([getattr(each, part) for each in some] for some in (shared, plain))
        error = np.hypot(np.std(ours), np.std(theirs)) / many**0.5
        assert abs(np.mean(ours) - np.mean(theirs)) < 4 * error
        assert np.std(ours) < 2.5 * np.std(theirs)  # runs lean on each other a little, not much
