"""What the terms of many organisations follow from, read for all of them at once.

Reading them one by one costs more than all the rest of a round. Every act writes an entry in the chain of its organisation, so
what was read before the lock still holds under it as long as the chain has no more ``entries``; only when a term is looked at
next `tick` itself moves without an entry (`ticking` looks at both).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from dijkwacht.apps.incidents.models import Clock, ClockState, Incident
from dijkwacht.apps.incidents.services import terms
from dijkwacht.apps.incidents.services.calling import Crew, crews_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.models import Head

OPEN = (ClockState.WAITING, ClockState.RUNNING)
HOLDS = (*OPEN, ClockState.MET)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Of one organisation: its incidents with a term that is due, by number, its roles under the law, and who can be called.

    ``clocks``: the terms of these incidents that hold, and those that are due without an incident.
    """

    entries: int
    incidents: Mapping[int, Incident]
    clocks: Sequence[Clock]
    roles: Mapping[str, datetime]
    crew: Crew


def due_clocks(*, at: datetime, exercise: bool) -> QuerySet[Clock]:
    """The terms at which something is due. ``exercise``: only those of rehearsals, and otherwise none of those."""
    whose = Q(incident__exercise=True) if exercise else Q(incident__isnull=True) | Q(incident__exercise=False)
    return Clock.objects.filter(whose, next_at__lte=at)


def gathered(organisations: Collection[Organisation], *, at: datetime, exercise: bool) -> dict[int, Gathered]:
    """Per organisation, by number, what its terms follow from."""
    # The heads first: what comes in after that makes the chain longer, and is read anew.
    entries = dict(Head.objects.filter(organisation__in=organisations).values_list("organisation", "seq"))
    due = due_clocks(at=at, exercise=exercise).filter(organisation__in=organisations)
    rows = Incident.objects.filter(pk__in=due.values("incident")).select_related("organisation", "handler")
    incidents: dict[int, dict[int, Incident]] = {each.pk: {} for each in organisations}
    for row in terms.with_events(list(rows)):
        incidents[row.organisation_id][row.pk] = row
    clocks: dict[int, list[Clock]] = {each.pk: [] for each in organisations}
    for clock in _clocks([number for each in incidents.values() for number in each], due):
        clocks[clock.organisation_id].append(clock)
    roles, crews = terms.roles_of_each(organisations, at=at), crews_of(organisations, at=at)
    return {
        each.pk: Gathered(entries.get(each.pk, 0), incidents[each.pk], clocks[each.pk], roles[each.pk], crews[each.pk])
        for each in organisations
    }


def _clocks(incidents: Sequence[int], due: QuerySet[Clock]) -> Iterator[Clock]:
    """The terms that hold of these incidents, and those that are due without one."""
    for first in range(0, len(incidents), 500):
        yield from Clock.objects.filter(incident__in=incidents[first : first + 500], state__in=HOLDS).order_by()
    yield from due.filter(incident__isnull=True, state__in=HOLDS).order_by()
