"""Names in registers and names in advisories that may be one, for a person to look at; and those that somebody settled."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.advisories.models import Advisory, Alias, Line, Rejected, Stated, Told
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.advisories.queries.serving import desks_of, served_by
from dijkwacht.apps.advisories.queries.touching import readable
from dijkwacht.apps.advisories.queries.visible import advisories_of
from dijkwacht.apps.advisories.services.assets import names_for
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.core.advisories.candidates import Candidate, Name, candidates
from dijkwacht.core.advisories.naming import Aliases, fold_product, fold_vendor
from dijkwacht.web.moments import day_of


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two names that may be one. ``advisories``: how many name the one; ``organisations``: how many registered the other."""

    candidate: Candidate
    advisories: int
    organisations: int


def for_organisation(organisation: Organisation, person: Person, *, at: datetime) -> list[Proposed]:
    """For the register of one organisation, out of the advisories that the person may see."""
    on = day_of(at)
    seen = readable(organisation, person, on=on)
    judges = {organisation.pk, *desks_of(organisation, on=on)}
    return _proposed([organisation.pk], seen, names_for(organisation, at=at)[0], judges)


def for_desk(desk: Organisation, person: Person, *, at: datetime) -> list[Proposed]:
    """For the registers of all that a desk serves, out of its own advisories; no organisation is named."""
    served = set(served_by(desk, on=day_of(at)))
    seen = advisories_of(desk, person).filter(withdrawn=False)
    return _proposed(served, seen, aliases_of([desk.pk]), {desk.pk})


def _proposed(
    organisations: Collection[int], seen: QuerySet[Advisory], aliases: Aliases, judges: Iterable[int]
) -> list[Proposed]:
    registered = _registered(organisations)
    vendors = {aliases.resolved(fold_vendor(vendor), "")[0] for vendor, _product in registered}
    told = {
        (vendor, product): number
        for vendor, product, number in Told.objects.filter(advisory__in=seen.order_by().values("pk"))
        .order_by().values_list("vendor", "product").annotate(number=Count("advisory", distinct=True))
        if aliases.resolved(fold_vendor(vendor), "")[0] in vendors
    }  # fmt: skip
    not_one = {
        (*_folded(each.vendor, each.product), *_folded(each.to_vendor, each.to_product))
        for each in Rejected.objects.filter(organisation__in=judges)
    }
    return [
        Proposed(each, told[each.told], registered[each.registered])
        for each in candidates(registered, told, aliases)
        if (*_folded(*each.registered), *_folded(*each.told)) not in not_one
    ]


def _registered(organisations: Collection[int]) -> Counter[Name]:
    """The names in these registers, each with how many organisations have it."""
    rows = Line.objects.filter(~Q(vendor=""), ~Q(product=""), organisation__in=organisations, gone__isnull=True)
    rows = rows.exclude(stated=Stated.ABSENT).order_by()
    counted = rows.values_list("vendor", "product").annotate(number=Count("organisation", distinct=True))
    return Counter({(vendor, product): number for vendor, product, number in counted})


def _folded(vendor: str, product: str) -> tuple[str, str]:
    return fold_vendor(vendor), fold_product(product, vendor)


def confirmed(organisation: Organisation, *, on: date) -> list[Alias]:
    """The aliases that hold for an organisation: its own, and those of the desks that serve it."""
    holders = [organisation.pk]
    if organisation.kind != OrganisationKind.CSIRT:
        holders = list({*holders, *desks_of(organisation, on=on)})
    rows = Alias.objects.filter(organisation__in=holders, ended_at__isnull=True)
    return list(rows.select_related("organisation", "by"))


def rejected(organisation: Organisation) -> QuerySet[Rejected]:
    """The names that somebody here said are not one, the newest first."""
    return Rejected.objects.filter(organisation=organisation).select_related("by").order_by("-at", "-pk")
