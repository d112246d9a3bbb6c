"""``backup`` and ``restore``: for the operator of the machine. Neither makes or changes tables before it has looked."""

import argparse
import sys
from pathlib import Path

from dijkwacht.cli.common import Commands, add_command, today_and_now, told


def add(commands: Commands) -> None:
    """Adds them to the commands."""
    backup = add_command(commands, "backup", "Copy database and files into one file, while the site goes on.", _backup)
    backup.add_argument("--out", type=Path, required=True, help="the file to write; it must not be there yet")
    keys = backup.add_mutually_exclusive_group(required=True)
    keys.add_argument("--keys-out", type=Path, help="where the keys go: another file, kept elsewhere")
    keys.add_argument("--without-keys", action="store_true", help="leave the keys out: you keep them otherwise")
    backup.add_argument("--json", action="store_true")
    restore = add_command(commands, "restore", "Put a backup back in an empty place, and follow every trail.", _restore)
    restore.add_argument("file", type=Path)
    restore.add_argument("--keys", type=Path, help="the file with keys")
    restore.add_argument("--json", action="store_true")


def _backup(args: argparse.Namespace) -> int:
    _ready()
    from django.conf import settings

    from dijkwacht.commands.backup import backup
    from dijkwacht.pulse import Pulse

    at = today_and_now()[1]
    with Pulse("backup", at=at, folder=settings.DATA_DIR) as pulse:
        outcome = backup(args.out, keys=args.keys_out, at=at, told=_progress(args))
        pulse.well = outcome.well
    return told(outcome, args)


def _restore(args: argparse.Namespace) -> int:
    _ready()
    from dijkwacht.commands.restoring import Asked, restore

    on, at = today_and_now()
    return told(restore(Asked(args.file, args.keys), on=on, at=at, told=_progress(args)), args)


def _ready() -> None:
    """Gets Django ready and leaves the database as it is: a backup before an upgrade must be of what was there before it."""
    import os
    import signal

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkwacht.settings")
    import django

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # then too nothing half-made is left behind
    django.setup()


class _progress:  # noqa: N801 - used as a function
    """Says on stderr how far it is: on a screen on one line, otherwise only what begins, and nothing with --json."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._quiet, self._screen = args.json, sys.stderr.isatty()

    def __call__(self, text: str) -> None:
        if self._quiet:
            return
        if self._screen:
            print(f"\r{text:<60.60}", end="", file=sys.stderr, flush=True)
        elif text.endswith("..."):
            print(text, file=sys.stderr, flush=True)
