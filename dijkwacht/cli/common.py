"""What every command shares: how it is added, what day it is, which database, and how the outcome is told."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from dijkwacht.core.days import parse_day

TROUBLE, BROKEN = 2, 1
ACT_ON = "act as on this day (default: today); another day needs a time machine"
Commands = Any  # argparse keeps the type of add_subparsers() to itself


class CommandError(Exception):
    """Trouble that ends a command, as one clear line."""


def add_command(
    commands: Commands, name: str, text: str, run: Callable[[argparse.Namespace], Any]
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def a_day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day as YYYY-MM-DD was expected, not {text!r}") from None


def a_moment(text: str) -> datetime:
    """A day, which is its beginning, or a moment; without a zone it is that of the organisation."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"a day or moment as YYYY-MM-DD or YYYY-MM-DDTHH:MM was expected, not {text!r}"
        ) from None


def print_json(data: Any) -> None:
    # A match of a country is a hundred megabytes: the standard library would take a minute over it.
    print(msgspec.json.format(msgspec.json.encode(data), indent=2).decode())


def database() -> None:
    """Gets Django ready, and makes what is missing: data folder, secret key, tables."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dijkwacht.settings")
    import django
    from django.db import OperationalError

    from dijkwacht.commands.preparing import prepare

    django.setup()
    try:
        prepare()
    except OperationalError as error:
        raise CommandError(f"no database: {error}") from None


def words() -> None:
    """Gets texts ready without settings of an installation: no data folder, no key, no database is made."""
    import os

    import django
    from django.conf import settings

    if not settings.configured:
        language = os.environ.get("DIJKWACHT_LANGUAGE") or "nl"
        locale = Path(__file__).resolve().parents[1] / "web" / "locale"
        settings.configure(
            LANGUAGE_CODE=language, USE_I18N=True, USE_TZ=True, TIME_ZONE="Europe/Amsterdam", LOCALE_PATHS=[locale]
        )
        django.setup()


def today_and_now() -> tuple[date, datetime]:
    """Today and now, in the zone of the organisation."""
    from django.utils.timezone import localtime, now

    at = localtime(now())
    return at.date(), at


def looking_at(args: argparse.Namespace) -> tuple[date, datetime]:
    """The day and the moment on which the command looks: now, unless a day is given."""
    today, at = today_and_now()
    on = args.on or today
    return on, at.replace(year=on.year, month=on.month, day=on.day)


def acting_at(args: argparse.Namespace) -> tuple[date, datetime]:
    """The same for a command that writes: on another day than today only where there is a time machine.

    What is written for a day that has yet to come would stand there today, and the trail would tell of a day that was not.
    """
    from dijkwacht.web import clock

    today, _ = today_and_now()
    if args.on not in (None, today) and not clock.allowed():
        raise CommandError(f"this writes, so only on today ({today}); DIJKWACHT_TIME_MACHINE=1 allows another day")
    return looking_at(args)


def add_on(command: argparse.ArgumentParser, text: str = "look as on this day (default: today)") -> None:
    command.add_argument("--on", type=a_day, help=text)


def organisation_of(slug: str) -> Any:
    from dijkwacht.apps.people.models import Organisation

    found = Organisation.objects.filter(slug=slug).first() or Organisation.objects.filter(cbs_code=slug).first()
    if found is None:
        raise CommandError(f"no organisation {slug}")
    return found


def told(outcome: Any, args: argparse.Namespace) -> int:
    if args.json:
        print_json(outcome.data)
    else:
        for line in outcome.lines:
            print(line)
    return 0 if outcome.well else BROKEN
