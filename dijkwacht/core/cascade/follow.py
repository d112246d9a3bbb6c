"""What fails in some runs only, followed run by run over all edges at once until nothing becomes earlier any more. Pure."""

from dataclasses import dataclass

import numpy as np

from dijkwacht.core.cascade.draws import Floats
from dijkwacht.core.cascade.work import Ints, Work

_PORTION = 200_000  # pairs of a node and a run that are followed at once


@dataclass(frozen=True, slots=True)
class Ways:
    """The edges out of each row, one after another: those of row ``at`` stand from ``first[at]`` up to ``first[at + 1]``.

    ``scale``: what the smaller draw, the larger draw and one are multiplied by; ``wait``: the same for the buffer, zero without.
    """

    work: Work
    first: Ints
    target: Ints
    offset: Ints
    chance: Floats
    scale: Floats
    wait_offset: Ints
    wait: Floats

    @classmethod
    def of(cls, work: Work) -> "Ways":
        """The edges that count, by the row that they come from."""
        nodes = work.order.nodes
        edges = sorted(
            (edge for node in nodes for some in (work.order.ahead, work.order.back) for edge in some[node]),
            key=lambda edge: work.place[work.ends[edge][0]],
        )
        origin = [work.place[work.ends[edge][0]] for edge in edges]
        targets = [work.ends[edge][1] for edge in edges]
        bands = [work.delays[edge] for edge in edges]
        waits = [work.buffers[work.ends[edge][1]] if work.waits[edge] else None for edge in edges]
        scale = [(each.high - each.likely, each.likely - each.low, each.low) for each in bands]
        wait = [(each.high - each.likely, each.likely - each.low, each.low) if each else (0, 0, 0) for each in waits]
        return cls(
            work, np.searchsorted(origin, np.arange(len(nodes) + 1)).astype(np.int64),
            np.array([work.place[each] for each in targets], dtype=np.int64),
            np.array([work.draws.offsets[edge] for edge in edges], dtype=np.int64),
            np.array([work.chances[edge] for edge in edges], dtype=np.float32),
            np.array(scale, dtype=np.float32).reshape(-1, 3).T.copy(),
            np.array([work.draws.offsets[len(work.ends) + each] for each in targets], dtype=np.int64),
            np.array(wait, dtype=np.float32).reshape(-1, 3).T.copy(),
        )  # fmt: skip

    def follow(self, pairs: Ints, hours: Floats, *, begin: int = 0, most: int | None = None) -> Ints | None:
        """Takes what changed along all edges, and what changes by that, until nothing does; which pairs it met, rising.

        ``pairs``: row times the columns of ``hours``, plus column; the first column is run ``begin``. None: it stopped, as there
        was more to try than ``most``.
        """
        tried, met = 0, [pairs]
        while pairs.size:
            fresh = []
            for each in np.array_split(pairs, -(-pairs.size // _PORTION)):
                row = each // hours.shape[1]
                tried += int((self.first[row + 1] - self.first[row]).sum())
                if most is not None and tried > most:
                    return None
                fresh.append(self._one(each, hours, begin))
            pairs = np.unique(np.concatenate(fresh))
            met.append(pairs)
        return np.unique(np.concatenate(met))

    def _one(self, pairs: Ints, hours: Floats, begin: int) -> Ints:
        """One step over the edges of pairs; which pairs became earlier."""
        row, column = np.divmod(pairs, hours.shape[1])
        many = self.first[row + 1] - self.first[row]
        end = np.cumsum(many)
        way = np.repeat(self.first[row] - end + many, many) + np.arange(int(end[-1]))
        which = np.repeat(np.arange(pairs.size), many)
        run = column[which] + begin
        live = np.flatnonzero(self.work.draws.chance[run + self.offset[way]] <= self.chance[way])
        way, run, which = way[live], run[live], which[live]
        flat = hours.reshape(-1)
        arrival = self._drawn(self.scale, way, run + self.offset[way]) + flat[pairs[which]]
        arrival += self._drawn(self.wait, way, run + self.wait_offset[way])  # without a buffer this adds zero
        to: Ints = self.target[way] * hours.shape[1] + run - begin
        better = (arrival < flat[to]) & (arrival <= self.work.until)
        earlier: Ints = to[better]
        np.minimum.at(flat, earlier, arrival[better])
        return earlier

    def _drawn(self, scale: Floats, way: Ints, places: Ints) -> Floats:
        one: Floats = self.work.draws.smaller[places] * scale[0][way]
        one += self.work.draws.larger[places] * scale[1][way]
        one += scale[2][way]
        return one
