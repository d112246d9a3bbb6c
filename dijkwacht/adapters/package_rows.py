"""Rows of the files of a package: that each stands in its place, once, and ends as it was written."""

from collections.abc import Mapping, Sequence

from dijkwacht.adapters.package import PackageError
from dijkwacht.core import merkle
from dijkwacht.core.statement import StatementLine


def places(rows: Sequence[bytes], expected: Sequence[str]) -> None:
    """Raises PackageError naming the first line that is not the one that was signed in that place."""
    found = [merkle.leaf_hash(row).hex() for row in rows]
    for place, (is_, should) in enumerate(zip(found, expected, strict=False)):
        if is_ == should:
            continue
        if is_ in expected:
            reason = f"this line was signed in another place, as line {list(expected).index(is_) + 1}"
            missing = should not in found
            reason = "a line was taken out before this one" if missing and len(found) < len(expected) else reason
            raise PackageError("lines.jsonl", reason, line=place + 1)
        more = len(found) > len(expected)
        reason = "this line was added after signing" if more else "this line was changed after it was signed"
        raise PackageError("lines.jsonl", reason, line=place + 1)
    if len(found) < len(expected):
        raise PackageError("lines.jsonl", "the lines from here on were taken out", line=len(found) + 1)
    if len(found) > len(expected):
        raise PackageError("lines.jsonl", "this line was added after signing", line=len(expected) + 1)


def once(file: str, lines: Mapping[int, StatementLine]) -> None:
    """Raises PackageError when a requirement is stated twice of one subject: then it does not say one thing."""
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(lines.values(), 1):
        if (line.requirement, line.subject) in seen:
            raise PackageError(file, f"{line.requirement} for {line.subject} is in it twice", line=number)
        seen.add((line.requirement, line.subject))


def rows(file: str, data: bytes) -> list[bytes]:
    """The rows of a file; each ends in a newline, and nothing stands after the last. Raises PackageError."""
    found = data.split(b"\n")
    if found.pop() != b"":
        raise PackageError(file, "this row does not end in a newline", line=len(found) + 1)
    return found
