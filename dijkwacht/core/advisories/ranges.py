"""Which versions a text means: a version, ``vers:…`` or a sentence becomes stretches of the order, or *not understood*.

A stretch is half open: ``start <= key < stop``, as texts. The place just after a key is the key and ``~``; so one form does for
inclusive and exclusive ends, in Python and in a database. Told with examples in docs/matching.md.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from dijkwacht.core.advisories.prose import Bound, read_prose
from dijkwacht.core.advisories.schemes import Order
from dijkwacht.core.advisories.versions import BLANK, LITERALS, LONGEST, TOP, is_blank, literal, version_key

__all__ = [
    "ALL",
    "NOT_UNDERSTOOD",
    "Range",
    "Span",
    "after",
    "constraints",
    "covers",
    "merged",
    "read_range",
    "spelled",
    "unescaped",
]

Span = tuple[str, str]
"""From which key on, up to but not with which key."""
ALL: Span = ("", TOP)
_EVERY_VERSION: Span = (
    "",
    LITERALS,
)  # what has a place in the order; not what is registered without a version we understand

_VERS = re.compile(r"vers:([a-z0-9.+-]*)/(.*)", re.S)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SIMPLE = re.compile(r"vers:[a-z0-9.+-]*/(<=?|)([0-9A-Za-z][^|%<>=!*]*)")
_BETWEEN = re.compile(r"vers:[a-z0-9.+-]*/>(=?)([0-9A-Za-z][^|%<>=!*]*)\|<(=?)([0-9A-Za-z][^|%<>=!*]*)")
_UNSAFE = re.compile(r"[^A-Za-z0-9._~+:() -]")
_CONSTRAINT = re.compile(r"(>=|<=|!=|<|>|=|)\s*(.+)", re.S)
LONGEST_SENTENCE, LONGEST_LIST = 300, 20_000  # characters; reading a sentence costs its length squared


class Range(NamedTuple):
    """What a text says of versions.

    ``sure``: the versions that it means. ``perhaps``: those of which the text does not tell whether it means them (*up to 7.4*:
    is 7.4 itself meant?). ``weight``: 3 for single versions, 2 for a stretch, 1 for all; what says more precisely which versions
    it is about, weighs more. ``why``: empty, or why there is something in ``perhaps``.
    """

    sure: tuple[Span, ...]
    perhaps: tuple[Span, ...] = ()
    weight: int = 2
    why: str = ""

    @property
    def whole(self) -> bool:
        """All versions, whichever they are."""
        return self.sure == (ALL,)


NOT_UNDERSTOOD = Range((), (ALL,), 2, "range_not_understood")
_WHOLE = Range((ALL,), weight=1)


def after(key: str) -> str:
    """The place just behind a key."""
    return key + TOP


def covers(spans: Iterable[Span], key: str) -> bool:
    """Whether the key lies in one of them."""
    for start, stop in spans:  # noqa: SIM110  (asked for each claim at each end: a loop takes a third of the time of any())
        if start <= key < stop:
            return True
    return False


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches in order, joined where they touch; empty ones left out."""
    held = list(spans)
    if len(held) == 1 and held[0][0] < held[0][1]:
        return (held[0],)
    out: list[Span] = []
    for start, stop in sorted(held):
        if start >= stop:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(stop, out[-1][1]))
        else:
            out.append((start, stop))
    return tuple(out)


@lru_cache(maxsize=1 << 16)
def read_range(text: str, order: Order = version_key) -> Range:
    """The versions that a text means. Empty text is not *all*: it is not understood, as every text that we cannot read whole."""
    if simple := _SIMPLE.fullmatch(text):  # by far the most
        if key := order(simple[2]):
            spans = ((key, after(key)),) if not simple[1] else (("", key if simple[1] == "<" else after(key)),)
            return Range(spans, weight=2 if simple[1] else 3)
    elif not text.startswith("vers:") and (key := order(text)):
        return Range(((key, after(key)),), weight=3)
    if both := _BETWEEN.fullmatch(text):
        low, high = order(both[2]), order(both[4])
        if low and low < high:
            return Range(((low if both[1] else after(low), after(high) if both[3] else high),))
    bare = " ".join(text.split())
    if not bare or len(bare) > LONGEST_LIST:
        return NOT_UNDERSTOOD
    vers = _VERS.fullmatch(bare)
    found = _vers(vers[2], order) if vers else _prose(bare, order)
    return found if merged((*found.sure, *found.perhaps)) else NOT_UNDERSTOOD  # nothing at all: a mistake of the writer


def constraints(text: str) -> list[tuple[str, str]] | None:
    """The sign (empty: this version itself) and the version of each constraint of ``vers:…``; None for any other text."""
    found = _VERS.fullmatch(" ".join(text.split()))
    return [_split(each.strip()) for each in found[2].split("|")] if found else None


def spelled(bounds: Iterable[tuple[str, str]]) -> str:
    """``vers:unknown/…`` of constraints such as ``(">=", "1.0")``; signs with a meaning in that form are written as %XX."""
    return "vers:unknown/" + "|".join([operator + _escaped(version) for operator, version in bounds])


