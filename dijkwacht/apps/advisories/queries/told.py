"""What advisories name: enough of each to hold subscriptions and names against, without reading its document again."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet

from dijkwacht.apps.advisories.models import Advisory, Told, Weakness
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.core.advisories.shapes import ProductLine, Vulnerability


def told_by(
    desks: Collection[int], only: Collection[int] | QuerySet[Any, Any] | None = None
) -> Iterator[tuple[int, Content]]:
    """Per advisory of these desks that holds, by number: its title, its products by name, its weaknesses by name.

    ``only``: of these advisories.
    """
    rows = Advisory.objects.filter(organisation__in=desks, withdrawn=False)
    if only is not None:
        rows = rows.filter(pk__in=only)
    names: dict[int, dict[str, ProductLine]] = defaultdict(dict)
    called = Told.objects.filter(advisory__in=rows).exclude(product="").order_by("vendor", "product")
    for number, vendor, product in called.values_list("advisory", "vendor", "product").distinct():
        id_ = str(len(names[number]))
        names[number][id_] = ProductLine(id_, vendor, product)
    weak: dict[int, list[Vulnerability]] = defaultdict(list)
    for number, key, cve, title in Weakness.objects.filter(advisory__in=rows).values_list(
        "advisory", "key", "cve", "title"
    ):
        weak[number].append(Vulnerability(key, cve, title))
    for number, publisher, id_, version, title in rows.values_list("pk", "publisher", "number", "version", "title"):
        yield (
            number,
            Content(publisher, id_, version, title, products=names[number], vulnerabilities=tuple(weak[number])),
        )
