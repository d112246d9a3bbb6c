"""``judge`` and ``norms``: the engine and the packs, without a database."""

import argparse
from dataclasses import asdict
from pathlib import Path

from dijkwacht.cli.common import BROKEN, Commands, add_command, print_json
from dijkwacht.cli.oscal import add_norms


def add(commands: Commands) -> None:
    """Adds them to the commands."""
    _judge_command(commands)
    _norms_command(commands)


def _judge_command(commands: Commands) -> None:
    command = add_command(commands, "judge", "Judge plain files: facts, subjects, a pack and questions.", _judge)
    command.add_argument(
        "--facts", type=Path, required=True, help="facts.json; an assurance that is absent or null means stated"
    )
    command.add_argument(
        "--subjects",
        type=Path,
        required=True,
        help="subjects.json; a kind that no fact type and no norm knows is refused",
    )
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
        print_json(verdicts)
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
    check = add_command(inner, "check", "Check every pack and print statistics.", _norms_check)
    check.add_argument("--root", type=Path, help="another folder with packs")
    check.add_argument("--json", action="store_true")
    add_norms(inner)


def _norms_check(args: argparse.Namespace) -> int:
    from dijkwacht.norms.read import check

    report = check(args.root)
    if args.json:
        problems = [{"file": p.file, "line": p.line, "message": p.message} for p in report.errors]
        statistics = report.statistics and asdict(report.statistics)
        print_json({"problems": problems, "statistics": statistics})
    else:
        for problem in report.errors:
            print(problem)
        for line in report.statistics.report() if report.statistics else ():
            print(line)
    return BROKEN if report.errors else 0
