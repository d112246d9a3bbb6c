"""``perimeter`` (names, consent, measuring on request, how it stands) and ``watch`` (a worker that measures what is due)."""

import argparse
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import CommandError, Commands, add_command, database, organisation_of, today_and_now, told
from dijkwacht.cli.network import add_network, network


def add(commands: Commands) -> None:
    """Adds them to the commands."""
    text = "The outside of an organisation: names, consent, measuring."
    outside: argparse.ArgumentParser = commands.add_parser("perimeter", help=text, description=text)
    parts = outside.add_subparsers(dest="part", required=True, metavar="PART")
    for name, text, run in (
        ("add", "Watch names, one a line in a file.", _add),
        ("found", "Propose the names below ours that certificates name.", _found),
        ("consent", "Record a consent out of a JSON file.", _consent),
        ("measure", "Ask for a measurement now.", _measure),
        ("status", "How the outside stands, name by name.", _status),
        ("settle", "Say whose a name is that several organisations watch.", _settle),
    ):
        part = add_command(parts, name, text, run)
        part.add_argument("--organisation", required=True, help="slug or CBS code")
        part.add_argument("--json", action="store_true")
        if name == "found":
            part.add_argument("--ct", type=Path, required=True, help="a feed of certificate transparency: JSON lines")
        if name in ("add", "consent"):
            part.add_argument("file", type=Path)
        if name == "settle":
            part.add_argument("name", help="the name; what lies below it goes along")
            part.add_argument("--reason", required=True, help="why: all who watch the name read it in their trail")
        if name == "measure":
            part.add_argument("names", nargs="*", help="names (default: all that are watched)")
            part.add_argument("--deeper", action="store_true", help="ports and names below too, by consent of level 3")
    _watch_command(add_command(commands, "watch", "Measure what is due, for as long as this runs.", _watch))


def _watch_command(command: argparse.ArgumentParser) -> None:
    add_network(command, given=os.environ)
    command.add_argument(
        "--advisories", type=Path, default=os.environ.get("DIJKWACHT_ADVISORIES") or None,
        help="warnings about versions: NVD 2.0, CSAF 2.0 or a short list (DIJKWACHT_ADVISORIES)",
    )  # fmt: skip
    command.add_argument("--once", action="store_true", help="stop when nothing is left to do")
    command.add_argument(
        "--log", type=Path, help="every connection and refusal too into this file: JSON lines, added to"
    )
    command.add_argument("--json", action="store_true")


def _watch(args: argparse.Namespace) -> int:
    if not args.resolver:
        raise CommandError("watch needs --resolver (or DIJKWACHT_RESOLVER): a resolver that validates DNSSEC")
    named = network(args)
    database()
    from dijkwacht.commands import Outcome, watching

    files = {"advisories": args.advisories and Path(args.advisories), "log": args.log}
    options = watching.Options(once=args.once, **files, **named)
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

    return told(perimeter.add(_organisation(args), file=args.file, told=_adding, **_now()), args)


def _adding(what: str, count: int) -> None:
    if what != "added" or count % 5000 == 0:
        print(f"{what}: {count} names", file=sys.stderr)


def _found(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.found(_organisation(args), ct=args.ct, **_now()), args)


def _consent(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.consent(_organisation(args), file=args.file, **_now()), args)


def _measure(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.measure(_organisation(args), names=args.names, deeper=args.deeper, **_now()), args)


def _settle(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    at = _now()["at"]
    return told(perimeter.settle(_organisation(args), name=args.name, reason=args.reason, at=at), args)


def _status(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import perimeter

    return told(perimeter.status(_organisation(args)), args)


def _organisation(args: argparse.Namespace) -> Any:
    return organisation_of(args.organisation)


def _now() -> dict[str, Any]:
    on, at = today_and_now()
    return {"on": on, "at": at}
