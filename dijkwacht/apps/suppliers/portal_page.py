"""What the supplier's page of one review shows: per theme the questions with its answers, and what may still be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.ledger import values
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers.forms.portal import AnswersForm
from dijkwacht.apps.suppliers.models import Question, Reply, Review, ReviewPhase
from dijkwacht.apps.suppliers.queries import asked
from dijkwacht.apps.suppliers.queries.asked import Asked, Point
from dijkwacht.apps.suppliers.services.answering import Said
from dijkwacht.core.access import Right
from dijkwacht.core.facts import FactType
from dijkwacht.norms.suppliers_questions import question_sets
from dijkwacht.web.moments import day_words
from dijkwacht.web.terms import text_of, value_words

OWN = "own"


@dataclass(frozen=True, slots=True)
class Row:
    """One question on the page. ``answer``, ``earlier``: in words; ``fields``: its controls, empty when nothing may be typed."""

    number: int
    point: Point
    text: str
    verify: str
    answer: str
    earlier: str
    past: tuple[tuple[Reply, str], ...]
    fields: Mapping[str, BoundField]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """The questions of one theme."""

    id: str
    name: str
    rows: tuple[Row, ...]

    @property
    def left(self) -> int:
        """How many of them have no answer yet."""
        return sum(not row.point.answered for row in self.rows)


def kinds_of(points: Sequence[Point], *, on: date) -> dict[int, FactType]:
    """The fact type that each question settles; none for one that the packs do not know any more."""
    packs, found = packs_on(on), {}
    for point in points:
        try:
            found[point.question.pk] = packs.fact_type(point.question.fact)
        except KeyError:
            continue
    return found


def form_of(review: Review, points: Sequence[Point], *args: Any, on: date) -> AnswersForm:
    """The form of all questions."""
    pack = question_sets().questions
    choices = {each.question.pk: pack[each.question.key].choices for each in points if each.question.key in pack}
    return AnswersForm(*args, points=points, kinds=kinds_of(points, on=on), choices=choices, tlp=review.tlp)


def may_answer(review: Review, seat: Seat) -> bool:
    """Whether this person can answer now."""
    asks = review.phase == ReviewPhase.ANSWERING and review.handed_in_at is None
    return asks and seat.may(Right.ANSWER)


def page(
    seat: Seat, review: Review, *, on: date, form: AnswersForm | None = None, typed: Mapping[int, Said] | None = None
) -> dict[str, Any]:
    """What the template reads. ``typed``: what somebody typed that was refused, to be shown back."""
    points = asked.points(review)
    opened = may_answer(review, seat)
    if opened and form is None:
        form = form_of(review, points, on=on)
    kinds = kinds_of(points, on=on)
    rows = [
        _row(number, point, kinds.get(point.question.pk), form if opened else None)
        for number, point in enumerate(points, 1)
    ]
    left = sum(not each.point.answered for each in rows)
    findings = asked.findings([review])
    return {
        "seat": seat, "review": review, "themes": _themes(rows), "form": form if opened else None, "open": opened,
        "left": left, "total": len(rows), "findings": findings, "answer": answer_of(review, left, on=on),
        "typed": _typed(points, kinds, typed or {}),
    }  # fmt: skip


def answer_of(review: Review, left: int, *, on: date) -> str:
    """The sentence that says what this review needs, and before when."""
    day = day_words(review.answer_before)
    if review.phase == ReviewPhase.WITHDRAWN:
        return _("This review was withdrawn. Nothing is asked of you any more.")
    if review.phase != ReviewPhase.ANSWERING:
        return _("Answering is over. What you answered stands below.")
    if review.handed_in_at is not None:
        return _("You handed this in. The reviewers look at it now.")
    if not left:
        return _("Every question is answered. Hand it in before %(day)s.") % {"day": day}
    if on >= review.answer_before:
        return ngettext(
            "%(left)s question is not answered yet, and the term has passed. You can still answer until judging begins.",
            "%(left)s questions are not answered yet, and the term has passed. You can still answer until judging begins.",
            left,
        ) % {"left": left}
    return ngettext(
        "%(left)s question is not answered yet. Hand in before %(day)s.",
        "%(left)s questions are not answered yet. Hand in before %(day)s.",
        left,
    ) % {"left": left, "day": day}


def list_answer(rows: Sequence[Asked]) -> str:
    """The sentence above the list of reviews."""
    waiting = [each for each in rows if each.answering]
    to_reply = sum(each.to_reply for each in rows)
    if waiting:
        left, first = sum(each.left for each in waiting), min(each.review.answer_before for each in waiting)
        return ngettext(
            "%(left)s question waits for your answer. Hand in before %(day)s.",
            "%(left)s questions wait for your answer. Hand in the first before %(day)s.",
            left,
        ) % {"left": left, "day": day_words(first)}
    if to_reply:
        return ngettext(
            "%(count)s finding waits for your word.", "%(count)s findings wait for your word.", to_reply
        ) % {"count": to_reply}
    return _("Nothing is asked of you now.") if rows else ""


def _row(number: int, point: Point, kind: FactType | None, form: AnswersForm | None) -> Row:
    question, last = point.question, point.last
    fields = form.bound(point) if form is not None else {}
    return Row(
        number, point, text_of(question.text), text_of(question.verify), words(kind, last.value if last else None),
        words(kind, point.earlier.value) if point.earlier is not None else "",
        tuple((each, words(kind, each.value)) for each in reversed(point.before)), fields,
        any(each.errors for each in fields.values()),
    )  # fmt: skip


def words(kind: FactType | None, value: Any) -> str:
    """An answer in words; empty for none."""
    if value is None:
        return ""
    return value_words(kind, values.read(kind, value) if kind is not None else value)


def theme_name(theme: str) -> str:
    """The name of a theme of questions."""
    if theme == OWN:
        return _("Questions of the reviewers themselves")
    return next((text_of(each.name) for each in question_sets().themes if each.id == theme), theme)


def _themes(rows: Sequence[Row]) -> list[Theme]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.point.question.theme, []).append(row)
    return [Theme(theme, theme_name(theme), tuple(mine)) for theme, mine in found.items()]


def _typed(
    points: Sequence[Point], kinds: Mapping[int, FactType], typed: Mapping[int, Said]
) -> list[tuple[Question, str, str, str]]:
    """What was typed and differs from what stands: question, its text, the answer in words, the explanation."""
    found = []
    for point in points:
        pk, said = point.question.pk, typed.get(point.question.pk)
        if said is None or said.empty:
            continue
        value = values.to_stored(said.value) if said.value is not None else None
        if point.last is None or (point.last.value, point.last.text) != (value, said.text):
            found.append((point.question, text_of(point.question.text), words(kinds.get(pk), value), said.text))
    return found
