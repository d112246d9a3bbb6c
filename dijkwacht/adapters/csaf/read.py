"""A CSAF document, 2.0 or 2.1, as an Advisory: the whole of it, or a problem with its place; never a half one."""

import hashlib
from dataclasses import dataclass
from typing import Any

from dijkwacht.adapters.csaf.load import LIMITS, Limits, Unreadable, load_object
from dijkwacht.adapters.csaf.ratings import ratings
from dijkwacht.adapters.csaf.tree import Tree
from dijkwacht.adapters.csaf.walk import ROOT, Object, Path, Walk
from dijkwacht.adapters.csaf.weaknesses import Weaknesses, notes, references
from dijkwacht.core.advisories.problems import Problem
from dijkwacht.core.advisories.shapes import Advisory, Tlp

FORMS = {"2.0": "csaf-2.0", "2.1": "csaf-2.1"}
LABELS: dict[str, Tlp] = {
    "WHITE": "CLEAR", "CLEAR": "CLEAR", "GREEN": "GREEN", "AMBER": "AMBER", "AMBER+STRICT": "AMBER+STRICT", "RED": "RED",
}  # fmt: skip
# categories with which CSAF 2.1 says that a document no longer holds
WITHDRAWN = frozenset(("csaf_withdrawn", "csaf_superseded"))
STATES = frozenset(("draft", "interim", "final"))


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading: the advisory, or None; the problems; SHA-256 of the bytes, hexadecimal; the JSON, for `check`."""

    advisory: Advisory | None
    problems: tuple[Problem, ...]
    digest: str
    body: dict[str, Any] | None = None


def read_csaf(data: bytes, *, limits: Limits = LIMITS, anyway: bool = False) -> Read:
    """The advisory in these bytes. Never raises.

    With a problem of weight `grave` there is no advisory, unless ``anyway``: then what could not be read is left out.
    With one of weight `fatal` there is none at all.
    """
    digest = hashlib.sha256(data).hexdigest()
    walk = Walk(limits)
    body: dict[str, Any] | None = None
    try:
        body, walk.problems = load_object(data, size=limits.size)
        advisory: Advisory | None = _advisory(walk, body)
    except Unreadable as error:
        return Read(None, (*walk.problems, error.problem), digest, body)
    if not anyway and any(each.weight != "note" for each in walk.problems):
        advisory = None
    return Read(advisory, tuple(walk.problems), digest, body)


def _advisory(walk: Walk, body: Object) -> Advisory:
    document, path = walk.object(body, "document", ROOT), (ROOT, "document")
    publisher = walk.object(document, "publisher", path)
    tracking, at = walk.object(document, "tracking", path), (path, "tracking")
    namespace = _must(walk, publisher, "namespace", (path, "publisher"))
    identity = _must(walk, tracking, "id", at)
    revised = walk.moment(tracking, "current_release_date", at)
    tree = Tree(walk).read(walk.object(body, "product_tree", ROOT), (ROOT, "product_tree"))
    weaknesses = Weaknesses(walk, tree, source=namespace, told=revised.date() if revised else None)
    texts = notes(walk, document, path)
    severity, where = walk.object(document, "aggregate_severity", path, "note"), (path, "aggregate_severity")
    words = (walk.text(severity, "text", where), walk.text(severity, "namespace", where))
    kind = walk.text(document, "category", path)
    return Advisory(
        publisher=namespace, id=identity, version=_version(walk, tracking, at), kind=kind,
        title=walk.text(document, "title", path), state=_state(walk, tracking, at), form=_form(walk, document, path),
        publisher_name=walk.text(publisher, "name", (path, "publisher")),
        published=walk.moment(tracking, "initial_release_date", at), revised=revised,
        language=walk.text(document, "lang", path), tlp=_tlp(walk, document, path), withdrawn=kind in WITHDRAWN,
        ratings=tuple(dict.fromkeys(ratings(texts, words, namespace=namespace))), products=tree.lines, groups=tree.groups,
        vulnerabilities=weaknesses.read(body, ROOT), notes=texts, references=references(walk, document, path),
        revisions=_revisions(walk, tracking, at),
    )  # fmt: skip


def _must(walk: Walk, holder: Object, key: str, path: Path) -> str:
    """A text without which it is not known which document this is. Raises Unreadable."""
    value = walk.text(holder, key, path, "grave").strip()
    if not value or "\N{REPLACEMENT CHARACTER}" in value:
        walk.note("missing" if not value else "bad_character", (path, key), "fatal", key=key)
        problem = walk.problems.pop()
        raise Unreadable(problem.code, problem.path, **problem.params)
    return value


def _version(walk: Walk, tracking: Object, path: Path) -> str:
    version = walk.text(tracking, "version", path, "grave")
    if not version and tracking.get("version") in (None, ""):  # which of two revisions is the newer decides
        walk.note("missing", (path, "version"), "grave", key="version")
    return version


def _state(walk: Walk, tracking: Object, path: Path) -> str:
    state = walk.text(tracking, "status", path)
    if state not in STATES:
        walk.note("unknown_state", (path, "status"), value=state[:40])
        return state or "final"
    return state


def _form(walk: Walk, document: Object, path: Path) -> str:
    version = walk.text(document, "csaf_version", path, "grave")
    if version not in FORMS:
        walk.note("unknown_csaf_version", (path, "csaf_version"), "grave", value=version[:40])
    return FORMS.get(version, "csaf-2.0")


def _tlp(walk: Walk, document: Object, path: Path) -> Tlp | None:
    """The label. One that does not exist is read as the strictest: what we do not understand we do not spread."""
    distribution, at = walk.object(document, "distribution", path), (path, "distribution")
    mark = walk.object(distribution, "tlp", at)
    if not mark:
        return None
    raw = walk.text(mark, "label", (at, "tlp"))
    label = LABELS.get(raw)
    if label is None:
        label = LABELS.get(raw.strip().upper().removeprefix("TLP:").strip(), "RED")
        walk.note("unknown_tlp", ((at, "tlp"), "label"), value=raw[:40], read_as=label)
    return label


def _revisions(walk: Walk, tracking: Object, path: Path) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (walk.text(each, "number", at), walk.text(each, "date", at), walk.text(each, "summary", at))
        for each, at in walk.objects(tracking, "revision_history", path, "note")
    )
