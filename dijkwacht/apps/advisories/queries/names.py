"""Aliases as matching uses them: those that somebody confirmed and nobody ended."""

from collections.abc import Iterable

from django.db.models import Count, Q

from dijkwacht.apps.advisories.models import Alias, Anew
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.naming import Alias as Confirmed
from dijkwacht.core.advisories.naming import Aliases
from dijkwacht.web.moments import day_of


def aliases_of(organisations: Iterable[int]) -> Aliases:
    """The aliases of these organisations together; of two for one name that of the first organisation holds."""
    every = list(organisations)
    return together(every, confirmed_by(every))


def waiting(organisation: Organisation) -> tuple[int, int]:
    """What is still to be matched anew by names that it confirmed or ended: how many registers, and how many advisories."""
    rows = Anew.objects.filter(alias__organisation=organisation).order_by()
    told = rows.aggregate(
        registers=Count("organisation", distinct=True),
        advisories=Count("advisory", filter=Q(organisation__isnull=True)),
    )
    return told["registers"], told["advisories"]


def confirmed_by(organisations: Iterable[int]) -> list[Alias]:
    """The aliases of these organisations as they are kept."""
    rows = Alias.objects.filter(organisation__in=list(organisations), ended_at__isnull=True)
    return list(rows.select_related("by").order_by())


def together(organisations: Iterable[int], rows: Iterable[Alias]) -> Aliases:
    """Those of some organisations out of more; of two for one name that of the first organisation holds."""
    order = {pk: place for place, pk in enumerate(organisations)}
    held = sorted(
        (each for each in rows if each.organisation_id in order),
        key=lambda each: (-order[each.organisation_id], each.pk),  # a later one takes the place of an earlier
    )
    return Aliases(
        Confirmed(
            each.vendor, each.product, each.to_vendor, each.to_product, who=str(each.by or ""), on=day_of(each.at)
        )
        for each in held
    )
