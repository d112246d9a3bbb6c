"""``powers``: what may be done on these facts, and what not, without a database."""

import argparse
from pathlib import Path

from dijkwacht.cli.common import CommandError, Commands, add_command, add_on, today_and_now, told, words

LANGUAGES = ("nl", "en")


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(commands, "powers", "What an office holder may do on these facts, and what not.", _powers)
    command.add_argument(
        "--facts", type=Path, required=True, metavar="FILE", help="YAML or JSON: a mapping of facts to answers"
    )
    add_on(command, "the day on which the law is read (default: today)")
    command.add_argument("--lang", choices=LANGUAGES, help="language of the words (default: DIJKWACHT_LANGUAGE or nl)")
    command.add_argument("--json", action="store_true")


def _powers(args: argparse.Namespace) -> int:
    words()
    from django.utils import translation

    from dijkwacht.commands import powers

    with translation.override(args.lang or translation.get_language()):
        try:
            return told(powers.weighed(powers.facts_in(args.facts), on=args.on or today_and_now()[0]), args)
        except powers.WrongFacts as error:
            raise CommandError(str(error)) from None
