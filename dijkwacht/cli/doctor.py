"""``doctor``: what is wrong with this installation, and what to do. Makes and changes no tables."""

import argparse
import os

from dijkwacht.cli.common import Commands, add_command, print_json, today_and_now


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(
        commands, "doctor", "Look at the whole installation, and say what to do about what is wrong.", _doctor
    )
    command.add_argument("--full", action="store_true", help="follow every trail, with all rows and files (minutes)")
    command.add_argument("--mail", action="store_true", help="connect to the mail server too; nothing is sent")
    command.add_argument("--network", action="store_true", help="ask the resolver of DIJKWACHT_RESOLVER too")
    command.add_argument("--json", action="store_true")


def _doctor(args: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkwacht.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, OSError) as error:
        return _no_settings(args, error)
    from dijkwacht.commands.doctor import Asked, examine
    from dijkwacht.commands.findings import exit_code

    asked = Asked(args.full, args.mail, args.network, os.environ.get("DIJKWACHT_RESOLVER") or "")
    outcome, found = examine(asked, at=today_and_now()[1])
    if args.json:
        print_json(outcome.data)
    else:
        print("\n".join(outcome.lines))
    return exit_code(found)


def _no_settings(args: argparse.Namespace, error: Exception) -> int:
    """The settings themselves are what is wrong, so there is nothing to look at the rest with."""
    from django.utils.translation import gettext as _

    from dijkwacht.cli.common import words
    from dijkwacht.commands.findings import Finding, Level, count, exit_code, lines

    words()
    do = _("docs/settings.md describes every setting.")
    found = [Finding("settings", Level.WRONG, " ".join(str(error).split()), do)]
    if args.json:
        print_json({"findings": [each.data() for each in found], "counts": count(found)})
    else:
        print("\n".join(lines(found)))
    return exit_code(found)
