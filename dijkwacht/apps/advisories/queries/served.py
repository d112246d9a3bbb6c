"""Whom a desk warns: their contacts, their registers, and what is open there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from dijkwacht.apps.advisories.models import SETTLED, Asset, Contact, Service, Upload
from dijkwacht.apps.advisories.queries.contacts import contacts_by, reached
from dijkwacht.apps.advisories.queries.sent import UNSEEN
from dijkwacht.apps.advisories.queries.serving import in_force, organisations_served
from dijkwacht.apps.advisories.queries.visible import warnings_by
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.days import earliest
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.moments import day_of

BY_ITSELF = "perimeter"
"""The kind of lines that come from our own measurements: they say nothing of how old what the organisation gave is."""


@dataclass(frozen=True, slots=True)
class Served:
    """An organisation that a desk warns. ``gaps``: what its contacts lack, as codes; ``register_at``: when it gave its register
    last; ``old``: longer ago than the rules call up to date."""

    organisation: Organisation
    gaps: Sequence[str]
    products: int
    register_at: datetime | None
    old: bool
    unsettled: int
    unseen: int


def served(desk: Organisation, person: Person, *, on: date, only: int | None = None) -> list[Served]:
    """Everybody whom a desk warns, by name; ``only`` one of them."""
    found = organisations_served(desk, on=on)
    rows = list(found if only is None else found.filter(pk=only))
    numbers = {each.pk for each in rows}
    contacts, products, given = contacts_by(numbers, on=on), _products(only), _given(only)
    told = _told(desk, person, only)
    first = earliest(on, warning_rules().fresh)
    return [
        Served(
            each, gaps(contacts.get(each.pk, [])), products.get(each.pk, 0), given.get(each.pk),
            each.pk in given and day_of(given[each.pk]) < first, *told.get(each.pk, (0, 0)),
        )
        for each in rows
    ]  # fmt: skip


def gaps(contacts: Collection[Contact]) -> list[str]:
    """What the contacts of an organisation lack, the gravest first; codes of `telling_words.GAPS`."""
    if not contacts:
        return ["no_contact"]
    trusted = [reached(each) for each in contacts if each.role == "trusted"]
    everybody = [reached(each) for each in contacts]
    found = [] if trusted else ["no_trusted"]
    if trusted and not any(each.has_account and each.email for each in trusted):
        found.append("trusted_by_phone")
    if not any(each.phone for each in everybody):
        found.append("no_phone")
    return found if len(contacts) > 1 else [*found, "no_deputy"]


def _mine(only: int | None) -> dict[str, int]:
    return {} if only is None else {"organisation": only}


def _products(only: int | None) -> Mapping[int, int]:
    rows = Asset.objects.filter(**_mine(only)).order_by().values_list("organisation").annotate(n=Count("pk"))
    return dict(rows)


def _given(only: int | None) -> Mapping[int, datetime]:
    rows = (
        Upload.objects.filter(**_mine(only))
        .exclude(kind=BY_ITSELF)
        .order_by()
        .values_list("organisation")
        .annotate(last=Max("at"))
    )
    return dict(rows)


def _told(desk: Organisation, person: Person, only: int | None) -> Mapping[int, tuple[int, int]]:
    rows = warnings_by(desk, person).filter(**_mine(only)).order_by().values_list("organisation")
    counted = rows.annotate(open=Count("pk", filter=~Q(state__in=SETTLED)), unseen=Count("pk", filter=UNSEEN))
    return {organisation: (open_, unseen) for organisation, open_, unseen in counted}


def services_of(organisation: Organisation, *, on: date) -> QuerySet[Service]:
    """The desks that warn an organisation on a day."""
    return Service.objects.filter(in_force(on), organisation=organisation).select_related("desk", "organisation", "by")


def service_of(desk: Organisation, organisation: Organisation) -> Service | None:
    """The last row that says that a desk warns, or warned, an organisation."""
    rows = Service.objects.filter(desk=desk, organisation=organisation).select_related("desk", "organisation", "by")
    return rows.order_by("-since", "-pk").first()


def uploads_of(organisation: Organisation) -> QuerySet[Upload]:
    """What was taken over in its register, the newest first."""
    return Upload.objects.filter(organisation=organisation).select_related("by")
