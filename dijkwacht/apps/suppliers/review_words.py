"""What the pages of joint reviews say: how a question stands, what needs somebody, what an answer is in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from dijkwacht.apps.suppliers.models import Review, ReviewPhase
from dijkwacht.apps.suppliers.queries.entitled import Sight, Stand
from dijkwacht.apps.suppliers.queries.review_items import Asked
from dijkwacht.apps.suppliers.queries.reviews import SETTLED, Need, Progress
from dijkwacht.norms.read import norms_on
from dijkwacht.norms.suppliers_questions import question_sets
from dijkwacht.web.moments import as_day, day_words

STATES: Mapping[str, tuple[str, Any]] = {
    "not_answered": ("unknown", gettext_lazy("Not answered")),
    "not_judged": ("unknown", gettext_lazy("Not judged yet")),
    "one_pair_of_eyes": ("unknown", gettext_lazy("Judged by one of two")),
    "disputed": ("unknown", gettext_lazy("The judgements differ")),
    "not_shown": ("unknown", gettext_lazy("Not shown")),
    "holds": ("met", gettext_lazy("Shown to be so")),
    "finding": ("not_met", gettext_lazy("Finding is open")),
    "finding_late": ("not_met", gettext_lazy("Finding is too late")),
    "does_not_hold": ("not_met", gettext_lazy("Not so")),
}
STANDS: Mapping[Stand, Any] = {
    Stand.HOLDER: gettext_lazy("We keep this review"),
    Stand.REVIEWER: gettext_lazy("We review along"),
    Stand.JOINED: gettext_lazy("We joined"),
    Stand.SUPPLIER: gettext_lazy("We are asked"),
    Stand.OUTSIDER: gettext_lazy("Open to join"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A mark with its word. ``late``: too late, the only red."""

    name: str
    word: str
    late: bool = False


def chip(each: Asked, seen: Sight) -> Chip:
    """How a question stands, for who sees this much: what the reviewers did not settle yet is theirs alone."""
    code = each.state.code
    if not seen.notes and code not in (*SETTLED, "not_answered"):
        return Chip("unknown", _("Being judged"))
    name, word = STATES[code]
    if code == "holds" and each.item.value is False:
        return Chip("not_met", _("The answer is no"))
    return Chip(name, str(word), code == "finding_late")


def value_words(fact: str, value: Any, *, on: date) -> str:
    """An answer as a word: yes, no, a day, a choice. What has no form is told as it is."""
    if value is None:
        return _("No answer")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    known = norms_on(on).fact_types.get(fact)
    if known is not None and known.value == "choice":
        labels = known.labels.get(str(value), {})
        return labels.get((get_language() or "nl")[:2]) or str(value)
    day = as_day(value)
    return day_words(day) if day is not None else str(value)


def theme_name(theme: str) -> str:
    """What a theme is called; a theme that the pack no longer has is told as it is."""
    for each in question_sets().themes:
        if each.id == theme:
            return each.name.get((get_language() or "nl")[:2], each.id)
    return _("Own questions") if theme == "own" else theme


def need_words(need: Need) -> str:
    """What somebody has to do, as a sentence without its day."""
    n = {"n": need.n}
    return {
        "send": lambda: _("Look through the questions and send them to the supplier."),
        "start": lambda: _("Answering is over: start judging, or give more time."),
        "judge": lambda: ngettext("Judge %(n)s answer.", "Judge %(n)s answers.", need.n) % n,
        "confirm": lambda: (
            ngettext("%(n)s finding waits for a second person.", "%(n)s findings wait for a second person.", need.n) % n
        ),
        "mended": lambda: (
            ngettext(
                "See whether %(n)s finding is mended, as the supplier says.",
                "See whether %(n)s findings are mended, as the supplier says.",
                need.n,
            )
            % n
        ),
        "divide": lambda: (
            ngettext(
                "Divide the work: %(n)s question has no two pairs of eyes.",
                "Divide the work: %(n)s questions have no two pairs of eyes.",
                need.n,
            )
            % n
        ),
        "conclude": lambda: _("Everything is judged: conclude the review."),
        "runs_out": lambda: _("The outcome runs out soon: begin the next review."),
    }[need.code]()


def barred_notes(rows: Iterable[tuple[str, date | None]], *, supplier: str) -> list[str]:
    """Who does this work and does not judge, with why: a role at the supplier since a day, or what he said for it before."""
    role = _(
        "%(name)s does not judge: has a role at %(supplier)s since %(day)s. Was that a mistake? Then %(supplier)s ends it."
    )
    spoke = _("%(name)s does not judge: answered for %(supplier)s in this review.")
    return [
        role % {"name": name, "supplier": supplier, "day": day_words(since)}
        if since
        else spoke % {"name": name, "supplier": supplier}
        for name, since in rows
    ]


def list_answer(rows: Sequence[Any], joinable: Sequence[Any]) -> str:
    """The one thing that the list says first."""
    waiting = sum(bool(row.needs) for row in rows)
    if waiting:
        return ngettext("%(n)s review needs you.", "%(n)s reviews need you.", waiting) % {"n": waiting}
    if rows:
        return _("No review needs you now.")
    if joinable:
        return ngettext(
            "Of your suppliers, %(n)s review is open to join.",
            "Of your suppliers, %(n)s reviews are open to join.",
            len(joinable),
        ) % {"n": len(joinable)}
    return _("You take part in no review yet.")


def answer(review: Review, needs: Sequence[Need], done: Progress, *, on: date) -> str:
    """The one thing that the page of a review says first: what needs this person, else how it stands."""
    if needs:
        first = need_words(needs[0])
        if not needs[0].due:
            return first
        before = _("No later than %(day)s.") % {"day": day_words(needs[0].due)}
        return f"{first} {before}"
    days = {"answer": day_words(review.answer_before), "judge": day_words(review.judge_before)}
    count = {"answered": done.answered, "settled": done.settled, "asked": done.asked}
    if review.phase == ReviewPhase.DRAFT:
        return _("This is being prepared. The supplier did not get it yet.")
    if review.phase == ReviewPhase.ANSWERING:
        return _("The supplier answered %(answered)s of %(asked)s questions and has until %(answer)s.") % (count | days)
    if review.phase == ReviewPhase.JUDGING:
        return _("%(settled)s of %(asked)s answers are judged by two people. To be done no later than %(judge)s.") % (
            count | days
        )
    if review.phase == ReviewPhase.WITHDRAWN:
        return _("This review was withdrawn: nothing counts from it any more.")
    if review.until is not None and review.until <= on:
        return _("The outcome ran out on %(day)s: what it said is unknown again.") % {"day": day_words(review.until)}
    until = day_words(review.until) if review.until else ""
    return _("Concluded. What came out holds until %(day)s.") % {"day": until}
