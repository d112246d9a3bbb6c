"""How others rate what a warning is about, side by side with our own priority and why it is that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.adapters.enrichment.cvss import base_score
from dijkwacht.apps.advisories.services import weighing
from dijkwacht.core.advisories.priority import LEVELS, SEVERITIES, Priority
from dijkwacht.core.advisories.shapes import Advisory, Rating
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.moments import as_day, day_words
from dijkwacht.web.rating_words import rating_word


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating in words. ``among``: of how many weaknesses it is the highest, in words; empty for one."""

    label: str
    value: str
    source: str
    among: str = ""


def ratings(content: Advisory, lists: Mapping[str, tuple[Rating, ...]]) -> list[Rated]:
    """Those of the document as a whole, then of its weaknesses per scheme the highest. ``lists``: public lists, by CVE."""
    name = {content.publisher: content.publisher_name} if content.publisher_name else {}
    whole = [Rated(*_words(each, name)) for each in dict.fromkeys(content.ratings)]
    if days := [each.exploited for each in content.vulnerabilities if each.exploited]:
        whole.append(
            Rated(_("Being used"), _("known since %(day)s") % {"day": day_words(min(days))}, content.publisher_name)
        )
    held: dict[str, list[Rating]] = {}
    for weakness in content.vulnerabilities:
        for each in (*weakness.ratings, *lists.get(weakness.cve, ())):
            held.setdefault(each.scheme, []).append(each)
    return [*whole, *(_highest(found, name) for found in held.values())]


def _highest(found: list[Rating], names: Mapping[str, str]) -> Rated:
    said = ngettext("highest of %(n)d", "highest of %(n)d", len(found)) % {"n": len(found)} if len(found) > 1 else ""
    return Rated(*_words(max(found, key=_rank), names), among=said)


def _rank(rating: Rating) -> float:
    """Where a rating stands within its scheme, the highest first; those that have no order are equal."""
    if rating.scheme.startswith("cvss-"):
        return base_score(rating.scheme, rating.value) or 0
    if rating.scheme == "kev":
        day = as_day(rating.value)
        return -day.toordinal() if day else 0
    if rating.scheme == "severity":
        known = priority_table().words.severities.get(rating.value.strip().lower(), "")
        return SEVERITIES.index(known) if known in SEVERITIES else -1
    try:
        return float(rating.value)
    except ValueError:
        return 0


def _words(rating: Rating, names: Mapping[str, str]) -> tuple[str, str, str]:
    """Label, value and who says so: a publisher by its name."""
    rating = rating._replace(source=names.get(rating.source, rating.source))
    score = base_score(rating.scheme, rating.value) if rating.scheme.startswith("cvss-") else None
    return rating_word(rating, score)


def our_priority(
    content: Advisory, lists: Mapping[str, tuple[Rating, ...]], exposed: Iterable[bool | None]
) -> Priority:
    """Our own priority on these assets, each exposed or not: that of the most pressing."""
    told = [weighing.weighed(content, exposed=each, lists=lists) for each in set(exposed) or {None}]
    return max(told, key=lambda each: LEVELS.index(each.level))
