"""``register``: the product register of an organisation: a file into it, and what is in it."""

import argparse
import sys
from pathlib import Path

from dijkwacht.cli.common import CommandError, Commands, add_command, database, organisation_of, today_and_now, told


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    group = commands.add_parser(
        "register",
        help="The product register of an organisation.",
        description="The product register of an organisation.",
    )
    parts = group.add_subparsers(dest="part", required=True, metavar="PART")
    command = add_command(parts, "import", "Take a file with products over in the register.", _import)
    command.add_argument("file", type=Path, help="XLSX, ODS, CSV, or an SBOM in CycloneDX or SPDX")
    command.add_argument("--organisation", required=True, metavar="SLUG")
    command.add_argument("--form", help="ict_foto, cmdb, gemma, cyclonedx or spdx (default: as the file shows)")
    command.add_argument("--label", default="", help="which source it is, such as the application of an SBOM")
    command.add_argument(
        "--whose", default="", help="of a file that names several organisations: the one that is meant"
    )
    command.add_argument("--dry-run", action="store_true", help="only tell what it would change")
    command.add_argument("--json", action="store_true")
    command = add_command(parts, "list", "The products in the register.", _list)
    command.add_argument("--organisation", required=True, metavar="SLUG")
    command.add_argument("--json", action="store_true")


def _import(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.apps.advisories.services.register_file import FORMS
    from dijkwacht.commands import register

    if args.form and args.form not in FORMS:
        raise CommandError(f"no form {args.form}; there are {', '.join(FORMS)}")
    on, at = today_and_now()
    outcome = register.bring(
        args.file, organisation=organisation_of(args.organisation), form=args.form or "", label=args.label, whose=args.whose,
        dry_run=args.dry_run, on=on, at=at, tell=_tell,
    )  # fmt: skip
    return told(outcome, args)


def _list(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import register

    on, at = today_and_now()
    return told(register.listed(organisation_of(args.organisation), on=on, at=at), args)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
