"""Where much fails: one row of all runs per node, swept forth and back over the order of the nodes until nothing changes. Pure.

Forth takes the edges that lead ahead, back those that lead back (Yen, 1970), so that a way is done in as many sweeps as it turns.
"""

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np

from dijkwacht.core.cascade.draws import Floats
from dijkwacht.core.cascade.follow import Ways
from dijkwacht.core.cascade.work import NEVER, Ints, Work

Told = Callable[[int, int], None]
_DENSE = 12  # a cause that changed in more than one of so many runs is reckoned in all of them, which is quicker
_LAST, _SHRUNK = (
    200,
    8,
)  # less than one of so many pairs changed, so many times less than at most: the rest goes pair by pair


def swept(work: Work, ways: Ways, tell: Told | None = None, *, last: int = _LAST, shrunk: int = _SHRUNK) -> Floats:
    """A row per node, a column per run."""
    nodes, causes, runs = work.order.nodes, work.causes, work.runs
    hours = np.full((len(nodes), runs), NEVER, dtype=np.float32)
    hours[:causes] = 0
    forth, back = _by_row(work, work.order.ahead), _by_row(work, work.order.back)
    before = {at: np.arange(runs) for at in range(causes)}
    most, ahead = 0, True
    while before:
        sweep = _Sweep(work, hours, before)
        for at in range(causes, len(nodes)) if ahead else range(len(nodes) - 1, causes - 1, -1):
            sweep.pull(at, forth[at] if ahead else back[at])
            if tell is not None and not most and at % 250 == 0:
                tell(at, len(nodes))
        before, ahead = sweep.now, not ahead
        changed = sum(each.size for each in before.values())
        most = max(most, changed)
        if not work.order.leads_back:
            break
        if before and changed * last < hours.size and changed * shrunk < most:
            ways.follow(np.concatenate([at * runs + which for at, which in before.items()]), hours)
            break
    return hours


def _by_row(work: Work, edges: Sequence[Sequence[int]]) -> list[list[tuple[int, int]]]:
    """Per row the edges into it, each with the row that it comes from."""
    return [[(edge, work.place[work.ends[edge][0]]) for edge in edges[node]] for node in work.order.nodes]


def _earlier(one: Floats | None, other: Floats | None) -> Floats:
    """The earlier of two rows, put in the first; one of them may be absent."""
    if one is None or other is None:
        return cast("Floats", other if one is None else one)
    return np.minimum(one, other, out=one)


class _Sweep:
    """One sweep. ``before`` and ``now``: per row the runs that changed in the sweep before and in this one."""

    def __init__(self, work: Work, hours: Floats, before: dict[int, Ints]) -> None:
        self.work, self.hours, self.before = work, hours, before
        self.now: dict[int, Ints] = {}
        self.limit = work.runs // _DENSE
        self.fresh: dict[int, Ints] = {}

    def pull(self, at: int, edges: Sequence[tuple[int, int]]) -> None:
        """Makes a row earlier by these edges into it, for the runs in which their causes changed."""
        changed: list[Ints] = []
        dense = []
        for edge, origin in edges:
            which = self._fresh(origin)
            if which.size > self.limit:
                dense.append((edge, origin))
            elif which.size:
                changed.append(self._some(at, edge, origin, which))
        if dense:
            changed.append(self._all(at, dense))
        changed = [each for each in changed if each.size]
        if changed:
            self.now[at] = changed[0] if len(changed) == 1 else np.concatenate(changed)

    def _fresh(self, origin: int) -> Ints:
        """The runs in which a cause changed since the edges out of it were taken last; some may be there twice."""
        found = self.fresh.get(origin)
        if found is None:
            some = [part[origin] for part in (self.before, self.now) if origin in part]
            found = np.concatenate(some) if len(some) == 2 else some[0] if some else np.empty(0, dtype=np.int64)
            self.fresh[origin] = found
        return found

    def _all(self, at: int, edges: Sequence[tuple[int, int]]) -> Ints:
        """All runs at once; in which of them it became earlier."""
        work, node, row = self.work, self.work.order.nodes[at], self.hours[at]
        late = soon = None
        for edge, origin in edges:
            one = self._arrival(edge, origin)
            if work.waits[edge]:
                late = _earlier(one, late)
            else:
                soon = _earlier(one, soon)
        if late is not None:
            late += work.drawn(work.buffers[node], len(work.ends) + node)
        soon = _earlier(soon, late)
        if work.until < NEVER / 2:
            np.copyto(soon, NEVER, where=soon > work.until)
        changed: Ints = np.flatnonzero(soon < row)
        np.minimum(row, soon, out=row)
        return changed

    def _arrival(self, edge: int, origin: int) -> Floats:
        """When failure arrives over an edge in each run, before the buffer of the target; far beyond NEVER where it does not."""
        work = self.work
        one = work.drawn(work.delays[edge], edge)
        start = work.draws.offsets[edge]
        missed = np.subtract(work.draws.chance[start : start + work.runs], np.float32(work.chances[edge]))
        np.maximum(one, missed, out=one)
        one += self.hours[origin]
        return one

    def _some(self, at: int, edge: int, origin: int, which: Ints) -> Ints:
        """The same for some runs, with the buffer of the target."""
        work, row, offset = self.work, self.hours[at], self.work.draws.offsets[edge]
        start = self.hours[origin][which]
        may = np.flatnonzero(
            start + np.float32(work.delays[edge].low) < row[which]
        )  # the others come too late whatever is drawn
        which, start = which[may], start[may]
        live = np.flatnonzero(work.draws.chance[offset : offset + work.runs][which] <= np.float32(work.chances[edge]))
        which = which[live]
        arrival = work.drawn_in(work.delays[edge], which + offset)
        arrival += start[live]
        if work.waits[edge]:
            target = work.ends[edge][1]
            arrival += work.drawn_in(work.buffers[target], which + work.draws.offsets[len(work.ends) + target])
        better = arrival < row[which]
        if work.until < NEVER / 2:
            better &= arrival <= work.until
        better = np.flatnonzero(better)
        which = which[better]
        row[which] = arrival[better]
        return which
