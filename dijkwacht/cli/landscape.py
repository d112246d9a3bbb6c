"""``landscape``: what is missing, double or old in who does what, in the pack or in the landscape of an organisation."""

import argparse
import os

from dijkwacht.cli.common import Commands, add_command, add_on, database, looking_at, organisation_of, told, words


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(commands, "landscape", "Who does what: gaps, overlaps and what is old, with reasons.", _run)
    command.add_argument("--gaps", action="store_true", help="places where somebody lacks")
    command.add_argument("--overlaps", action="store_true", help="where several do alike")
    command.add_argument("--stale", action="store_true", help="cells that are old or whose basis was not read")
    command.add_argument("--org", metavar="ORG", help="as this organisation reads it (default: the pack of the house)")
    add_on(command)
    command.add_argument("--json", action="store_true")


def _run(args: argparse.Namespace) -> int:
    if args.org:
        database()
    else:
        words()
    from dijkwacht.commands import landscape
    from dijkwacht.norms.landscape import landscape_pack

    held = landscape_pack().landscape
    if args.org:
        from dijkwacht.apps.landscape.queries.cells import landscape_of

        held = landscape_of(organisation_of(args.org))
    on, _at = looking_at(args)
    parts = [part for part in landscape.PARTS if getattr(args, part)]
    language = os.environ.get("DIJKWACHT_LANGUAGE") or "nl"
    return told(landscape.landscape(held, parts=parts, on=on, language=language if language == "en" else "nl"), args)
