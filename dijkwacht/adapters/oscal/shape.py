"""Whether a document has the shape of its kind: what must be there, of which type, with ids that are ids, each once.

Only what we use is checked, in one walk; what we do not know stays as it is, so that nothing is lost on a round trip.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dijkwacht.adapters.oscal.load import Document
from dijkwacht.core.framework import Refusal

MOST = 100  # refusals of one file: who has more has seen enough
# OSCAL's token: a letter or underscore, then also digits, dots and hyphens
TOKEN = re.compile(r"[^\W\d][\w.\-]*")
LONGEST = 300  # characters of an id
UUID = re.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}")
VERSION = re.compile(r"1\.[012]\.\d+(?:-rc\d+)?")

# Per kind of object its keys: a type between brackets is a list; an exclamation mark must be there.
_COMMON = {"props": "[prop]", "links": "[link]"}
_ABOUT = _COMMON | {"params": "[param]", "parts": "[part]"}
FIELDS: Mapping[str, Mapping[str, str]] = {
    "catalog": {
        "uuid": "!uuid", "metadata": "!metadata", "params": "[param]", "groups": "[group]", "controls": "[control]",
        "back-matter": "back-matter",
    },
    "metadata": _COMMON | {"title": "!text", "version": "!text", "last-modified": "!text", "oscal-version": "!version"},
    "group": _ABOUT | {"id": "token", "class": "text", "title": "!text", "groups": "[group]", "controls": "[control]"},
    "control": _ABOUT | {"id": "!token", "class": "text", "title": "!text", "controls": "[control]"},
    "param": _COMMON | {"id": "!token", "values": "[text]", "label": "text", "select": "select"},
    "select": {"how-many": "text", "choice": "[text]"},
    "part": _COMMON | {"id": "token", "name": "!token", "title": "text", "prose": "text", "parts": "[part]"},
    "prop": {"name": "!token", "value": "!text", "ns": "text", "class": "text"},
    "link": {"href": "!text", "rel": "text"},
    "back-matter": {"resources": "[resource]"},
    "resource": {"uuid": "!uuid", "title": "text", "rlinks": "[rlink]"},
    "rlink": {"href": "!text"},
    "profile": {
        "uuid": "!uuid", "metadata": "!metadata", "imports": "![import]", "merge": "merge", "modify": "modify",
        "back-matter": "back-matter",
    },
    "import": {
        "href": "!text", "include-all": "object", "include-controls": "[select-controls]",
        "exclude-controls": "[select-controls]",
    },
    "select-controls": {"with-ids": "[token]", "with-child-controls": "yes-no", "matching": "[matching]"},
    "matching": {"pattern": "text"},
    "merge": {"combine": "combine", "flat": "object", "as-is": "flag", "custom": "custom"},
    "combine": {"method": "text"},
    "custom": {"groups": "[custom-group]", "insert-controls": "[insert]"},
    "custom-group": _ABOUT | {
        "id": "token", "title": "!text", "groups": "[custom-group]", "insert-controls": "[insert]",
    },
    "insert": {
        "order": "text", "include-all": "object", "include-controls": "[select-controls]",
        "exclude-controls": "[select-controls]",
    },
    "modify": {"set-parameters": "[set-parameter]", "alters": "[alter]"},
    "set-parameter": _COMMON | {"param-id": "!token", "values": "[text]", "label": "text", "select": "select"},
    "alter": {"control-id": "!token", "removes": "[remove]", "adds": "[add]"},
    "remove": {"by-name": "token", "by-class": "text", "by-id": "token", "by-item-name": "token", "by-ns": "text"},
    "add": _ABOUT | {"position": "position", "by-id": "token", "title": "text"},
    "mapping-collection": {
        "uuid": "!uuid", "metadata": "!metadata", "provenance": "!object", "mappings": "![mapping]",
        "back-matter": "back-matter",
    },
    "mapping": {"uuid": "!uuid", "source-resource": "!side", "target-resource": "!side", "maps": "![map]"},
    "side": {"type": "!token", "href": "!text"},
    "map": {
        "uuid": "!uuid", "relationship": "!relation", "sources": "![mapped]", "targets": "![mapped]",
        "coverage": "coverage",
    },
    "mapped": {"type": "!token", "id-ref": "!text"},
    "coverage": {"target-coverage": "!share"},
}  # fmt: skip
# what must be unique among its own: the objects of each kind, by this key
UNIQUE = {
    "control": "id", "group": "id", "custom-group": "id", "param": "id", "part": "id", "resource": "uuid",
    "mapping": "uuid", "map": "uuid", "set-parameter": "param-id",
}  # fmt: skip
RELATIONS = frozenset(
    ("equal-to", "equivalent-to", "subset-of", "superset-of", "intersects-with", "no-relationship", "no-relation")
)
_WORDS: Mapping[str, frozenset[str]] = {
    "relation": RELATIONS,
    "yes-no": frozenset(("yes", "no")),
    "position": frozenset(("before", "after", "starting", "ending")),
}


def refusals(document: Document) -> list[Refusal]:
    """Everything in a document that is not as it must be, in its order, at most MOST."""
    found = []
    for each in _Walk().walk(document.kind, document.body, f"/{document.kind}"):
        found.append(each)
        if len(found) >= MOST:
            break
    return found


class _Walk:
    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], str] = {}

    def walk(self, kind: str, value: Any, path: str) -> Iterator[Refusal]:
        if not isinstance(value, dict):
            yield Refusal("wrong_type", path, {"expected": "object"})
            return
        fields = FIELDS[kind]
        for key, form in fields.items():
            if key in value:
                yield from self._value(form.lstrip("!"), value[key], f"{path}/{escaped(key)}")
            elif form.startswith("!"):
                yield Refusal("missing", path, {"key": key})
        if kind in UNIQUE and isinstance(name := value.get(UNIQUE[kind]), str):
            first = self._seen.setdefault((kind, name), path)
            if first != path:
                yield Refusal("double_id", f"{path}/{UNIQUE[kind]}", {"id": name[:80], "first": first})

    def _value(self, form: str, value: Any, path: str) -> Iterator[Refusal]:
        if form.startswith("["):
            if not isinstance(value, list):
                yield Refusal("wrong_type", path, {"expected": "list"})
                return
            for index, each in enumerate(value):
                yield from self._value(form[1:-1], each, f"{path}/{index}")
        elif form in FIELDS:
            yield from self.walk(form, value, path)
        elif (refusal := _simple(form, value, path)) is not None:
            yield refusal


def _simple(form: str, value: Any, path: str) -> Refusal | None:
    """What is wrong with a value that holds no others."""
    if form in ("object", "flag", "share"):
        well = {
            "object": isinstance(value, dict),
            "flag": isinstance(value, bool),
            "share": isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1,
        }
        return None if well[form] else Refusal("wrong_type", path, {"expected": form})
    if not isinstance(value, str):
        return Refusal("wrong_type", path, {"expected": "text"})
    if form == "token" and not TOKEN.fullmatch(value):
        return Refusal("bad_id", path, {"id": value[:80]})
    if form == "token" and len(value) > LONGEST:
        return Refusal("too_long", path, {"most": str(LONGEST)})
    if form == "uuid" and not UUID.fullmatch(value):
        return Refusal("bad_uuid", path, {"id": value[:80]})
    if form == "version" and not VERSION.fullmatch(value):
        return Refusal("other_version", path, {"found": value[:40]})
    if form in _WORDS and value not in _WORDS[form]:
        return Refusal("unknown_word", path, {"found": value[:40], "known": ", ".join(sorted(_WORDS[form]))})
    return None


def escaped(key: str) -> str:
    """A key as it stands in a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
