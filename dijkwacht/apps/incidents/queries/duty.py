"""Who is on duty."""

from collections.abc import Sequence
from datetime import date

from dijkwacht.apps.incidents.models import Duty
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.people.queries import persons_in


def on_duty(organisation: Organisation, *, on: date) -> Sequence[Duty]:
    """Who is on duty on a day, by role and rank."""
    rows = Duty.objects.filter(organisation=organisation, since__lte=on).exclude(until__lte=on)
    return list(rows.select_related("person").order_by("role", "rank"))


def here(organisation: Organisation, *, on: date) -> set[int]:
    """The numbers of those who have a role here on a day; only they are warned."""
    return set(persons_in(organisation, on=on).values_list("pk", flat=True))
