"""Suppliers that may be one: proposals for a person to decide on."""

from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Distinct, Supplier
from dijkwacht.apps.suppliers.queries.register import running
from dijkwacht.core.suppliers.identity import Named, Pair, proposals


@dataclass(frozen=True, slots=True)
class Double:
    """Two suppliers that may be one, with why."""

    one: Supplier
    other: Supplier
    pair: Pair


def doubles(organisation: Organisation, *, on: date) -> list[Double]:
    """Every pair that may be one and of which nobody said that they are two; the sure ones first."""
    rows = {str(each.pk): each for each in running(organisation, on=on)}
    pairs = proposals(Named(key, each.name, each.kvk, each.domain) for key, each in rows.items())
    said = set(Distinct.objects.filter(organisation=organisation).values_list("one_id", "other_id"))
    found = [Double(rows[pair.one], rows[pair.other], pair) for pair in pairs]
    return [each for each in found if tuple(sorted((each.one.pk, each.other.pk))) not in said]
