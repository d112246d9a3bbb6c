"""Judges the lines of a package again, from the facts and the norms that are in it, and names the first that differs."""

from dijkwacht.adapters.checking import Checked
from dijkwacht.adapters.package import PackageError
from dijkwacht.core.chain import canonical
from dijkwacht.core.facts import World
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.statement_form import FormError, read_json, verdict_plain
from dijkwacht.core.statement_world import judged, world_of
from dijkwacht.core.values import plain
from dijkwacht.core.verdict import Verdict
from dijkwacht.norms.archive import norms_of
from dijkwacht.norms.problems import PackErrors


def rejudge(found: Checked) -> int:
    """How many lines were judged again and came out the same. Raises PackageError naming the first that does not."""
    if not found.full:
        raise PackageError("world.json", "some lines were given, without the facts to judge them again")
    statement = found.statement
    try:
        world = world_of(read_json(found.files["world.json"]))
    except FormError as error:
        raise PackageError("world.json", str(error)) from None
    files = {name[len("norms/") :]: data for name, data in found.files.items() if name.startswith("norms/")}
    try:
        norms = norms_of(files, on=statement.on)
    except (PackErrors, ValueError, OSError) as error:  # OSError: a file where another wants a folder
        raise PackageError("norms", f"they cannot be read: {error}") from None
    account = norms.accounts.get(statement.account)
    if account is None:
        raise PackageError("norms/accounts.yaml", f"there is no account {statement.account} in it")
    again = list(
        judged(
            norms, world, account=account, subject=statement.subject, on=statement.on, known_at=statement.known_at
        )
    )  # fmt: skip
    for number, line in enumerate(statement.lines, 1):
        _same(number, line, again[number - 1] if number <= len(again) else None)
        _facts(number, line, world)
    if len(again) > len(statement.lines):
        reason = f"{again[len(statement.lines)].requirement} is missing: judging gives {len(again)} lines"
        raise PackageError("lines.jsonl", reason, line=len(statement.lines) + 1)
    return len(again)


def _same(number: int, line: StatementLine, verdict: Verdict | None) -> None:
    where = f"{line.requirement} for {line.subject}"
    if verdict is None or (verdict.requirement, verdict.subject) != (line.requirement, line.subject):
        raise PackageError("lines.jsonl", f"judging gives no line {where} in this place", line=number)
    if verdict.status != line.status:
        reason = f"{where}: judged again this is {verdict.status}, and it says {line.status}"
        raise PackageError("lines.jsonl", reason, line=number)
    other = StatementLine(
        verdict.requirement, verdict.subject, line.subject_name, verdict.status, verdict.assurance, verdict.shown,
        verdict.stale_at, verdict.reasons, line.facts,
    )  # fmt: skip
    if canonical(verdict_plain(other)) != canonical(verdict_plain(line)):
        reason = f"{where}: judged again this has another assurance, end or reason"
        raise PackageError("lines.jsonl", reason, line=number)


def _facts(number: int, line: StatementLine, world: World) -> None:
    """Whether the facts that a line shows are those on which it was judged."""
    for used in line.facts:
        held = world.facts.get((used.subject, used.fact), ())
        same = [each for each in held if each.id == used.id]
        if not same or all(canonical({"v": plain(each.value)}) != canonical({"v": used.value}) for each in same):
            reason = f"fact {used.id} ({used.fact}) is not what the lines were judged on"
            raise PackageError("lines.jsonl", reason, line=number)
