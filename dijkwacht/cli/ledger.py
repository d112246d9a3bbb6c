"""``import``, ``trail``, ``tick``, ``accounts``, ``next-questions`` and ``demo``: what an installation does from day to day."""

import argparse
import sys
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import (
    ACT_ON,
    CommandError,
    Commands,
    acting_at,
    add_command,
    add_on,
    database,
    looking_at,
    organisation_of,
    today_and_now,
    told,
)  # fmt: skip
from dijkwacht.cli.oscal import import_oscal

OSCAL = "oscal"


def add(commands: Commands) -> None:
    """Adds them to the commands."""
    for each in (_import_command, _trail_command, _tick_command, _accounts_command, _questions_command, _demo_command):
        each(commands)


def _import_command(commands: Commands) -> None:
    command = add_command(
        commands, "import", "Import a workbook or an audit of CISO Assistant; all of it or nothing.", _import
    )
    command.add_argument(
        "file", type=Path, nargs="?", help="XLSX, ODS or CSV; or the word oscal, and then files of OSCAL"
    )
    command.add_argument(
        "more", nargs="*", type=Path, metavar="FILE", help="after the word oscal: OSCAL files, read together"
    )
    command.add_argument(
        "--norm", default="", help="after oscal: the norm of numbers that a mapping does not name itself"
    )
    command.add_argument("--organisation", help="slug or CBS code")
    command.add_argument("--person", help="e-mail address of who imports")
    command.add_argument("--library", type=Path, help="YAML library of CISO Assistant that goes with the audit")
    command.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
    command.add_argument("--municipalities", action="store_true", help="instead: the register of 342 municipalities")
    command.add_argument("--json", action="store_true")
    command.set_defaults(refuse=command.error)
    add_on(command, ACT_ON)


def _import(args: argparse.Namespace) -> int:
    if args.file is not None and str(args.file) == OSCAL:
        if not args.more:
            args.refuse("import oscal needs a file")
        return import_oscal(args)
    if args.more:
        args.refuse("one file at a time, or: import oscal FILE ...")
    database()
    from dijkwacht.commands import importing

    if args.municipalities:
        return told(importing.municipalities(), args)
    if args.file is None or args.organisation is None:
        raise CommandError("a file and --organisation are needed (or --municipalities)")
    on, at = looking_at(args) if args.dry_run else acting_at(args)
    try:
        library = args.library.read_bytes() if args.library else None
    except OSError as error:
        raise CommandError(f"{args.library.name}: {error.strerror}") from None
    outcome = importing.workbook(
        args.file, organisation=organisation_of(args.organisation), email=args.person, library=library,
        dry_run=args.dry_run, on=on, at=at,
    )  # fmt: skip
    return told(outcome, args)


def _trail_command(commands: Commands) -> None:
    trail: argparse.ArgumentParser = commands.add_parser("trail", help="The trail of who did what.")
    inner = trail.add_subparsers(dest="trail_command", required=True, metavar="COMMAND")
    verify = add_command(inner, "verify", "Follow every chain, and hold all rows and files against it.", _trail_verify)
    verify.add_argument("--organisation", help="slug or CBS code (default: all)")
    verify.add_argument("--repair-verdicts", action="store_true", help="judge anew where stored verdicts are wrong")
    verify.add_argument("--json", action="store_true")


def _trail_verify(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import verifying

    on, at = today_and_now()
    chosen = organisation_of(args.organisation) if args.organisation else None
    with _pulse("trail_verify", whole=chosen is None) as pulse:
        outcome = verifying.verify(chosen, on=on, at=at, repair_verdicts=args.repair_verdicts)
        pulse.well = outcome.well
    return told(outcome, args)


def _pulse(name: str, *, whole: bool) -> Any:
    """Keeps when this last ran; of a run over less than everything nothing is kept."""
    from django.conf import settings

    from dijkwacht.pulse import Pulse

    return Pulse(name, at=today_and_now()[1], folder=settings.DATA_DIR if whole else None)


def _tick_command(commands: Commands) -> None:
    command = add_command(commands, "tick", "Judge what time has made due.", _tick)
    command.add_argument("--limit", type=int, help="at most this many organisations")
    command.add_argument("--json", action="store_true")
    add_on(command, ACT_ON)


def _tick(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import judging

    on, at = acting_at(args)
    progress = None if args.json or not sys.stderr.isatty() else _progress
    with _pulse("tick", whole=args.limit is None and args.on is None) as pulse:
        outcome = judging.tick(on=on, at=at, limit=args.limit, progress=progress, pulse=pulse)
    return told(outcome, args)


def _progress(index: int, of: int, organisation: Any) -> None:
    print(f"\r{index + 1}/{of} {organisation.name:<60.60}", end="", file=sys.stderr, flush=True)


def _accounts_command(commands: Commands) -> None:
    command = add_command(
        commands, "accounts", "Every account of an organisation: counts per verdict and reuse.", _accounts
    )
    command.add_argument("--organisation", required=True, help="slug or CBS code")
    command.add_argument("--json", action="store_true")
    add_on(command)


def _accounts(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import judging

    on, at = looking_at(args)
    organisation, today = organisation_of(args.organisation), today_and_now()[0]
    return told(judging.accounts(organisation, on=on, at=at, today=today), args)


def _questions_command(commands: Commands) -> None:
    command = add_command(commands, "next-questions", "What to ask first, and how many lines it settles.", _questions)
    command.add_argument("--organisation", required=True, help="slug or CBS code")
    command.add_argument("--account", help="only for this account")
    command.add_argument("--role", help="who is asking: ciso, it_manager, ...")
    command.add_argument("--limit", type=int, default=20)
    command.add_argument("--json", action="store_true")
    add_on(command)


def _questions(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import judging

    on, _ = looking_at(args)
    organisation = organisation_of(args.organisation)
    return told(judging.questions(organisation, on=on, account=args.account, role=args.role, limit=args.limit), args)


def _demo_command(commands: Commands) -> None:
    command = add_command(commands, "demo", "Make the demo world in an empty database, and tell how to sign in.", _demo)
    command.add_argument("--json", action="store_true")
    add_on(command)


def _demo(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import demo

    on, at = looking_at(args)
    return told(demo.demo(on=on, at=at, today=today_and_now()[0]), args)
