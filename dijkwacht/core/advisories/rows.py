"""An advisory as plain rows, and an asset as places: what a database can join, and what the index in memory works with.

A row says: this product, from ``start`` up to but not with ``stop``, has this outcome. A pair of advisory and asset that no row
joins is *not affected*, or is about another product. In SQL: ``row.product = place.product AND row.start <= place.version AND
place.version < row.stop``, all three compared byte by byte (PostgreSQL ``COLLATE "C"``, SQLite ``BINARY``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dijkwacht.core.advisories.claims import Claim, asset_place, claims_of, finding_at, line_keys, line_range
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, product_keys, stated_version
from dijkwacht.core.advisories.ranges import ALL, Span, merged
from dijkwacht.core.advisories.shapes import Advisory, Asset, Outcome, Said
from dijkwacht.core.advisories.versions import LITERALS, TOP

__all__ = ["Place", "Row", "places_of", "rows_of", "stronger"]


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of versions of one product for which an advisory means something."""

    product: str
    start: str
    stop: str
    outcome: Outcome  # affected or undetermined


Place = tuple[str, str]
"""The key of a product and the key of a version: where an asset stands. An asset with several product keys has several places."""

_STRENGTH: dict[Outcome, int] = {"not_affected": 0, "undetermined": 1, "affected": 2}


def stronger(one: Outcome, other: Outcome) -> Outcome:
    """Affected outweighs undetermined, which outweighs not affected."""
    return one if _STRENGTH[one] >= _STRENGTH[other] else other


def places_of(asset: Asset, aliases: Aliases = NO_ALIASES) -> tuple[Place, ...]:
    """Where an asset stands, once for each of its product keys. None when neither name, package URL nor CPE says what it is."""
    version = stated_version(asset.version, asset.purl, asset.cpe)
    keys = product_keys(vendor=asset.vendor, product=asset.product, purl=asset.purl, cpe=asset.cpe, aliases=aliases)
    return tuple([(key, asset_place(version, key)) for key in keys])


def rows_of(advisory: Advisory, aliases: Aliases = NO_ALIASES) -> list[Row]:
    """The rows of an advisory, in order: per product separate stretches, the strongest of all weaknesses in it."""
    per_product: dict[
        str, tuple[list[Span], list[Span]]
    ] = {}  # those that are affected, those of which it cannot be told
    if advisory.withdrawn:
        return []
    for said in _each_once(advisory):
        told = _only_affected(advisory, said, aliases)
        if told is None:
            told = {key: _stretches(claims) for key, claims in claims_of(advisory, said, aliases).items()}
        for key, (sure, perhaps) in told.items():
            held = per_product.setdefault(key, ([], []))
            held[0].extend(sure)
            held[1].extend(perhaps)
    rows = []
    for key, (sure, perhaps) in per_product.items():
        certain = merged(sure)
        rows += [Row(key, start, stop, "affected") for start, stop in certain]
        rows += [Row(key, start, stop, "undetermined") for start, stop in _outside(merged(perhaps), certain)]
    return rows


def _each_once(advisory: Advisory) -> Iterable[tuple[Said, ...]]:
    """What is said, for each weakness that differs in it: most documents say the same for all of them."""
    found = {id(each.said): each.said for each in advisory.vulnerabilities}
    return found.values() if len(found) < 2 else dict.fromkeys(found.values())


def _only_affected(
    advisory: Advisory, said: Sequence[Said], aliases: Aliases
) -> dict[str, tuple[list[Span], list[Span]]] | None:
    """The sure and the doubtful stretches per product, where a document only says *affected*; None where it says more.

    The same as by claims, in a fraction of the time: nothing outweighs anything, so the stretches need not be cut.
    """
    found: dict[str, tuple[list[Span], list[Span]]] = {}
    for each in said:
        line = advisory.products.get(each.product)
        if each.status != "affected" or each.end or (line is not None and line.on):
            return None
        if line is None:
            continue
        for key in line_keys(line, aliases):
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
        whole = merged(sure)
        every = bool(whole) and whole[0][0] == "" and whole[0][1] >= LITERALS
        (sure if every else perhaps).append((LITERALS, TOP))
    return found


def _stretches(claims: Sequence[Claim]) -> tuple[list[Span], list[Span]]:
    """Where claims for one weakness say *affected*, and where it cannot be told."""
    cuts = {"", LITERALS, *(end for each in claims for span in (*each.range.sure, *each.range.perhaps) for end in span)}
    points = [*sorted(cuts - {TOP}), TOP]
    found: dict[Outcome, list[Span]] = {"affected": [], "undetermined": [], "not_affected": []}
    for span in pairwise(points):
        found[finding_at(claims, span[0]).outcome].append(span)
    return found["affected"], found["undetermined"]


def _outside(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """The stretches without what lies in the holes; both in order and apart."""
    out = []
    for span in spans:
        start, stop = span
        for low, high in holes:
            if high <= start or low >= stop:
                continue
            if start < low:
                out.append((start, low))
            start = max(start, high)
        if start < stop:
            out.append((start, stop))
    return out
