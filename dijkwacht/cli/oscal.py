"""The part of the command line about frameworks: ``import oscal FILE ...`` and ``norms diff OLD NEW``.

``import oscal`` without an organisation, and ``norms diff`` without one, need no database and make nothing.
"""

import argparse
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import acting_at, add_command, add_on, database, looking_at, organisation_of, told, words


def add_norms(inner: Any) -> None:
    """Adds ``norms diff`` beside ``norms check``."""
    text = "What another set of packs changes, and which verdicts would turn."
    command = add_command(inner, "diff", text, _diff)
    command.add_argument("old", type=Path, help="a folder with packs")
    command.add_argument("new", type=Path, help="the folder that would take its place")
    command.add_argument("--organisation", help="slug or CBS code: judge it by both")
    command.add_argument("--json", action="store_true")
    add_on(command)


def import_oscal(args: argparse.Namespace) -> int:
    """``import oscal``: says what the files hold; with an organisation it is kept."""
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
