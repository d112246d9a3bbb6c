"""Everything on the page of one warning, worked out once: what it is, how it is rated, the week, products, what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.advisories import handling_ratings, handling_rows, handling_words, standing_words
from dijkwacht.apps.advisories.models import Assessment, Audience, Outcome, Touched, Warned, WarningState
from dijkwacht.apps.advisories.queries import handling as queries
from dijkwacht.apps.advisories.queries.stated import proposals
from dijkwacht.apps.advisories.services import weighing
from dijkwacht.apps.advisories.services.meaning import said_by
from dijkwacht.apps.advisories.services.stating import own_rating
from dijkwacht.core.advisories.priority import OneWeek
from dijkwacht.core.advisories.shapes import Advisory as Content
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.priority_words import priority_sentences
from dijkwacht.web.term_row import TermRow
from dijkwacht.web.terms import language

SUMMARY = ("summary", "description", "general")
GRADED = ("kans", "schade", "likelihood", "damage")  # notes that are a rating, and stand with the ratings
FIRST = 15  # products that are shown at once
LONG = 4_000  # characters of a text of the document; the rest is in the document itself


@dataclass(frozen=True, slots=True)
class Said:
    """A text about the warning. ``heading``: for whom it was written, or what the publisher calls it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Asks:
    """What the written assessment asks. ``high``: the publisher calls likelihood and damage both high; ``whole``: no assets."""

    high: bool
    whole: bool
    initial: Mapping[str, Any]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Page:
    """One warning as somebody meets it. ``action``: the one thing to do first (see, version, assess, mark), empty when it is
    settled or this person does not handle warnings."""

    answer: str
    action: str
    texts: Sequence[Said]
    from_desk: bool
    ratings: Sequence[handling_ratings.Rated]
    level: str
    why: Sequence[str]
    week: TermRow | None
    week_why: Sequence[str]
    readings: tuple[Sequence[str], Sequence[str]]
    products: Sequence[handling_rows.Product]
    advice: Sequence[handling_rows.Advice]
    gone: Sequence[Touched]
    about: str
    assessments: Sequence[Assessment]
    assessed: bool
    history: Sequence[Mapping[str, Any]]
    others: Sequence[Warned]
    links: Sequence[tuple[str, str]]
    downloads: bool
    handles: bool
    asked: Touched | None = None
    more: Sequence[handling_rows.Product] = field(default_factory=tuple)

    @property
    def weaknesses(self) -> int:
        """Pairs of product and weakness of which something can be said."""
        return sum(each.weaknesses for each in (*self.products, *self.more))


def page_of(warning: Warned, person: Any, *, handles: bool, at: datetime) -> Page:
    """Everything on the page of a warning that this person may see."""
    content, held = said_by(warning.advisory), queries.whole(warning)
    lists = weighing.enriched(each.cve for each in content.vulnerabilities)
    ours = handling_ratings.our_priority(content, lists, (row.exposed for row in held.touched))
    found = proposals(warning, held, person, at=at) if handles else []
    products = handling_rows.products(warning, held, content, found, at=at)
    task = max((each.at for each in held.events if each.kind in ("first", "task")), default=warning.told_at)
    assessed = any(each.at >= task for each in held.assessments)
    asked = next((each.touched for each in products if each.asks), None)
    texts = texts_of(warning, content)
    names, caught = [str(row.line) for row in held.touched], queries.caught_by([warning]).get(warning.pk, "")
    return Page(
        answer=handling_words.answer(
            warning, names, assessed=assessed, left=_left(products), **_standing(content, held)
        ),
        action=_action(warning, asked=asked is not None, assessed=assessed) if handles else "",
        texts=texts, from_desk=bool(warning.texts), ratings=handling_ratings.ratings(content, lists), level=ours.level,
        why=priority_sentences(ours, priority_table(), language()), week=handling_rows.week_row(warning, at=at),
        week_why=handling_words.week_sentences(weighing.short_term(content), own_rating(warning)),
        readings=handling_words.reading_sentences(), products=products[:FIRST], more=products[FIRST:],
        advice=handling_rows.advice(products), gone=held.gone,
        about=handling_words.about_sentence(warning, names, caught), assessments=held.assessments, assessed=assessed,
        history=[handling_words.event_entry(each) for each in reversed(held.events)],
        others=queries.same_weakness(warning, person), links=_links(content),
        downloads=warning.advisory.document is not None, handles=handles, asked=asked,
    )  # fmt: skip


def _standing(content: Content, held: queries.Whole) -> dict[str, str]:
    """Why it lapsed, and that the document is not final."""
    return {
        "lapsed": standing_words.lapsed_sentence(content, held.events),
        "not_final": standing_words.not_final_sentence(content),
    }


def _left(products: Sequence[handling_rows.Product]) -> tuple[int, int]:
    """How many pairs of product and weakness are open, of how many."""
    groups = [group for each in products for group in each.groups]
    count = sum(len(each.weaknesses) for each in groups if each.status == WarningState.OPEN)
    return count, sum(len(each.weaknesses) for each in groups)


def texts_of(warning: Warned, content: Content) -> list[Said]:
    """What the desk wrote, for who decides first; without that what the document says of itself."""
    written = [
        Said(str(each.label), warning.texts[each.value])
        for each in (Audience.MANAGEMENT, Audience.TECHNICAL)
        if warning.texts.get(each.value)
    ]
    if written:
        return written
    notes = [each for each in content.notes if each.title.strip().lower() not in GRADED and each.text.strip()]
    for kind in SUMMARY:
        if found := [Said(each.title, each.text[:LONG]) for each in notes if each.kind == kind]:
            return found
    several = (note for each in content.vulnerabilities for note in each.notes if note.text.strip())
    return [Said("", each.text[:LONG]) for each in list(several)[:1]]


def _links(content: Content) -> list[tuple[str, str]]:
    """The addresses of the document itself and what it refers to: only of the web."""
    found = {
        each.url: each.summary or each.url
        for each in content.references
        if each.url.startswith(("https://", "http://"))
    }
    return list(found.items())[:10]


def _action(warning: Warned, *, asked: bool, assessed: bool) -> str:
    """What comes first: take note, answer what is asked, write, and then mend."""
    if warning.state == WarningState.LAPSED:
        return ""
    if warning.seen_at is None:
        return "see"
    if asked:
        return "version"
    if not assessed:
        return "assess"
    settled = warning.state in (WarningState.DONE, WarningState.NOT_AFFECTED, WarningState.ACCEPTED)
    return "" if settled else "assess" if warning.outcome == Outcome.CAUGHT else "mark"


def asks(warning: Warned) -> Asks:
    """What the form of the written assessment asks, and how it starts."""
    one_week: OneWeek = weighing.short_term(said_by(warning.advisory))
    live = warning.handled.exclude(status=WarningState.LAPSED).exists()
    whole = not live and warning.state != WarningState.LAPSED
    start: dict[str, Any] = {"verdict": warning.state if whole else ""}
    if last := warning.assessments.first():
        start |= {"likelihood": last.likelihood, "damage": last.damage, "because": last.because}
    notes = handling_words.week_sentences(one_week, own_rating(warning))[:1]
    if last is not None:
        notes.append(_("What was written before stays; what you write now counts from now on."))
    return Asks(bool(one_week.applies), whole, start, notes)
