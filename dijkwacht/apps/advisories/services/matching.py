"""Fan-out: which organisations each advisory touches, kept up to date from either side.

An advisory that comes or changes is held against all assets of those that its desk serves; a register that changes, against all
advisories of the desks that serve it. Both by the one join of `queries/joins`; `core/advisories` decides what the keys are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dijkwacht.apps.advisories.models import Advisory, Concern, Row, Subscription, Told, Weakness
from dijkwacht.apps.advisories.models.columns import product_text, version_text
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.queries import joins
from dijkwacht.apps.advisories.queries.joins import Hit
from dijkwacht.apps.advisories.queries.names import aliases_of
from dijkwacht.apps.advisories.queries.serving import desks_of, served_by
from dijkwacht.apps.advisories.queries.told import told_by
from dijkwacht.apps.advisories.services import turns
from dijkwacht.apps.ledger.services.many import insert
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.naming import Aliases, product_keys
from dijkwacht.core.advisories.rows import rows_of
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.subscriptions import Net
from dijkwacht.core.advisories.subscriptions import Subscription as Followed
from dijkwacht.web.moments import day_of

KEYS = {"n|": "key", "p|": "purl", "c|": "cpe"}
"""How the keys of a product begin (`core/advisories/naming`), and the column of each."""
Found = dict[int, tuple[bool, int, bool, str]]
"""Per organisation (or advisory): sure, how many assets, exposed, what a subscription caught."""


@dataclass(frozen=True, slots=True)
class Side:
    """What advisories of a desk are indexed by and held against: its aliases, whom it serves, and what those follow."""

    aliases: Aliases
    served: Collection[int]
    net: Net


def side_of(desk: Organisation, *, at: datetime) -> Side:
    """The side of a desk now; good for as long as its chain is locked."""
    aliases, served = aliases_of([desk.pk]), served_by(desk, on=day_of(at))
    rows = Subscription.objects.filter(organisation__in=served, ended_at__isnull=True)
    return Side(aliases, served, Net((_followed(each, str(each.organisation_id)) for each in rows), aliases))


def refresh(turned: Mapping[Advisory, Content], side: Side, *, new: Collection[Advisory] = ()) -> None:
    """Indexes and matches these advisories by what they say now. ``new``: those of which nothing stands there yet."""
    turns.of_documents()
    if old := [each.pk for each in turned if each not in new]:
        for model in (Row, Told, Weakness, Concern):
            model._default_manager.filter(advisory__in=old).delete()
    _index(turned, side.aliases)
    _match(turned, side)


def _index(turned: Mapping[Advisory, Content], aliases: Aliases) -> None:
    rows = (
        (
            advisory.pk,
            product_text(each.product),
            version_text(each.start),
            version_text(each.stop),
            each.outcome == "affected",
        )
        for advisory, content in turned.items()
        for each in rows_of(content, aliases)
    )
    insert(Row, ("advisory", "product", "start", "stop", "sure"), rows)
    Told.objects.bulk_create(
        Told(advisory=advisory, vendor=vendor, product=product, **dict(zip(KEYS.values(), keys, strict=True)))
        for advisory, content in turned.items()
        for vendor, product, *keys in sorted(_named(content, aliases))
    )
    Weakness.objects.bulk_create(
        Weakness(advisory=advisory, key=each.key[:300], cve=each.cve[:30], title=each.title[:500])
        for advisory, content in turned.items()
        for each in content.vulnerabilities
    )


def _named(content: Content, aliases: Aliases) -> set[tuple[str, ...]]:
    """Vendor, product and its keys (KEYS) of each product that has one of these."""
    found: set[tuple[str, ...]] = set()
    for each in content.products.values():
        known = product_keys(vendor=each.vendor, product=each.product, purl=each.purl, cpe=each.cpe, aliases=aliases)
        keys = {key[:2]: product_text(key) for key in known}
        if each.product or keys:
            found.add((each.vendor[:300], each.product[:300], *(keys.get(form, "") for form in KEYS)))
    return found


def _match(turned: Mapping[Advisory, Content], side: Side) -> None:
    """What the join finds; then who follows something of it and is not touched otherwise."""
    joins.write_concerns([each.pk for each in turned], side.served)
    caught = [
        _concern(advisory.pk, int(each.subscription.organisation), (False, 0, False, each.found[:300]))
        for advisory, content in turned.items()
        if not content.withdrawn
        for each in side.net.caught(content)
    ]
    Concern.objects.bulk_create(caught, ignore_conflicts=True)
    count([each.pk for each in turned])


def match_organisation(
    organisation: Organisation, *, at: datetime, only: Collection[int] | None = None, desks: Collection[int] = ()
) -> list[int]:
    """Which advisories touch an organisation now, after its register, its subscriptions or its desks changed.

    ``only``: these advisories, where nothing else can have turned; ``desks``: where they are known. Gives those for which it
    turned, by number.
    """
    if only is not None and not only:
        return []
    turns.of_register()
    desks = desks or desks_of(organisation, on=day_of(at))
    hits = joins.of_organisation(organisation, desks, advisories=only or ())
    found = _folded((each.advisory, each) for each in hits)
    _catch_all(found, organisation, desks, only)
    rows = Concern.objects.filter(organisation=organisation)
    before = {each.advisory_id: each for each in (rows if only is None else rows.filter(advisory__in=only))}
    turned = [pk for pk, told in found.items() if pk not in before or _told(before[pk]) != told]
    gone = [pk for pk in before if pk not in found]
    Concern.objects.filter(organisation=organisation, advisory__in=[*turned, *gone]).delete()
    Concern.objects.bulk_create(_concern(pk, organisation.pk, found[pk]) for pk in turned)
    count([*turned, *gone])
    return sorted({*turned, *gone})


def match_asset(organisation: Organisation, asset: int, *, on: date) -> list[Hit]:
    """The advisories that touch one asset, as they are now; for the page of a product."""
    return joins.of_organisation(organisation, desks_of(organisation, on=on), [asset])


def count(advisories: Collection[int]) -> None:
    """Writes with each advisory how many organisations it touches."""
    for some in portions(sorted(set(advisories))):
        joins.write_counts(some)


def _folded(hits: Iterable[tuple[int, Hit]]) -> Found:
    """Per side the strongest outcome; how many assets make it, and whether one of those is exposed."""
    held: dict[int, dict[bool, list[Hit]]] = defaultdict(lambda: {True: [], False: []})
    for key, hit in hits:
        held[key][hit.sure].append(hit)
    found: Found = {}
    for key, sides in held.items():
        sure = bool(sides[True])
        rows = sides[sure]
        found[key] = (sure, len(rows), any(each.exposed for each in rows), "")
    return found


def _catch_all(found: Found, organisation: Organisation, desks: Collection[int], only: Collection[int] | None) -> None:
    """The same from the side of an organisation: all advisories that its subscriptions catch."""
    if only is not None and found.keys() >= set(only):
        return
    rows = list(Subscription.objects.filter(organisation=organisation, ended_at__isnull=True))
    if not rows:
        return
    net = Net([_followed(each, str(organisation.pk)) for each in rows], aliases_of(desks))
    for number, content in told_by(desks, only):
        if number not in found:
            for caught in net.caught(content)[:1]:
                found[number] = (False, 0, False, caught.found[:300])


def _followed(row: Subscription, organisation: str) -> Followed:
    return Followed(organisation, "vendor" if row.kind == "vendor" else "keyword", row.text)


def _concern(advisory: int, organisation: int, told: tuple[bool, int, bool, str]) -> Concern:
    sure, assets, exposed, caught = told
    return Concern(
        advisory_id=advisory, organisation_id=organisation, sure=sure, assets=assets, exposed=exposed, caught=caught
    )


def _told(row: Concern) -> tuple[bool, int, bool, str]:
    return (row.sure, row.assets, row.exposed, row.caught)
