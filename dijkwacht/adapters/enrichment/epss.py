"""How likely a weakness will be used within thirty days (EPSS of FIRST): a CSV, plain or gzip, one line per CVE."""

import csv
import io
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.adapters.csaf.load import MEGABYTE, Unreadable
from dijkwacht.core.advisories.problems import Problem

SIZE = 100 * MEGABYTE  # unpacked; the real list is about 12 MB
MOST = 2_000_000
_DAY = re.compile(r"score_date:\s*(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Scores:
    """The list of one day: CVE -> (probability, percentile), both 0 to 1."""

    at: date | None
    model: str
    scores: Mapping[str, tuple[float, float]]
    problems: tuple[Problem, ...] = ()


def read_epss(data: bytes, *, size: int = SIZE) -> Scores:
    """The scores in these bytes; lines that are none are noted and left out. Raises Unreadable."""
    text = _text(_unpacked(data, size))
    day, model = _DAY.search(text[:500]), re.search(r"model_version:\s*([^,\s]+)", text[:500])
    lines = csv.reader(line for line in io.StringIO(text) if not line.startswith("#"))
    scores: dict[str, tuple[float, float]] = {}
    bad: list[int] = []
    try:
        heading = [each.strip().lower() for each in next(lines, [])]
        if not {"cve", "epss"} <= set(heading):
            raise Unreadable("missing", "/1", key="cve,epss")
        cve, score = heading.index("cve"), heading.index("epss")
        rank = heading.index("percentile") if "percentile" in heading else score
        for number, row in enumerate(lines, 2):
            try:
                value = float(row[score]), float(row[rank])
            except (ValueError, IndexError):
                bad.append(number)
                continue
            if not row[cve].startswith("CVE-") or not all(math.isfinite(each) and 0 <= each <= 1 for each in value):
                bad.append(number)
                continue
            if len(scores) >= MOST:
                raise Unreadable("too_many_entries", most=str(MOST))
            scores[row[cve]] = value
    except csv.Error:
        raise Unreadable("not_csv") from None
    problems = tuple(Problem("bad_line", f"/{number}") for number in bad[:100])
    return Scores(_day(day.group(1)) if day else None, model.group(1) if model else "", scores, problems)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _unpacked(data: bytes, size: int) -> bytes:
    """The bytes, unpacked when they are gzip, never more than ``size``: a few kilobytes may unpack to gigabytes."""
    if not data.startswith(b"\x1f\x8b"):
        if len(data) > size:
            raise Unreadable("too_big", bytes=str(len(data)), most=str(size))
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        out = unpacker.decompress(data, size + 1)
    except zlib.error:
        raise Unreadable("not_gzip") from None
    if len(out) > size:
        raise Unreadable("too_big", most=str(size))
    if not unpacker.eof:
        raise Unreadable("cut_short")
    return out


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("bad_encoding", coding="utf-8") from None
