"""``requirements``: what to ask of a supplier in a tender, without a database."""

import argparse
from datetime import date
from pathlib import Path

from dijkwacht.cli.common import CommandError, Commands, add_command, add_on, today_and_now, told, words

LANGUAGES = ("nl", "en")


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    text = "Security requirements for a tender, by what is bought, each once."
    command = add_command(commands, "requirements", text, _requirements)
    command.add_argument("--parts", required=True, metavar="ID,ID", help="what is bought, such as cloud,personal_data")
    command.add_argument(
        "--context",
        default="",
        metavar="ID=yes,ID=no",
        help="answers about the tender; what is not answered leaves nothing out",
    )
    command.add_argument("--organisation", default="", metavar="NAME", help="who asks, as it stands on the paper")
    command.add_argument("--title", default="", help="of the paper (default: named after what is bought)")
    command.add_argument("--out", type=Path, metavar="FILE", help="write it: .ods to be filled in, .odt, .pdf or .json")
    command.add_argument("--lang", choices=LANGUAGES, help="language of the words (default: DIJKWACHT_LANGUAGE or nl)")
    command.add_argument("--json", action="store_true")
    add_on(command, "the day on the paper (default: today)")


def _requirements(args: argparse.Namespace) -> int:
    words()
    from django.utils import translation

    from dijkwacht.commands import requirements

    language = args.lang or str(translation.get_language()).partition("-")[0]
    on: date = args.on or today_and_now()[0]
    with translation.override(language):
        try:
            outcome = requirements.chosen(
                args.parts, context=args.context, organisation=args.organisation, title=args.title, on=on,
                language=language if language in LANGUAGES else "nl", out=args.out,
            )  # fmt: skip
        except ValueError as error:
            raise CommandError(str(error)) from None
        return told(outcome, args)
