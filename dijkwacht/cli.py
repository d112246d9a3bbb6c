"""The command line: the outermost layer, where the clock is read and words are printed.

``judge`` and ``norms check`` need no database; the others make what is missing (data folder, database, keys).
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from dijkwacht import __version__
from dijkwacht.core.days import parse_day

TROUBLE, BROKEN = 2, 1


class CommandError(Exception):
    """Trouble that ends a command, as one clear line."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 is well, 1 is a finding (a broken chain, a wrong pack), 2 is trouble."""
    args = _parser().parse_args(arguments)
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


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or "no further word"
    known = isinstance(error, CommandError) or type(error).__module__.startswith("dijkwacht.")
    return text if known else f"{type(error).__name__}: {text} (--traceback tells where)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dijkwacht", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--traceback", action="store_true", help="show where trouble came from")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _judge_command(commands)
    _norms_command(commands)
    for add in _DATABASE_COMMANDS:
        add(commands)
    return parser


Commands = Any  # argparse keeps the type of add_subparsers() to itself


def _command(
    commands: Commands, name: str, text: str, run: Callable[[argparse.Namespace], Any]
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day as YYYY-MM-DD was expected, not {text!r}") from None


# -- without a database ------------------------------------------------------------------------------
def _judge_command(commands: Commands) -> None:
    command = _command(commands, "judge", "Judge plain files: facts, subjects, a pack and questions.", _judge)
    command.add_argument("--facts", type=Path, required=True, help="facts.json")
    command.add_argument("--subjects", type=Path, required=True, help="subjects.json")
    command.add_argument("--pack", type=Path, required=True, help="a folder with facts.yaml and criteria.yaml")
    command.add_argument("--questions", type=Path, required=True, help="questions.json")
    command.add_argument("--json", action="store_true", help="print verdicts as JSON")


def _judge(args: argparse.Namespace) -> None:
    from dijkwacht.adapters.plain import judge_all, read_questions, read_world
    from dijkwacht.norms.read import read_pack

    norms = read_pack(args.pack)
    world = read_world(args.facts, args.subjects, norms)
    verdicts = judge_all(norms, world, read_questions(args.questions))
    if args.json:
        _print_json(verdicts)
        return
    for verdict in verdicts:
        stale = f", until {verdict['stale_at']}" if verdict["stale_at"] else ""
        print(
            f"{verdict['requirement']} {verdict['subject']}: {verdict['status']} ({verdict['assurance'] or '-'}{stale})"
        )
        for reason in verdict["reasons"]:
            print("   ", *(f"{key}={value}" for key, value in reason.items() if key != "params"))


def _norms_command(commands: Commands) -> None:
    norms: argparse.ArgumentParser = commands.add_parser("norms", help="The norm packs.")
    inner = norms.add_subparsers(dest="norms_command", required=True, metavar="COMMAND")
    check = _command(inner, "check", "Check every pack and print statistics.", _norms_check)
    check.add_argument("--root", type=Path, help="another folder with packs")
    check.add_argument("--json", action="store_true")


def _norms_check(args: argparse.Namespace) -> int:
    from dijkwacht.norms.check import check

    report = check(args.root)
    if args.json:
        problems = [{"file": p.file, "line": p.line, "message": p.message} for p in report.problems]
        _print_json({"problems": problems, "statistics": report.statistics})
    else:
        for problem in report.problems:
            print(f"{problem.file}:{problem.line}: {problem.message}")
        _print_statistics(report.statistics)
    return BROKEN if report.problems else 0


def _print_statistics(statistics: dict[str, Any]) -> None:
    for name, value in statistics.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {each}" for key, each in value.items())
        print(f"{name.replace('_', ' ')}: {value}")


def _print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    print()


# -- with a database ---------------------------------------------------------------------------------
_DATABASE_COMMANDS: list[Callable[[Commands], None]] = []


if __name__ == "__main__":
    sys.exit(main())
