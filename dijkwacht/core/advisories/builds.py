"""Versions told in another way than documents number them: *22H2*, *2019* and *19045.5131* of what counts as 10.0.19045.5131.

A build is compared from the place where its first number stands in the document's: so what a document says of 10.0.19045.5247, it
says of ``[`` and 19045.5247 too. A name of a release cannot be compared with numbers: that asset stands at `NAMED` as well, where
a document that only writes such numbers asks. Told with examples in docs/matching.md.
"""

import re
from collections.abc import Iterable, Iterator

from dijkwacht.core.advisories.ranges import Range, Span, merged
from dijkwacht.core.advisories.shorter import numbers_of
from dijkwacht.core.advisories.versions import BUILDS, END, NAMES, TOP, version_key

__all__ = ["NAMED", "builds_too", "is_name", "other_places"]

NAMED = NAMES + END
_RELEASE = re.compile(r"\d\dh[12]|\d{5}", re.ASCII)
_BUILD = re.compile(r"(?:os )?(?:build )?(\d{5}\.\d{1,6})", re.ASCII)
_NUMBERED = re.compile(r"(?:5|6|10)\.\d", re.ASCII)  # as Windows counts
_WINDOWS = re.compile(r"n\|microsoft(?:corporation)?\|windows|c\|o:microsoft:windows")
_INNER = re.compile(r"\.\d{5}\.", re.ASCII)
_NAME = re.compile(r"[4-X]|2\d\d,h 1[12]\*", re.ASCII)  # the key of 2019, of 19045.5131, of 22H2


def other_places(version: str, key: str) -> tuple[str, ...]:
    """Where a registered version of a product stands as well."""
    text = " ".join(version.lower().split())
    if key.startswith("p|"):
        return ()
    if build := _BUILD.fullmatch(text):
        return (BUILDS + version_key(build[1]),)
    windows = _WINDOWS.match(key) and not _NUMBERED.match(text) and version_key(text)
    return (NAMED,) if windows or _RELEASE.fullmatch(text) else ()


def is_name(end: str) -> bool:
    """Whether an end of a stretch is one of a name or of a build: with those a document can be compared as it stands."""
    return _NAME.match(end) is not None


def builds_too(found: Range, text: str) -> Range:
    """What a text says of versions with a build inside, said of the builds."""
    if not _INNER.search(text):
        return found
    return found._replace(sure=_with_builds(found.sure), perhaps=_with_builds(found.perhaps))


def _with_builds(spans: Iterable[Span]) -> tuple[Span, ...]:
    held = tuple(spans)
    return merged([*held, *(each for span in held for each in _of_builds(*span))])


def _of_builds(start: str, stop: str) -> Iterator[Span]:
    (low, first), (high, last) = _tail(start), _tail(stop)
    if high:
        yield BUILDS + (low if first == last else last), BUILDS + high
    if low and first != last:
        yield BUILDS + low, BUILDS + first + TOP


def _tail(end: str) -> tuple[str, str]:
    """The end from its first inner number of five digits, and that number; both empty without one."""
    place = 0
    for index, each in enumerate(numbers_of(end)):
        if index and each[0] == "5":
            return end[place:], each
        place += len(each)
    return "", ""
