"""The commands ``ensia`` and ``quality``."""

import argparse
from typing import Any

from dijkwacht.cli.common import add_command, add_on, database, looking_at, organisation_of, told


def add(commands: Any) -> None:
    """Adds them to the commands."""
    command = add_command(commands, "ensia", "The ENSIA year of an organisation, line by line.", _ensia)
    command.add_argument("--organisation", required=True, help="slug or CBS code")
    command.add_argument("--year", type=int, help="the year that is accounted for (default: this one)")
    command.add_argument("--json", action="store_true")
    add_on(command)
    command = add_command(commands, "quality", "What is odd in the records, over all organisations at once.", _quality)
    command.add_argument("--organisation", help="slug or CBS code (default: all)")
    command.add_argument("--json", action="store_true")
    add_on(command)


def _ensia(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import ensia

    on, _ = looking_at(args)
    return told(ensia.ensia(organisation_of(args.organisation), year=args.year or on.year, on=on), args)


def _quality(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import ensia

    on, _ = looking_at(args)
    chosen = organisation_of(args.organisation) if args.organisation else None
    return told(ensia.check(on=on, organisation=chosen), args)
