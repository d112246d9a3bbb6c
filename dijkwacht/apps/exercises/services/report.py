"""The report of an exercise on paper: gathered here in Dutch, written by `adapters/documents/paper`. Roles, no names."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from dijkwacht.adapters.documents.paper import Paper, Part, write_paper
from dijkwacht.apps.exercises.look_page import look_context
from dijkwacht.apps.exercises.models import Lesson, Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of

LANGUAGE = "nl"


def report(row: Session, *, at: datetime) -> bytes:
    """The evaluation as a PDF that can be read aloud (PDF/UA). The same session and moment give the same bytes."""
    with translation.override(LANGUAGE):
        return write_paper(_paper(row, look_context(row), at), public=False)


def _paper(row: Session, page: dict[str, Any], at: datetime) -> Paper:
    loud = [(_("Annulled"), row.annulled_because)] if row.annulled_at else []
    return Paper(
        title=_("Report of an exercise: %(title)s") % {"title": row.title}, organisation=row.organisation.name,
        language=LANGUAGE, at=(row.evaluated_at or at).astimezone(UTC).replace(microsecond=0), facts=list(_facts(row, page)),
        parts=list(_parts(row, page)), page=_("page {page} of {pages}"), marks=row.title,
        warning="" if row.evaluated_at else _("DRAFT, the evaluation is not closed"), loud=loud,
    )  # fmt: skip


def _facts(row: Session, page: dict[str, Any]) -> Iterable[tuple[str, str]]:
    yield _("Scenario"), text_of(queries.scenario_of(row).title)
    held = row.held_on or row.planned_on
    yield _("Held on"), day_words(held) if held else "–"
    yield _("People who really took part"), str(page["players"])
    yield _("Evaluation"), _("closed") if row.evaluated_at else _("not closed")


def _parts(row: Session, page: dict[str, Any]) -> Iterable[Part]:
    yield Part(_("Conclusion"), row.conclusion)
    for point, judged in page["points"]:
        yield Part(text_of(point["question"]), items=list(_point(point, str(judged))))
    nothing = _("not answered")
    said = [f"{text_of(text)} {answer or nothing}" for text, answer in page["questions"]]
    yield Part(_("Questions to look back with"), items=said)
    for label, lessons in page["lessons"]:
        yield Part(str(label), items=[_lesson(each) for each in lessons])
    if page["notes"]:
        yield Part(_("Observations"), items=[each.text for each in page["notes"]])


def _point(point: dict[str, Any], judged: str) -> Iterable[str]:
    if judged:
        yield judged
    yield _listed(_("Expected"), [text_of(each) for each in point["expected"]])
    for role, answer, power, fits, took in point["done"]:
        if answer is None:
            yield _("%(role)s did not decide") % {"role": role}
            continue
        told = ", ".join(str(each) for each in (power, fits, took) if each)
        yield f"{role}: {answer.text} ({told})" if told else f"{role}: {answer.text}"
    for label, rows in (
        (_("Powers and roads"), point["powers"]), (_("Not allowed here"), point["never"]), (_("Legal terms"), point["terms"])
    ):  # fmt: skip
        if rows:
            yield _listed(label, rows)


def _listed(label: str, rows: Sequence[Any]) -> str:
    return f"{label}: {'; '.join(str(each) for each in rows)}"


def _lesson(row: Lesson) -> str:
    when = _("no later than %(day)s") % {"day": day_words(row.due)} if row.due and not row.done_on else ""
    done = _("done on %(day)s") % {"day": day_words(row.done_on)} if row.done_on else ""
    told = ", ".join(each for each in (row.who, when, done) if each)
    return f"{row.text} ({told})" if told else row.text
