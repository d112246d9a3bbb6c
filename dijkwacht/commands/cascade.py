"""What fails when something fails, as lines and as data. Needs no database."""

from collections.abc import Callable, Sequence
from pathlib import Path

from dijkwacht.adapters.cascade import MOST_JSON, FileError, read_network
from dijkwacht.commands import Outcome
from dijkwacht.core.cascade.network import Network, Start
from dijkwacht.core.cascade.outcome import Outcome as Found
from dijkwacht.core.cascade.outcome import outcomes
from dijkwacht.core.cascade.spread import spread
from dijkwacht.norms.cascade import start_network

MOST_RUNS = 1_000_000


class Trouble(Exception):
    """What was asked cannot be done; the message says why."""


def network_at(path: Path | None, language: str) -> Network:
    """The network in a file; the start network without one. Raises Trouble, NetworkError."""
    if path is None:
        return start_network().named(language)
    try:
        with path.open("rb") as file:
            return read_network(file.read(MOST_JSON + 1), path.name)
    except OSError as error:
        raise Trouble(f"{path}: {error.strerror}") from None
    except FileError as error:
        raise Trouble(f"{path}: {error}") from None


def cascade(
    network: Network, failed: Sequence[str], *, runs: int, seed: int, hours: float | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Outcome:  # fmt: skip
    """When each node fails. Raises Trouble for an unknown node or a number that cannot be, TooLarge, NetworkError."""
    names = {each.id: each.name for each in network.nodes}
    if unknown := [each for each in failed if each not in names]:
        raise Trouble(f"no node {unknown[0]!r:.70} in this network")
    if not failed:
        raise Trouble("name at least one node that fails")
    if not 1 <= runs <= MOST_RUNS:
        raise Trouble(f"runs must be from 1 to {MOST_RUNS}")
    found = outcomes(spread(network, Start(tuple(dict.fromkeys(failed)), hours), runs=runs, seed=seed, tell=tell))
    data = {each: _data(found.get(each, Found(0.0))) for each in names}
    return Outcome(data, _lines(names, found, failed, runs, seed))


def _data(found: Found) -> dict[str, float | None]:
    return {"p_fail": round(found.p_fail, 6), "t10": found.t10, "t50": found.t50, "t90": found.t90}


def _lines(names: dict[str, str], found: dict[str, Found], failed: Sequence[str], runs: int, seed: int) -> list[str]:
    """The soonest first; what never failed is only counted."""
    rows = [(each, found[each]) for each in names if each in found and found[each].p_fail and each not in failed]
    rows.sort(key=lambda row: (row[1].t50 or 0.0, row[0]))
    wide = max((len(names[each]) for each, _ in rows), default=4)
    lines = [f"{', '.join(names[each] for each in failed)} fails; {runs} runs, seed {seed}"]
    lines += [f"{'':<{min(wide, 44)}}  of 100   hours until it fails: 1 of 10, half, 9 of 10"] * bool(rows)
    lines += [
        f"{names[each][:44]:<{min(wide, 44)}}  {100 * one.p_fail:6.1f}   {one.t10:9.1f} {one.t50:9.1f} {one.t90:9.1f}"
        for each, one in rows
    ]
    never = len(names) - len(rows) - len(set(failed))
    return [*lines, f"{never} of {len(names)} never failed"]
