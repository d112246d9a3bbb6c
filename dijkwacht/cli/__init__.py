"""The command line: the outermost layer, where the clock is read and words are printed.

``judge``, ``norms``, ``clocks``, ``verify``, ``match``, ``requirements``, ``powers``, ``cascade``, ``exercise check``,
``landscape``, ``statement disclose`` and ``import oscal`` without an organisation need no database; the others make what is
missing (data folder, database, keys).
"""

import argparse
import sys
from pathlib import Path

from dijkwacht import __version__
from dijkwacht.cli import (
    advisories,
    backup,
    cascade,
    covenant,
    crime,
    doctor,
    engine,
    ensia,
    exercises,
    incidents,
    landscape,
    ledger,
    matching,
    monitoring,
    perimeter,
    powers,
    register,
    requirements,
    statements,
    suppliers,
    watching,
    what_if,
)
from dijkwacht.cli.common import TROUBLE, CommandError

__all__ = ["CommandError", "main"]


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 is well, 1 is a finding (a broken chain, a wrong pack), 2 is trouble."""
    args = _parsed(arguments)
    try:
        return int(args.run(args) or 0)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("dijkwacht: stopped", file=sys.stderr)
        return TROUBLE
    except Exception as error:
        if args.traceback:
            raise
        print(f"dijkwacht {args.command}: {_one_line(error)}", file=sys.stderr)
        return TROUBLE


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    """The arguments; files after ``import oscal`` may stand on both sides of an option, which argparse alone refuses."""
    parser = _parser()
    args, rest = parser.parse_known_args(arguments)
    if rest and args.command == "import" and not any(each.startswith("-") for each in rest):
        args.more += [Path(each) for each in rest]
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return args


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or "no further word"
    known = isinstance(error, CommandError) or type(error).__module__.startswith("dijkwacht.")
    return text if known else f"{type(error).__name__}: {text} (--traceback tells where)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dijkwacht", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--traceback", action="store_true", help="show where trouble came from")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parts = (
        engine, ledger, statements, ensia, perimeter, watching, matching, register, incidents, monitoring, advisories,
        requirements, suppliers, what_if, powers, cascade, crime, exercises, landscape, covenant, backup, doctor,
    )  # fmt: skip
    for part in parts:
        part.add(commands)
    return parser
