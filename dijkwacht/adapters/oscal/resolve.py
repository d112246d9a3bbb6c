"""Resolves a profile into a catalog: what it imports, how it puts that together, and what it changes.

After NIST's *profile resolution* specification of OSCAL 1: import, merge (flat, as-is, custom), modify. References to
controls or parameters that no imported catalog has are refused; those to what the profile left out have no effect.
"""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dijkwacht.adapters.oscal.arrange import arranged
from dijkwacht.adapters.oscal.library import Library
from dijkwacht.adapters.oscal.load import DEEPEST, Document, OscalError, check_depth
from dijkwacht.adapters.oscal.modify import modified
from dijkwacht.adapters.oscal.selecting import MOST, Budget, Selector, TooMuchError
from dijkwacht.core.framework import Refusal

TOOL = {"name": "resolution-tool", "value": "Dijkwacht"}
Body = dict[str, Any]


class ResolveError(ValueError):
    """A profile that cannot be resolved, with every reason that was found."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(refusals[0].code)
        self.refusals = refusals


class Resolver:
    """Resolves profiles over one library; each file once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._done: dict[str, Body] = {}
        self._failed: dict[str, ResolveError] = {}
        self._budget = Budget()

    def catalog(self, name: str, trail: tuple[str, ...] = ()) -> Body:
        """The catalog in a file, or the one into which its profile resolves. Raises ResolveError."""
        document = self._library.documents[name]
        if document.kind == "catalog":
            return document.body
        if name in self._failed:  # not once more for every import: those multiply with each layer
            raise self._failed[name]
        if name not in self._done:
            try:
                self._done[name] = self._resolved(document, (*trail, name))
            except ResolveError as error:
                self._failed[name] = error
                raise
        return self._done[name]

    def _resolved(self, document: Document, trail: tuple[str, ...]) -> Body:
        try:
            found = self._resolve(document, trail)
            check_depth(found)
        except TooMuchError:
            raise ResolveError([Refusal("too_much", "/profile", {"most": str(MOST)})]) from None
        except (RecursionError, OscalError):  # what it adds goes into what it added, and so on
            raise ResolveError([Refusal("too_deep", "/profile/modify", {"most": str(DEEPEST)})]) from None
        return found

    def _resolve(self, document: Document, trail: tuple[str, ...]) -> Body:
        profile, refused = document.body, list[Refusal]()
        sources: list[tuple[Body, set[str]]] = []
        for index, each in enumerate(profile["imports"]):
            path = f"/profile/imports/{index}"
            source = self._source(each["href"], document, trail, f"{path}/href", refused)
            if source is not None:
                selector = Selector(source, budget=self._budget)
                sources.append((source, selector.chosen(each, path)))
                refused += selector.refused
        if refused:
            raise ResolveError(refused)
        result = _frame(profile, [source for source, _ in sources])
        merge = profile.get("merge", {})
        result |= arranged(sources, merge, refused, budget=self._budget)
        refused += modified(result, profile.get("modify", {}), [source for source, _ in sources])
        if refused:
            raise ResolveError(refused)
        _keep_resources(result, profile, [source for source, _ in sources])
        return result

    def _source(
        self, href: str, document: Document, trail: tuple[str, ...], path: str, refused: list[Refusal]
    ) -> Body | None:
        name = self._library.find(href, within=document)
        if name is None:
            refused.append(Refusal("import_not_given", path, {"href": href[:200]}))
        elif name in trail:
            circle = " → ".join((*trail[trail.index(name) :], name))
            refused.append(Refusal("import_cycle", path, {"circle": circle[:300]}))
        elif self._library.documents[name].kind == "mapping-collection":
            refused.append(Refusal("import_no_controls", path, {"href": name}))
        else:
            try:
                return self.catalog(name, trail)
            except ResolveError as error:
                first = error.refusals[0]
                circular = first.code == "import_cycle"
                refused.append(
                    Refusal(first.code, path, first.params)
                    if circular
                    else Refusal("import_refused", path, {"href": name})
                )
        return None


def _frame(profile: Body, sources: list[Body]) -> Body:
    """The head of the resolved catalog: the profile's own, with what made it."""
    metadata = dict(profile["metadata"])
    metadata["props"] = [*metadata.get("props", []), TOOL]
    link = {"href": f"urn:uuid:{profile['uuid']}", "rel": "source-profile"}
    metadata["links"] = [*(each for each in metadata.get("links", []) if not each["href"].startswith("#")), link]
    made_of = "+".join([profile["uuid"], *(source["uuid"] for source in sources)])
    return {"uuid": str(uuid5(NAMESPACE_URL, f"urn:dijkwacht:resolved:{made_of}")), "metadata": metadata}


def _keep_resources(result: Body, profile: Body, sources: list[Body]) -> None:
    """The resources to which something in the result still points."""
    wanted = set(_hrefs(result))
    found: dict[str, Any] = {}
    for each in (profile, *sources):
        for resource in each.get("back-matter", {}).get("resources", []):
            if f"#{resource['uuid']}" in wanted:
                found.setdefault(resource["uuid"], resource)
    if found:
        result["back-matter"] = {"resources": list(found.values())}


def _hrefs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("href"), str):
            yield value["href"]
        for inner in value.values():
            yield from _hrefs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _hrefs(inner)
