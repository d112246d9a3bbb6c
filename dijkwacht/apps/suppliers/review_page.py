"""What the pages of joint reviews show, put together from what somebody may see of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers.models import Question, Review, ReviewFinding, ReviewPhase
from dijkwacht.apps.suppliers.queries import reviews as queries
from dijkwacht.apps.suppliers.queries.entitled import Sight, Stand, sees_file, stand_of, taking_part
from dijkwacht.apps.suppliers.queries.review_items import Asked, asked
from dijkwacht.apps.suppliers.review_words import STANDS, Chip, answer, chip, need_words, theme_name, value_words
from dijkwacht.apps.suppliers.services.concluding import CHECKED, says
from dijkwacht.core.access import Right, Tlp
from dijkwacht.core.suppliers.review import saved
from dijkwacht.norms.read import norms_on
from dijkwacht.web.context import address

FEW = 8
"""So many questions are all shown at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the list of a review. ``mine``: this person still has to judge it."""

    each: Asked
    chip: Chip
    url: str
    mine: bool
    findings: int
    eyes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do: in words, before when, where, and what its button says."""

    words: str
    due: date | None
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding with how it stands: its chip, and whether its term is over."""

    finding: ReviewFinding
    key: str
    chip: Chip
    late: bool
    url: str


def row(of: queries.Row, seat: Seat) -> dict[str, Any]:
    """A review in the list."""
    names = {"organisation": seat.organisation.slug, "pk": str(of.review.pk)}
    join = address("suppliers:join", **names) if of.stand is Stand.OUTSIDER and seat.may(Right.SUPPLY) else ""
    return {
        "review": of.review, "stand": STANDS[of.stand], "progress": of.progress, "parties": of.parties, "saved": of.saved,
        "needs": [Todo(need_words(each), each.due) for each in of.needs], "join": join,
        "url": address("suppliers:review", **names) if of.sight else "", "phase": of.review.get_phase_display(),
    }  # fmt: skip


def whole(review: Review, seat: Seat, seen: Sight, *, on: date) -> dict[str, Any]:
    """The page of one review."""
    rows, stand = asked(review, on=on), stand_of(review, seat.organisation, on=on)
    done, parties = queries.progress(rows), queries.parties_of([review], on=on)[review.pk]
    todo = queries.needs(review, rows, seen, person=seat.person, on=on)
    lines = [_line(each, seat, seen, review) for each in rows]
    opens = _opens(lines, review)
    themes = [
        (theme_name(name), how, [line for line in lines if line.each.question.theme == name], name in opens)
        for name, how in queries.by_theme(rows)
    ]
    first = next((line.url for line in lines if line.mine), "")
    return {
        "review": review, "sight": seen, "stand": STANDS[stand], "answer": answer(review, todo, done, on=on),
        "todo": [_todo(each, review, seat, first) for each in todo], "themes": themes, "progress": done,
        "findings": _marks(rows, seat, seen, on=on), "left_out": queries.left_out(review),
        "parties": taking_part(on).filter(review=review).select_related("organisation") if seen.parties else (),
        "counted": parties, "saved": saved(parties, len(rows)), "timeline": _timeline(review, seen),
        "outcome": _outcome(review, on=on), "adopt": _adopt(review, seat, stand),
        "over": review.answer_before <= on or review.handed_in_at is not None,
    }  # fmt: skip


def question(found: Question, seat: Seat, seen: Sight, *, on: date) -> dict[str, Any]:
    """The page of one question: what stands before and after it, and what of it may be seen."""
    rows = asked(found.review, on=on)
    here = next((each for each in rows if each.question.pk == found.pk), None)
    order = [each.question.pk for each in _mine(rows, seat, seen, found.pk)]
    at = order.index(found.pk) if found.pk in order else -1
    near = {"back_to": order[at - 1] if at > 0 else None, "onward": order[at + 1] if 0 <= at < len(order) - 1 else None}
    shown = here is not None and seen.answers
    judged = here.judged if here is not None and seen.notes else ()
    return {
        "review": found.review, "question": found, "sight": seen, "each": here, **near, "theme": theme_name(found.theme),
        "number": at + 1, "count": len(order), "chip": chip(here, seen) if here is not None else None,
        "reply": here.reply if here is not None and shown else None,
        "value": value_words(found.fact, here.item.value, on=on) if here is not None and shown else "",
        "earlier": _earlier(here, on=on) if here is not None and shown else [],
        "files": _files(found, seen), "judged": judged, "findings": _marks([here] if here else [], seat, seen, on=on),
        "judging": seen.judges and found.review.phase == ReviewPhase.JUDGING and not found.left_out_because,
        "finds": seen.judges and found.review.phase in (ReviewPhase.JUDGING, ReviewPhase.CONCLUDED),
    }  # fmt: skip


def next_to_judge(found: Question, seat: Seat, *, on: date) -> int | None:
    """The question after this one that still waits for this person; from the start again after the last. None: none does."""
    waits = [each.question for each in queries.to_judge(asked(found.review, on=on), person=seat.person)]
    later = [each.pk for each in waits if each.order > found.order]
    return next(iter([*later, *(each.pk for each in waits)]), None)


def _mine(rows: Sequence[Asked], seat: Seat, seen: Sight, here: int) -> list[Asked]:
    """The questions through which this person walks: those that he was given, or all."""
    eyes = [each for each in rows if seat.person.pk in (each.question.first_eyes_id, each.question.second_eyes_id)]
    return eyes if seen.judges and here in {each.question.pk for each in eyes} else list(rows)


def _opens(lines: Sequence[Line], review: Review) -> set[str]:
    """The themes that stand open: all when there are few questions, else where the work goes on and where something is wrong."""
    if len(lines) <= FEW or review.phase == ReviewPhase.DRAFT:
        return {line.each.question.theme for line in lines}
    first = [line.each.question.theme for line in lines if line.mine][:1]
    return {*first, *(line.each.question.theme for line in lines if line.findings)}


def _todo(need: queries.Need, review: Review, seat: Seat, first: str) -> Todo:
    """Something to do, with where: judging begins at the first answer that waits for this person."""
    page, says_so = {
        "send": ("suppliers:review_send", _("Send to the supplier")),
        "judge": (first, _("Judge the next answer")),
        "confirm": ("#findings", _("To the findings")),
        "mended": ("#findings", _("To the findings")),
        "divide": ("suppliers:review_divide", _("Divide the work")),
        "conclude": ("suppliers:review_conclude", _("Conclude")),
    }.get(need.code, ("", ""))
    if page.startswith("suppliers:"):
        page = address(page, organisation=seat.organisation.slug, pk=str(review.pk))
    return Todo(need_words(need), need.due, page, says_so)


def _line(each: Asked, seat: Seat, seen: Sight, review: Review) -> Line:
    url = address("suppliers:review_question", organisation=seat.organisation.slug, pk=str(each.question.pk))
    waits = review.phase == ReviewPhase.JUDGING and seen.judges
    mine = waits and bool(queries.to_judge([each], person=seat.person))
    standing = [row for row in each.findings if row.dropped_at is None and (seen.notes or row.confirmed_at is not None)]
    eyes = [each.question.first_eyes, each.question.second_eyes] if seen.notes else []
    named = tuple(str(person or _("nobody yet")) for person in eyes) if any(eyes) else ()
    return Line(each, chip(each, seen), url, mine, sum(row.mended_on is None for row in standing), named)


def _marks(rows: Sequence[Asked], seat: Seat, seen: Sight, *, on: date) -> list[Mark]:
    """The findings that may be seen, those that are open first."""
    found = [
        _mark(each, row.question, seat, on=on)
        for row in rows
        for each in row.findings
        if (each.confirmed_at is not None and each.dropped_at is None) or seen.notes
    ]
    closed = {"met", "not_applicable"}
    return sorted(found, key=lambda each: (each.chip.name in closed, each.finding.due, each.finding.pk))


def _mark(finding: ReviewFinding, of: Question, seat: Seat, *, on: date) -> Mark:
    late = finding.due <= on
    if finding.dropped_at is not None:
        how = Chip("not_applicable", _("Dropped"))
    elif finding.confirmed_at is None:
        how = Chip("unknown", _("Waits for a second person"))
    elif finding.mended_on is not None:
        how = Chip("met", _("Mended"))
    elif finding.accepted_on is not None:
        how = Chip("not_applicable", _("Accepted"))
    elif finding.claimed_on is not None:
        how = Chip("partly", _("Mended, says the supplier"))
    else:
        how = Chip("not_met", _("Too late") if late else _("Open"), late)
    url = address("suppliers:review_question", organisation=seat.organisation.slug, pk=str(of.pk))
    return Mark(finding, of.key, how, how.late, url)


def _earlier(each: Asked, *, on: date) -> list[tuple[str, Any]]:
    """What the supplier answered before, the latest first: in words, with the row."""
    rows = list(each.question.replies.all())[:-1]
    return [(value_words(each.question.fact, row.value, on=on), row) for row in reversed(rows)]


def _files(found: Question, seen: Sight) -> list[Any]:
    rows = found.exhibits.filter(ended_at__isnull=True).select_related("file")
    return [each for each in rows if sees_file(seen, Tlp(each.tlp))]


def _outcome(review: Review, *, on: date) -> list[tuple[Any, str]]:
    """What came out, fact by fact: what is asked, and the answer that counts; what is not there is not known."""
    if review.concluded_at is None:
        return []
    known, found = norms_on(on).fact_types, says(review, on=on)
    asked_facts = [*dict.fromkeys(review.questions.filter(left_out_because="").values_list("fact", flat=True))]
    if CHECKED not in asked_facts:
        asked_facts.append(CHECKED)  # asked of nobody: that it was concluded says it
    return [
        (known[name].question, value_words(name, found[name], on=on) if name in found else _("Not known"))
        for name in asked_facts
        if name in known
    ]


def _adopt(review: Review, seat: Seat, stand: Stand) -> str:
    """Where what came out can be taken over for a supplier of one's own."""
    may = seat.may(Right.SUPPLY) and review.phase == ReviewPhase.CONCLUDED and stand is not Stand.SUPPLIER
    return address("suppliers:adopt", organisation=seat.organisation.slug, pk=str(review.pk)) if may else ""


def _timeline(review: Review, seen: Sight) -> list[dict[str, Any]]:
    """What happened, the latest first. Who did it is for who reviews."""
    rows: list[dict[str, Any] | None] = [
        {"at": review.opened_at, "title": _("Opened"), "who": (review.opened_by or "") if seen.notes else ""},
        {"at": review.sent_at, "title": _("Sent to the supplier")} if review.sent_at else None,
        {"at": review.handed_in_at, "title": _("Handed in by the supplier")} if review.handed_in_at else None,
        {"at": review.concluded_at, "title": _("Concluded"), "text": review.conclusion}
        if review.concluded_at
        else None,
        {"at": review.withdrawn_at, "title": _("Withdrawn"), "text": review.withdrawn_because}
        if review.withdrawn_at
        else None,
    ]
    return sorted((each for each in rows if each), key=lambda each: each["at"], reverse=True)
