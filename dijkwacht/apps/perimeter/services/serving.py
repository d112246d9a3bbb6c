"""Which addresses serve the names of which organisations: kept at every visit, before the first connection."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, DomainState, Served
from dijkwacht.core.consent_scope import address_of

COUNTS = timedelta(days=30)
"""How long an address counts as one that serves a name after it was last seen so; a name is measured once a day."""
AGAIN = timedelta(days=1)
"""How long it is not written down again."""

Place = tuple[str, str]
"""A name and an address at which it was found."""


def note(organisation: Organisation, places: Collection[Place], *, at: datetime) -> None:
    """Writes down where names of an organisation are; a second worker that does so changes nothing."""
    rows = [
        Served(organisation=organisation, name=name[:253], address=str(found), seen_at=at)
        for name, address in dict.fromkeys(places)
        if (found := address_of(address)) is not None
    ]
    Served.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation", "name", "address"], update_fields=["seen_at"]
    )


def noted(organisation: Organisation, *, at: datetime) -> set[Place]:
    """What need not be written down again today."""
    rows = Served.objects.filter(organisation=organisation, seen_at__gt=at - AGAIN)
    return set(rows.values_list("name", "address"))


def unsounded(*, at: datetime, most: int) -> list[Domain]:
    """Names of which nobody knows where they are: asked for before anybody visits anything."""
    never = Q(sounded_at__isnull=True) | Q(sounded_at__lt=at - COUNTS)
    rows = Domain.objects.filter(never, state=DomainState.WATCHED).select_related("organisation", "about")
    return list(rows.order_by("organisation", "pk")[:most])


def sounded(domains: Iterable[Domain], *, at: datetime) -> None:
    """These need not be asked again, whatever came of it."""
    Domain.objects.filter(pk__in=[each.pk for each in domains]).update(sounded_at=at)


def whose(organisation: Organisation, name: str) -> Organisation | None:
    """Whose an address is that a CSIRT visits for a name; None for a host that it does not watch itself."""
    found = Domain.objects.filter(organisation=organisation, name=name).select_related("about").first()
    return (found.about or organisation) if found is not None else None


def drop_old(*, at: datetime) -> int:
    """Throws away what counts no more."""
    return Served.objects.filter(seen_at__lt=at - COUNTS).delete()[0]
