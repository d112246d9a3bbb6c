"""A decision as a file: gathered here in Dutch, written by `adapters/documents/paper`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.paper import Paper, Part, write_paper
from dijkwacht.apps.order.file_page import FileShown, shown
from dijkwacht.apps.order.models import DecisionFile
from dijkwacht.web.moments import moment_words
from dijkwacht.web.terms import text_of

LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name and its bytes."""

    name: str
    content: bytes


def paper(file: DecisionFile, *, public: bool, at: datetime) -> Made:
    """The decision on paper. ``public``: without sources, who was heard and what is not public."""
    with translation.override(LANGUAGE):
        made = write_paper(_paper(file, shown(file, at=at), at), public=public)
    return Made(f"{file.organisation.slug}-{file.name}{'-openbaar' if public else ''}.pdf", made)


def _paper(file: DecisionFile, page: FileShown, at: datetime) -> Paper:
    loud = [(_("Departs from what the rules say"), file.departure)] if file.departure else []
    return Paper(
        title=f"{page.row.name}: {file.title}", organisation=file.organisation.name, language=LANGUAGE,
        at=(file.decided_at or at).astimezone(UTC).replace(microsecond=0), facts=list(_facts(file, page)),
        parts=list(_parts(file, page)), page=_("page {page} of {pages}"), marks=f"{file.name} · {file.pack}".strip(" ·"),
        warning="" if file.decided_at else _("DRAFT, not decided"), secret=_("Not public"), loud=loud,
    )  # fmt: skip


def _facts(file: DecisionFile, page: FileShown) -> Iterable[tuple[str, str]]:
    yield _("File"), file.name
    yield _("Basis"), page.row.power.basis or "–"
    if file.decided_at is not None:
        yield _("Decided"), f"{moment_words(file.decided_at)}, {file.get_decided_as_display()}"
    yield _("Addressee"), file.addressee or "–"
    yield _("Area"), file.area or "–"
    yield _("Takes effect"), moment_words(file.begins_at) if file.begins_at else "–"
    yield _("Ends"), moment_words(file.ends_at) if file.ends_at else "–"
    yield _("Rights that it touches"), page.row.rights or "–"


def _parts(file: DecisionFile, page: FileShown) -> Iterable[Part]:
    yield Part(
        _("Facts"), heads=(_("Question"), _("Answer")), rows=[(text_of(e.question.ask), e.answer) for e in page.facts]
    )
    yield Part(
        _("Facts with their source"), heads=(_("Question"), _("Source"), _("Who told it")), closed=True,
        rows=[(text_of(e.question.ask), e.source or "–", e.by or "–") for e in page.facts],
    )  # fmt: skip
    yield Part(_("Why it is necessary"), file.necessity)
    yield Part(_("Why it is in proportion to the right that it touches"), file.proportionality)
    yield Part(_("Why nothing lighter will do"), file.subsidiarity)
    weighed = [
        (name, _("Yes") if row.suffices else _("No"), row.because) for _code, name, row in page.alternatives if row
    ]
    yield Part(_("Lighter ways"), heads=(_("Way"), _("Suffices"), _("Why")), rows=weighed)
    yield Part(_("Who was heard"), items=[f"{who}, {moment_words(when)}" for who, when, _said in page.heard])
    yield Part(_("What they said"), items=[f"{who}: {said}" for who, _when, said in page.heard], closed=True)
    ticks = [f"[  ] {each.text}{f' ({each.article})' if each.article else ''}" for each in page.row.duties]
    yield Part(_("Checklist after the decision"), items=ticks)
    if file.look_back:
        yield Part(_("Look back"), file.look_back)
    yield Part(_("What is not public"), file.closed_part, closed=True)
