"""What the page of a register counts, searches and sorts by: a row per product (`Product`). Derived, as assets are."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from dijkwacht.apps.advisories.models import Line, Product
from dijkwacht.apps.advisories.models.columns import product_text
from dijkwacht.apps.advisories.portions import portions
from dijkwacht.apps.ledger.services.many import insert
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.register_view import Product as View

COLUMNS = ("name", "stated", "has_version", "as_of", "exposed", "differs", "texts")
LONGEST = 300


def key_text(key: tuple[str, str]) -> str:
    """The key of a product (`services/assets.product_of`) as a column holds it: by name that of matching."""
    vendor, product = key
    return product_text(f"n|{vendor}|{product}" if vendor else f"|{product}")


def keep(organisation: Organisation, found: Mapping[str, View], *, only: Collection[str] | None) -> None:
    """Brings the rows of an organisation's products to what was found, by key; ``only``: those with these keys."""
    rows = Product.objects.filter(organisation=organisation)
    if only is not None:
        rows = rows.filter(key__in=only)
    held = {key: told for key, *told in rows.order_by().values_list("key", *COLUMNS)}
    wanted = ((key, _told(view)) for key, view in found.items())
    insert(
        Product, ("organisation", "key", *COLUMNS),
        ((organisation.pk, key, *told) for key, told in wanted if held.get(key) != told),
        once=("organisation", "key"), over=COLUMNS,
    )  # fmt: skip
    gone = [key for key in held if key not in found]
    for some in portions(gone):
        Product.objects.filter(organisation=organisation, key__in=some).delete()


def _told(view: View) -> list[Any]:
    line = view.freshest.line
    name = f"{(line.product or line.name).casefold()[:LONGEST]} {line.vendor.casefold()[:LONGEST]}"
    return [name, view.stated, bool(line.version), view.as_of, view.exposed, bool(view.disagreements), _texts(view)]


def _texts(view: View) -> str:
    """What is searched in, each text once."""
    texts = (
        text
        for each in view.lines
        for line in (each.line,)
        for text in (line.vendor, line.product, line.name, line.owner, line.location, line.part_of)
        if text
    )
    return " ".join(dict.fromkeys(texts)).casefold()


def write_keys(changed: Iterable[tuple[int, str]]) -> None:
    """Of which product these lines are, by number."""
    rows = dict(changed)
    if len(set(rows.values())) == 1:
        Line.objects.filter(pk__in=rows).update(key=next(iter(rows.values())))
    else:
        Line.objects.bulk_update([Line(pk=pk, key=key) for pk, key in rows.items()], ["key"], batch_size=500)
