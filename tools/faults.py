"""Kills the program in the middle of its work, and looks whether anything was lost or done twice.

Usage: python -m tools.faults [--rounds 200] [--seconds N] [--only tick,web,...] [--postgres ADDRESS] [--seed 1] [--json FILE].
It makes a world of its own and kills only processes that it started. Told in docs/reliability.md.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools import fault_special, fault_web
from tools.fault_kit import ON, Place, differences, killed_at, looked
from tools.fault_work import Route, routes

Row = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """1 when anything was lost, doubled or left half."""
    args = _arguments(arguments)
    only = set(filter(None, args.only.split(",")))
    with tempfile.TemporaryDirectory(prefix="faults-") as scratch:
        place = Place(Path(scratch), args.postgres)
        begin(place)
        try:
            rows = list(run(place, rounds=args.rounds, only=only, seed=args.seed, seconds=args.seconds))
        finally:
            _let_go()
            place.clear()
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1, default=str))
    return int(any(row["wrong"] for row in rows))


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=200, help="how often each write path is killed")
    parser.add_argument("--only", default="", help="names of write paths, commas between")
    parser.add_argument(
        "--postgres", default="", help="address of a server on which databases may be made; else SQLite"
    )
    parser.add_argument("--seconds", type=int, default=10**6, help="at most this long per write path")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    return parser.parse_args(arguments)


def begin(place: Place) -> None:
    """Makes the world and gets this process ready to be forked."""
    from dijkwacht.examples import selfassessment

    place.make()
    (place.scratch / "zelf.xlsx").write_bytes(selfassessment.build(ON))
    for key in [each for each in os.environ if each.startswith("DIJKWACHT_")]:
        del os.environ[key]
    os.environ.update(place.environment("live"))
    place.reset()
    import django

    django.setup()
    from dijkwacht.commands import backup, judging, restoring  # noqa: F401 - read once, before there are copies of this process


def run(
    place: Place, *, rounds: int, only: set[str], seed: int = 1, seconds: int = 10**6, say: Callable[[str], None] = print
) -> Any:  # fmt: skip
    """Every write path and every fault, one row each."""
    dice = random.Random(seed)
    for route in routes():
        if not only or route.name in only:
            yield _told(say, killing(place, route, rounds=rounds, dice=dice, seconds=seconds))
    if not only or "web" in only:
        yield _told(say, fault_web.killing(place, rounds=rounds, dice=dice))
    for name, fault in fault_special.FAULTS.items():
        if not only or name in only or "special" in only:
            began = time.perf_counter()
            row = fault(place, rounds=rounds, dice=dice)
            if row is not None:
                yield _told(say, {"path": name, "seconds": round(time.perf_counter() - began), **row})


def killing(place: Place, route: Route, *, rounds: int, dice: random.Random, seconds: int = 10**6) -> Row:
    """Kills one write path at steps spread over all that it takes; does it again, and compares with an undisturbed one."""
    began = time.perf_counter()
    place.reset()
    steps = killed_at(route.work, None).said
    once = looked(None, on=route.on, touches=route.touches).said
    if not isinstance(steps, int) or once["wrong"]:
        return {"path": route.name, "rounds": 0, "wrong": [f"undisturbed: {steps} {once}"], "seconds": 0}
    points = list(range(1, steps + 1)) if rounds >= steps else sorted(dice.sample(range(1, steps + 1), rounds))
    points += [dice.randint(1, steps) for _ in range(rounds - len(points))]
    dice.shuffle(points)
    wrong, killed, after, done = [], 0, 0, 0
    for point in points:
        if time.perf_counter() - began > seconds:
            break
        done += 1
        place.reset()
        killed += killed_at(route.work, point).killed
        found = looked(route.work, on=route.on, touches=route.touches).said
        problems = found.get("wrong", []) + ([found["error"]] if "error" in found else [])
        more = differences(once["counts"], found["counts"]) if "counts" in found else {}
        lost = {name: pair for name, pair in more.items() if pair[1] < pair[0] or name not in route.repeats}
        after += bool(more) and not lost
        wrong += [f"step {point}: {each}" for each in problems]
        wrong += [f"step {point}: {name} has {pair[1]} rows and not {pair[0]}" for name, pair in lost.items()]
    return {
        "path": route.name, "steps": steps, "rounds": done, "killed": killed, "wrong": wrong,
        "done_before_killed": after, "seconds": round(time.perf_counter() - began),
    }  # fmt: skip


def _told(say: Callable[[str], None], row: Row) -> Row:
    short = {key: value for key, value in row.items() if key not in ("path", "wrong")}
    say(f"{row['path']:<12} {'wrong' if row['wrong'] else 'well':<6} {short}")
    for each in row["wrong"][:20]:
        say(f"             {each}")
    return row


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
