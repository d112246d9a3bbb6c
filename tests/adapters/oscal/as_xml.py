"""Writes a document of OSCAL's JSON as its XML, apart from the reader: which keys are attributes is told here anew."""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

ATTRIBUTES = {
    "uuid", "id", "class", "ns", "href", "rel", "media-type", "how-many", "with-child-controls", "pattern", "method",
    "order", "param-id", "control-id", "position", "by-id", "by-name", "by-class", "by-item-name", "by-ns", "type",
    "id-ref", "role-id", "scheme", "algorithm", "filename", "matching-rationale", "status", "generation-method",
    "subject", "predicate", "category",
}  # fmt: skip
CHILDREN_TOO = {("prop", "value"): True, ("prop", "name"): True, ("part", "name"): True}  # attributes only here
SINGULAR = {
    "parties": "party", "responsible-parties": "responsible-party", "email-addresses": "email-address",
    "addresses": "address", "hashes": "hash", "choice": "choice", "matching": "matching",
    "include-controls": "include-controls", "exclude-controls": "exclude-controls", "insert-controls": "insert-controls",
}  # fmt: skip
BODY = {"document-ids": "identifier", "external-ids": "id", "telephone-numbers": "number", "hashes": "value",
        "base64": "value", "coverage": "target-coverage"}  # fmt: skip
MULTI = {"remarks", "description", "usage", "mapping-description"}


def xml(document: dict[str, Any], prefix: str = "") -> bytes:
    """The document as XML. Prose is written as one paragraph, an insertion as an element."""
    (root, body), *_ = document.items()
    colon = f"{prefix}:" if prefix else ""
    declared = f"xmlns{':' + prefix if prefix else ''}"
    inner = "".join(_element(root, body, "", colon))
    start = inner.replace(f"<{colon}{root}", f'<{colon}{root} {declared}="http://csrc.nist.gov/ns/oscal/1.0"', 1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}'.encode()


def _element(name: str, value: Any, key: str, colon: str) -> Iterator[str]:
    tag = colon + name
    if not isinstance(value, dict):
        yield f"<{tag}>{_told(name, value, colon)}</{tag}>\n"
        return
    attributes, inside = [], []
    for each, held in value.items():
        if each == BODY.get(key):
            inside.append(escape(str(held)))
        elif (each in ATTRIBUTES or (name, each) in CHILDREN_TOO) and isinstance(held, str):
            attributes.append(f" {each}={quoteattr(held)}")
        elif each == "prose":
            inside.append(f"<{colon}p>{_marked(held, colon)}</{colon}p>")
        elif isinstance(held, list):
            several = "".join("".join(_element(_singular(each), one, each, colon)) for one in held)
            inside.append(f"<{colon}revisions>{several}</{colon}revisions>" if each == "revisions" else several)
        else:
            inside.append("".join(_element(each, held, each, colon)))
    yield f"<{tag}{''.join(attributes)}>{''.join(inside)}</{tag}>\n"


def _singular(key: str) -> str:
    return SINGULAR.get(key, key.removesuffix("s"))


def _told(name: str, value: Any, colon: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _marked(str(value), colon)
    return f"<{colon}p>{text}</{colon}p>" if name in MULTI else text


def _marked(text: str, colon: str) -> str:
    parts = text.split("{{ insert: param, ")
    rest = []
    for part in parts[1:]:
        name, _, after = part.partition(" }}")
        rest.append(f'<{colon}insert type="param" id-ref={quoteattr(name)}/>{escape(after)}')
    return escape(parts[0]) + "".join(rest)
