"""``covenant``: the stand of what was agreed, the evaluation file and the investment agenda of an organisation."""

import argparse
import os
from typing import Any

from dijkwacht.cli.common import (
    CommandError,
    Commands,
    add_command,
    add_on,
    database,
    looking_at,
    organisation_of,
    told,
)


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(commands, "covenant", "What the covenant accounts for, with reasons and sources.", _run)
    command.add_argument("part", choices=("stand", "evaluation", "agenda"))
    command.add_argument("--org", metavar="ORG", help="of this organisation (default: the only one there is)")
    add_on(command)
    command.add_argument("--json", action="store_true")


def _run(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands.covenant import covenant

    on, _at = looking_at(args)
    language = os.environ.get("DIJKWACHT_LANGUAGE") or "nl"
    found = covenant(
        organisation_of(args.org) if args.org else _only(),
        part=args.part,
        on=on,
        language=language if language == "en" else "nl",
    )
    return told(found, args)


def _only() -> Any:
    from dijkwacht.apps.people.models import Organisation

    found = list(Organisation.objects.all()[:2])
    if len(found) != 1:
        raise CommandError("there are several organisations, or none: name one with --org")
    return found[0]
