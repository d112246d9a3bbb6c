"""dijkwacht scan in several processes: each takes part of the names; together they visit a mail host once, one at a time."""

import multiprocessing
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import cast

from dijkwacht.adapters.probing.outputs import Files, joined
from dijkwacht.adapters.probing.visits import Folder
from dijkwacht.commands.scan import Options, ScanError, Summary, scan
from dijkwacht.commands.scan_judging import Judge, judge_on

SECONDS = 2.0
"""Between two lines of progress."""

Tell = Callable[[int, int], None]
"""Is told how many names were seen, of how many."""
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Part:
    """What one worker does."""

    names: tuple[str, ...]
    everybody: tuple[str, ...]
    options: Options
    files: Files
    folder: Path


def scan_with(names: Sequence[str], options: Options, *, clock: Clock, tell: Tell) -> Summary:
    """Looks at all names, with the workers and to the files of `options`. Raises ScanError when a worker fails."""
    with tempfile.TemporaryDirectory(prefix="dijkwacht-scan-") as made:
        folder, workers = Path(made), options.workers
        parts = [
            Part(tuple(names[number::workers]), tuple(names), options, options.files.part(folder, number), folder)
            for number in range(workers)
        ]
        try:
            return _alone(parts[0], clock, tell) if workers == 1 else _together(parts, len(names), clock, tell)
        finally:
            joined([part.files for part in parts], options.files)


def _alone(part: Part, clock: Clock, tell: Tell) -> Summary:
    judge, total = _judge(part, clock), len(part.names)
    return scan(part.names, part.options, judge, clock=clock, files=part.files, told=lambda seen: tell(seen, total))


def _judge(part: Part, clock: Clock) -> Judge:
    options = part.options
    return judge_on(clock().date(), report=options.files.report is not None, advisories_file=options.advisories)


def _together(parts: Sequence[Part], total: int, clock: Clock, tell: Tell) -> Summary:
    context = multiprocessing.get_context("spawn")
    ends: dict[Connection, int] = {}
    processes = []
    for number, part in enumerate(parts):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(part, clock, theirs), daemon=True)
        process.start()
        theirs.close()
        processes.append(process)
        ends[ours] = number
    try:
        return _heard(ends, total, tell)
    finally:
        for process in processes:
            if process.is_alive() and ends:
                process.terminate()
            process.join()


def _heard(ends: dict[Connection, int], total: int, tell: Tell) -> Summary:
    """What the workers say until all are done: how far they are, then a summary or what was wrong."""
    summary, troubles = Summary(), []
    seen = dict.fromkeys(ends.values(), 0)
    while ends:
        for end in cast(list[Connection], wait(list(ends), SECONDS)):
            try:
                said = end.recv()
            except EOFError:
                said = "ended before it was done"
            if isinstance(said, int):
                seen[ends[end]] = said
                continue
            if isinstance(said, Summary):
                summary.add(said)
            else:
                troubles.append(f"worker {ends[end]}: {said}")
            del ends[end]
        tell(sum(seen.values()), total)
    if troubles:
        raise ScanError("; ".join(troubles))
    return summary


def work(part: Part, clock: Clock, end: Connection) -> None:
    """The work of one process; tells the number seen, then its summary or what was wrong."""
    try:
        sharing = Folder(part.folder)
        judge = _judge(part, clock)
        made = scan(
            part.names, part.options, judge, clock=clock, files=part.files, sharing=sharing, everybody=part.everybody,
            told=end.send,
        )  # fmt: skip
        end.send(made)
    except (ValueError, OSError) as error:
        end.send(f"{type(error).__name__}: {error}")
    finally:
        end.close()
