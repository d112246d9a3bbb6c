"""Names out of a feed of certificate transparency: a file of JSON lines, each with the names of one certificate.

Taken are `{"names": [...]}` and what crt.sh gives (`name_value`, names on lines); gzipped where the name ends in .gz. Only names
below the names that were asked for are kept, so that a feed of millions of certificates costs no memory.
"""

import gzip
import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

LONGEST_LINE = 1024 * 1024
MOST_NAMES = 10_000
"""Names kept below one name; what comes after is counted as too much and left out."""


class FeedError(ValueError):
    """A line that is no certificate of a feed."""


def names_below(path: Path, wanted: Collection[str]) -> dict[str, frozenset[str]]:
    """Per name that was asked for: the names below it in certificates, lower case. Raises FeedError with the line, OSError."""
    roots = frozenset(wanted)
    found: dict[str, set[str]] = {}
    with cast(IO[bytes], gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")) as lines:
        for number, line in enumerate(_lines(lines), 1):
            if not line.strip():
                continue
            try:
                names = list(_names(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                raise FeedError(f"{path.name}, line {number}: names of a certificate were expected") from None
            for name in names:
                root = _root(name, roots)
                if root and len(found.setdefault(root, set())) < MOST_NAMES:
                    found[root].add(name)
    return {root: frozenset(names) for root, names in found.items()}


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise FeedError("a line is too long")
        yield line


def _names(row: dict[str, object]) -> Iterator[str]:
    given = row["names"] if "names" in row else str(row["name_value"]).split()
    if not isinstance(given, list):
        raise TypeError("names is a list")
    for each in cast(Iterable[object], given):
        yield str(each).lower().rstrip(".")


def _root(name: str, roots: frozenset[str]) -> str:
    """The nearest name above (or the name itself) that was asked for; "" when there is none."""
    rest = name.removeprefix("*.")
    while rest:
        if rest in roots:
            return rest if rest != name else ""
        rest = rest.partition(".")[2]
    return ""
