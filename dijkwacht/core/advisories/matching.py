"""One advisory against one asset: affected, not affected, or undetermined, each with its reason. The plain way, without an index.

What the index (`index`) and a database find with the rows of an advisory is the same; the tests hold them against this.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dijkwacht.core.advisories.claims import Claim, Finding, claims_of, finding_at, line_keys, told_version
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, stated_version
from dijkwacht.core.advisories.rows import Place, places_of, stronger
from dijkwacht.core.advisories.shapes import Advisory, Asset, Outcome, Reason, Remedy, Vulnerability
from dijkwacht.core.advisories.versions import is_blank

__all__ = ["CODES", "Fix", "Judged", "Weighed", "fix_of", "judge", "weigh"]

CODES = (
    "affected", "affected_all",
    "outside", "fixed", "stated_not_affected",
    "no_version", "version_not_understood", "version_short", "version_other_form", "range_not_understood",
    "range_end_unclear", "no_version_in_document", "fixed_without_version", "investigated", "status_unknown", "conflict",
    "depends_on_platform", "contains_part",
)  # fmt: skip
"""The codes of reasons; parameters: ``product`` and ``said`` (as the document writes the product and its versions), ``version``
(as it is registered), ``line`` (the id of the product in the document), ``on`` (what it runs on), ``flag`` (why not affected)."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome for one weakness."""

    vulnerability: str
    outcome: Outcome
    reason: Reason


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome for one advisory and one asset: the strongest of its weaknesses, with the reason of the first of those."""

    outcome: Outcome
    reason: Reason
    weighed: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """What helps: versions in which it is fixed, versions that the publisher recommends, and what else there is to do."""

    fixed: tuple[str, ...]
    recommended: tuple[str, ...]
    remedies: tuple[Remedy, ...]


def judge(advisory: Advisory, asset: Asset, aliases: Aliases = NO_ALIASES) -> Judged | None:
    """What an advisory means for an asset; None when it is about other products, or says nothing of this one."""
    weighed = [
        each
        for vulnerability in advisory.vulnerabilities
        if (each := weigh(advisory, vulnerability, asset, aliases)) is not None
    ]
    if not weighed:
        return None
    first = weighed[0]
    for each in weighed:
        if each.outcome != first.outcome and stronger(each.outcome, first.outcome) == each.outcome:
            first = each
    return Judged(first.outcome, first.reason, tuple(weighed))


def weigh(
    advisory: Advisory, vulnerability: Vulnerability, asset: Asset, aliases: Aliases = NO_ALIASES
) -> Weighed | None:
    """What one weakness means for an asset. Known by several keys, the strongest outcome counts: in doubt somebody is warned."""
    claims = claims_of(advisory, vulnerability.said, aliases)
    best: tuple[Finding, str] | None = None
    for key, place in places_of(asset, aliases):
        if key in claims:
            found = finding_at(claims[key], place)
            if best is None or (
                found.outcome != best[0].outcome and stronger(found.outcome, best[0].outcome) == found.outcome
            ):
                best = (found, place)
    if best is None:
        return None
    return Weighed(vulnerability.key, best[0].outcome, _reason(best[0], asset))


def _reason(found: Finding, asset: Asset) -> Reason:
    version = stated_version(asset.version, asset.purl, asset.cpe)
    code = found.code
    if code == "no_version" and not is_blank(version):
        code = "version_not_understood"  # such as "alle": it says something, but nothing that stands in an order
    if code == "affected" and found.claim is not None and found.claim.range.whole:
        code = "affected_all"
    params = [("version", version)] if version else []
    if found.claim is not None:
        params += _about(found.claim)
    return Reason(code, tuple(params))


def _about(claim: Claim) -> list[tuple[str, str]]:
    line = claim.line
    told = (
        ("product", " ".join(each for each in (line.vendor, line.product) if each) or line.name or line.id),
        ("said", told_version(line)), ("line", line.id), ("on", line.on), ("flag", claim.flag),
    )  # fmt: skip
    return [each for each in told if each[1]]


def fix_of(
    advisory: Advisory, vulnerability: Vulnerability, places: Sequence[Place], aliases: Aliases = NO_ALIASES
) -> Fix:
    """What helps an asset at these places against one weakness, as the document tells it."""
    keys = {key for key, _ in places}
    mine = {name for name, line in advisory.products.items() if keys.intersection(line_keys(line, aliases))}
    told: dict[str, list[str]] = {"fixed": [], "recommended": []}
    for each in vulnerability.said:
        if each.product in mine and each.status in told:
            told[each.status].append(told_version(advisory.products[each.product]))
    remedies = tuple(each for each in vulnerability.remedies if not each.products or mine.intersection(each.products))
    return Fix(_once(told["fixed"]), _once(told["recommended"]), remedies)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in texts if each))
