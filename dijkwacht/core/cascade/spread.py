"""When each node fails in each run: the earliest arrival over edges that carry. Pure; the same for the same seed, to the bit.

Rows of runs at once, nodes in the order of their causes. What leads back within a knot is put right afterwards, only for the
runs in which it arrives earlier (label correcting). Told, with what it costs, in docs/algorithms/cascade.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dijkwacht.core.cascade.draws import Floats
from dijkwacht.core.cascade.follow import Ways
from dijkwacht.core.cascade.network import Network, Start, checked
from dijkwacht.core.cascade.work import NEVER, Chance, Ints, Work, gathered

Told = Callable[[int, int], None]
_SPARSE = 12  # a cause that fails in less than one of so many runs is followed run by run
_BLOCK = 1_000  # runs
_RARE = 50  # less than one of so many edges is tried in a run: rarely
_SWEEP = 30  # less than one of so many pairs changed: the rest goes run by run


@dataclass(frozen=True, slots=True)
class Spread:
    """``hours``: a row per node that could fail, a column per run, NEVER where it did not. ``rows``: the row of a node, by id."""

    runs: int
    rows: dict[str, int]
    hours: Floats


def spread(
    network: Network, start: Start, *, runs: int, seed: int, chance: Chance = "mean", tell: Told | None = None
) -> Spread:
    """When each node fails, in hours from the start, in each run.

    ``chance``: of each band its mean (drawing it anew in each run comes to exactly the same, as each edge is tried once a run),
    or its low or high end. ``tell``: is told how much is done, out of how much. Raises NetworkError for a network that
    is wrong, KeyError for a cause that is not in it, ValueError for no cause or no runs, TooLarge.
    """
    work = gathered(checked(network), start, runs=runs, seed=seed, chance=chance)
    nodes, causes = work.order.nodes, len(set(start.failed))
    if not _rarely(work, causes, tell):
        _mostly(work, causes, tell)
    return Spread(runs, {network.nodes[node].id: at for at, node in enumerate(nodes)}, work.hours)


def _rarely(work: Work, causes: int, tell: Told | None) -> bool:
    """Where little fails: run by run, a block of runs at a time so that it stays at hand. False: too much fails for that."""
    ways, (count, runs) = Ways.of(work), work.hours.shape
    for begin in range(0, runs, _BLOCK):
        hours = np.full((count, min(_BLOCK, runs - begin)), NEVER, dtype=np.float32)
        hours[:causes] = 0
        most = max(hours.size * len(ways.target) // (count * _RARE), 1000)
        if not ways.follow(np.arange(causes * hours.shape[1]), hours, begin=begin, most=most):
            return False
        work.hours[:, begin : begin + _BLOCK] = hours
        if tell is not None:
            tell(begin, runs)
    return True


def _mostly(work: Work, causes: int, tell: Told | None) -> None:
    """Where much fails: all runs of a node at once."""
    nodes, (count, runs) = work.order.nodes, work.hours.shape
    work.hours.fill(NEVER)
    work.hours[:causes] = 0
    failing = [runs if at < causes else 0 for at in range(count)]
    for at in range(causes, count):
        _pull(work, at, work.order.ahead[nodes[at]], failing)
        if tell is not None and at % 250 == 0:
            tell(at, count)
    _put_right(work, failing, causes)


def _pull(work: Work, at: int, edges: Sequence[int], failing: list[int]) -> int:
    """Makes the row of a node earlier by these edges into it; in how many runs it changed."""
    causes = [(edge, work.place[work.ends[edge][0]]) for edge in edges]
    causes = [each for each in causes if failing[each[1]]]
    if not causes:
        return 0
    node, row = work.order.nodes[at], work.hours[at]
    dense = [each for each in causes if failing[each[1]] * _SPARSE > work.runs]
    new = row.copy()
    for edge, origin in causes:
        if failing[origin] * _SPARSE <= work.runs:
            _thread(work, edge, origin, new)
    for edge, origin in dense:
        if not work.waits[edge]:
            np.minimum(new, _arrival(work, edge, origin), out=new)
    late = [_arrival(work, edge, origin) for edge, origin in dense if work.waits[edge]]
    if late:
        for each in late[1:]:
            np.minimum(late[0], each, out=late[0])
        late[0] += work.drawn(work.buffers[node], len(work.ends) + node)
        np.minimum(new, late[0], out=new)
    new[new > work.until] = NEVER
    changed = int(np.count_nonzero(new < row))
    if changed:
        row[:] = new
        failing[at] = int(np.count_nonzero(new < NEVER))
    return changed


def _arrival(work: Work, edge: int, origin: int) -> Floats:
    """When failure arrives over an edge in each run, before the buffer of the target; far beyond NEVER where it does not."""
    one = work.drawn(work.delays[edge], edge)
    start = work.draws.offsets[edge]
    missed = np.subtract(work.draws.chance[start : start + work.runs], np.float32(work.chances[edge]))
    np.maximum(one, missed, out=one)
    one += work.hours[origin]
    return one


def _thread(work: Work, edge: int, origin: int, row: Floats) -> None:
    """The same for the runs in which the cause fails, with the buffer of the target; puts it in the row."""
    which = np.flatnonzero(work.hours[origin] < NEVER)
    which = which[work.draws.chance[which + work.draws.offsets[edge]] <= np.float32(work.chances[edge])]
    arrival = work.drawn_in(work.delays[edge], which + work.draws.offsets[edge]) + work.hours[origin][which]
    if work.waits[edge]:
        target = work.ends[edge][1]
        arrival += work.drawn_in(work.buffers[target], which + work.draws.offsets[len(work.ends) + target])
    row[which] = np.minimum(row[which], arrival)


def _put_right(work: Work, failing: list[int], causes: int) -> None:
    """What leads back within knots: sweeps over what changed while much does, then run by run."""
    nodes, here = work.order.nodes, work.place
    moved = {here[work.ends[edge][0]] for node in nodes for edge in work.order.back[node]}
    while moved:
        before, moved = moved, set()
        pairs: list[tuple[int, Ints]] = []
        for at in range(causes, len(nodes)):
            edges = [each for each in work.order.back[nodes[at]] if here[work.ends[each][0]] in before]
            edges += [each for each in work.order.ahead[nodes[at]] if here[work.ends[each][0]] in moved]
            old = work.hours[at].copy() if edges else None
            if old is not None and _pull(work, at, edges, failing):
                moved.add(at)
                pairs.append((at, np.flatnonzero(work.hours[at] < old)))
        if moved and sum(len(which) for _, which in pairs) * _SWEEP < work.hours.size:
            at_once = np.concatenate([at * work.runs + which for at, which in pairs])
            Ways.of(work).follow(at_once, work.hours)
            return
