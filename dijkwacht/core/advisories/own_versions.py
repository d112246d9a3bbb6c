"""What a person writes of versions in an advisory of ours (*ouder dan 3.2*, *3.0 t/m 3.1*, *3.1*), as CSAF wants it.

One version stays a version; everything else becomes a range in ``vers:``. Only what we read back as the very same versions is
accepted: a text that leaves a doubt is sent back with a question.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dijkwacht.core.advisories.prose import Bound, read_prose
from dijkwacht.core.advisories.ranges import read_range, spelled
from dijkwacht.core.advisories.shapes import VersionForm
from dijkwacht.core.advisories.versions import version_key

__all__ = ["LONGEST", "Unclear", "Versions", "read_versions"]

LONGEST = 200  # characters
EVERY = "vers:all/*"
_SOUNDS_LIKE_MORE = re.compile(r"[<>=*]|\.x\b|\b(?:all|after|and|before|earlier|later|prior|through|versions?)\b", re.I)
"""What a single version may not hold: readers take it for a range (CSAF 2.0, test 6.1.31)."""
_PRINTED = re.compile(r"vers:[a-z0-9.+-]+/[!-~]+")


class Unclear(ValueError):
    """Not understood. ``code``: not_understood, end_unclear (is ``version`` itself meant?), too_long."""

    def __init__(self, code: str, version: str = "") -> None:
        super().__init__(code)
        self.code, self.version = code, version


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions as a document holds them, and the stretches that they are; none for a range that was written as ``vers:``."""

    form: VersionForm
    text: str
    stretches: tuple[Bound, ...] = ()


def read_versions(text: str) -> Versions:
    """What a text means; of an empty one that no versions are told. Raises Unclear."""
    told = " ".join(text.replace("óó", "oo").split())  # vóór
    if not told:
        return Versions("none", "")
    if len(told) > LONGEST:
        raise Unclear("too_long")
    if told.startswith("vers:"):
        return _written(told)
    if version_key(told) and not _SOUNDS_LIKE_MORE.search(told):
        return Versions("version", told, (Bound(low=told, high=told),))
    bounds = read_prose(told) or []
    doubt = next((each.high for each in bounds if each.high and each.high_in is None), "")
    if doubt:
        raise Unclear("end_unclear", doubt)
    if not bounds or (any(each.all for each in bounds) and len(bounds) > 1):
        raise Unclear("not_understood")
    found = EVERY if bounds[0].all else _spelled(bounds)
    means, wild = read_range(found), any(each.wild for each in bounds)
    if means.perhaps or not means.sure or (not wild and means.sure != read_range(told).sure):
        raise Unclear("not_understood")
    return Versions("range", found, tuple(bounds))


def _written(text: str) -> Versions:
    means = read_range(text)
    if means.perhaps or not means.sure or not _PRINTED.fullmatch(text):
        raise Unclear("not_understood")
    return Versions("range", text)


def _spelled(bounds: Iterable[Bound]) -> str:
    """The constraints in the order of their versions, as ``vers:`` wants them; where two stretches touch, one."""
    ends = list(dict.fromkeys(each for bound in bounds for each in _ends(bound)))
    touching = {version for sign, version in ends if sign == "<"} & {version for sign, version in ends if sign == ">="}
    return spelled(sorted((each for each in ends if each[1] not in touching), key=lambda each: version_key(each[1])))


def _ends(bound: Bound) -> Iterator[tuple[str, str]]:
    if bound.low and bound.low == bound.high and bound.low_in and bound.high_in:
        yield ("", bound.low)
        return
    if bound.wild:
        yield (">=", bound.wild)
        if not bound.high:
            yield ("<", _next(bound.wild))
    if bound.low:
        yield (">=" if bound.low_in else ">", bound.low)
    if bound.high:
        yield ("<=" if bound.high_in else "<", bound.high)


def _next(version: str) -> str:
    """The first version that no longer begins with this one: 4 after 3, 3.2 after 3.1. Raises Unclear without a number."""
    *head, last = version.split(".")
    if not (last.isascii() and last.isdigit()):
        raise Unclear("not_understood")
    return ".".join([*head, str(int(last) + 1)])
