"""The product tree of a document: branches, loose names, relationships (2.0) or paths (2.1), groups. Walked without recursion."""

from typing import Any

from dijkwacht.adapters.csaf.load import Unreadable
from dijkwacht.adapters.csaf.walk import Object, Path, Walk, pointer
from dijkwacht.core.advisories.shapes import ProductLine, VersionForm

_NONE: VersionForm = "none"
_VERSION: VersionForm = "version"
_RANGE: VersionForm = "range"
_NAMING = frozenset(("vendor", "product_name", "product_family", "product_version", "product_version_range"))
_NAMELESS: dict[str, str] = {}


class Tree:
    """The products of one document, and which lines an id or a group stands for.

    An id that a document gives to two different products stands for both: ``lines`` has the second under `<id>#2`.
    """

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.lines: dict[str, ProductLine] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self._doubles: dict[str, tuple[str, ...]] = {}
        self._unknown: set[str] = set()

    def read(self, body: Object, path: Path) -> "Tree":
        """Fills the tree from `product_tree`; returns itself."""
        self._branches(body, path)
        for each, place in self.walk.objects(body, "full_product_names", path):
            self._product(each, place, {})
        _Relations(self).read(body, path)
        for each, place in self.walk.objects(body, "product_groups", path):
            self._group(each, place)
        return self

    def ids(self, holder: Object, path: Path, key: str = "product_ids") -> tuple[str, ...]:
        """The lines that a list of product ids stands for, those of its `group_ids` too, each once; unknown ids are noted."""
        named: list[str] = []
        if key in holder:
            named += self._known(self.walk.texts(holder, key, path), (path, key))
        if "group_ids" in holder:
            for group in self.walk.texts(holder, "group_ids", path):
                if group not in self.groups:
                    self.missing(group, (path, "group_ids"), "unknown_group")
                lines = self.groups.get(group, ())
                self.walk.use(len(lines), path)
                named.extend(lines)
        return tuple(dict.fromkeys(named))

    def listed(self, holder: Object, key: str, path: Path) -> list[str]:
        """The lines of one plain list of product ids."""
        return self._known(self.walk.texts(holder, key, path), (path, key))

    def add(self, line: ProductLine, path: Path) -> None:
        """Puts a line in. The same id again: nothing when it is the same product, else a second line under that id."""
        if len(self.lines) >= self.walk.limits.products:
            raise Unreadable("too_many_products", pointer(path), most=str(self.walk.limits.products))
        first = self.lines.get(line.id)
        if first is None:
            self.lines[line.id] = line
            return
        self.walk.note("double_id", path, id=line.id[:80])
        held = self._doubles.get(line.id, (line.id,))
        if any(line._replace(id=each) == self.lines[each] for each in held):
            return
        number = len(held) + 1
        while f"{line.id}#{number}" in self.lines:
            number += 1
        name = f"{line.id}#{number}"
        self.lines[name] = line._replace(id=name)
        self._doubles[line.id] = (*held, name)

    def _known(self, ids: list[str], path: Path) -> list[str]:
        self.walk.use(len(ids), path)
        if not self._doubles and self.lines.keys() >= set(ids):
            return list(ids)
        found: list[str] = []
        for index, each in enumerate(ids):
            if each not in self.lines:
                self.missing(each, (path, index), "unknown_product")
                continue
            found.extend(self._doubles.get(each, (each,)))
        self.walk.use(len(found) - min(len(found), len(ids)), path)
        return found

    def missing(self, name: str, path: Path, code: str) -> None:
        """Noted once: what is not in the tree can be matched with nothing."""
        if (key := f"{code} {name}") not in self._unknown:
            self._unknown.add(key)
            self.walk.note(code, path, id=name[:80])

    def _branches(self, body: Object, path: Path) -> None:
        # a stack instead of recursion: per level the branches that are still to come, and what the branches above are called
        levels = [(self.walk.objects(body, "branches", path), _NAMELESS)]
        while levels:
            branches, above = levels[-1]
            for branch, place in branches:
                if len(levels) > self.walk.limits.depth:
                    raise Unreadable("too_deep", pointer(place), most=str(self.walk.limits.depth))
                category, name = branch.get("category"), branch.get("name")
                if type(category) is not str or type(name) is not str:
                    category = self.walk.text(branch, "category", place, "grave")
                    name = self.walk.text(branch, "name", place, "grave")
                here = {**above, category: name} if category in _NAMING else above
                if "product" in branch:
                    self._product(self.walk.object(branch, "product", place), (place, "product"), here)
                if "branches" in branch:
                    levels.append((self.walk.objects(branch, "branches", place), here))
                    break
            else:
                levels.pop()

    def _product(self, product: Object, path: Path, above: dict[str, str]) -> None:
        found = self.identity(product, path)
        if found is None:
            return
        id_, name, cpe, purl, hashes = found
        if version := above.get("product_version_range"):
            form = _RANGE
        else:
            version = above.get("product_version", "")
            form = _VERSION if version else _NONE
        named = above.get("product_name") or above.get("product_family") or name
        line = ProductLine(id_, above.get("vendor", ""), named, version, form, name, cpe, purl, hashes)
        self.add(line, path)

    def identity(self, product: Object, path: Path) -> tuple[str, str, str, str, tuple[str, ...]] | None:
        """Id, name, CPE, purl and hashes of a full product name; None, with a problem, when it has no id."""
        id_, name = product.get("product_id"), product.get("name")
        if type(id_) is not str or type(name) is not str or not id_:
            id_ = self.walk.text(product, "product_id", path, "grave")
            if not id_:
                if not product.get("product_id"):
                    self.walk.note("missing", path, "grave", key="product_id")
                return None
            name = self.walk.text(product, "name", path)
        if "product_identification_helper" not in product:
            return id_, name, "", "", ()
        helper = self.walk.object(product, "product_identification_helper", path, "note")
        place = (path, "product_identification_helper")
        purl = self.walk.text(helper, "purl", place)
        if not purl and "purls" in helper:  # 2.1: the same package, other qualifiers (6.1.42)
            purl = next(iter(self.walk.texts(helper, "purls", place, "note")), "")
        return id_, name, self.walk.text(helper, "cpe", place), purl, self._hashes(helper, place)

    def _hashes(self, helper: Object, path: Path) -> tuple[str, ...]:
        found = []
        for each, place in self.walk.objects(helper, "hashes", path, "note"):
            for digest, where in self.walk.objects(each, "file_hashes", place, "note"):
                algorithm = self.walk.text(digest, "algorithm", where)
                found.append(f"{algorithm}:{self.walk.text(digest, 'value', where)}")
        return tuple(found)

    def _group(self, group: Object, path: Path) -> None:
        name = self.walk.text(group, "group_id", path, "grave")
        lines = self.ids(group, path)
        if name in self.groups:  # both meanings count, as with products
            self.walk.note("double_id", path, id=name[:80])
            lines = tuple(dict.fromkeys((*self.groups[name], *lines)))
        self.groups[name] = lines


