"""The part of the command line about frameworks: ``import oscal FILE ...`` and ``norms diff OLD NEW``.

``import oscal`` without an organisation, and ``norms diff`` without one, need no database and make nothing.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import acting_at, add_on, database, looking_at, organisation_of, told, words

OSCAL = "oscal"


def add(commands: Any) -> None:
    """Lets ``import`` take ``oscal`` before its files; what it did with one file stays as it was."""
    command: argparse.ArgumentParser = commands.choices["import"]
    workbook: Callable[[argparse.Namespace], Any] = command.get_default("run")
    command.add_argument(
        "more", nargs="*", type=Path, metavar="FILE", help="after the word oscal: OSCAL files, read together"
    )
    command.add_argument(
        "--norm", default="", help="after oscal: the norm of numbers that a mapping does not name itself"
    )

    def run(args: argparse.Namespace) -> int:
        if args.file is not None and str(args.file) == OSCAL:
            if not args.more:
                command.error("import oscal needs a file")
            return _import(args)
        if args.more:
            command.error("one file at a time, or: import oscal FILE ...")
        return int(workbook(args) or 0)

    command.set_defaults(run=run)


def add_norms(inner: Any) -> None:
    """Adds ``norms diff`` beside ``norms check``."""
    text = "What another set of packs changes, and which verdicts would turn."
    command: argparse.ArgumentParser = inner.add_parser("diff", help=text, description=text)
    command.set_defaults(run=_diff)
    command.add_argument("old", type=Path, help="a folder with packs")
    command.add_argument("new", type=Path, help="the folder that would take its place")
    command.add_argument("--organisation", help="slug or CBS code: judge it by both")
    command.add_argument("--json", action="store_true")
    add_on(command)


def _import(args: argparse.Namespace) -> int:
    if args.organisation is None:
        words()
        from dijkwacht.commands import oscal
        from dijkwacht.norms.read import read_norms

        return int(told(oscal.show(args.more, norms=read_norms()), args))
    database()
    from dijkwacht.commands import frameworks

    on, at = acting_at(args)
    organisation = organisation_of(args.organisation)
    outcome = frameworks.keep(
        args.more, organisation=organisation, email=args.person, norm=args.norm, dry_run=args.dry_run, on=on, at=at
    )
    return int(told(outcome, args))


def _diff(args: argparse.Namespace) -> int:
    from dijkwacht.norms.read import read_norms

    old, new = read_norms(args.old), read_norms(args.new)
    if args.organisation is None:
        words()
        run = None
    else:
        database()
        from dijkwacht.apps.frameworks.queries.versions import would_turn

        on, _ = looking_at(args)
        run = would_turn(organisation_of(args.organisation), old, new, on=on)
    from dijkwacht.commands import oscal

    return int(told(oscal.difference(old, new, run=run), args))
