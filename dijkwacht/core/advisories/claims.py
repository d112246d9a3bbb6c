"""What an advisory claims about each product, and what follows from it at one version.

A claim says of some versions of a product: affected, not affected any more or at all (*silent*), or that it cannot be told
(*open*). Where claims differ, those weigh most that say most precisely which versions they are about: single versions (3), a
stretch (2), all or no versions told (1), a whole of which a part is affected (0). Told with examples in docs/matching.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from dijkwacht.core.advisories.builds import builds_too, is_name
from dijkwacht.core.advisories.ends import stretches
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, product_keys, scheme_of, stated_version
from dijkwacht.core.advisories.ranges import ALL, Range, Span, after, covers, read_range, spelled
from dijkwacht.core.advisories.schemes import Order, order_of
from dijkwacht.core.advisories.shapes import Advisory, End, Outcome, ProductLine, Said, Status
from dijkwacht.core.advisories.shorter import is_shorter, place_of, stretch_of
from dijkwacht.core.advisories.versions import BLANK, BUILDS, LITERALS, NAMES, is_blank, literal, version_key

__all__ = ["Claim", "Finding", "asset_place", "claims_of", "finding_at", "line_keys", "line_range", "told_version"]

Sense = Literal["affected", "silent", "open"]

_SENSES: dict[Status, tuple[Sense, str]] = {
    "affected": ("affected", "affected"),
    "fixed": ("silent", "fixed"),
    "not_affected": ("silent", "stated_not_affected"),
    "investigated": ("open", "investigated"),
    "unknown": ("open", "status_unknown"),
}  # recommended tells what to install, not what is affected
PART_OF_WHOLE = "default_component_of"
_UNTOLD = Range((ALL,), weight=1)


class Claim(NamedTuple):
    """What one line of a document says about one product, for one weakness. ``code`` is the reason that it gives."""

    line: ProductLine
    sense: Sense
    code: str
    range: Range
    weight: int
    flag: str = ""


class Finding(NamedTuple):
    """What follows at one version: the outcome, the code of the reason, and the claim that decided (None: no claim did)."""

    outcome: Outcome
    code: str
    claim: Claim | None = None


_OUTSIDE = Finding("not_affected", "outside")


def told_version(line: ProductLine) -> str:
    """The version or range of a line; empty when the document gives none."""
    return line.version if line.version.strip() else stated_version("", line.purl, line.cpe)


def line_keys(line: ProductLine, aliases: Aliases = NO_ALIASES) -> tuple[str, ...]:
    """The keys of the product of a line."""
    return product_keys(vendor=line.vendor, product=line.product, purl=line.purl, cpe=line.cpe, aliases=aliases)


def line_range(line: ProductLine, key: str) -> Range | None:
    """The versions that a line is about, in the order of that product; None when the document gives none."""
    text = told_version(line)
    if not text and line.form == "none":
        return None
    return builds_too(read_range(text, _order(key)), text)


def asset_place(version: str, key: str, *, whole: bool = True) -> str:
    """Where a registered version stands in the order of a product: its key; behind all versions when it has none.

    ``whole``: it is the version as it is; else numbers may be left out at its end (`shorter`).
    """
    if is_blank(version):
        return BLANK
    found = _order(key)(version)
    if found and not whole and not key.startswith("p|"):
        return place_of(found, version)
    return found or literal(version)


def _order(key: str) -> Order:
    return order_of(scheme_of(key)) if key.startswith("p|") else version_key


def claims_of(advisory: Advisory, said: Sequence[Said], aliases: Aliases = NO_ALIASES) -> dict[str, list[Claim]]:
    """Per product key the claims for one weakness. An advisory that was withdrawn claims nothing."""
    found: dict[str, list[Claim]] = {}
    ends: dict[tuple[str, str], list[tuple[End, Claim]]] = {}
    if advisory.withdrawn:
        return found
    for each in said:
        line = advisory.products.get(each.product)
        if line is None or each.status not in _SENSES:
            continue
        for key in line_keys(line, aliases):
            claim = _claim(line, each, key)
            found.setdefault(key, []).append(claim)
            if each.end:
                ends.setdefault((key, line.on), []).append((each.end, claim))
        whole = advisory.products.get(line.on) if _belongs(line) else None
        if whole is not None and _SENSES[each.status][0] != "silent":
            for key in line_keys(whole, aliases):
                about = line_range(whole, key) or _UNTOLD
                found.setdefault(key, []).append(Claim(line, "open", "contains_part", about, 0))
    for (key, on), held in ends.items():
        found[key] += _between(held, [each for each in found[key] if each.line.on == on])
    return found


def _belongs(line: ProductLine) -> bool:
    """Whether who has what it is on has it too: a part by default, and firmware, since a device is registered as the device."""
    return line.relation == PART_OF_WHOLE or (line.relation == "installed_on" and "firmware" in line.product.lower())


def _claim(line: ProductLine, said: Said, key: str) -> Claim:
    sense, code = _SENSES[said.status]
    about = line_range(line, key)
    if about is None:
        if said.status in ("affected", "fixed"):  # of which versions, the document does not tell
            sense, code = "open", "no_version_in_document" if said.status == "affected" else "fixed_without_version"
        return Claim(line, sense, code, _UNTOLD, 1, said.flag)
    return Claim(line, sense, code, about, about.weight, said.flag)


def _between(ends: Iterable[tuple[End, Claim]], told: Sequence[Claim]) -> list[Claim]:
    """What the first and the last affected versions claim of those between. ``told``: all that is claimed of that product."""
    points = {
        (claim.range.sure[0][0], end == "last"): claim
        for end, claim in ends
        if claim.weight == 3
        and len([each for each in claim.range.sure if each[0] < BUILDS]) == 1
        and not claim.range.perhaps
    }
    single = set(map(id, points.values()))
    rest = [(each.code, span) for each in told if id(each) not in single for span in each.range.sure]
    starts = [span[0] for code, span in rest if code == "affected"]
    stops = [span[1] if code == "affected" else span[0] for code, span in rest if code in ("affected", "fixed")]
    found = []
    for start, stop, sure in stretches(points, starts=starts, stops=stops):
        line = (points.get((start, False)) or points[stop, True]).line
        about = Range((), ((start, stop),), 2, "range_end_unclear")
        if sure:
            low, high = told_version(line), told_version(points[stop, True].line)
            line = line._replace(version=spelled([(">=", low), ("<=", high)]), form="range")
            about = Range(((start, stop),))
        found.append(Claim(line, "affected", "affected", about, 2))
    return found


def finding_at(claims: Sequence[Claim], place: str, known: Sequence[Finding] = ()) -> Finding:
    """What follows for a product at this place in its order. ``known``: what follows at each end below LITERALS, in order."""
    if place < LITERALS:
        return _in_stretch(claims, place) if is_shorter(place) else _decided(claims, place)
    exact = [each for each in claims if each.weight == 3 and covers(each.range.sure, place)]
    if exact:
        return _decided(exact, place)
    if place >= NAMES and any(is_name(each) for each in _ends(claims)):
        return _OUTSIDE  # it can be compared as it stands
    # no version that we understand: it may be any, so only what holds for all of them is sure
    findings = known or [_decided(claims, point) for point in sorted({"", *_ends(claims)})]
    outcomes = {each.outcome for each in findings}
    if len(outcomes) == 1:
        return findings[0]
    telling = next(each for each in findings if each.outcome != "not_affected")
    code = "version_other_form" if place >= NAMES else "no_version" if place == BLANK else "version_not_understood"
    return Finding("undetermined", code, telling.claim)


def _in_stretch(claims: Sequence[Claim], place: str) -> Finding:
    """What follows for a version that may be written short: it is a question where not all that it may be comes to the same.

    A document that names just this version as affected means this version.
    """
    key, stop = stretch_of(place)
    first, behind = _decided(claims, key), after(key)
    inner = {each for each in _ends(claims) if behind < each < stop}
    if not inner or (first.outcome == "affected" and any(_names(each, (key, behind)) for each in claims)):
        return first
    rest = [_decided(claims, each) for each in sorted({behind, *inner})]
    if all(each.outcome == rest[0].outcome for each in rest):
        return first
    telling = next(each for each in rest if each.outcome != "not_affected")
    return Finding("undetermined", "version_short", telling.claim)


def _names(claim: Claim, version: Span) -> bool:
    return claim.sense == "affected" and version in claim.range.sure


def _ends(claims: Iterable[Claim]) -> Iterator[str]:
    for each in claims:
        for span in (*each.range.sure, *each.range.perhaps):
            yield from (end for end in span if end < LITERALS)


def _decided(claims: Sequence[Claim], place: str) -> Finding:
    speaking: list[tuple[int, Sense, str, Claim]] = []
    for each in claims:
        if covers(each.range.sure, place):
            speaking.append((each.weight, each.sense, each.code, each))
        elif each.range.perhaps and covers(each.range.perhaps, place):
            speaking.append((each.weight, "open", each.range.why, each))
    if not speaking:
        return _OUTSIDE
    if all(each[3].sense == "affected" or each[2] == "no_version_in_document" for each in speaking):
        # what only says *affected*, more or less readably, does not weaken itself
        speaking = [each for each in speaking if each[1] == "affected"] or speaking
    most = max(each[0] for each in speaking)
    by_sense: dict[Sense, tuple[str, Claim]] = {}
    for weight, sense, code, claim in speaking:
        if weight == most:
            by_sense.setdefault(sense, (code, claim))
    if "affected" in by_sense and "silent" in by_sense:
        one, other = by_sense["affected"][1], by_sense["silent"][1]
        return Finding("undetermined", "conflict" if one.line.on == other.line.on else "depends_on_platform", one)
    if "affected" in by_sense:
        return Finding("affected", *by_sense["affected"])
    if "silent" in by_sense:
        return Finding("not_affected", *by_sense["silent"])
    return Finding("undetermined", *by_sense["open"])
