"""``scan``: looking at names from the outside, within consent, on plain files and without a database."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dijkwacht.cli.common import CommandError, Commands, a_day, add_command, print_json
from dijkwacht.cli.network import add_network, network

ZONE = ZoneInfo("Europe/Amsterdam")
"""In which the days and hours of a consent are read."""


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(commands, "scan", "Look at names from the outside, within consent.", _scan)
    _what(command)
    add_network(command)
    command.add_argument("--workers", type=int, default=1, help="processes that share the work")


def _what(command: argparse.ArgumentParser) -> None:
    command.add_argument("--targets", type=Path, help="names to look at, one a line")
    command.add_argument("--consent", type=Path, help="who agreed to what: JSON, one consent or a list of them")
    command.add_argument(
        "--opt-out", type=Path, help="names and networks that are left alone whoever agreed, one a line"
    )
    command.add_argument("--names", type=Path, metavar="WORDS", help="labels to try below each name, for subdomains")
    command.add_argument("--ct", type=Path, help="a feed of certificate transparency: JSON lines with names")
    command.add_argument("--advisories", type=Path, help="warnings about versions: NVD 2.0, CSAF 2.0 or a short list")
    command.add_argument("--level", type=int, choices=(1, 2, 3), default=2, help="3: list weak suites, look at ports")
    command.add_argument("--replay", type=Path, metavar="RAW", help="judge earlier observations again; sends nothing")
    command.add_argument("--on", type=a_day, help="judge by what counts on this day (default: today)")
    command.add_argument("--out", type=Path, help="write the words per name: JSON, in the words of internet.nl")
    command.add_argument("--report", type=Path, help="write our own words with reasons: JSON lines")
    command.add_argument("--raw", type=Path, help="write what was seen, to be judged again: JSON lines (.gz)")
    command.add_argument("--log", type=Path, help="write every connection and every refusal with why: JSON lines")
    command.add_argument("--json", action="store_true", help="print the summary as JSON")


def clock() -> datetime:
    """Now, in the zone in which the days and hours of a consent are read."""
    return datetime.now(ZONE)


def _scan(args: argparse.Namespace) -> int:
    if args.replay:
        return _replay(args)
    missing = [name for name in ("targets", "consent", "resolver", "out") if getattr(args, name) is None]
    if missing:
        raise CommandError(f"scan needs --{' --'.join(missing)} (or --replay RAW)")
    from dijkwacht.commands.scan import read_targets
    from dijkwacht.commands.scan_workers import scan_with

    try:
        names, options = read_targets(args.targets), _options(args)
        summary = scan_with(names, options, clock=clock, tell=_progress)
    except OSError as error:
        raise CommandError(f"{error.filename or 'file'}: {error.strerror or error}") from None
    if args.json:
        print_json(summary.data())
    else:
        print("\n".join(summary.lines()))
    return 0


def _options(args: argparse.Namespace) -> Any:
    from dijkwacht.adapters.probing.outputs import Files
    from dijkwacht.commands.scan import Options

    return Options(
        targets=args.targets, consent=args.consent, files=Files(args.out, args.report, args.raw, args.log),
        opt_out=args.opt_out, words=args.names, ct=args.ct, advisories=args.advisories, level=args.level,
        workers=max(1, args.workers), **network(args),
    )  # fmt: skip


def _replay(args: argparse.Namespace) -> int:
    from dijkwacht.adapters.probing.outputs import Files
    from dijkwacht.commands.scan import replay
    from dijkwacht.commands.scan_judging import judge_on

    judge = judge_on(args.on or clock().date(), report=args.report is not None, advisories_file=args.advisories)
    count = replay(args.replay, judge, Files(args.out, args.report))
    if args.json:
        print_json({"domains": count, "policy": judge.policy.on})
    else:
        print(f"{count} domains judged again, by what counts on {judge.policy.on}; nothing was sent")
    return 0


def _progress(seen: int, total: int) -> None:
    print(f"{seen} of {total} seen", file=sys.stderr)
