"""Acts about figures as sentences in the trail."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkwacht.apps.crime.models.figures import Edition, LocalCounts
from dijkwacht.apps.people.models import Organisation

SENTENCES: dict[str, Any] = {
    "crime.edition_brought": _(
        "%(actor)s brought table %(table)s, fetched on %(fetched)s, with %(rows_kept)s figures."
    ),
    "crime.edition_withdrawn": _("%(actor)s withdrew table %(table)s up to %(newest)s, because “%(because)s”."),
    "crime.place_chosen": _("%(actor)s said in which areas of the tables on crime the organisation lies: %(codes)s."),
    "crime.counts_brought": _("%(actor)s brought %(count)s own counts on cybercrime from %(name)s."),
    "crime.counts_withdrawn": _("%(actor)s withdrew the own counts on cybercrime from %(name)s."),
}


def _editions(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = Edition.objects.filter(organisation=organisation, pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): str(row) for row in rows}


def _counts(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
    rows = LocalCounts.objects.filter(organisation=organisation, pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): str(row) for row in rows}


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "crime_edition": _editions,
    "crime_local": _counts,
}