def _vers(constraints: str, order: Order) -> Range:
    """What stands behind ``vers:<scheme>/``. The scheme itself changes nothing: the order is that of the product."""
    parts = [each.strip() for each in constraints.split("|")]
    if parts == ["*"]:
        return _WHOLE
    if not all(parts) or "*" in parts:
        return NOT_UNDERSTOOD
    points: list[Range] = []
    bounds: list[tuple[str, str]] = []
    holes: list[str] = []
    for part in parts:
        operator, version = _split(part)
        if operator in ("", "="):
            points.append(_one(version, order))
            continue
        key = order(version)
        if not key:
            return NOT_UNDERSTOOD
        if operator == "!=":
            holes.append(key)
        else:
            bounds.append((key, operator))
    told = [key for key, _ in set(bounds)] + holes
    if len(set(told)) < len(told):
        return NOT_UNDERSTOOD  # the form has each version once; >=2|<2 could mean anything
    if not bounds and not holes:
        return _together(points)
    spans = _stretches(sorted(set(bounds))) if bounds else [_EVERY_VERSION]
    found = _together([*points, Range(tuple(spans))])
    return Range(_without(found.sure, holes), found.perhaps, 2, found.why)


def _split(part: str) -> tuple[str, str]:
    found = _CONSTRAINT.fullmatch(unescaped(part))
    return (found[1], found[2].strip()) if found else ("", "")


@lru_cache(maxsize=1 << 16)
def _escaped(text: str) -> str:
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def unescaped(text: str) -> str:
    """The text with ``%7C`` and the like as what they stand for."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), text)


def _one(text: str, order: Order) -> Range:
    """A single version; where publishers put a sentence in its place, the sentence."""
    if key := order(text):
        return Range(((key, after(key)),), weight=3)
    found = _prose(text, order)
    if found is NOT_UNDERSTOOD and (key := literal(text)) != BLANK and len(text) <= LONGEST:
        return Range(((key, after(key)),), (_EVERY_VERSION,), 3, "range_not_understood")
    return found


def _together(parts: list[Range]) -> Range:
    if len(parts) == 1:
        return parts[0]
    if any(each.whole for each in parts):
        return _WHOLE
    return Range(
        merged(span for each in parts for span in each.sure),
        merged(span for each in parts for span in each.perhaps),
        min(each.weight for each in parts),
        next((each.why for each in parts if each.why), ""),
    )


def _stretches(bounds: list[tuple[str, str]]) -> list[Span]:
    """Ends in order become stretches: a lower end opens, the next upper end closes; a second of the same kind adds nothing."""
    spans = []
    start: str | None = "" if bounds[0][1] in ("<", "<=") else None
    for index, (key, operator) in enumerate(bounds):
        if operator in (">", ">="):
            if start is None:
                start = key if operator == ">=" else after(key)
        elif start is not None and (index + 1 == len(bounds) or bounds[index + 1][1] in (">", ">=")):
            spans.append((start, key if operator == "<" else after(key)))
            start = None
    if start is not None:
        spans.append((start, LITERALS))
    return spans


def _without(spans: Iterable[Span], holes: Iterable[str]) -> tuple[Span, ...]:
    out = list(spans)
    for hole in holes:
        out = [
            piece
            for start, stop in out
            for piece in ((start, min(stop, hole)), (max(start, after(hole)), stop))
            if piece[0] < piece[1]
        ]
    return merged(out)


def _prose(text: str, order: Order) -> Range:
    bounds = read_prose(text) if len(text) <= LONGEST_SENTENCE else None
    if bounds is None:
        return NOT_UNDERSTOOD
    read = [_bounded(each, order) for each in bounds]
    if not read or any(each is None for each in read):
        return NOT_UNDERSTOOD
    return _together([each for each in read if each is not None])


def _bounded(bound: Bound, order: Order) -> Range | None:
    """One stretch of a sentence; None when one of its versions has no place in the order."""
    if bound.all:
        return _WHOLE
    if bound.wild:
        start, stop = _wild(bound.wild, order)
    else:
        start, stop = "", LITERALS
    if bound.low:
        if not (key := order(bound.low)):
            return None
        start = max(start, key if bound.low_in else after(key))
    if not bound.high:
        return Range(((start, stop),)) if start < stop else None
    if not (key := order(bound.high)):
        return None
    single = bool(bound.low) and bound.low == bound.high and bound.high_in is True
    stop = min(stop, after(key) if bound.high_in else key)
    if start > stop or (start == stop and bound.high_in is not None):
        return None
    doubt = bound.high_in is None
    return Range(
        ((start, stop),) if start < stop else (),
        ((key, after(key)),) if doubt else (),
        3 if single else 2,
        "range_end_unclear" if doubt else "",
    )


def _wild(text: str, order: Order) -> Span:
    """``3.x``: everything that begins with 3, with its pre-releases; by a known scheme all from 3 and before 4."""
    if order is version_key:
        head = text.split(".")
        while len(head) > 1 and not head[-1].strip("0"):
            head.pop()
        start = version_key(".".join(head))[:-1]
        whole = version_key(text + ".1")[: -len("11*")]
        return start, after(whole)
    *head, last = text.split(".")
    return order(text), order(".".join([*head, str(int(last) + 1)]))


def is_all(text: str) -> bool:
    """Whether a text means every version, in so many words."""
    return not is_blank(text) and read_range(text).whole
