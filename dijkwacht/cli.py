"""The command line: the outermost layer, where the clock is read and words are printed.

``judge`` and ``norms check`` need no database; the others make what is missing (data folder, database, keys).
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dijkwacht import __version__
from dijkwacht.core.days import parse_day

TROUBLE, BROKEN = 2, 1


class CommandError(Exception):
    """Trouble that ends a command, as one clear line."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 is well, 1 is a finding (a broken chain, a wrong pack), 2 is trouble."""
    args = _parser().parse_args(arguments)
    try:
        return int(args.run(args) or 0)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("dijkwacht: stopped", file=sys.stderr)
        return TROUBLE
    except Exception as error:
        if args.traceback:
            raise
        print(f"dijkwacht {args.command}: {_one_line(error)}", file=sys.stderr)
        return TROUBLE


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or "no further word"
    known = isinstance(error, CommandError) or type(error).__module__.startswith("dijkwacht.")
    return text if known else f"{type(error).__name__}: {text} (--traceback tells where)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dijkwacht", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--traceback", action="store_true", help="show where trouble came from")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _judge_command(commands)
    _norms_command(commands)
    for add in _DATABASE_COMMANDS:
        add(commands)
    return parser


Commands = Any  # argparse keeps the type of add_subparsers() to itself


def _command(
    commands: Commands, name: str, text: str, run: Callable[[argparse.Namespace], Any]
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day as YYYY-MM-DD was expected, not {text!r}") from None


# -- without a database ------------------------------------------------------------------------------
def _judge_command(commands: Commands) -> None:
    command = _command(commands, "judge", "Judge plain files: facts, subjects, a pack and questions.", _judge)
    command.add_argument("--facts", type=Path, required=True, help="facts.json")
    command.add_argument("--subjects", type=Path, required=True, help="subjects.json")
    command.add_argument("--pack", type=Path, required=True, help="a folder with facts.yaml and criteria.yaml")
    command.add_argument("--questions", type=Path, required=True, help="questions.json")
    command.add_argument("--json", action="store_true", help="print verdicts as JSON")


def _judge(args: argparse.Namespace) -> None:
    from dijkwacht.adapters.plain import judge_all, read_questions, read_world
    from dijkwacht.norms.read import read_pack

    norms = read_pack(args.pack)
    world = read_world(args.facts, args.subjects, norms)
    verdicts = judge_all(norms, world, read_questions(args.questions))
    if args.json:
        _print_json(verdicts)
        return
    for verdict in verdicts:
        stale = f", until {verdict['stale_at']}" if verdict["stale_at"] else ""
        print(
            f"{verdict['requirement']} {verdict['subject']}: {verdict['status']} ({verdict['assurance'] or '-'}{stale})"
        )
        for reason in verdict["reasons"]:
            print("   ", *(f"{key}={value}" for key, value in reason.items() if key != "params"))


def _norms_command(commands: Commands) -> None:
    norms: argparse.ArgumentParser = commands.add_parser("norms", help="The norm packs.")
    inner = norms.add_subparsers(dest="norms_command", required=True, metavar="COMMAND")
    check = _command(inner, "check", "Check every pack and print statistics.", _norms_check)
    check.add_argument("--root", type=Path, help="another folder with packs")
    check.add_argument("--json", action="store_true")


def _norms_check(args: argparse.Namespace) -> int:
    from dijkwacht.norms.read import check

    report = check(args.root)
    if args.json:
        problems = [{"file": p.file, "line": p.line, "message": p.message} for p in report.errors]
        statistics = report.statistics and asdict(report.statistics)
        _print_json({"problems": problems, "statistics": statistics})
    else:
        for problem in report.errors:
            print(problem)
        for line in report.statistics.report() if report.statistics else ():
            print(line)
    return BROKEN if report.errors else 0


def _print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    print()


# -- with a database ---------------------------------------------------------------------------------
def _database() -> None:
    """Gets Django ready, and makes what is missing: data folder, secret key, tables."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkwacht.settings")
    import django
    from django.db import OperationalError

    from dijkwacht.commands.preparing import prepare

    django.setup()
    try:
        prepare()
    except OperationalError as error:
        raise CommandError(f"no database: {error}") from None


def _moment(args: argparse.Namespace) -> tuple[date, datetime]:
    """The day and the moment on which the command acts: now, unless a day is given."""
    from django.utils.timezone import localtime, now

    at = localtime(now())
    if args.on is not None:
        at = at.replace(year=args.on.year, month=args.on.month, day=args.on.day)
    return at.date(), at


def _on(command: argparse.ArgumentParser) -> None:
    command.add_argument("--on", type=_day, help="act as on this day (default: today)")


def _organisation(slug: str) -> Any:
    from dijkwacht.apps.people.models import Organisation

    found = Organisation.objects.filter(slug=slug).first() or Organisation.objects.filter(cbs_code=slug).first()
    if found is None:
        raise CommandError(f"no organisation {slug}")
    return found


def _import_command(commands: Commands) -> None:
    command = _command(
        commands, "import", "Import a workbook or an audit of CISO Assistant; all of it or nothing.", _import
    )
    command.add_argument("file", type=Path, nargs="?", help="XLSX, ODS or CSV")
    command.add_argument("--organisation", help="slug or CBS code")
    command.add_argument("--person", help="e-mail address of who imports")
    command.add_argument("--library", type=Path, help="YAML library of CISO Assistant that goes with the audit")
    command.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
    command.add_argument("--municipalities", action="store_true", help="instead: the register of 342 municipalities")
    command.add_argument("--json", action="store_true")
    _on(command)


def _import(args: argparse.Namespace) -> int:
    _database()
    from dijkwacht.commands import importing

    if args.municipalities:
        return _told(importing.municipalities(), args)
    if args.file is None or args.organisation is None:
        raise CommandError("a file and --organisation are needed (or --municipalities)")
    on, at = _moment(args)
    try:
        library = args.library.read_bytes() if args.library else None
    except OSError as error:
        raise CommandError(f"{args.library.name}: {error.strerror}") from None
    outcome = importing.workbook(
        args.file, organisation=_organisation(args.organisation), email=args.person, library=library,
        dry_run=args.dry_run, on=on, at=at,
    )  # fmt: skip
    return _told(outcome, args)


def _told(outcome: Any, args: argparse.Namespace) -> int:
    if args.json:
        _print_json(outcome.data)
    else:
        for line in outcome.lines:
            print(line)
    return 0 if outcome.well else BROKEN


def _trail_command(commands: Commands) -> None:
    trail: argparse.ArgumentParser = commands.add_parser("trail", help="The trail of who did what.")
    inner = trail.add_subparsers(dest="trail_command", required=True, metavar="COMMAND")
    verify = _command(inner, "verify", "Follow every chain, and hold every fact and file against it.", _trail_verify)
    verify.add_argument("--organisation", help="slug or CBS code (default: all)")
    verify.add_argument("--json", action="store_true")


def _trail_verify(args: argparse.Namespace) -> int:
    _database()
    from dijkwacht.commands import verifying

    return _told(verifying.verify(_organisation(args.organisation) if args.organisation else None), args)


def _tick_command(commands: Commands) -> None:
    command = _command(commands, "tick", "Judge what time has made due.", _tick)
    command.add_argument("--limit", type=int, help="at most this many organisations")
    command.add_argument("--json", action="store_true")
    _on(command)


def _tick(args: argparse.Namespace) -> int:
    _database()
    from dijkwacht.commands import judging

    on, at = _moment(args)
    progress = None if args.json or not sys.stderr.isatty() else _progress
    return _told(judging.tick(on=on, at=at, limit=args.limit, progress=progress), args)


def _progress(index: int, of: int, organisation: Any) -> None:
    print(f"\r{index + 1}/{of} {organisation.name:<60.60}", end="", file=sys.stderr, flush=True)


def _accounts_command(commands: Commands) -> None:
    command = _command(
        commands, "accounts", "Every account of an organisation: counts per verdict and reuse.", _accounts
    )
    command.add_argument("--organisation", required=True, help="slug or CBS code")
    command.add_argument("--json", action="store_true")
    _on(command)


def _accounts(args: argparse.Namespace) -> int:
    _database()
    from dijkwacht.commands import judging

    on, at = _moment(args)
    return _told(judging.accounts(_organisation(args.organisation), on=on, at=at), args)


def _questions_command(commands: Commands) -> None:
    command = _command(commands, "next-questions", "What to ask first, and how many lines it settles.", _questions)
    command.add_argument("--organisation", required=True, help="slug or CBS code")
    command.add_argument("--account", help="only for this account")
    command.add_argument("--role", help="who is asking: ciso, it_manager, ...")
    command.add_argument("--limit", type=int, default=20)
    command.add_argument("--json", action="store_true")
    _on(command)


def _questions(args: argparse.Namespace) -> int:
    _database()
    from dijkwacht.commands import judging

    on, _ = _moment(args)
    organisation = _organisation(args.organisation)
    return _told(judging.questions(organisation, on=on, account=args.account, role=args.role, limit=args.limit), args)


def _demo_command(commands: Commands) -> None:
    command = _command(commands, "demo", "Make the demo world in an empty database, and tell how to sign in.", _demo)
    command.add_argument("--json", action="store_true")
    _on(command)


def _demo(args: argparse.Namespace) -> int:
    _database()
    from dijkwacht.commands import demo

    on, at = _moment(args)
    return _told(demo.demo(on=on, at=at), args)


_DATABASE_COMMANDS: tuple[Callable[[Commands], None], ...] = (
    _import_command, _trail_command, _tick_command, _accounts_command, _questions_command, _demo_command,
)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
