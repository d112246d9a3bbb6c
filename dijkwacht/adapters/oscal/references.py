"""References within a document: each must lead to something in it. What leads outside it is not followed."""

import re
from collections.abc import Iterator
from typing import Any

from dijkwacht.adapters.oscal.load import Document
from dijkwacht.adapters.oscal.shape import MOST, escaped
from dijkwacht.core.framework import Refusal

INSERT = re.compile(r"\{\{\s*insert:\s*([\w-]+)\s*,\s*([^\s,}]+)\s*(?:,[^}]*)?\}\}")
_NAMED = {"controls": "id", "groups": "id", "params": "id", "parts": "id", "resources": "uuid"}
_PROSE = ("prose", "remarks", "description")


def dangling(document: Document) -> list[Refusal]:
    """The links (``#id``) and insertions of parameters that lead to nothing, in their order, at most MOST.

    Of a resolved profile only insertions are looked at: its links may lead to controls that the profile left out.
    """
    known: dict[str, set[str]] = {key: set() for key in _NAMED}
    _collect(document.body, known)
    everything = set().union(*known.values()) | {str(document.body.get("uuid", ""))}
    if document.kind == "profile":
        return []  # its links lead into what it imports; imports are followed when it is resolved
    found = []
    links = not _is_resolved(document)
    for each in _walk(document.body, f"/{document.kind}", everything, known["params"], links=links):
        found.append(each)
        if len(found) >= MOST:
            break
    return found


def _is_resolved(document: Document) -> bool:
    metadata = document.body.get("metadata", {})
    names = {str(each.get("name")) for each in metadata.get("props", [])}
    rels = {str(each.get("rel")) for each in metadata.get("links", [])}
    return "resolution-tool" in names or "source-profile" in rels


def _collect(value: Any, known: dict[str, set[str]]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _NAMED and isinstance(inner, list):
                named = (each for each in inner if isinstance(each, dict) and _NAMED[key] in each)
                known[key].update(str(each[_NAMED[key]]) for each in named)
            if isinstance(inner, dict | list):
                _collect(inner, known)
    else:
        for each in value:
            if isinstance(each, dict | list):
                _collect(each, known)


def _walk(value: Any, path: str, everything: set[str], params: set[str], *, links: bool) -> Iterator[Refusal]:
    if isinstance(value, list):
        for index, each in enumerate(value):
            if isinstance(each, dict | list):
                yield from _walk(each, f"{path}/{index}", everything, params, links=links)
        return
    for key, inner in value.items():
        if isinstance(inner, dict | list):
            yield from _walk(inner, f"{path}/{escaped(key)}", everything, params, links=links)
        elif not isinstance(inner, str):
            continue
        elif key == "href" and links and inner.startswith("#") and inner[1:] not in everything:
            yield Refusal("dangling_link", f"{path}/href", {"id": inner[:80]})
        elif key in _PROSE and "{{" in inner:
            for kind, name in INSERT.findall(inner):
                if kind == "param" and name not in params:
                    yield Refusal("dangling_param", f"{path}/{key}", {"id": name[:80]})
