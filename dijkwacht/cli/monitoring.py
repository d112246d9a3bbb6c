"""``monitoring import``: takes a report of a monitoring service over into the register of incidents."""

import argparse
from pathlib import Path

from dijkwacht.cli.common import ACT_ON, Commands, acting_at, add_command, add_on, database, organisation_of, told


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    text = "Reports of a monitoring service (SOC, MDR)."
    whole: argparse.ArgumentParser = commands.add_parser("monitoring", help=text, description=text)
    parts = whole.add_subparsers(dest="part", required=True, metavar="PART")
    bring = add_command(
        parts, "import", "Takes a report over: CSV, Excel, ODS, JSON or a STIX 2.1 bundle; all or nothing.", _import
    )
    bring.add_argument("organisation", help="its slug or CBS code")
    bring.add_argument("file", type=Path)
    bring.add_argument("--service", default="", help="which service reports, if the file does not tell")
    bring.add_argument("--first", metavar="DAY", help="first day of the period, if the file does not tell")
    bring.add_argument("--last", metavar="DAY", help="last day of the period")
    bring.add_argument("--zone", default="Europe/Amsterdam", help="zone of moments without one (default: %(default)s)")
    bring.add_argument("--dry-run", action="store_true", help="only tell what it would do")
    bring.add_argument("--json", action="store_true")
    add_on(bring, ACT_ON)


def _import(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import monitoring

    _on, at = acting_at(args)
    given = monitoring.given(args.service, first=args.first, last=args.last, zone=args.zone)
    outcome = monitoring.bring(
        args.file, organisation=organisation_of(args.organisation), given=given, dry_run=args.dry_run, at=at
    )
    return told(outcome, args)
