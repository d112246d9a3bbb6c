"""``exercise check``: whether a script can be played, without a database."""

import argparse
from pathlib import Path

from dijkwacht.cli.common import Commands, add_command, told, words


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    group = commands.add_parser("exercise", help="Scripts of scenario sessions.")
    parts = group.add_subparsers(dest="part", required=True, metavar="PART")
    command = add_command(
        parts, "check", "Whether a file holds a script that can be played; else what is wrong.", _check
    )
    command.add_argument("file", type=Path, metavar="FILE", help="a script as YAML")
    command.add_argument("--json", action="store_true")


def _check(args: argparse.Namespace) -> int:
    words()
    from dijkwacht.commands import exercises

    return told(exercises.check(args.file), args)
