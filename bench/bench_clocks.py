"""Ten thousand running clocks: their ends, their warnings and how they stand. Prints figures; asserts nothing.

Usage: python -m bench.bench_clocks [clocks]
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter, process_time

from dijkwacht.core.clocks import due, standing
from dijkwacht.norms.read import clocks

AT = datetime(2027, 4, 1, 12, tzinfo=UTC)


def main() -> None:
    """Prints one line per figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    start = perf_counter()
    pack = clocks()
    print(f"{'packs read':<34} {perf_counter() - start:8.3f} s")
    rules = [rule for rule in pack.rules.values() if rule.warn and rule.area in ("incidents", "board", "registration")]
    starts = [AT - timedelta(minutes=17 * n % 100_000) for n in range(count)]
    made = [(rules[n % len(rules)], starts[n]) for n in range(count)]

    def reckon() -> list:
        return [due(rule, at, calendar=pack.calendar, rules=pack.rules) for rule, at in made]

    found = reckon()
    _say("ends reckoned, with reasons", reckon)
    _say(
        "states, warnings and next change",
        lambda: [standing(each, at=AT, ladder=pack.warn[each.rule.warn]) for each in found],
    )
    print(f"  ({count} clocks; {sum(len(each.steps) for each in found)} steps)")


def _say(what: str, run: Callable[[], object], rounds: int = 5) -> None:
    """By the clock, and of the processor: on a busy machine the two differ."""
    run()
    taken, worked = [], []
    for _ in range(rounds):
        start, work = perf_counter(), process_time()
        run()
        taken.append(perf_counter() - start)
        worked.append(process_time() - work)
    print(f"{what:<34} {median(taken):8.3f} s, of processor {median(worked):.3f} s   (budget of the whole `tick` 1 s)")


if __name__ == "__main__":
    main()
