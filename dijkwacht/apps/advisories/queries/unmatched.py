"""Products that advisories of a desk name and nobody has: where names may stand in the way of a warning."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, When
from django.db.models.functions import Concat

from dijkwacht.apps.advisories.models import Advisory, Asset, Place, Rejected, Told
from dijkwacht.apps.advisories.models.columns import identifier
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.candidates import Candidate, candidates
from dijkwacht.core.advisories.naming import fold_vendor

KEYS = ("key", "purl", "cpe")
FEW = 3  # candidates that are shown for one product


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A product as advisories write it; in how many, the newest of which came or changed then; what is registered like it.

    ``identifiers``: its package URL and CPE, of several one.
    """

    vendor: str
    product: str
    advisories: int
    newest: datetime
    candidates: tuple[Candidate, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How it is called here."""
        return self.product or self.identifiers[0]

    @property
    def search(self) -> str:
        """What finds its advisories in the queue."""
        return self.product or self.name.removeprefix("cpe ").split("/", 1)[-1]


def unmatched_of(rows: QuerySet[Advisory], served: Collection[int], *, text: str = "") -> QuerySet[Any, Any]:
    """The products of these advisories that none of these organisations has by name, package URL or CPE.

    Most named first, then the newest. One without a name counts by its package URL or CPE.
    """
    had = (Exists(Place.objects.filter(product=OuterRef(name), organisation__in=served)) for name in KEYS)
    told = Told.objects.filter(*(~each for each in had), advisory__in=rows.filter(withdrawn=False))
    told = told.exclude(**dict.fromkeys(KEYS, ""))
    if text:
        columns = ("vendor", "product", "purl", "cpe")
        told = told.filter(reduce(or_, (Q(**{f"{name}__icontains": text}) for name in columns)))
    whose = Case(When(Q(product="") | Q(key=""), then=Concat("purl", "cpe")), default=F("key"))
    return (
        told.order_by().annotate(whose=whose).values("whose")
        .annotate(
            advisories=Count("advisory", distinct=True), newest=Max("advisory__changed_at"), name=Min("product"),
            by=Min("vendor"), package=Max("purl"), platform=Max("cpe"),
        )
        .order_by("-advisories", "-newest", "whose")
    )  # fmt: skip


def with_candidates(found: Iterable[Mapping[str, Any]], desk: Organisation, served: Collection[int]) -> list[Unmatched]:
    """The same with what is registered like each of them, as far as nobody said that it is something else."""
    rows = list(found)
    aliases = aliases_of([desk.pk])
    told = [(row["by"], row["name"]) for row in rows if row["by"] and row["name"]]
    held: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    rejected = set(
        Rejected.objects.filter(organisation=desk).values_list("vendor", "product", "to_vendor", "to_product")
    )
    for each in candidates(_registered({vendor for vendor, _product in told}, served), told, aliases):
        if (*each.registered, *each.told) not in rejected:
            held[each.told].append(each)
    return [_unmatched(row, held[row["by"], row["name"]]) for row in rows]


def _unmatched(row: Mapping[str, Any], like: Sequence[Candidate]) -> Unmatched:
    known = tuple(identifier(each) for each in (row["package"], row["platform"]) if each)
    return Unmatched(row["by"], row["name"], row["advisories"], row["newest"], tuple(like[:FEW]), known)


def _registered(vendors: Collection[str], served: Collection[int]) -> list[tuple[str, str]]:
    """The names that these organisations registered, of these vendors."""
    wanted = {fold_vendor(each) for each in vendors}
    rows = Asset.objects.filter(organisation__in=served).order_by()
    called = [each for each in rows.values_list("line__vendor", flat=True).distinct() if fold_vendor(each) in wanted]
    found: list[tuple[str, str]] = []
    for some in portions(called):
        found += rows.filter(line__vendor__in=some).values_list("line__vendor", "line__product").distinct()
    return found
