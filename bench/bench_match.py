"""Matching advisories with registers, on a made-up market of a fixed seed, against the budgets. Never asserts.

Usage: python -m bench.bench_match [ADVISORIES ORGANISATIONS ASSETS [CVES]]    (default 5000 342 300 44000)
Each part in the time of the processor (what another program takes does not count) and by the clock; the whole run starts with
empty caches. The yardstick says how fast this machine is at this moment.
"""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bench.advisory_world import Market, cve_records, documents, registers
from dijkwacht.adapters.csaf.load import load_object
from dijkwacht.adapters.csaf.read import read_csaf
from dijkwacht.commands.matching import unswept
from dijkwacht.core.advisories.cve_versions import told_versions
from dijkwacht.core.advisories.index import Notices, Registers, Warned
from dijkwacht.core.advisories.matching import judge
from dijkwacht.core.advisories.ranges import read_range
from dijkwacht.core.advisories.rows import Row, places_of, rows_of
from dijkwacht.core.advisories.shapes import Advisory, Asset, ProductLine, Said, Vulnerability
from dijkwacht.core.advisories.versions import version_key

T = TypeVar("T")


def timed(name: str, work: Callable[[], T]) -> tuple[T, float]:
    """The result and the seconds of the processor; prints both times."""
    gc.collect()
    gc.freeze()  # what was made before is not looked through again and again: a program that does one thing would not hold it
    clock, start = time.perf_counter(), time.process_time()
    with unswept():  # as the command does
        found = work()
    used = time.process_time() - start
    print(f"{name:58} {used * 1000:10.1f} ms   ({(time.perf_counter() - clock) * 1000:.1f} by the clock)")
    return found, used


def cold() -> None:
    """Forgets what was remembered of versions and ranges."""
    for each in (read_range, version_key):
        each.cache_clear()


def yardstick() -> None:
    """A fixed piece of work."""
    timed("yardstick: 2,000,000 squares", lambda: sum(number * number for number in range(2_000_000)))


def whole(
    market: Market, advisories: int, organisations: int, each: int
) -> tuple[list[Advisory], Registers, list[list[Row]]]:
    """End to end: bytes and assets in, who must be warned and who must be asked out, for every advisory."""
    data, assets = list(documents(market, advisories)), registers(market, organisations, each)
    print(
        f"{advisories} documents, {sum(map(len, data)) / 1e6:.1f} MB; {len(assets)} assets of {organisations} organisations"
    )
    cold()
    read, reading = timed("documents read, every part of them", lambda: [read_csaf(one).advisory for one in data])
    told = [one for one in read if one is not None]
    held, keeping = timed("registers indexed", lambda: Registers(assets))
    wanted = held.wanted()
    rows, making = timed("lines, ranges and rows", lambda: [rows_of(one, wanted=wanted) for one in told])
    warned, matching = timed(
        "who must be warned and who asked, all advisories", lambda: [held.warned(one) for one in rows]
    )
    total = reading + making + keeping + matching
    print(f"{'END TO END (budget 3 s, aim 1.4)':58} {total * 1000:10.1f} ms")
    hits, pairs = timed("the same with every pair of advisory and asset", lambda: [held.hits(one) for one in rows])
    print(f"{'END TO END with every pair':58} {(total + pairs) * 1000:10.1f} ms")
    _counted(told, rows, warned, hits)
    naive = _naive(told, assets)
    print(
        f"{'each with each by the plain way, from a sample':58} {naive:10.0f} s     {naive / total:.0f} times as long"
    )
    return told, held, rows


def _counted(
    told: Sequence[Advisory],
    rows: Sequence[Sequence[Row]],
    warned: Sequence[Warned],
    hits: Sequence[tuple[list[int], list[int]]],
) -> None:
    print(
        f"{sum(len(each.products) for each in told)} product lines, {sum(map(len, rows))} rows;"
        f" warned {sum(each.affected.bit_count() for each in warned)},"
        f" asked {sum(each.undetermined.bit_count() for each in warned)} (advisory and organisation);"
        f" pairs {sum(len(each[0]) for each in hits)} affected, {sum(len(each[1]) for each in hits)} undetermined"
    )


def _naive(told: Sequence[Advisory], assets: Sequence[Asset], sample: int = 4) -> float:
    """Seconds of the processor that comparing all with all would take: ``sample`` advisories against a thousand assets."""
    some = assets[:: max(1, len(assets) // 1000)]
    start = time.process_time()
    for advisory in told[:: max(1, len(told) // sample)][:sample]:
        for asset in some:
            judge(advisory, asset)
    return (time.process_time() - start) / (sample * len(some)) * len(told) * len(assets)


def one_more(market: Market, told: Sequence[Advisory], held: Registers, rows: Sequence[Sequence[Row]]) -> None:
    """One new document, and one new asset: the middle and the slowest of many."""
    later = list(documents(market, 300))
    spent = []
    for data in later:
        start = time.perf_counter()
        advisory = read_csaf(data).advisory
        if advisory is not None:
            held.answers(rows_of(advisory))
        spent.append(time.perf_counter() - start)
    _middle("one new advisory, from bytes to who has what (budget 50 ms)", spent)
    notices = Notices()

    def put() -> None:
        for advisory, its in zip(told, rows, strict=True):
            notices.put(advisory.key, its)

    timed("advisories put on their shelves", put)
    spent = []
    for asset in registers(market, 1, 1000):
        start = time.perf_counter()
        held.add(asset)
        notices.about(places_of(asset))
        spent.append(time.perf_counter() - start)
    _middle("one new asset, to the advisories about it (budget 10 ms)", spent)


def _middle(name: str, spent: list[float]) -> None:
    spent.sort()
    print(f"{name:58} {spent[len(spent) // 2] * 1000:10.3f} ms   (slowest of {len(spent)}: {spent[-1] * 1000:.2f})")


def cves(market: Market, count: int, held: Registers) -> None:
    """Records of the CVE list, bytes to who must be warned."""
    data = list(cve_records(market, count))
    print(f"{count} CVE records, {sum(map(len, data)) / 1e6:.1f} MB")
    cold()
    told, reading = timed("CVE records read", lambda: [_cve(load_object(one, doubles=False)[0]) for one in data])
    wanted = held.wanted()
    rows, making = timed("their lines, ranges and rows", lambda: [rows_of(one, wanted=wanted) for one in told])
    _, matching = timed("who must be warned and who asked", lambda: [held.warned(one) for one in rows])
    print(f"{'CVE RECORDS, WITH READING (budget 10 s)':58} {(reading + making + matching) * 1000:10.1f} ms")


def _cve(body: dict[str, Any]) -> Advisory:
    lines: dict[str, ProductLine] = {}
    said = []
    for block in body["containers"]["cna"]["affected"]:
        for status, form, text in told_versions(block):
            name = str(len(lines))
            lines[name] = ProductLine(name, block["vendor"], block["product"], text, form)
            said.append(Said(name, status))
    identity = body["cveMetadata"]["cveId"]
    weakness = Vulnerability(identity, cve=identity, said=tuple(said))
    return Advisory("https://cve.example", identity, "1", "", kind="cve", products=lines, vulnerabilities=(weakness,))


def main(arguments: Sequence[str]) -> None:
    """All of it."""
    advisories, organisations, each, count = [*map(int, arguments), *(5000, 342, 300, 44_000)[len(arguments) :]]
    market = Market()
    yardstick()
    told, held, rows = whole(market, advisories, organisations, each)
    one_more(market, told, held, rows)
    cves(market, count, held)
    yardstick()


if __name__ == "__main__":
    main(sys.argv[1:])
