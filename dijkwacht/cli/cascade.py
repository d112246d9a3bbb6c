"""``cascade``: what fails when something fails, after how many hours, how often, in which network."""

import argparse
import os
import sys
import time
from pathlib import Path

from dijkwacht.cli.common import CommandError, Commands, add_command, told

_QUIET = 2.0  # seconds before progress is shown


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(
        commands, "cascade", "What fails when something fails, how often and after how many hours.", _run
    )
    command.add_argument(
        "--network", metavar="FILE", type=Path, help="network as JSON or YAML (default: the start network)"
    )
    command.add_argument("--fail", metavar="NODE[,NODE]", required=True, help="what fails at the start")
    command.add_argument("--hours", type=_hours, help="for how many hours it fails (default: without end)")
    command.add_argument("--runs", type=int, default=10_000, metavar="N", help="how many runs (default: 10000)")
    command.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed gives the same answer (default: 1)"
    )
    command.add_argument("--json", action="store_true")


def _hours(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100_000:
        raise argparse.ArgumentTypeError("a number of hours above 0 was expected")
    return value


def _run(args: argparse.Namespace) -> int:
    from dijkwacht.commands import cascade
    from dijkwacht.core.cascade.network import NetworkError
    from dijkwacht.core.cascade.work import TooLarge

    failed = [each.strip() for each in args.fail.split(",") if each.strip()]
    try:
        network = cascade.network_at(args.network, os.environ.get("DIJKWACHT_LANGUAGE") or "nl")
        progress = _Progress()
        outcome = cascade.cascade(network, failed, runs=args.runs, seed=args.seed, hours=args.hours, tell=progress.tell)
        progress.end()
        return told(outcome, args)
    except (cascade.Trouble, NetworkError, TooLarge) as error:
        raise CommandError(str(error)) from None


class _Progress:
    """How far it is, on the error output of a terminal, once it takes long."""

    def __init__(self) -> None:
        self.began, self.shown = time.perf_counter(), False

    def tell(self, done: int, whole: int) -> None:
        """Shows it."""
        if sys.stderr.isatty() and time.perf_counter() - self.began > _QUIET:
            print(f"\r{100 * done // whole:3d} %", end="", file=sys.stderr, flush=True)
            self.shown = True

    def end(self) -> None:
        """Wipes it out."""
        if self.shown:
            print("\r      \r", end="", file=sys.stderr)
