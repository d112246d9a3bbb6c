"""``advisories``: fetching what is new, files and public lists by hand, the sources. Only ``fetch`` uses the network."""

import argparse
import sys
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import CommandError, Commands, add_command, database, organisation_of, today_and_now, told

LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    text = "Security advisories: fetching, files and lists by hand, the sources."
    whole: argparse.ArgumentParser = commands.add_parser("advisories", help=text, description=text)
    parts = whole.add_subparsers(dest="part", required=True, metavar="PART")
    _fetch_part(add_command(parts, "fetch", "Fetch what is new from every source that is due.", _fetch))
    taken = add_command(parts, "add", "Take in files: CSAF or CVE records as JSON, or a ZIP of them.", _add)
    taken.add_argument("files", nargs="+", type=Path)
    taken.add_argument("--tlp", choices=LABELS, help="how far whoever gave them lets them be passed on")
    lists = add_command(parts, "lists", "Take over public lists of weaknesses.", _lists)
    lists.add_argument("--kev", type=Path, help="what is being used: JSON of CISA")
    lists.add_argument("--epss", type=Path, help="how likely use is: CSV of FIRST, also packed")
    lists.add_argument(
        "--ssvc", type=Path, nargs="+", default=[], help="records of the CVE list with what CISA decided on"
    )
    sources = add_command(parts, "sources", "How the sources go; with --where or --folder: add one.", _sources)
    sources.add_argument("--name", help="of a source to add")
    sources.add_argument("--where", help="its domain, or the address of its provider-metadata.json")
    sources.add_argument(
        "--folder", type=Path, help="a folder on this server with a mirror of a publisher, or just files"
    )
    sources.add_argument(
        "--passes-on", action="store_true", help="it passes on documents of others (an aggregator, a mirror)"
    )
    sources.add_argument("--must", choices=("hash", "signature"), action="append", default=[], help="what is demanded")
    sources.add_argument("--tlp", choices=LABELS, default="", help="label of the source")
    for part in (taken, lists, sources):
        part.add_argument("--organisation", required=True, help="slug or CBS code")
        part.add_argument("--json", action="store_true")


def _fetch_part(command: argparse.ArgumentParser) -> None:
    command.add_argument("--organisation", help="slug or CBS code (default: of every desk)")
    command.add_argument("--source", default="", help="name of a source to fetch from now, due or not")
    command.add_argument(
        "--inside", action="append", default=[], metavar="NETWORK",
        help="a network of your own that may be reached, such as 10.1.0.0/16; by default no address inside is",
    )  # fmt: skip
    command.add_argument("--ca", type=Path, help="authorities to trust: PEM (default: those of this system)")
    command.add_argument("--json", action="store_true")


def _fetch(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import advisories

    organisation = organisation_of(args.organisation) if args.organisation else None
    fetches = advisories.https(inside=args.inside, ca=args.ca)
    return told(
        advisories.fetch(organisation=organisation, name=args.source, fetches=fetches, at=_now(), tell=_progress), args
    )


def _progress(provider: Any, done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        print(f"{provider.name}: {done} of {total}", file=sys.stderr)


def _add(args: argparse.Namespace) -> int:
    database()
    from dijkwacht.commands import advisories

    return told(
        advisories.add(args.files, organisation=organisation_of(args.organisation), tlp=args.tlp, at=_now()), args
    )


def _lists(args: argparse.Namespace) -> int:
    if not (args.kev or args.epss or args.ssvc):
        raise CommandError("lists needs --kev, --epss or --ssvc")
    database()
    from dijkwacht.commands import advisories

    organisation = organisation_of(args.organisation)
    return told(
        advisories.take_lists(organisation=organisation, kev=args.kev, epss=args.epss, ssvc=args.ssvc, at=_now()), args
    )


def _sources(args: argparse.Namespace) -> int:
    if args.where and args.folder:
        raise CommandError("--where and --folder do not go together")
    if bool(args.where or args.folder) != bool(args.name):
        raise CommandError("a source to add needs --name, and --where or --folder")
    database()
    from dijkwacht.commands import advisories

    organisation = organisation_of(args.organisation)
    if not args.name:
        return told(advisories.sources(organisation), args)
    where = str(args.folder.resolve()) if args.folder else args.where
    options = {"must": args.must, "tlp": args.tlp, "passes_on": args.passes_on, "at": _now()}
    return told(
        advisories.add_source(organisation, name=args.name, where=where, folder=bool(args.folder), **options), args
    )


def _now() -> Any:
    return today_and_now()[1]
