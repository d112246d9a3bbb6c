"""The engine against its budgets, and against the naive way. Prints figures; asserts nothing.

Usage: python -m bench.bench_engine
"""

import gc
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import yaml

from bench.world import ON, country
from dijkwacht.core.bulk import Bulk
from dijkwacht.core.dependencies import Dependencies
from dijkwacht.core.judge import Judgement, lines_of
from dijkwacht.core.questions import next_questions
from dijkwacht.norms.read import read_norms
from tests.core.oracle import Oracle


def timed(work, times: int = 5) -> float:
    """Median seconds of a few runs."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        work()
        spent.append(perf_counter() - start)
    return median(spent)


def main() -> None:
    """Prints one line per figure."""
    print(f"packs read: {timed(read_norms) * 1000:.0f} ms (budget 300)")
    norms = read_norms()
    worlds = country(norms)
    reach = Dependencies(norms)
    gc.freeze()  # the made-up country is no garbage: the collector need not walk it while we measure
    _bulk(norms, worlds)
    _reasons(norms, worlds)
    _one_answer(norms, worlds[0], reach)
    _naive(norms, worlds)


def _bulk(norms, worlds) -> None:
    def gather():
        return Bulk(norms, worlds, on=ON, known_at=ON)

    def judge():
        bulk = gather()
        for name in norms.requirements:
            bulk.masks(name)

    whole, read = timed(judge), timed(gather)
    verdicts = len(worlds) * len(norms.requirements)
    print(f"statuses, {len(worlds)} organisations x {len(norms.requirements)} requirements: {whole * 1000:.0f} ms (budget 100), "
          f"of which reading the facts {read * 1000:.0f} ms; {verdicts / whole:,.0f} statuses/s")  # fmt: skip


def _reasons(norms, worlds) -> None:
    def judge() -> int:
        count = 0
        for world in worlds[:100]:
            j = Judgement(norms, world, on=ON, known_at=ON)
            for requirement, subject in lines_of(norms, world, norms.requirements):
                j.verdict(requirement, subject)
                count += 1
        return count

    count, spent = judge(), timed(judge, 3)
    print(f"verdicts with assurance, reasons and stale_at: {count / spent:,.0f} per second (budget 50,000)")


def _one_answer(norms, world, reach: Dependencies) -> None:
    costs = {}
    for fact_type in norms.fact_types:

        def again(fact_type=fact_type) -> None:
            j = Judgement(norms, world, on=ON, known_at=ON)
            for requirement, subject in lines_of(norms, world, reach.touched([fact_type])):
                j.verdict(requirement, subject)

        costs[fact_type] = timed(again, 3)
    worst = max(costs, key=costs.__getitem__)
    print(f"one answer, every line right: median {median(costs.values()) * 1000:.1f} ms, worst {costs[worst] * 1000:.1f} ms "
          f"({worst}, {len(reach.touched([worst]))} lines) (budget 20)")  # fmt: skip
    j = Judgement(norms, world, on=ON, known_at=ON)
    lines = lines_of(norms, world, norms.requirements)
    print(f"next questions over all norms: {timed(lambda: next_questions(j, lines)) * 1000:.1f} ms")


def _naive(norms, worlds) -> None:
    """The way it would be written without care: every criterion walked anew, for every line. The tests' oracle does so."""
    raw = {
        name: rule
        for path in sorted(Path("dijkwacht/norms").glob("*/*/criteria.yaml"))
        for name, rule in yaml.safe_load(path.read_text()).items()
    }

    def walk() -> None:
        for world in worlds[:3]:
            oracle = Oracle(norms.fact_types, raw, world, on=ON, known_at=ON)
            for requirement, subject in lines_of(norms, world, norms.requirements):
                oracle.judge(requirement, subject)

    def bits() -> None:
        bulk = Bulk(norms, worlds, on=ON, known_at=ON)
        for name in norms.requirements:
            bulk.masks(name)

    naive = timed(walk, 3) / 3 * len(worlds)
    print(f"the same statuses the naive way: {naive:.1f} s; bits are {naive / timed(bits, 3):,.0f} times as fast")


if __name__ == "__main__":
    sys.exit(main())
