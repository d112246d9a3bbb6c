"""What an organisation shows in public: per name and category one word, and what was mended. No address, version or port."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models import Domain, DomainState, Issue, IssueState, PublicPage, Reading, Subscription
from dijkwacht.apps.perimeter.queries.comparing import CATEGORIES
from dijkwacht.core.checks.finding import SAID, Area
from dijkwacht.core.checks.history import BAD
from dijkwacht.norms.read import policy_on

HALF_YEAR = timedelta(days=183)
RANK = {"failed": 0, "warning": 1, "info": 2, "passed": 2}


@dataclass(frozen=True, slots=True)
class Shown:
    """A name in public: the word per category in the order of CATEGORIES, "" where nothing was measured."""

    name: str
    seen_at: datetime | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """``seen``: names at which something was measured; ``good``: those of them at which nothing is wrong."""

    seen: int
    good: int


@dataclass(frozen=True, slots=True)
class Mended:
    """Something that was wrong and no longer is."""

    name: str
    check_id: str
    at: datetime


def page_of(slug: str) -> PublicPage | None:
    """The public page of an organisation, when it chose to have one."""
    if "\0" in slug:
        return None
    return (
        PublicPage.objects.filter(organisation__slug=slug, ended_at__isnull=True).select_related("organisation").first()
    )


def is_open(organisation: Organisation) -> PublicPage | None:
    """The public page of an organisation as it is open now."""
    return PublicPage.objects.filter(organisation=organisation, ended_at__isnull=True).first()


def subscribed(organisation: Organisation, *, person: Person) -> bool:
    """Whether this person hears by mail what changes on the outside."""
    return Subscription.objects.filter(organisation=organisation, person=person, until__isnull=True).exists()


def watched(organisation: Organisation) -> QuerySet[Domain]:
    """The names that are shown: those that are watched."""
    found = Domain.objects.filter(organisation=organisation, state=DomainState.WATCHED, about__isnull=True)
    return found.order_by("name")


def tally(organisation: Organisation, *, at: datetime) -> Tally:
    """At how many names something was measured of what is shown, and at how many of those nothing is wrong."""
    rules = policy_on(at.date()).rules.values()
    checks = Q(pk__in=[])
    for area in get_args(Area):
        named = [rule.id for rule in rules if rule.area == area and rule.category in CATEGORIES]
        checks |= Q(area=area, check_id__in=named)
    rows = _standing(watched(organisation).order_by()).filter(checks)
    seen, wrong = (each.aggregate(n=Count("domain", distinct=True))["n"] for each in (rows, rows.filter(word__in=BAD)))
    return Tally(seen, seen - wrong)


def shown(domains: Sequence[Domain], *, at: datetime) -> list[Shown]:
    """These names with their words: `failed`, `warning` or `passed`. A suspicion does not count."""
    rules = policy_on(at.date()).rules
    found: dict[tuple[int, str], str] = {}
    for domain, area, check, word in _standing(domains).values_list("domain", "area", "check_id", "word"):
        rule = rules.get(f"{area}.{check}")
        if rule is not None:
            key = domain, rule.category
            found[key] = min(found.get(key, "passed"), word, key=RANK.__getitem__)
    return [Shown(each.name, each.seen_at, _words(each, found)) for each in domains]


def _standing(domains: Sequence[Domain] | QuerySet[Domain]) -> QuerySet[Reading]:
    rows = Reading.objects.filter(domain__in=domains, until__isnull=True, confirmed=True, word__in=SAID)
    return rows.order_by()


def _words(domain: Domain, found: dict[tuple[int, str], str]) -> tuple[str, ...]:
    words = (found.get((domain.pk, category), "") for category in CATEGORIES)
    return tuple("passed" if word == "info" else word for word in words)


def mended(organisation: Organisation, *, at: datetime) -> Sequence[Mended]:
    """What was mended in the last half year, the newest first; of the categories that are shown."""
    rules = policy_on(at.date()).rules
    rows = Issue.objects.filter(
        organisation=organisation, domain__about__isnull=True, domain__state=DomainState.WATCHED,
        state=IssueState.FIXED, fixed_at__gte=at - HALF_YEAR,
    ).select_related("domain")  # fmt: skip
    return [
        Mended(row.domain.name, row.check_id, row.fixed_at)
        for row in rows.order_by("-fixed_at", "pk")
        if row.fixed_at is not None
        and (rule := rules.get(f"{row.area}.{row.check_id}")) is not None
        and rule.category in CATEGORIES
    ]
