"""Products that advisories of a desk name and nobody has: where names may stand in the way of a warning."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from dijkwacht.apps.advisories.models import Advisory, Asset, Place, Rejected, Told
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.candidates import Candidate, candidates
from dijkwacht.core.advisories.naming import fold_vendor

FEW = 3  # candidates that are shown for one product


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A product as advisories write it; in how many, the newest of which came or changed then; what is registered like it."""

    vendor: str
    product: str
    advisories: int
    newest: datetime
    candidates: tuple[Candidate, ...] = ()


def unmatched_of(rows: QuerySet[Advisory], served: Collection[int], *, text: str = "") -> QuerySet[Any, Any]:
    """The products of these advisories that none of these organisations has, most named first, then the newest."""
    had = Place.objects.filter(product=OuterRef("key"), organisation__in=served)
    told = Told.objects.filter(~Exists(had), advisory__in=rows.filter(withdrawn=False)).exclude(key="")
    if text:
        told = told.filter(vendor__icontains=text) | told.filter(product__icontains=text)
    return (
        told.order_by().values("key")
        .annotate(
            advisories=Count("advisory", distinct=True), newest=Max("advisory__changed_at"), called=Min("product"),
            by=Min("vendor"),
        )
        .order_by("-advisories", "-newest", "key")
    )  # fmt: skip


def with_candidates(found: Iterable[Mapping[str, Any]], desk: Organisation, served: Collection[int]) -> list[Unmatched]:
    """The same with what is registered like each of them, as far as nobody said that it is something else."""
    rows = list(found)
    aliases = aliases_of([desk.pk])
    told = [(row["by"], row["called"]) for row in rows]
    held: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    rejected = set(
        Rejected.objects.filter(organisation=desk).values_list("vendor", "product", "to_vendor", "to_product")
    )
    for each in candidates(_registered({vendor for vendor, _product in told}, served), told, aliases):
        if (*each.registered, *each.told) not in rejected:
            held[each.told].append(each)
    return [
        Unmatched(
            row["by"], row["called"], row["advisories"], row["newest"], tuple(held[row["by"], row["called"]][:FEW])
        )
        for row in rows
    ]


def _registered(vendors: Collection[str], served: Collection[int]) -> list[tuple[str, str]]:
    """The names that these organisations registered, of these vendors."""
    wanted = {fold_vendor(each) for each in vendors}
    rows = Asset.objects.filter(organisation__in=served).order_by()
    called = [each for each in rows.values_list("line__vendor", flat=True).distinct() if fold_vendor(each) in wanted]
    found: list[tuple[str, str]] = []
    for start in range(0, len(called), 500):
        some = rows.filter(line__vendor__in=called[start : start + 500])
        found += some.values_list("line__vendor", "line__product").distinct()
    return found
