"""Acts about plans and desks as sentences in the trail. What a victim answers is no act: nothing of it comes in the trail."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.crime.models.help import Desk, Plan
from dijkwacht.apps.people.models import Organisation

SENTENCES: dict[str, Any] = {
    "crime.plan_made": _("%(actor)s made plan “%(name)s” against cybercrime."),
    "crime.plan_changed": _("%(actor)s changed plan “%(name)s” against cybercrime."),
    "crime.plan_measured": _("%(actor)s noted for plan “%(name)s” that on %(on)s it was %(value)s %(unit)s."),
    "crime.plan_evaluated": _("%(actor)s ended plan “%(name)s” against cybercrime and wrote what was learned."),
    "crime.desk_added": _("%(actor)s added desk “%(name)s” for victims of cybercrime."),
    "crime.desk_changed": _("%(actor)s wrote how desk “%(name)s” is reached now."),
    "crime.desk_checked": _("%(actor)s tried desk “%(name)s”: it is right."),
    "crime.desk_removed": _("%(actor)s removed desk “%(name)s” for victims of cybercrime."),
    "crime.help_opened": _("%(actor)s opened the page for victims of cybercrime to anybody."),
    "crime.help_closed": _("%(actor)s closed the page for victims of cybercrime."),
}


def _plans(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    wanted = [int(key) for key in keys if key.isdecimal()]
    return {str(row.pk): row.title for row in Plan.objects.filter(organisation=organisation, pk__in=wanted)}


def _desks(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    wanted = [int(key) for key in keys if key.isdecimal()]
    return {str(row.pk): row.name for row in Desk.objects.filter(organisation=organisation, pk__in=wanted)}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "crime_plan": _plans,
    "crime_desk": _desks,
}
