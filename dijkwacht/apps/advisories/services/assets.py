"""What of a register is matched: its products put together, each with the places where it stands. Derived, so never by hand."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Asset, Line, Place
from dijkwacht.apps.advisories.models.columns import product_text, version_text
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.advisories.queries.names import confirmed_by, together
from dijkwacht.apps.advisories.queries.serving import desks_of
from dijkwacht.apps.advisories.services.products import keep, key_text, write_keys
from dijkwacht.apps.ledger.services.many import insert
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.naming import NO_ALIASES, Aliases, cpe_key, fold_product, fold_vendor, purl_key
from dijkwacht.core.advisories.register import ProductOf, Standing
from dijkwacht.core.advisories.register_lines import Line as Said
from dijkwacht.core.advisories.register_lines import Source
from dijkwacht.core.advisories.register_view import Product, assets, products
from dijkwacht.core.advisories.rows import places_of
from dijkwacht.core.advisories.shapes import Asset as Thing
from dijkwacht.web.moments import day_of

FIELDS = (
    "vendor", "product", "version", "purl", "cpe", "name", "owner", "location", "part_of", "status", "stated", "exposed", "as_of",
    "row", "raw",
)  # fmt: skip
MEANT = FIELDS[:-2]
"""Those that say something of the product, and not of the file."""

Names = tuple[Aliases, tuple[Aliases, ...]]
"""The aliases by which products are put together, and all by which they are looked up (`names_for`)."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A line as it stands, with its number and its product; ``answered``: a person said the version that counts."""

    pk: int
    key: str
    answered: bool
    standing: Standing


def standings(rows: QuerySet[Line], *, answers: bool = True) -> Iterator[Stood]:
    """Lines with the version that counts, or (``answers`` False) that of their source; much lighter than the rows themselves."""
    columns = ("pk", "key", "ident", "kind", "label", "answered", "since", "confirmed", "gone", *MEANT)
    sources: dict[tuple[str, str], Source] = {}
    for pk, key, ident, kind, label, answered, since, confirmed, gone, *values in rows.order_by().values_list(*columns):
        told = dict(zip(MEANT, values, strict=True))
        if answered and answers:
            told["version"] = answered
        source = sources.setdefault((kind, label), Source(kind, label))
        yield Stood(pk, key, bool(answered), Standing(ident, source, Said(0, **told), since, confirmed, gone))


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
    """The lines that stand, or that are still matched, about the products that these are about; by number.

    A line has the key of its product as it was derived last. Where a name was confirmed or ended since, that leads elsewhere
    now, so what is found is looked up in turn.
    """
    told, plain = _telling(merged), _telling(NO_ALIASES)
    rows = Line.objects.filter(Q(gone__isnull=True) | Q(asset__isnull=False), organisation=organisation).order_by()
    names = [(each.vendor, each.product, each.purl, each.cpe, each.name) for each in said]
    wanted = {key_text(one(*each)) for each in names for one in (told, plain)}
    found, due = set[int](), wanted
    while due:
        lines = rows.filter(key__in=due).values_list("pk", "vendor", "product", "purl", "cpe", "name")
        now = {pk: key_text(told(*values)) for pk, *values in lines}
        found |= now.keys()
        due = set(now.values()) - wanted
        wanted |= due
    return sorted(found)


def derive(
    organisation: Organisation, *, at: datetime, only: Collection[int] | None = None, names: Names | None = None
) -> None:
    """Brings products, assets and places to what the lines of the register say now.

    ``only``: the lines of some products, all of them (`alike`), where nothing else changed. ``names``: where they are known.
    """
    merged, ways = names or names_for(organisation, at=at)
    told = Line.objects.filter(organisation=organisation, gone__isnull=True)
    before = Asset.objects.filter(organisation=organisation)
    if only is not None:
        told, before = told.filter(pk__in=only), before.filter(line__in=only)
    lines = {each.standing.id: each for each in standings(told)}
    found = products((each.standing for each in lines.values()), product_of=product_of(merged))
    _list(organisation, {key_text(key): each for key, each in found.items()}, lines, only)
    wanted = {lines[each.id].pk: each for each in assets(found.values(), str(organisation.pk))}
    stay = _keep(organisation, wanted, before)
    standing = Place.objects.filter(organisation=organisation)
    if only is not None:
        standing = Place.objects.filter(asset__in=stay)
    numbers = dict(before.values_list("line", "pk"))
    _place(organisation, numbers, wanted, ways, standing if stay else Place.objects.none())


def _keep(organisation: Organisation, wanted: Mapping[int, Thing], before: QuerySet[Asset]) -> list[int]:
    """The assets as they are now, by their line; the numbers of those that stay."""
    held = {line: (pk, tuple(told)) for line, pk, *told in before.values_list("line", "pk", "purl", "cpe", "exposed")}
    gone = [pk for line, (pk, _told) in held.items() if line not in wanted]
    for some in portions(gone):
        Asset.objects.filter(pk__in=some).delete()
    now = {line: (each.purl, each.cpe, each.exposed) for line, each in wanted.items()}
    insert(
        Asset, ("organisation", "line", "purl", "cpe", "exposed"),
        ((organisation.pk, line, *told) for line, told in now.items() if line not in held or held[line][1] != told),
        once=("line",), over=("purl", "cpe", "exposed"),
    )  # fmt: skip
    return [pk for line, (pk, _told) in held.items() if line in wanted]


def _list(
    organisation: Organisation, found: Mapping[str, Product], lines: Mapping[str, Stood], only: Collection[int] | None
) -> None:
    """The products as the page of the register lists them, and of which product each line is."""
    changed = [
        (lines[each.id].pk, key)
        for key, product in found.items()
        for each in product.lines
        if lines[each.id].key != key
    ]
    keys = None
    if only is not None:  # also those that none of these lines is about any more
        keys = {*found, *(each.key for each in lines.values())}
        gone = set(only) - {each.pk for each in lines.values()}
        keys |= set(Line.objects.filter(pk__in=gone).order_by().values_list("key", flat=True)) if gone else set()
    keep(organisation, found, only=keys)
    write_keys(changed)


def _place(
    organisation: Organisation, numbers: Mapping[int, int], wanted: Mapping[int, Thing], ways: Iterable[Aliases],
    standing: QuerySet[Place],
) -> None:  # fmt: skip
    """The places of assets (``numbers``: by line); those that are there already (``standing``) stay where they are right."""
    ways = tuple(ways)
    held: dict[tuple[int, str, str], int] = {
        (asset, product, version): pk
        for pk, asset, product, version in standing.order_by().values_list("pk", "asset", "product", "version")
    }
    due = {
        (numbers[line], product_text(key), version_text(version))
        for line, thing in wanted.items()
        for aliases in ways
        for key, version in places_of(thing, aliases)
    }
    gone = [pk for key, pk in held.items() if key not in due]
    for some in portions(gone):
        Place.objects.filter(pk__in=some).delete()
    rows = ((organisation.pk, *each) for each in sorted(due - held.keys()))
    insert(Place, ("organisation", "asset", "product", "version"), rows)
