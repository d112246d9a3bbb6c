"""``match``: which advisories concern whom. CSAF documents and a register in, a list out; needs no database."""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from dijkwacht.cli.common import CommandError, Commands, add_command, told, words


def add(commands: Commands) -> None:
    """Adds it to the commands."""
    command = add_command(commands, "match", "Match advisories with a register of products.", _match)
    command.add_argument("--csaf", type=Path, required=True, help="a folder with CSAF documents, or one document")
    command.add_argument(
        "--register", type=Path, required=True, help="CSV: organisation, vendor, product, version, purl, cpe"
    )
    command.add_argument(
        "--aliases",
        type=Path,
        help="CSV of confirmed aliases: from_vendor, from_product, to_vendor, to_product, who, when",
    )
    command.add_argument("--json", action="store_true")


def _match(args: argparse.Namespace) -> int:
    words()
    from dijkwacht.commands import matching, matching_files
    from dijkwacht.core.advisories.naming import NO_ALIASES
    from dijkwacht.web.advisory_words import row_sentence

    if not args.csaf.exists():
        raise CommandError(f"{args.csaf}: there is no such folder or file")
    with matching.unswept():
        aliases = _read(args.aliases, matching_files.read_aliases) if args.aliases else NO_ALIASES
        register = _read(args.register, matching_files.read_register)
        for each in (*register.left_out, *register.noted):
            _tell(f"{args.register.name}: {row_sentence(each.code, each.params)}")
        gathered = matching.gather(args.csaf, tell=_tell)
        for line in matching.told_unread(gathered):
            _tell(line)
        outcome = matching.match(
            gathered, register.assets, aliases=aliases, well=not register.left_out, lines=not args.json, tell=_tell
        )
    return told(outcome, args)


def _read(path: Path, reader: Any) -> Any:
    """What is in a file of ours; trouble with it is one line with the file and the row."""
    from dijkwacht.adapters.limits import TableError
    from dijkwacht.commands.matching_files import FileError
    from dijkwacht.web.advisory_words import row_sentence
    from dijkwacht.web.import_words import error_sentence

    try:
        return reader(path, clock=time.monotonic)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except TableError as error:
        raise CommandError(f"{path}: {error_sentence(error.problem)}") from None
    except FileError as error:
        raise CommandError(f"{path}: {row_sentence(error.trouble.code, error.trouble.params)}") from None


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
