"""What of a register is matched: its products put together, each with the places where it stands. Derived, so never by hand."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from dijkwacht.apps.advisories.models import Asset, Line, Place
from dijkwacht.apps.advisories.models.columns import product_text, version_text
from dijkwacht.apps.advisories.queries.names import confirmed_by, together
from dijkwacht.apps.advisories.queries.serving import desks_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, cpe_key, fold_product, fold_vendor, purl_key
from dijkwacht.core.advisories.register import ProductOf, Standing
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_view import assets, products
from dijkwacht.core.advisories.rows import places_of
from dijkwacht.core.advisories.shapes import Asset as Thing
from dijkwacht.web.moments import day_of

FIELDS = (
    "vendor", "product", "version", "purl", "cpe", "name", "owner", "location", "part_of", "status", "stated", "exposed", "as_of",
    "row", "raw",
)  # fmt: skip


Names = tuple[Aliases, tuple[Aliases, ...]]
"""The aliases by which products are put together, and all by which they are looked up (`names_for`)."""


def standing_of(line: Line, *, answered: bool = False) -> Standing:
    """A line as its source says it; ``answered``: with the version that a person said is in use."""
    said = Said(**{name: getattr(line, name) for name in FIELDS})
    if answered:
        said = replace(said, version=line.used)
    return Standing(line.ident, Source(line.kind, line.label), said, line.since, line.confirmed, line.gone)


def thing_of(asset: Asset) -> Thing:
    """An asset as the core knows it; asks for its line and the organisation of that."""
    line = asset.line
    return Thing(
        organisation=str(asset.organisation_id), id=line.ident, vendor=line.vendor, product=line.product,
        version=line.used, purl=asset.purl, cpe=asset.cpe, source=line.kind, as_of=line.as_of or line.confirmed,
        exposed=asset.exposed, name=line.name or line.part_of,
    )  # fmt: skip


def names_for(organisation: Organisation, *, at: datetime, desks: Collection[int] | None = None) -> Names:
    """The aliases by which an organisation's products are put together and judged, and all by which they are looked up.

    A product is looked up under what it is called here, by the aliases of the organisation, by those of each desk that warns it,
    and by both: then it meets an advisory whichever of these its publisher uses.
    """
    own = organisation.pk
    desks = [each for each in (desks or desks_of(organisation, on=day_of(at))) if each != own]
    rows = confirmed_by([own, *desks])
    ways = [together([own], rows)]
    for desk in desks:
        ways += [together([desk], rows), together([own, desk], rows)]
    return together([own, *desks], rows), (NO_ALIASES, *(each for each in ways if each.source))


def product_of(aliases: Aliases) -> ProductOf:
    """Which product a line is about: by its folded name, else by package URL or CPE."""
    told = _telling(aliases)
    return lambda line: told(line.vendor, line.product, line.purl, line.cpe, line.name)


def _telling(aliases: Aliases) -> Callable[[str, str, str, str, str], tuple[str, str]]:
    """The same out of vendor, product, package URL, CPE and own name; each name is looked up once."""
    held: dict[tuple[str, str], tuple[str, str]] = {}

    def one(vendor: str, product: str, purl: str, cpe: str, name: str) -> tuple[str, str]:
        if not (vendor and product):
            return ("", purl_key(purl) or cpe_key(cpe) or product or name)
        found = held.get((vendor, product))
        if found is None:
            found = held[vendor, product] = aliases.resolved(fold_vendor(vendor), fold_product(product, vendor))
        return found

    return one


def alike(organisation: Organisation, said: Iterable[Said], merged: Aliases) -> list[int]:
    """The lines that stand, or that are still matched, about the products that these are about; by number."""
    told = _telling(merged)
    wanted = {told(each.vendor, each.product, each.purl, each.cpe, each.name) for each in said}
    rows = Line.objects.filter(Q(gone__isnull=True) | Q(asset__isnull=False), organisation=organisation).order_by()
    names = rows.values_list("pk", "vendor", "product", "purl", "cpe", "name")
    return [pk for pk, *values in names if told(*values) in wanted]


def derive(
    organisation: Organisation, *, at: datetime, only: Collection[int] | None = None, names: Names | None = None
) -> None:
    """Brings assets and places to what the lines of the register say now.

    ``only``: the lines of some products, all of them (`alike`), where nothing else changed. ``names``: where they are known.
    """
    merged, ways = names or names_for(organisation, at=at)
    standing = Line.objects.filter(organisation=organisation, gone__isnull=True)
    before = Asset.objects.filter(organisation=organisation)
    if only is not None:
        standing, before = standing.filter(pk__in=only), before.filter(line__in=only)
    lines = {each.ident: each for each in standing}
    found = assets(
        products((standing_of(each, answered=True) for each in lines.values()), product_of=product_of(merged)).values(),
        str(organisation.pk),
    )
    held = {each.line_id: each for each in before}
    wanted = {lines[each.id].pk: each for each in found}
    gone = [row.pk for line, row in held.items() if line not in wanted]
    for start in range(0, len(gone), 500):
        Asset.objects.filter(pk__in=gone[start : start + 500]).delete()
    new = [
        Asset(organisation=organisation, line_id=line, purl=each.purl, cpe=each.cpe, exposed=each.exposed)
        for line, each in wanted.items()
        if line not in held
    ]
    Asset.objects.bulk_create(new, batch_size=1000)
    changed = [row for line, row in held.items() if line in wanted and _otherwise(row, wanted[line])]
    _write(changed)
    rows = [*new, *(row for line, row in held.items() if line in wanted)]
    _place(organisation, rows, wanted, ways, alone=only is not None)


def _write(changed: Iterable[Asset]) -> None:
    """Writes these over, by their line: many at once, which an update of each would not be."""
    Asset.objects.bulk_create(
        [
            Asset(organisation_id=row.organisation_id, line_id=row.line_id, purl=row.purl, cpe=row.cpe, exposed=row.exposed)
            for row in changed
        ],
        batch_size=1000, update_conflicts=True, unique_fields=["line"], update_fields=["purl", "cpe", "exposed"],
    )  # fmt: skip


def _otherwise(row: Asset, thing: Thing) -> bool:
    """Writes in the row what differs, and tells whether anything did."""
    differs = (row.purl, row.cpe, row.exposed) != (thing.purl, thing.cpe, thing.exposed)
    row.purl, row.cpe, row.exposed = thing.purl, thing.cpe, thing.exposed
    return differs


def _place(
    organisation: Organisation, rows: Sequence[Asset], wanted: dict[int, Thing], ways: Iterable[Aliases], *, alone: bool
) -> None:
    """The places of these assets; those that are there already stay. ``alone``: there are others, of which nothing changes."""
    ways = tuple(ways)
    standing = Place.objects.filter(organisation=organisation)
    if alone:
        standing = Place.objects.filter(asset__in=[row.pk for row in rows])
    held: dict[tuple[int, str, str], int] = {
        (asset, product, version): pk
        for pk, asset, product, version in standing.values_list("pk", "asset", "product", "version")
    }
    due = {
        (row.pk, product_text(key), version_text(version))
        for row in rows
        for aliases in ways
        for key, version in places_of(wanted[row.line_id], aliases)
    }
    gone = [pk for key, pk in held.items() if key not in due]
    for start in range(0, len(gone), 500):
        Place.objects.filter(pk__in=gone[start : start + 500]).delete()
    Place.objects.bulk_create(
        [
            Place(asset_id=asset, organisation=organisation, product=product, version=version)
            for asset, product, version in sorted(due - held.keys())
        ],
        batch_size=1000,
    )
