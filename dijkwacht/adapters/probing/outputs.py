"""What a run writes: words per name (JSON, as `compare.py` of the lab and dashboards read it), a report, raw observations,
and the log of the gate.

Parts of several workers become one file. A file gets its name when it is whole; until then it stands beside it as `….part`.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TextIO

from dijkwacht.adapters.probing import raw
from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.core.checks.observed import DomainSeen


@dataclass(frozen=True, slots=True)
class Files:
    """Where a run writes; None: not."""

    out: Path | None = None
    report: Path | None = None
    raw: Path | None = None
    log: Path | None = None

    def part(self, folder: Path, number: int) -> "Files":
        """The files of one worker, in a folder for this run."""
        return Files(
            folder / f"{number}.out" if self.out else None,
            folder / f"{number}.report" if self.report else None,
            folder / f"{number}.raw.gz" if self.raw else None,
            folder / f"{number}.log" if self.log else None,
        )


@dataclass(slots=True)
class Sink:
    """Writes one name after another: lines, so that a part of a run that was broken off can be read."""

    out: TextIO | None
    report: TextIO | None
    raw: TextIO | None
    log: TextIO | None

    def put(self, seen: DomainSeen, words: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        """The words of one name, what stands in the report about it, and what was seen."""
        if self.out:
            self.out.write(json.dumps({seen.name: words}) + "\n")
        if self.report:
            self.report.write(json.dumps(report, ensure_ascii=False) + "\n")
        if self.raw:
            self.raw.write(raw.line_of(seen) + "\n")

    def event(self, event: Event) -> None:
        """One line of the log of the gate."""
        if self.log:
            self.log.write(json.dumps(event._asdict() | {"at": event.at.isoformat()}, ensure_ascii=False) + "\n")


@contextmanager
def sink(files: Files, *, at: str, tool: str) -> Iterator[Sink]:
    """Opens what is asked for; raises OSError when a place cannot be written."""
    with ExitStack() as stack:
        yield Sink(
            stack.enter_context(files.out.open("w")) if files.out else None,
            stack.enter_context(files.report.open("w")) if files.report else None,
            stack.enter_context(raw.writing(files.raw, at=at, tool=tool)) if files.raw else None,
            stack.enter_context(files.log.open("w")) if files.log else None,
        )


def joined(parts: Sequence[Files], files: Files) -> None:
    """The parts of all workers as the files that were asked for; parts that are not there (a worker was killed) are left out."""
    if files.out:
        with _whole(files.out) as out:
            out.write(b"{\n")
            for number, line in enumerate(_lines(each.out for each in parts)):
                out.write((b"" if number == 0 else b",\n") + line[1:-1])
            out.write(b"\n}\n")
    for path, found in ((files.report, [each.report for each in parts]), (files.log, [each.log for each in parts])):
        if path:
            with _whole(path) as out:
                out.writelines(line + b"\n" for line in _lines(found))
    if files.raw:
        _join_raw([each.raw for each in parts if each.raw and each.raw.exists()], files.raw)


def _join_raw(parts: Sequence[Path], path: Path) -> None:
    """The first line of the first part, and then all others of all parts."""
    with (
        _whole(path) as file,
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=5) if _zipped(path) else file as out,
    ):
        for number, part in enumerate(parts):
            for place, line in enumerate(_unzipped(part)):
                if place or not number:
                    out.write(line)


def _unzipped(path: Path) -> Iterator[bytes]:
    """The whole lines of a part; the part of a worker that was killed ends in the middle of one."""
    with gzip.open(path) as lines:
        try:
            yield from (line for line in lines if line.endswith(b"\n"))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return


def _zipped(path: Path) -> bool:
    return path.suffix == ".gz"


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    new = path.with_name(path.name + ".part")
    with new.open("wb") as out:
        yield out
    new.replace(path)


def _lines(paths: Iterable[Path | None]) -> Iterator[bytes]:
    for path in paths:
        if path is not None and path.exists():
            with path.open("rb") as lines:
                for line in lines:
                    if line.endswith(b"\n"):  # the last line of a worker that was killed has none
                        yield line[:-1]
