"""The comparison: per category the share of names in order, over municipalities that let theirs be part of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.apps.perimeter.models import Comparing, DomainState, Reading
from dijkwacht.core.benchmark import Figure, place
from dijkwacht.core.checks.finding import SAID
from dijkwacht.core.checks.history import BAD
from dijkwacht.norms.read import benchmark, policy_on
from dijkwacht.norms.year import Size

CATEGORIES = ("ipv6", "dnssec", "rpki", "tls", "auth", "headers")
"""What is compared and shown in public. Not *own*: open ports and versions are nobody else's business."""
Shares = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Compare:
    """One row: a category (empty: every name in order in all of them), our share of names in order, and the figures."""

    category: str
    own: int | None
    like: Figure | None
    everyone: Figure | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our place among those of our size and among everyone. Not joined: there are no figures."""

    joined: bool
    size: Size | None
    rows: tuple[Compare, ...]


def joined(organisation: Organisation) -> bool:
    """Whether how its names stand is part of the comparison."""
    return Comparing.objects.filter(organisation=organisation, ended_at__isnull=True).exists()


def comparison(organisation: Organisation, *, on: date) -> Comparison:
    """Who does not give does not see. Figures are over municipalities only, never over fewer than the packs say."""
    size, mine = benchmark().size_of(organisation.inhabitants), joined(organisation)
    if not mine or organisation.kind != OrganisationKind.MUNICIPALITY:
        return Comparison(mine, size, ())
    members = Organisation.objects.filter(
        pk__in=Comparing.objects.filter(ended_at__isnull=True).values("organisation"),
        kind=OrganisationKind.MUNICIPALITY,
    )
    sizes = {pk: benchmark().size_of(people) for pk, people in members.values_list("pk", "inhabitants")}
    found = shares(sizes, on=on)
    return Comparison(True, size, tuple(_row(key, each, sizes, organisation, size) for key, each in found.items()))


def shares(owners: Collection[int], *, on: date) -> dict[str, Shares]:
    """Per category ("" first: all together) and organisation the part of its names that is in order there, 0 to 1.

    A name counts in a category in which something was measured; it is in order when nothing is wrong in it. A suspicion that
    was not measured twice is not counted.
    """
    rules = policy_on(on).rules
    names: dict[str, dict[int, dict[int, bool]]] = {each: {} for each in ("", *CATEGORIES)}
    rows = Reading.objects.filter(
        domain__organisation__in=owners, domain__about__isnull=True, domain__state=DomainState.WATCHED,
        until__isnull=True, confirmed=True, word__in=SAID,
    )  # fmt: skip
    wanted = ("domain__organisation", "domain", "area", "check_id", "word")
    for owner, domain, area, check, word in rows.order_by().values_list(*wanted).iterator(chunk_size=5000):
        rule = rules.get(f"{area}.{check}")
        if rule is None or rule.category not in CATEGORIES:
            continue
        for category in ("", rule.category):
            seen = names[category].setdefault(owner, {})
            seen[domain] = seen.get(domain, True) and word not in BAD
    return {
        category: {owner: sum(each.values()) / len(each) for owner, each in found.items()}
        for category, found in names.items()
    }


def _row(
    category: str, found: Shares, sizes: Mapping[int, Size | None], organisation: Organisation, size: Size | None
) -> Compare:
    groups = {owner: each.key if each else "" for owner, each in sizes.items()}
    here = place(found, groups, own=organisation.pk, group=size.key if size else None, least=benchmark().least)
    return Compare(category, here.own, here.like, here.everyone)
