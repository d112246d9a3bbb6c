"""The files that were given together, and which of them a reference means. Nothing outside them is ever fetched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from dijkwacht.adapters.oscal.load import Document


@dataclass(slots=True)
class Library:
    """Documents by the name of their file."""

    documents: dict[str, Document] = field(default_factory=dict)

    def find(self, href: str, *, within: Document) -> str | None:
        """The name of the file that a reference in a document means; None when it was not given.

        ``#uuid`` goes by the resource of that name in its back matter. A file is known by its name, whatever folder or
        site the reference puts before it, and in whichever of the formats of OSCAL it was given; or by its uuid.
        """
        for each in candidates(href, within=within):
            name = named(each)
            if name in self.documents:
                return name
            found = [known for known in self.documents if name and _stem(known) == _stem(name)]
            found += [known for known, held in self.documents.items() if _named(held, each)]
            if found:
                return found[0]
        return None


def candidates(href: str, *, within: Document) -> Iterator[str]:
    """The addresses that a reference stands for: itself, or those of the resource that it points to."""
    if not href.startswith("#"):
        yield href
        return
    matter = within.body.get("back-matter", {})
    for resource in matter.get("resources", []):
        if resource["uuid"].lower() == href[1:].lower():
            yield from (each["href"] for each in resource.get("rlinks", []))


def named(href: str) -> str:
    """The name of the file at the end of a reference; empty when it cannot be a file."""
    try:
        name = unquote(PurePosixPath(urlsplit(href).path).name)
    except ValueError:  # half an address
        return ""
    return "" if "/" in name or "\x00" in name else name


def _stem(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return (stem if dot and ending.lower() in ("json", "xml", "yaml", "yml") else name).removesuffix("-min").lower()


def _named(document: Document, href: str) -> bool:
    return str(document.body.get("uuid", "–")).lower() in href.lower()


def controls(body: Mapping[str, object]) -> Iterator[tuple[dict[str, object], str, tuple[str, ...]]]:
    """Every control of a catalog in its order, with the id of the control it is part of and the titles of its groups."""
    yield from _controls(body, "", ())


def _controls(
    holder: Mapping[str, object], parent: str, titles: tuple[str, ...]
) -> Iterator[tuple[dict[str, object], str, tuple[str, ...]]]:
    for control in _list(holder, "controls"):
        yield control, parent, titles
        yield from _controls(control, str(control["id"]), titles)
    for group in _list(holder, "groups"):
        yield from _controls(group, parent, (*titles, str(group["title"])))


def _list(holder: Mapping[str, object], key: str) -> list[dict[str, object]]:
    found = holder.get(key, [])
    return found if isinstance(found, list) else []
