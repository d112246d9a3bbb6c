"""Files that belong together, read as one: catalogs, the profiles over them resolved, and the mappings between them."""

import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from dijkwacht.adapters.oscal.library import Library, candidates, named
from dijkwacht.adapters.oscal.load import Document, OscalError, load
from dijkwacht.adapters.oscal.mappings import map_sets, misdirected
from dijkwacht.adapters.oscal.outline import counts, framework, identities
from dijkwacht.adapters.oscal.references import dangling
from dijkwacht.adapters.oscal.resolve import ResolveError, Resolver
from dijkwacht.adapters.oscal.shape import refusals
from dijkwacht.core.framework import Framework, MapSet, Refusal

MOST_FILES = 20
# what is known beside the files, by the reference of a mapping: the ids of that framework, or None
Known = Callable[[str], Set[str] | None]


@dataclass(frozen=True, slots=True)
class Read:
    """What one file holds. ``framework``: of a catalog, or of a profile as it resolves; ``counts``: of its own."""

    file: str
    kind: str
    title: str
    version: str
    framework: Framework | None = None
    maps: tuple[MapSet, ...] = ()
    resolved: Mapping[str, Any] | None = None
    document: Document | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    unchecked: tuple[str, ...] = ()  # references of mappings to frameworks that nobody here knows

    @property
    def per_relation(self) -> dict[str, int]:
        """How many maps of each relation, over all mappings of the file."""
        found: dict[str, int] = {}
        for each in self.maps:
            for relation, number in each.per_relation.items():
                found[relation] = found.get(relation, 0) + number
        return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of each file, in the order given, and everything that was refused."""

    files: tuple[Read, ...]
    refused: tuple[Refusal, ...]


def read(files: Sequence[tuple[str, bytes]], *, known: Known | None = None) -> Reading:
    """Reads files (name, content) that belong together. A file in which something is refused still tells its counts."""
    if len(files) > MOST_FILES:
        return Reading((), (Refusal("too_many_files", params={"most": str(MOST_FILES)}),))
    refused: list[Refusal] = []
    sound, loaded = Library(), dict[str, Document]()
    for name, content in files:
        try:
            if name in loaded:
                raise OscalError("file_twice")
            document = loaded[name] = load(content, name=name)
        except OscalError as error:
            refused.append(replace(error.refusal, file=name))
            continue
        wrong = refusals(document) or dangling(document)
        refused += [replace(each, file=name) for each in wrong]
        if not wrong:
            sound.documents[name] = document
    resolver = Resolver(sound)
    found = [_read(name, document, sound, resolver, refused) for name, document in loaded.items()]
    checked = [_checked(each, sound, found, known, refused) if each.maps else each for each in found]
    return Reading(tuple(checked), tuple(_placed(each, loaded) for each in refused))


def _placed(refusal: Refusal, loaded: Mapping[str, Document]) -> Refusal:
    document = loaded.get(refusal.file)
    return refusal if document is None else replace(refusal, path=document.place(refusal.path))


def references(content: bytes, *, name: str = "") -> list[list[str]]:
    """Per reference in a document the names of the files that it can mean, without folder or site."""
    try:
        document = load(content, name=name)
    except OscalError:
        return []
    if document.kind == "catalog" or refusals(document):
        return []
    body = document.body
    hrefs = [each["href"] for each in body.get("imports", [])]
    for each in body.get("mappings", []):
        hrefs += [each["source-resource"]["href"], each["target-resource"]["href"]]
    return [[named(address) for address in candidates(href, within=document)] for href in dict.fromkeys(hrefs)]


def write(document: Document) -> bytes:
    """The document as it came, as canonical JSON."""
    return canonical(document.whole)


def canonical(value: Any) -> bytes:
    """JSON with its keys in order, so that the same content gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _read(name: str, document: Document, sound: Library, resolver: Resolver, refused: list[Refusal]) -> Read:
    metadata = document.body.get("metadata")
    about = metadata if isinstance(metadata, dict) else {}
    bare = Read(
        name, document.kind, str(about.get("title", ""))[:300], str(about.get("version", ""))[:100], document=document
    )
    if name not in sound.documents:
        return bare
    if document.kind == "mapping-collection":
        return replace(bare, maps=tuple(map_sets(document.body)))
    try:
        body = resolver.catalog(name)
    except ResolveError as error:
        refused += [replace(each, file=name) for each in error.refusals]
        return bare
    return replace(bare, framework=framework(body), resolved=body, counts=counts(body))


def _checked(each: Read, sound: Library, found: list[Read], known: Known | None, refused: list[Refusal]) -> Read:
    """A file of mappings, held against the frameworks that its references mean."""
    document, unchecked = sound.documents[each.file], []

    def ids(href: str) -> Set[str] | None:
        name = sound.find(href, within=document)
        given = next((one.resolved for one in found if one.file == name and one.resolved is not None), None)
        if given is not None:
            return identities(given)
        if known is None:
            return None
        beside = (known(address) for address in (href, *candidates(href, within=document)))
        return next((one for one in beside if one is not None), None)

    for index, one in enumerate(each.maps):
        sources, targets = ids(one.source), ids(one.target)
        unchecked += [href for href, held in ((one.source, sources), (one.target, targets)) if held is None]
        wrong = misdirected(one, path=f"/mapping-collection/mappings/{index}", sources=sources, targets=targets)
        refused += [replace(refusal, file=each.file) for refusal in wrong]
    return replace(each, unchecked=tuple(dict.fromkeys(unchecked)))
