"""Product lines as a product tree: vendor, product and version as branches, what has none as a loose name, parts as relations."""

from collections.abc import Mapping
from typing import Any

from dijkwacht.core.advisories.shapes import ProductLine

_FORMS = {"version": "product_version", "range": "product_version_range"}


def product_tree(products: Mapping[str, ProductLine], groups: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The tree. Raises PartMissing for a relation of which the part itself is no line of the document."""
    branches: list[dict[str, Any]] = []
    loose: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    parts = {_what(each): each.id for each in products.values() if not each.on}
    for line in products.values():
        if line.on:
            relations.append(_relation(line, parts))
            continue
        path = _path(line)
        if path:
            _place(branches, path, _named(line))
        else:
            loose.append(_named(line))
    held = [{"group_id": name, "product_ids": list(ids)} for name, ids in groups.items()]
    found = {
        "branches": branches, "full_product_names": loose, "relationships": relations, "product_groups": held,
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _path(line: ProductLine) -> list[tuple[str, str]]:
    """The branches above a line. A product that is only its whole name, with no vendor and no version, has none."""
    version = [(_FORMS[line.form], line.version)] if line.form in _FORMS and line.version else []
    vendor = [("vendor", line.vendor)] if line.vendor else []
    product = [("product_name", line.product)] if line.product and (line.product != line.name or version) else []
    return [*vendor, *product, *version]


def _place(branches: list[dict[str, Any]], path: list[tuple[str, str]], product: dict[str, Any]) -> None:
    """Puts a product at the end of a path. A branch holds a product or branches, never both."""
    for category, name in path[:-1]:
        found = next((each for each in reversed(branches) if _is(each, category, name) and "branches" in each), None)
        if found is None:
            found = {"category": category, "name": name, "branches": []}
            branches.append(found)
        branches = found["branches"]
    category, name = path[-1]
    branches.append({"category": category, "name": name, "product": product})


def _is(branch: dict[str, Any], category: str, name: str) -> bool:
    return bool(branch["category"] == category and branch["name"] == name)


def _named(line: ProductLine) -> dict[str, Any]:
    name = line.name or " ".join(part for part in (line.vendor, line.product, line.version) if part)
    helper: dict[str, Any] = {}
    if line.cpe:
        helper["cpe"] = line.cpe
    if line.purl:
        helper["purl"] = line.purl
    if line.hashes:
        split = (each.partition(":") for each in line.hashes)
        digests = [{"algorithm": algorithm, "value": value} for algorithm, _, value in split]
        helper["hashes"] = [{"filename": name, "file_hashes": digests}]
    return {"name": name, "product_id": line.id} | ({"product_identification_helper": helper} if helper else {})


def _what(line: ProductLine) -> tuple[str, str, str, str]:
    return line.vendor, line.product, line.version, line.form


class PartMissing(ValueError):
    """A relation of which the part itself is no line of the document. ``id``: the line."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.id = line


def _relation(line: ProductLine, parts: Mapping[tuple[str, str, str, str], str]) -> dict[str, Any]:
    part = parts.get(_what(line))
    if part is None:
        raise PartMissing(line.id)
    return {
        "category": line.relation, "product_reference": part, "relates_to_product_reference": line.on,
        "full_product_name": _named(line),
    }  # fmt: skip