class _Relations:
    """Products that are a part on or in another. A part may itself be such a relation, in any order; a circle is noted."""

    def __init__(self, tree: Tree) -> None:
        self._tree, self._walk = tree, tree.walk
        self._waiting: dict[str, list[tuple[ProductLine, str, Path]]] = {}
        self._hosts: list[tuple[str, Path]] = []

    def read(self, body: Object, path: Path) -> None:
        """Adds the lines of `relationships` (2.0) and `product_paths` (2.1) to the tree."""
        for each, place in self._walk.objects(body, "relationships", path):
            self._hold(each, place, "product_reference", each.get("category"), each.get("relates_to_product_reference"))
        for each, place in self._walk.objects(body, "product_paths", path):
            step: Any = next((step for step, _ in self._walk.objects(each, "subpaths", place)), {})
            self._hold(
                each, place, "beginning_product_reference", step.get("category"), step.get("next_product_reference")
            )
        self._settle()

    def _hold(self, each: Object, path: Path, part: str, relation: object, on: object) -> None:
        found = self._tree.identity(self._walk.object(each, "full_product_name", path), (path, "full_product_name"))
        reference = self._walk.text(each, part, path, "grave")
        if found is None:
            return
        if not isinstance(relation, str) or not isinstance(on, str):
            self._walk.note("wrong_type", path, "grave", expected="relation")
            return
        id_, name, cpe, purl, hashes = found
        line = ProductLine(id_, "", "", name=name, cpe=cpe, purl=purl, hashes=hashes, on=on, relation=relation)
        self._hosts.append((on, path))
        if reference in self._tree.lines:
            self._add(line, reference, path)
        else:
            self._waiting.setdefault(reference, []).append((line, reference, path))

    def _settle(self) -> None:
        """Parts that were themselves relations: as soon as one is known, those that wait for it are."""
        ready = [name for name in self._waiting if name in self._tree.lines]
        while ready:
            for line, reference, path in self._waiting.pop(ready.pop(), []):
                self._add(line, reference, path)
                if line.id in self._waiting:
                    ready.append(line.id)
        own = {line.id for held in self._waiting.values() for line, _, _ in held}
        for held in self._waiting.values():
            for line, reference, path in held:  # a circle, or a part that is nowhere: its own name is all we have
                self._walk.note("cycle" if reference in own else "unknown_product", path, id=reference[:80])
                self._tree.add(line._replace(product=line.name), path)
        for on, path in self._hosts:
            if on not in self._tree.lines:
                self._tree.missing(on, path, "unknown_product")

    def _add(self, line: ProductLine, reference: str, path: Path) -> None:
        part = self._tree.lines[reference]
        self._tree.add(
            line._replace(
                vendor=part.vendor, product=part.product, version=part.version, form=part.form,
                cpe=line.cpe or part.cpe, purl=line.purl or part.purl, hashes=line.hashes or part.hashes,
            ),
            path,
        )  # fmt: skip
