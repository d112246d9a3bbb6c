"""What the pages of our own documents show: rows of the list, the parts of the form, the document as it would be given out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkwacht.apps.advisories import own_words
from dijkwacht.apps.advisories.forms.own import MOST, PARTS, OwnForm
from dijkwacht.apps.advisories.forms.own_fields import Row
from dijkwacht.apps.advisories.models import Own, OwnKind
from dijkwacht.apps.advisories.queries.own import Reached, draft_of, own_of
from dijkwacht.apps.advisories.services.own import Preview, score_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.own import Draft
from dijkwacht.core.advisories.own_versions import Unclear, read_versions
from dijkwacht.web.csaf_words import remedy_word

_HEADS = {
    "products": (gettext_lazy("Products"), gettext_lazy("Another product"), gettext_lazy("Product %(n)s")),
    "weaknesses": (gettext_lazy("Weaknesses"), gettext_lazy("Another weakness"), gettext_lazy("Weakness %(n)s")),
    "remedies": (gettext_lazy("What must be done"), gettext_lazy("Another remedy"), gettext_lazy("Remedy %(n)s")),
    "links": (gettext_lazy("Links to more"), gettext_lazy("Another link"), gettext_lazy("Link %(n)s")),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list. ``turned``: changed after the last revision was given out."""

    own: Own
    title: str
    kind: str
    released: Any
    turned: bool


def listed(organisation: Organisation) -> list[Listed]:
    """What is written or given out, what changed last first."""
    rows = own_of(organisation).prefetch_related("releases__document")
    return [_listed(each) for each in rows]


def _listed(own: Own) -> Listed:
    last = next(iter(own.releases.all()), None)
    turned = last is not None and own.changed_at > last.at
    return Listed(own, own.values.get("title", ""), str(OwnKind(own.kind).label), last, turned)


def list_sentence(rows: Sequence[Listed]) -> str:
    """How many are given out, and how many wait."""
    out, waiting = (
        sum(row.released is not None for row in rows),
        sum(row.released is None or row.turned for row in rows),
    )
    if not rows:
        return _("Nothing was written here yet.")
    said = [
        ngettext("One document was given out", "%(n)d documents were given out", out) % {"n": out} if out
        else _("Nothing was given out yet")
    ]  # fmt: skip
    if waiting:
        said.append(ngettext("one waits to be given out", "%(n)d wait to be given out", waiting) % {"n": waiting})
    return "; ".join(said) + "."


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form. ``rows``: title, form, and how its versions are understood; ``more``: a row may be added."""

    name: str
    heading: str
    add: str
    rows: list[tuple[str, Row, str]]
    more: bool


def parts(form: OwnForm) -> list[Part]:
    """The parts of the form below what it is about, in order."""
    found = []
    for name in PARTS:
        heading, add, title = _HEADS[name]
        rows = [(str(title) % {"n": n}, each, _understood(each)) for n, each in enumerate(form.rows(name), 1)]
        found.append(Part(name, str(heading), str(add), rows, len(rows) < MOST[name]))
    return found


def _understood(row: Row) -> str:
    """How the versions of a row are understood; nothing for another row, or where that is an error."""
    if "versions" not in row.fields or not str(row["product"].value() or "").strip():
        return ""
    try:
        return own_words.versions_sentence(read_versions(str(row["versions"].value() or "")))
    except Unclear:
        return ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field that is wrong, as the list of errors names it."""

    label: str
    id_for_label: str
    auto_id: str = ""


def errors(form: OwnForm) -> list[tuple[Wrong, str]]:
    """What is to be put right, each with the field that it is about and the row in which that stands."""
    found = list(_errors(form.main, ""))
    for part in parts(form) if form.data is not None else ():
        for title, row, _understood in part.rows:
            if not row.gone:
                found += _errors(row, title)
    return found


def _errors(form: forms.Form, title: str) -> Iterable[tuple[Wrong, str]]:
    for name, said in form.errors.items():
        bound = form[name]
        label = f"{title}, {bound.label}" if title else str(bound.label)
        for each in said:
            yield Wrong(label, bound.id_for_label or f"{bound.auto_id}_0"), str(each)  # of a group its first choice


def problems(made: Preview) -> list[tuple[str, str]]:
    """What stands in the way of giving it out, each with where on the form that is filled in."""
    found = [(own_words.lack_sentence(each), own_words.anchor(each)) for each in made.lacks]
    if made.unwritable:
        return [*found, own_words.no_document(*made.unwritable)]
    if found or made.checked is None:
        return found  # what is lacking is told in our words, not once more in those of the schema
    return [own_words.finding(each) for each in made.checked.findings]


def shown(own: Own) -> dict[str, Any]:
    """The document in words."""
    draft = draft_of(own)
    return {
        "title": draft.title, "summary": draft.summary, "kind": OwnKind(own.kind).label,
        "products": [(each, _versions(each.versions)) for each in draft.products],
        "weaknesses": [_weakness(draft, place) for place in range(len(draft.weaknesses))], "links": draft.links,
    }  # fmt: skip


def _versions(text: str) -> str:
    try:
        return own_words.versions_sentence(read_versions(text))
    except Unclear as error:
        return own_words.unclear_sentence(error)


def _weakness(draft: Draft, place: int) -> dict[str, Any]:
    held = draft.weaknesses[place]
    said = [
        (product.name, own_words.saying_word(saying))
        for product, saying in zip(draft.products, held.said, strict=False)
        if saying
    ]
    remedies = [(remedy_word(todo.kind), todo) for todo in draft.remedies if draft.targets(todo, place)]
    return {"held": held, "said": said, "remedies": remedies, "score": score_of(held.vector) if held.vector else None}


def reach_sentence(reached: Sequence[Reached]) -> str:
    """Whom it would touch, in numbers."""
    sure, asked = sum(each.sure for each in reached), sum(not each.sure for each in reached)
    if not reached:
        return _("By the registers as they are now, it touches nobody.")
    said = []
    if sure:
        said.append(
            ngettext("One organisation uses an affected version", "%(n)d organisations use an affected version", sure)
            % {"n": sure}
        )
    if asked:
        said.append(ngettext("one must look for itself", "%(n)d must look for themselves", asked) % {"n": asked})
    sentence = "; ".join(said) + "."
    return sentence[:1].upper() + sentence[1:]
