"""``perimeter`` (names, consent, measuring on request, how it stands) and ``watch`` (a worker that measures what is due)."""

import argparse
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import CommandError, Commands, add_command, database, organisation_of, today_and_now, told

RESOLVER_PORT = 53


def add(commands: Commands) -> None:
    """Adds them to the commands."""
    text = "The outside of an organisation: names, consent, measuring."
    outside: argparse.ArgumentParser = commands.add_parser("perimeter", help=text, description=text)
    parts = outside.add_subparsers(dest="part", required=True, metavar="PART")
    for name, text, run in (
        ("add", "Watch names, one a line in a file.", _add),
        ("consent", "Record a consent out of a JSON file.", _consent),
        ("measure", "Ask for a measurement now.", _measure),
        ("status", "How the outside stands, name by name.", _status),
    ):
        part = add_command(parts, name, text, run)
        part.add_argument("--organisation", required=True, help="slug or CBS code")
        part.add_argument("--json", action="store_true")
        if name in ("add", "consent"):
            part.add_argument("file", type=Path)
        if name == "measure":
            part.add_argument("names", nargs="*", help="names (default: all that are watched)")
    _watch_command(add_command(commands, "watch", "Measure what is due, for as long as this runs.", _watch))


def _watch_command(command: argparse.ArgumentParser) -> None:
    given = os.environ.get
    command.add_argument(
        "--resolver", default=given("DIJKWACHT_RESOLVER"), help="validating resolver, address or address#port"
    )
    command.add_argument("--distrust-ad", action="store_true", help="the AD bit of that resolver proves nothing")
    command.add_argument("--vrps", type=Path, default=given("DIJKWACHT_VRPS"), help="validated ROA payloads: JSON")
    command.add_argument("--routes", type=Path, default=given("DIJKWACHT_ROUTES"), help="RIS dump: prefix, AS, peers")
    command.add_argument("--ca", type=Path, help="authorities to trust: PEM (default: those of this system)")
    command.add_argument("--contact", default=given("DIJKWACHT_CONTACT", ""), help="where we can be reached")
    command.add_argument("--page", default=given("DIJKWACHT_ABOUT_SCAN", ""), help="page about these measurements")
    command.add_argument("--at-once", type=int, default=40, help="names that are measured side by side")
    command.add_argument(
        "--lab", action="store_true", help="allow private and loopback addresses, at the pace of a lab"
    )
    command.add_argument("--once", action="store_true", help="stop when nothing is left to do")
    command.add_argument("--json", action="store_true")


def _watch(args: argparse.Namespace) -> int:
    if not args.resolver:
        raise CommandError("watch needs --resolver (or DIJKWACHT_RESOLVER): a resolver that validates DNSSEC")
    address, _, port = args.resolver.partition("#")
    if port and not port.isdigit():
        raise CommandError(f"--resolver: {args.resolver} is no address#port")
    database()
    from dijkwacht.commands import Outcome, watching

    vrps, routes = (Path(each) if each else None for each in (args.vrps, args.routes))
    if (vrps is None) != (routes is None):
        raise CommandError("--vrps and --routes go together")
    options = watching.Options(
        (address, int(port or RESOLVER_PORT)), trusted=not args.distrust_ad, vrps=vrps, routes=routes, ca=args.ca,
        lab=args.lab, at_once=max(1, args.at_once), contact=args.contact, page=args.page, once=args.once,
    )  # fmt: skip
    # Not the number of the process alone: in a container that is 1, and the next one would keep the claims of a dead one alive.
    worker = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    done = watching.watch(options, worker=worker, clock=_clock, told=_Telling())
    line = f"{done.measured} names measured, {done.failed} not, {done.turned} words turned, {done.runs} runs ended"
    return told(Outcome(done.data(), [line, *(f"not measured: {why} ({n})" for why, n in done.reasons.items())]), args)


def _clock() -> Any:
    return today_and_now()[1]


class _Telling:
    """Tells of progress now and then, not at every name."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, done: Any) -> None:
        total = done.measured + done.failed
        if total >= self._last + 100:
            self._last = total
            print(f"{done.measured} measured, {done.failed} not, {done.turned} words turned", file=sys.stderr)


def _add(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.add(_organisation(args), file=args.file, **_now()), args)


def _consent(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.consent(_organisation(args), file=args.file, **_now()), args)


def _measure(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.measure(_organisation(args), names=args.names, **_now()), args)


def _status(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.status(_organisation(args)), args)


def _organisation(args: argparse.Namespace) -> Any:
    return organisation_of(args.organisation)


def _now() -> dict[str, Any]:
    on, at = today_and_now()
    return {"on": on, "at": at}
