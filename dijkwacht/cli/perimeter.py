"""``scan``: looking at names from the outside, within consent, on plain files and without a database."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dijkwacht.cli.common import CommandError, Commands, a_day, add_command, print_json

RESOLVER_PORT = 53
ZONE = ZoneInfo("Europe/Amsterdam")
"""In which the days and hours of a consent are read."""


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(commands, "scan", "Look at names from the outside, within consent.", _scan)
    _what(command)
    _how(command)


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


def _how(command: argparse.ArgumentParser) -> None:
    command.add_argument("--resolver", help="address of a validating resolver, port after # if it is not 53")
    command.add_argument("--distrust-ad", action="store_true", help="the AD bit of that resolver proves nothing")
    command.add_argument("--vrps", type=Path, help="validated ROA payloads: JSON")
    command.add_argument("--routes", type=Path, help="RIS dump: prefix, AS number, peers")
    command.add_argument("--ca", type=Path, help="authorities to trust: PEM (default: those of this system)")
    command.add_argument(
        "--lab", action="store_true", help="allow private and loopback addresses, at the pace of a lab"
    )
    command.add_argument("--workers", type=int, default=1, help="processes that share the work")
    command.add_argument("--at-once", type=int, default=40, help="names that are looked at side by side, per worker")
    command.add_argument("--contact", default="", help="where we can be reached: goes into the User-Agent")
    command.add_argument(
        "--page", default="", help="page about these scans, where one can opt out: User-Agent and EHLO"
    )


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

    if (args.vrps is None) != (args.routes is None):
        raise CommandError("--vrps and --routes go together")
    address, _, port = args.resolver.partition("#")
    if port and not port.isdigit():
        raise CommandError(f"--resolver: {args.resolver} is no address#port")
    return Options(
        targets=args.targets, consent=args.consent, resolver=(address, int(port or RESOLVER_PORT)),
        files=Files(args.out, args.report, args.raw, args.log), trusted=not args.distrust_ad, vrps=args.vrps, routes=args.routes,
        ca=args.ca, opt_out=args.opt_out, words=args.names, ct=args.ct, advisories=args.advisories, level=args.level,
        lab=args.lab, at_once=max(1, args.at_once), workers=max(1, args.workers), contact=args.contact, page=args.page,
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
