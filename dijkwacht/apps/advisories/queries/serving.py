"""Which desk serves whom, and whom a desk or an organisation may warn or be warned by."""

from datetime import date

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Provider, Service
from dijkwacht.apps.people.models import Organisation, OrganisationKind


def in_force(on: date) -> Q:
    """The condition that a row with a period holds on a day; ``until`` is the first day without."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def is_desk(organisation: Organisation) -> bool:
    """Whether it takes in advisories: a CSIRT always, another once it has a provider."""
    return organisation.kind == OrganisationKind.CSIRT or Provider.objects.filter(organisation=organisation).exists()


def served_by(desk: Organisation, *, on: date) -> list[int]:
    """The organisations that a desk warns on a day, by number: itself, unless it is a CSIRT, and those that it serves."""
    own = [] if desk.kind == OrganisationKind.CSIRT else [desk.pk]
    return [*own, *Service.objects.filter(in_force(on), desk=desk).values_list("organisation", flat=True)]


def desks_of(organisation: Organisation, *, on: date) -> list[int]:
    """The desks that warn an organisation on a day, by number: its own, and those that serve it."""
    own = [organisation.pk] if organisation.kind != OrganisationKind.CSIRT else []
    return [*own, *Service.objects.filter(in_force(on), organisation=organisation).values_list("desk", flat=True)]


def left_since(organisation: Organisation, desk: Organisation, *, on: date) -> date | None:
    """Since when a desk no longer warns an organisation; None when it does on this day, or never did."""
    if desk.pk == organisation.pk:
        return None
    rows = Service.objects.filter(organisation=organisation, desk=desk)
    if rows.filter(in_force(on)).exists():
        return None
    return rows.filter(until__lte=on).order_by("-until").values_list("until", flat=True).first()


def organisations_served(desk: Organisation, *, on: date) -> QuerySet[Organisation]:
    """The organisations that a desk warns, by name."""
    return Organisation.objects.filter(pk__in=served_by(desk, on=on)).order_by("name")
