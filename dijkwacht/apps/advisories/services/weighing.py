"""How pressing an advisory is, with what public lists say of its weaknesses. The rules are in `norms/advisories`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.apps.advisories.models import Advisory, Enriched, Weakness
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.priority import (
    LEVELS,
    OneWeek,
    Priority,
    Signals,
    one_week,
    priority,
    signals_of,
    together,
)
from dijkwacht.core.advisories.revision import Change, change
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import Rating, Vulnerability
from dijkwacht.core.advisories.ssvc import choices_of
from dijkwacht.norms.advisories import priority_table, ssvc_table

KEV, EPSS, CISA = "CISA KEV", "FIRST EPSS", "CISA"


def enriched(cves: Iterable[str]) -> dict[str, tuple[Rating, ...]]:
    """What the lists say of these weaknesses, as ratings."""
    wanted = sorted({each for each in cves if each})
    rows = [row for some in portions(wanted) for row in Enriched.objects.filter(cve__in=some)]
    return {row.cve: tuple(_ratings(row)) for row in rows}


def _ratings(row: Enriched) -> Iterable[Rating]:
    if row.used_on is not None:
        yield Rating("kev", row.used_on.isoformat(), KEV, row.used_on)
    if row.epss is not None:
        yield Rating("epss", f"{row.epss:.5f}", EPSS, row.epss_on)
    if row.ssvc:
        yield Rating("ssvc", row.ssvc, CISA)


def weighed(
    content: Content, *, exposed: bool | None = None, lists: Mapping[str, tuple[Rating, ...]] | None = None
) -> Priority:
    """Our own priority: that of its most pressing weakness, on an asset that is exposed or not; None: not known."""
    lists = enriched(each.cve for each in content.vulnerabilities) if lists is None else lists
    table = priority_table()
    told = [
        priority(_signals(content, each, exposed, lists.get(each.cve, ())), table) for each in content.vulnerabilities
    ]
    return together(told) or priority(signals_of(content, None, table, score=base_score, exposed=exposed), table)


def _signals(content: Content, weakness: Vulnerability, exposed: bool | None, extra: tuple[Rating, ...]) -> Signals:
    return signals_of(
        content, weakness, priority_table(), score=base_score, exposed=exposed, extra=extra,
        decision=ssvc_decision(weakness, extra, exposed),
    )  # fmt: skip


def ssvc_decision(weakness: Vulnerability, extra: Iterable[Rating], exposed: bool | None) -> str:
    """What the table of SSVC says, where it says one thing whatever the open points turn out to be; else nothing."""
    known: dict[str, str] = {}
    for each in (*weakness.ratings, *extra):
        if each.scheme == "ssvc":
            known |= choices_of(each.value)
    if not known:
        return ""
    if exposed is not None:
        known.setdefault("exposure", "open" if exposed else "controlled")
    decided = ssvc_table().decide(known)
    return decided.decision if decided.certain else ""


def short_term(content: Content) -> OneWeek:
    """Whether the short term of BIO2 8.08.01 runs, by what the publisher says."""
    return one_week(content, priority_table(), score=base_score)


def ratings_of(content: Content) -> list[Rating]:
    """How the publisher rates it, as it writes it: the document as a whole, else its weakness with the highest score."""
    if content.ratings:
        return [each for each in content.ratings if each.scheme != "epss"][:4]
    scored = _scored(content)
    return [max(scored, key=lambda pair: pair[0])[1]] if scored else []


def score_of(content: Content) -> float | None:
    """The highest base score of CVSS among its weaknesses; None when the document gives none."""
    return max((score for score, _rating in _scored(content)), default=None)


def _scored(content: Content) -> list[tuple[float, Rating]]:
    return [
        (score, each)
        for weakness in content.vulnerabilities
        for each in weakness.ratings
        if each.scheme.startswith("cvss-") and (score := base_score(each.scheme, each.value)) is not None
    ]


def turned(before: Content, after: Content) -> Change:
    """What a newer revision changes."""
    return change(before, after, priority_table(), score=base_score)


def is_used(content: Content, lists: Mapping[str, tuple[Rating, ...]]) -> bool:
    """Whether somebody said that one of its weaknesses is being used."""
    return any(
        each.exploited or any(rating.scheme == "kev" for rating in (*each.ratings, *lists.get(each.cve, ())))
        for each in content.vulnerabilities
    )


@dataclass(frozen=True, slots=True)
class Turned:
    """An advisory that weighs otherwise by what the lists say now; not saved. ``used``: the weaknesses of which it is new that
    they are being used."""

    advisory: Advisory
    rose: bool
    used: tuple[str, ...]


def weigh_again(desk: Organisation, cves: Iterable[str]) -> list[Turned]:
    """The advisories of a desk of which the level or the use turned, after the lists said something else of these weaknesses."""
    known = Weakness.objects.filter(advisory__organisation=desk).exclude(cve="").order_by()
    wanted = sorted(set(cves).intersection(known.values_list("cve", flat=True).distinct()))
    numbers: set[int] = set()
    for some in portions(wanted):
        numbers.update(known.filter(cve__in=some).values_list("advisory", flat=True))
    found = []
    for order in portions(sorted(numbers), 200):
        rows = Advisory.objects.filter(pk__in=order, withdrawn=False, document__isnull=False)
        found += [turned for row in rows.select_related("document") if (turned := _turned(row)) is not None]
    return found


def _turned(row: Advisory) -> Turned | None:
    said = content_of(row.document)  # type: ignore[arg-type]
    lists = enriched(each.cve for each in said.vulnerabilities)
    level, used = level_number(weighed(said, lists=lists)), is_used(said, lists)
    if (row.level, row.used) == (level, used):
        return None
    told = [each.key for each in said.vulnerabilities if any(one.scheme == "kev" for one in lists.get(each.cve, ()))]
    turned = Turned(row, level > row.level, tuple(told) if used and not row.used else ())
    row.level, row.used = level, used
    return turned


def level_number(told: Priority) -> int:
    """The level as the database orders it: 0 (low) to 3 (urgent)."""
    return LEVELS.index(told.level)
