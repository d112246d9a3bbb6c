"""Which advisories touch what an organisation uses, for a person of it: no further than TLP goes.

A reader of an organisation sees what it was warned of and he may see (`visible.warnings_of`); what its own desk has; and of a
desk that serves it CLEAR and GREEN, also where that desk did not decide yet or chose not to warn: these labels are for the
public and for the community, and CSAF asks that every document that matches an asset is listed with it. AMBER and up goes to a
client only by the decision of the desk, which is the warning: before it not even that the document exists is told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Advisory, Asset, Warned
from dijkwacht.apps.advisories.queries import joins
from dijkwacht.apps.advisories.queries.joins import Hit
from dijkwacht.apps.advisories.queries.serving import desks_of
from dijkwacht.apps.advisories.queries.visible import advisories_of, labels, warnings_of
from dijkwacht.apps.advisories.services.assets import names_for, thing_of
from dijkwacht.apps.advisories.services.reading import content_of
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.matching import Judged, judge
from dijkwacht.core.advisories.rows import stronger


@dataclass(frozen=True, slots=True)
class Touch:
    """An advisory that touches a product now: the strongest outcome of its assets, which asset that is, and the warning."""

    advisory: Advisory
    asset: Asset
    judged: Judged
    warning: Warned | None


def readable(organisation: Organisation, person: Person, *, on: date) -> QuerySet[Advisory]:
    """The advisories that somebody of an organisation may see; see above for why."""
    desks = [each for each in desks_of(organisation, on=on) if each != organisation.pk]
    told = warnings_of(organisation, person).order_by().values("advisory")
    return Advisory.objects.filter(
        Q(pk__in=told)
        | Q(organisation__in=desks, tlp__in=labels("constituency"))
        | Q(pk__in=advisories_of(organisation, person).order_by().values("pk")),
        withdrawn=False,
    )


def touching(
    organisation: Organisation, person: Person, lines: Collection[int], *, on: date
) -> tuple[QuerySet[Advisory], Mapping[int, list[Hit]]]:
    """The advisories that touch these lines and that a person may see, the most pressing first; per advisory where they meet."""
    assets = list(Asset.objects.filter(organisation=organisation, line__in=lines).values_list("pk", flat=True))
    found: dict[int, list[Hit]] = {}
    for each in joins.of_organisation(organisation, desks_of(organisation, on=on), assets) if assets else ():
        found.setdefault(each.advisory, []).append(each)
    rows = readable(organisation, person, on=on).filter(pk__in=found)
    return rows.select_related("document", "organisation"), found


def judged(
    organisation: Organisation,
    person: Person,
    advisories: Sequence[Advisory],
    hits: Mapping[int, list[Hit]],
    *,
    at: datetime,
) -> list[Touch]:
    """These advisories with outcome and reason, each of its strongest asset; those that prove not to touch are left out."""
    numbers = {hit.asset for each in advisories for hit in hits[each.pk]}
    assets = {row.pk: row for row in Asset.objects.filter(pk__in=numbers).select_related("line")}
    aliases = names_for(organisation, at=at)[0]
    told = {
        row.advisory_id: row
        for row in warnings_of(organisation, person).filter(advisory__in=[e.pk for e in advisories])
    }
    out = []
    for each in advisories:
        best: tuple[Asset, Judged] | None = None
        for asset in (assets[hit.asset] for hit in hits[each.pk] if hit.asset in assets):
            found = judge(content_of(each.document), thing_of(asset), aliases) if each.document else None
            if found is not None and found.outcome != "not_affected" and _more(found, best):
                best = (asset, found)
        if best is not None:
            out.append(Touch(each, *best, told.get(each.pk)))
    return out


def _more(found: Judged, best: tuple[Asset, Judged] | None) -> bool:
    return best is None or (
        found.outcome != best[1].outcome and stronger(found.outcome, best[1].outcome) == found.outcome
    )
