"""What a desk writes itself, what of it everybody may fetch, and whom a document of ours would touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, QuerySet

from dijkwacht.apps.advisories.models import Own, Place, PullKey, Release, Subscription
from dijkwacht.apps.advisories.models.columns import product_text, version_text
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.advisories.queries.serving import served_by
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.own import Draft
from dijkwacht.core.advisories.rows import Row, rows_of
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.subscriptions import Net
from dijkwacht.core.advisories.subscriptions import Subscription as Followed
from dijkwacht.web.moments import day_of


def own_of(organisation: Organisation) -> QuerySet[Own]:
    """What an organisation writes or gave out itself, without drafts that were thrown away; what changed last comes first."""
    return Own.objects.filter(organisation=organisation, ended_at__isnull=True)


def last_release(own: Own) -> Release | None:
    """The revision that was given out last."""
    return own.releases.select_related("document").order_by("-version").first()


def draft_of(own: Own) -> Draft:
    """What stands in the form."""
    return Draft.of(own.kind, own.tlp, own.values)


def stamp(own: Own) -> str:
    """Which draft somebody looked at: the moment at which it became so, always written in one way."""
    return own.changed_at.astimezone(UTC).isoformat()


def public_releases(organisation: Organisation) -> QuerySet[Release]:
    """The newest revision of each document of ours, where that is TLP:CLEAR; the last given out comes first.

    Of a document whose newest revision has a stricter label the older ones are no longer given out either: they no longer hold.
    """
    rows = Release.objects.filter(
        own__organisation=organisation, version=F("own__version"), document__tlp="CLEAR", own__ended_at__isnull=True
    )
    return rows.select_related("own", "document").order_by("-at", "-pk")


def keys_of(organisation: Organisation) -> QuerySet[PullKey]:
    """The keys of an organisation, those that work first."""
    rows = PullKey.objects.filter(organisation=organisation).select_related("person")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-made_at")


@dataclass(frozen=True, slots=True)
class Reached:
    """An organisation that a document would touch: surely, or only maybe; ``caught``: only because it follows this text."""

    organisation: Organisation
    sure: bool
    caught: str = ""


def touched_by(desk: Organisation, content: Content, *, at: datetime) -> list[Reached]:
    """Whom a document would touch if it came in at this desk now, as `matching.refresh` would find; by name."""
    served = served_by(desk, on=day_of(at))
    aliases = aliases_of([desk.pk])
    found: dict[int, tuple[bool, str]] = {pk: (sure, "") for pk, sure in _standing(rows_of(content, aliases), served)}
    rows = Subscription.objects.filter(organisation__in=served, ended_at__isnull=True)
    net = Net(
        (
            Followed(str(each.organisation_id), "vendor" if each.kind == "vendor" else "keyword", each.text)
            for each in rows
        ),
        aliases,
    )
    for each in net.caught(content):
        found.setdefault(int(each.subscription.organisation), (False, each.found))
    names = Organisation.objects.filter(pk__in=found).order_by("name")
    return [Reached(each, *found[each.pk]) for each in names]


def _standing(rows: Iterable[Row], served: list[int]) -> list[tuple[int, bool]]:
    """The organisations with an asset in one of these rows, and whether one of them is surely affected."""
    by_product: dict[str, list[Row]] = {}
    for row in rows:
        by_product.setdefault(product_text(row.product), []).append(row)
    places = Place.objects.filter(product__in=by_product, organisation__in=served)
    found: dict[int, bool] = {}
    for product, version, organisation in places.values_list("product", "version", "organisation"):
        for row in by_product[product]:
            if version_text(row.start) <= version < version_text(row.stop):
                found[organisation] = found.get(organisation, False) or row.outcome == "affected"
    return list(found.items())
