"""The acts of this room as sentences in the trail, one file per part, and the names of what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Model

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers import models
from dijkwacht.apps.suppliers.acts import collective, dependence, portal, proof, register, reviews, tenders

SENTENCES = {
    **register.SENTENCES, **proof.SENTENCES, **reviews.SENTENCES, **portal.SENTENCES, **tenders.SENTENCES,
    **dependence.SENTENCES, **collective.SENTENCES,
}  # fmt: skip


def _names(model: type[Model]) -> Callable[[Organisation, Collection[str]], Mapping[str, str]]:
    def names(organisation: Organisation, keys: Collection[str]) -> Mapping[str, str]:
        wanted = [int(key) for key in keys if key.isdecimal()]
        rows = model._default_manager.filter(organisation=organisation, pk__in=wanted)
        return {str(row.pk): str(row) for row in rows}

    return names


ABOUT: Mapping[str, Callable[[Organisation, Collection[str]], Mapping[str, str]]] = {
    "supplier": _names(models.Supplier),
    "service": _names(models.Service),
    "contract": _names(models.Contract),
    "proof": _names(models.Proof),
    "joint_review": _names(models.Review),
    "tender": _names(models.Tender),
    "order": _names(models.Order),
    "private_set": _names(models.PrivateSet),
    "collective": _names(models.Collective),
}
