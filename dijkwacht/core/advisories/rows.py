"""An advisory as plain rows, and an asset as places: what a database can join, and what the index in memory works with.

A row says: this product, from ``start`` up to but not with ``stop``, has this outcome. A pair of advisory and asset that no row
joins is *not affected*, or is about another product. In SQL: ``row.product = place.product AND row.start <= place.version AND
place.version < row.stop``, all three compared byte by byte (PostgreSQL ``COLLATE "C"``, SQLite ``BINARY``).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dijkwacht.core.advisories.builds import is_name, other_places
from dijkwacht.core.advisories.claims import Claim, Finding, asset_place, claims_of, finding_at, line_keys, line_range
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, product_keys, stated_version
from dijkwacht.core.advisories.ranges import ALL, Span, after, covers, merged
from dijkwacht.core.advisories.shapes import Advisory, Asset, Outcome, Said
from dijkwacht.core.advisories.shorter import shorter_than
from dijkwacht.core.advisories.versions import LITERALS, NAMES, TOP

__all__ = ["Place", "Row", "Wanted", "places_of", "rows_of", "stronger", "tells_whole"]


class Row(NamedTuple):
    """A stretch of versions of one product for which an advisory means something."""

    product: str
    start: str
    stop: str
    outcome: Outcome  # affected or undetermined


Place = tuple[str, str]
"""The key of a product and the key of a version: where an asset stands. An asset with several product keys has several places."""

_WHOLE = ("cyclonedx", "spdx")
_PerProduct = dict[str, tuple[list[Span], list[Span]]]

_STRENGTH: dict[Outcome, int] = {"not_affected": 0, "undetermined": 1, "affected": 2}


def stronger(one: Outcome, other: Outcome) -> Outcome:
    """Affected outweighs undetermined, which outweighs not affected."""
    return one if _STRENGTH[one] >= _STRENGTH[other] else other


def tells_whole(asset: Asset) -> bool:
    """Whether a source writes versions as they are: a package URL does, and a list of parts; a person or a table may not."""
    return bool(asset.purl) or asset.source in _WHOLE


def places_of(asset: Asset, aliases: Aliases = NO_ALIASES) -> tuple[Place, ...]:
    """Where an asset stands, once for each of its product keys. None when neither name, package URL nor CPE says what it is."""
    version = stated_version(asset.version, asset.purl, asset.cpe)
    keys = product_keys(vendor=asset.vendor, product=asset.product, purl=asset.purl, cpe=asset.cpe, aliases=aliases)
    whole = tells_whole(asset)
    places = [(key, asset_place(version, key, whole=whole)) for key in keys]
    if not whole:
        places += [(key, place) for key in keys for place in other_places(version, key)]
    return tuple(places)


Wanted = Mapping[str, Sequence[str]]
"""The products that somebody has, and of each the places that are written short, in order. `index.Registers.wanted` gives it."""


def rows_of(advisory: Advisory, aliases: Aliases = NO_ALIASES, *, wanted: Wanted | None = None) -> list[Row]:
    """The rows of an advisory, in order: per product separate stretches, the strongest of all weaknesses in it.

    ``wanted``: only those that these registers can meet, where they are known and no others will come.
    """
    per_product: _PerProduct = {}  # those that are affected, those of which it cannot be told
    if advisory.withdrawn:
        return []
    several = False
    for said in _each_once(advisory):
        told = _only_affected(advisory, said, aliases, wanted)
        if told is None:
            told = {
                key: _stretches(claims, key, wanted)
                for key, claims in claims_of(advisory, said, aliases).items()
                if wanted is None or key in wanted
            }
        if not per_product:
            per_product = told
            continue
        several = True
        for key, (sure, perhaps) in told.items():
            held = per_product.setdefault(key, ([], []))
            held[0].extend(sure)
            held[1].extend(perhaps)
    rows = []
    for key, held in per_product.items():
        sure, perhaps = _apart(*held) if several else held
        rows += [Row(key, start, stop, "affected") for start, stop in sure]
        rows += [Row(key, start, stop, "undetermined") for start, stop in perhaps]
    return rows


def _each_once(advisory: Advisory) -> Iterable[tuple[Said, ...]]:
    """What is said, for each weakness that differs in it: most documents say the same for all of them."""
    found = {id(each.said): each.said for each in advisory.vulnerabilities}
    return found.values() if len(found) < 2 else dict.fromkeys(found.values())


def _only_affected(
    advisory: Advisory, said: Sequence[Said], aliases: Aliases, wanted: Wanted | None
) -> _PerProduct | None:
    """The sure and the doubtful stretches per product, where a document only says *affected*; None where it says more.

    The same as by claims, in a fraction of the time: nothing outweighs anything, so the stretches need not be cut.
    """
    found: _PerProduct = {}
    for each in said:
        line = advisory.products.get(each.product)
        if each.status != "affected" or each.end or (line is not None and line.on):
            return None
        if line is None:
            continue
        for key in line_keys(line, aliases):
            if wanted is not None and key not in wanted:
                continue
            about = line_range(line, key)
            held = found.get(key)
            if held is None:
                held = found[key] = ([], [])
            if about is None:
                held[1].append(ALL)
            else:
                held[0].extend(about.sure)
                held[1].extend(about.perhaps)
    for sure, perhaps in found.values():  # what is registered without a version may be any of them
        whole = merged(sure) if max([stop for _, stop in sure], default="") >= LITERALS else ()
        every = bool(whole) and whole[0][0] == "" and whole[0][1] >= LITERALS
        named = any(is_name(end) for span in (*sure, *perhaps) for end in span)
        (sure if every else perhaps).append((LITERALS, NAMES if named and not every else TOP))
    return {key: _asked(key, *held, named=held[0], wanted=wanted) for key, held in found.items()}


def _stretches(claims: Sequence[Claim], key: str, wanted: Wanted | None) -> tuple[list[Span], list[Span]]:
    """Where claims for one weakness say *affected*, and where it cannot be told."""
    cuts = {
        "",
        LITERALS,
        NAMES,
        *(end for each in claims for span in (*each.range.sure, *each.range.perhaps) for end in span),
    }
    points = [*sorted(cuts - {TOP}), TOP]
    found: dict[Outcome, list[Span]] = {"affected": [], "undetermined": [], "not_affected": []}
    below: list[Finding] = []  # at each end that has a place in the order
    for span in pairwise(points):
        finding = finding_at(claims, span[0], below)
        found[finding.outcome].append(span)
        if span[0] < LITERALS:
            below.append(finding)
    named = [span for each in claims if each.sense == "affected" for span in each.range.sure]
    return _asked(key, found["affected"], found["undetermined"], named=named, wanted=wanted)


def _asked(
    key: str, sure: list[Span], perhaps: list[Span], *, named: Iterable[Span], wanted: Wanted | None
) -> tuple[list[Span], list[Span]]:
    """The same in order and apart, with a question where a version is registered shorter than an end of these stretches.

    ``named``: what the document calls affected; a version that it names by itself is meant as it is written.
    """
    certain, open_ = _apart(sure, perhaps)
    held = None if wanted is None else wanted[key]
    if key.startswith("p|") or (held is not None and not held):
        return certain, open_
    short = [
        each
        for span in (*certain, *open_)
        for end in span
        for each in shorter_than(end)
        if held is None or ((place := bisect_left(held, each.start)) < len(held) and held[place] < each.stop)
    ]
    if not short:
        return certain, open_
    single = {start for start, stop in named if stop == after(start) and covers(certain, start)}
    doubts = merged([(each.start, each.stop) for each in short if each.key not in single])
    return _outside(certain, doubts), list(merged([*open_, *doubts]))


def _apart(sure: Iterable[Span], perhaps: Iterable[Span]) -> tuple[list[Span], list[Span]]:
    """In order and apart; what is sure is no question."""
    certain = merged(sure)
    return list(certain), _outside(merged(perhaps), certain)


def _outside(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """The stretches without what lies in the holes; both in order and apart."""
    out, place = [], 0
    for span in spans:
        start, stop = span
        while place < len(holes) and holes[place][0] < stop:
            low, high = holes[place]
            if high > start:
                if start < low:
                    out.append((start, low))
                start = high
            if high > stop:
                break  # it may reach into the next stretch
            place += 1
        if start < stop:
            out.append((start, stop))
    return out
