"""Desks of an organisation with how fresh they are, and whether its page for anybody is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.crime.models.help import Desk, HelpPage
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.referral import Freshness, freshness
from dijkwacht.norms.crime_packs import crime_packs


@dataclass(frozen=True, slots=True)
class Seen:
    """A desk and what may be said of it. ``stale``: tried too long ago, or never."""

    row: Desk
    stale: bool


def desks(organisation: Organisation, *, on: date) -> Mapping[str, list[Seen]]:
    """The desks that are told of, by the desk of the pack that they belong to."""
    found: dict[str, list[Seen]] = {}
    for row in Desk.objects.filter(organisation=organisation, removed_at__isnull=True):
        found.setdefault(row.point, []).append(seen(row, on=on))
    return found


def seen(row: Desk, *, on: date) -> Seen:
    """One desk on a day. What was said of a number goes for a place and a site too."""
    reached = row.phone or row.place or row.site
    days = crime_packs().referral.stale_days
    fresh = freshness(number=reached, checked_on=row.checked_on, on=on, stale_days=days)
    return Seen(row, fresh is not Freshness.CHECKED)


def page(organisation: Organisation) -> HelpPage | None:
    """The page of an organisation for anybody, as it is open now."""
    return HelpPage.objects.filter(organisation=organisation, ended_at__isnull=True).select_related("by").first()


def page_of(slug: str) -> HelpPage | None:
    """The page at an address, when its organisation chose to have one."""
    found = HelpPage.objects.filter(organisation__slug=slug, ended_at__isnull=True)
    return found.select_related("organisation").first()
