"""The acts of this room as sentences in the trail, one file per part, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Model

from dijkwacht.apps.crisis import models
from dijkwacht.apps.crisis.acts import cascade, log, plan
from dijkwacht.apps.people.models import Organisation

SENTENCES: dict[str, Any] = {**plan.SENTENCES, **log.SENTENCES, **cascade.SENTENCES}


def _names(model: type[Model]) -> Callable[[Organisation, Collection[str]], Mapping[str, str]]:
    def names(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
        wanted = [int(key) for key in keys if key.isdecimal()]
        rows = model._default_manager.filter(organisation=organisation, pk__in=wanted)
        return {str(row.pk): str(row) for row in rows}

    return names


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "crisis_plan": _names(models.Plan),
    "crisis_contact": _names(models.Contact),
    "crisis": _names(models.Crisis),
    "crisis_comparison": _names(models.Comparison),
}
