"""``clocks``: when a legal term ends and why, without a database."""

import argparse

from dijkwacht.cli.common import CommandError, Commands, add_command, told, words

LANGUAGES = ("nl", "en")


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(commands, "clocks", "When a legal term ends, and why, step by step.", _clocks)
    command.add_argument("--list", action="store_true", help="every clock with its article and term")
    command.add_argument("--area", help="with --list: only those of this area, such as incidents")
    command.add_argument("--rule", metavar="ID", help="the clock, such as cbw-26")
    command.add_argument(
        "--start", metavar="ISO", help="when it starts: a moment with its zone, 2026-11-24T09:15:00+01:00"
    )
    command.add_argument(
        "--designated", metavar="ISO", help="when the organisation was designated as a critical entity"
    )
    command.add_argument("--given", metavar="ISO", help="the term that was set by whoever asked for a report")
    command.add_argument(
        "--meeting",
        metavar="ISO=PRESENT/SEATS",
        action="append",
        default=[],
        help="a council meeting; may be given more often",
    )
    command.add_argument("--lang", choices=LANGUAGES, help="language of the words (default: DIJKWACHT_LANGUAGE or nl)")
    command.add_argument("--json", action="store_true")


def _clocks(args: argparse.Namespace) -> int:
    words()
    from django.utils import translation

    from dijkwacht.commands import clocks

    if args.list == bool(args.rule) or bool(args.rule) != bool(args.start) or (args.area and not args.list):
        raise CommandError("clocks needs --rule ID with --start ISO, or --list (with --area AREA or without)")
    with translation.override(args.lang or translation.get_language()):
        try:
            if args.list:
                return told(clocks.listed(area=args.area), args)
            found = clocks.reckoned(
                args.rule, args.start, designated=args.designated, meetings=args.meeting, given=args.given
            )
        except ValueError as error:
            raise CommandError(str(error)) from None
        return told(found, args)
