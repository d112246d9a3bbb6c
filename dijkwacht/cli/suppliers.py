"""``suppliers``: the register of suppliers of an organisation."""

import argparse
from pathlib import Path

from dijkwacht.cli.common import CommandError, Commands, add_command, database, organisation_of, today_and_now, told


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    text = "The register of suppliers of an organisation."
    group = commands.add_parser("suppliers", help=text, description=text)
    parts = group.add_subparsers(dest="part", required=True, metavar="PART")
    command = add_command(
        parts, "import", "Take a file with suppliers over in the register, all of it or nothing.", _import
    )
    command.add_argument("organisation", metavar="ORG", help="slug or CBS code")
    command.add_argument(
        "file", type=Path, help="CSV, XLSX or ODS: a list of suppliers, a contract register, or a GEMMA export"
    )
    command.add_argument("--form", help="register or gemma (default: as the file shows)")
    command.add_argument("--dry-run", action="store_true", help="only tell what it would change")
    command.add_argument("--json", action="store_true")


def _import(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.apps.suppliers.services.importing import FORMS
    from dijkwacht.commands import suppliers

    if args.form and args.form not in FORMS:
        raise CommandError(f"no form {args.form}; there are {', '.join(FORMS)}")
    _on, at = today_and_now()
    outcome = suppliers.bring(
        args.file, organisation=organisation_of(args.organisation), form=args.form or "", dry_run=args.dry_run, at=at
    )
    return told(outcome, args)
