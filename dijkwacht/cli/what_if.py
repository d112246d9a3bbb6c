"""``what-if``: what stops when a supplier stops, over one register or over all that are shared with its organisation."""

import argparse

from dijkwacht.cli.common import (
    CommandError,
    Commands,
    add_command,
    add_on,
    database,
    looking_at,
    organisation_of,
    today_and_now,
    told,
)

SCOPES = ("own", "shared")


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(
        commands, "what-if", "What stops when a supplier stops, after how many hours, through what.", _run
    )
    command.add_argument("what", choices=("supplier",), help="what stops")
    command.add_argument(
        "id", nargs="+", help="its KvK number, your own number of it or the number of its row; several stop at once"
    )
    command.add_argument("--org", metavar="SLUG", help="whose register (default: the only one that has one)")
    command.add_argument(
        "--scope", choices=SCOPES, default="own", help="only this register, or also those shared with it"
    )
    add_on(command)
    command.add_argument("--json", action="store_true")


def _run(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import what_if

    try:
        organisation = organisation_of(args.org) if args.org else what_if.only_one()
        (on, _), (today, _) = looking_at(args), today_and_now()
        return told(what_if.what_if(organisation, args.id, shared=args.scope == "shared", on=on, today=today), args)
    except what_if.NotFound as error:
        raise CommandError(str(error)) from None
