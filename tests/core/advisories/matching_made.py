"""Small advisories and assets for the tests of matching. All names are invented."""

from collections.abc import Sequence
from typing import Any

from dijkwacht.core.advisories.shapes import Advisory, Asset, ProductLine, Said, Status, VersionForm, Vulnerability

VENDOR, PRODUCT = "Voorbeeld B.V.", "Zaaksysteem"


def line(
    text: str | None = None, *, name: str = "p1", vendor: str = VENDOR, product: str = PRODUCT, **more: Any
) -> ProductLine:
    """A line with a range or version; None: the document gives none."""
    form: VersionForm = "none" if text is None else "version" if text[:1].isdigit() else "range"
    return ProductLine(name, vendor, product, text or "", form, **more)


def advisory(
    *said: tuple[Status, ProductLine], others: Sequence[ProductLine] = (), name: str = "EX-1", **more: Any
) -> Advisory:
    """An advisory with one weakness that says this of these lines; each line gets an id of its own."""
    products = {each.id: each for each in others}
    told = []
    for number, (status, each) in enumerate(said):
        own = each.id if each.id != "p1" else f"p{number + 1}"
        products[own] = each._replace(id=own)
        told.append(Said(own, status))
    weakness = Vulnerability("CVE-2026-0001", cve="CVE-2026-0001", said=tuple(told))
    return Advisory(
        "https://csirt.example", name, "1.0.0", "Kwetsbaarheid", products=products, vulnerabilities=(weakness,), **more
    )


def asset(version: str = "", *, name: str = "1", organisation: str = "dijkstad", **more: Any) -> Asset:
    """An asset of the product of `line`, unless told otherwise."""
    return Asset(
        organisation, name, more.pop("vendor", "voorbeeld"), more.pop("product", "zaak-systeem"), version, **more
    )
