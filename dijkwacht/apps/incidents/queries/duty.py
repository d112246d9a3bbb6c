"""Who is on duty."""

from collections.abc import Collection, Sequence
from datetime import date

from dijkwacht.apps.incidents.models import Duty
from dijkwacht.apps.people.models import Organisation, Role
from dijkwacht.apps.people.queries import in_period


def on_duty(organisation: Organisation, *, on: date) -> Sequence[Duty]:
    """Who is on duty on a day, by role and rank."""
    return on_duty_at([organisation], on=on)


def on_duty_at(organisations: Collection[Organisation], *, on: date) -> list[Duty]:
    """The same of many."""
    rows = Duty.objects.filter(organisation__in=organisations, since__lte=on).exclude(until__lte=on)
    return list(rows.select_related("person").order_by("role", "rank"))


def here(organisation: Organisation, *, on: date) -> set[int]:
    """The numbers of those who have a role here on a day; only they are warned."""
    return here_at([organisation], on=on)[organisation.pk]


def here_at(organisations: Collection[Organisation], *, on: date) -> dict[int, set[int]]:
    """The same of many, by number of organisation."""
    found: dict[int, set[int]] = {each.pk: set() for each in organisations}
    rows = Role.objects.filter(in_period(on), organisation__in=organisations, person__is_active=True)
    for organisation, person in rows.values_list("organisation", "person"):
        found[organisation].add(person)
    return found
