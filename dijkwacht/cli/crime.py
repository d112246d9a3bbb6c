"""``crime import``, ``picture``, ``refer``: public tables on cybercrime, what they tell of a place; where a victim turns to."""

import argparse
from pathlib import Path

from dijkwacht.cli.common import (
    ACT_ON,
    CommandError,
    Commands,
    a_day,
    acting_at,
    add_command,
    add_on,
    database,
    organisation_of,
    told,
    words,
)


def add(commands: Commands) -> None:
    """Adds them to the commands."""
    text = "Cybercrime in figures: public tables from stored files, and the picture of a municipality."
    whole: argparse.ArgumentParser = commands.add_parser("crime", help=text, description=text)
    parts = whole.add_subparsers(dest="part", required=True, metavar="PART")
    bring = add_command(parts, "import", "Takes a table over: a file, folder or zip, whole or not at all.", _import)
    bring.add_argument("source", metavar="FILE|FOLDER", type=Path)
    bring.add_argument("--org", metavar="ORG", help="in whose trail it is told (default: the only organisation)")
    bring.add_argument("--table", default="", metavar="ID", help="which table it is, if the files do not tell")
    bring.add_argument(
        "--fetched", type=a_day, metavar="DAY", help="when it was fetched (default: the date of the file)"
    )
    bring.add_argument(
        "--column", action="append", default=[], metavar="MEASURE=COLUMN",
        help="which column holds a measure, if it has another name",
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help="only tell what it would do")
    bring.add_argument("--json", action="store_true")
    add_on(bring, ACT_ON)
    picture = add_command(parts, "picture", "What the tables tell of a municipality, with how sure it is.", _picture)
    picture.add_argument("--municipality", metavar="CODE", required=True, help="its code, such as GM0000")
    picture.add_argument("--area", action="append", default=[], metavar="SIZE=CODE",
                         help="a larger area that it lies in: team, district, unit or province")  # fmt: skip
    picture.add_argument("--json", action="store_true")
    refer = add_command(parts, "refer", "Whom a victim turns to, in which order. Keeps nothing.", _refer)
    refer.add_argument("--answers", default="", metavar="QUESTION=ANSWER,...", help="what the victim answered")
    refer.add_argument("--json", action="store_true")


def _import(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.apps.people.models import Organisation
    from dijkwacht.commands import crime

    _on, at = acting_at(args)
    organisation = organisation_of(args.org) if args.org else None
    if organisation is None and not args.dry_run:
        if Organisation.objects.count() != 1:
            raise CommandError("say with --org in whose trail this is told")
        organisation = Organisation.objects.get()
    outcome = crime.bring(
        args.source, organisation=organisation, table=args.table, fetched_on=args.fetched, chosen=_pairs(args.column),
        dry_run=args.dry_run, at=at,
    )  # fmt: skip
    return told(outcome, args)


def _picture(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import crime

    return told(crime.picture(args.municipality.strip().upper(), areas=_pairs(args.area)), args)


def _refer(args: argparse.Namespace) -> int:
    words()
    from dijkwacht.commands import crime_refer

    said = [each.strip() for each in args.answers.split(",") if each.strip()]
    return told(crime_refer.refer([(name.strip(), value.strip()) for name, _sign, value in map(_parted, said)]), args)


def _parted(said: str) -> tuple[str, str, str]:
    return said.partition("=")


def _pairs(said: list[str]) -> dict[str, str]:
    found = [each.partition("=") for each in said]
    if wrong := next((name for name, _sign, value in found if not value), ""):
        raise CommandError(f"{wrong}: a name, = and a value were expected")
    return {name.strip(): value.strip() for name, _sign, value in found}
