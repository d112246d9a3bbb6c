"""What the pages of the year show, put together from the reads of this room."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkwacht.apps.ensia import words
from dijkwacht.apps.ensia.models import Answerer, Year
from dijkwacht.apps.ensia.queries.calendar import milestones_of, rule_named
from dijkwacht.apps.ensia.queries.done import lines_done, signed_lines
from dijkwacht.apps.ensia.queries.lines import Answer, LineState, line_named, states
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import subjects
from dijkwacht.apps.ledger.words import asked, theme_of, theme_word
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.ensia import ORDER, TO_DO, Milestone, next_of
from dijkwacht.web.terms import text_of, value_words

AT_ONCE = 20  # answers that are confirmed together: as many as somebody can really look at


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line in the year at a glance."""

    state: LineState
    name: str
    about: Mapping[str, Any]
    lead: Answerer | None
    others: tuple[Answerer, ...]
    following: Milestone | None
    handed_in: date | None
    signed: bool

    @property
    def late(self) -> bool:
        """Whether its last day has passed while it was not handed in."""
        return self.following is None and not self.done

    @property
    def done(self) -> bool:
        """Whether it was handed in or signed."""
        return self.signed or self.handed_in is not None


@dataclass(frozen=True, slots=True)
class TermRow:
    """One day of the calendar, with its names and whether it has passed. ``at``: where on the line, 0 to 1000."""

    what: str
    on: date
    lines: tuple[str, ...]
    past: bool
    to_verify: bool
    source: str
    at: int
    every: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as the page of a line shows it."""

    answer: Answer
    text: str
    theme: str
    now: str
    then: str
    change: str


def line_rows(year: Year, *, on: date, only: Sequence[str] | None = None) -> list[LineRow]:
    """The lines of a year with who does them and before when."""
    calendar = milestones_of(year.year)
    answerers = list(year.answerers.filter(until__isnull=True).select_related("person"))
    handed_in = dict(year.hand_ins.values_list("line", "on"))
    signed = signed_lines(year)
    rows = []
    for state in states(year, on=on, only=only):
        about = line_named(state.line) or {}
        mine = [each for each in answerers if each.line == state.line]
        rows.append(
            LineRow(
                state,
                text_of(about.get("name")),
                about,
                next((each for each in mine if each.lead), None),
                tuple(each for each in mine if not each.lead),
                next_of(calendar, line=state.line, on=on),
                handed_in.get(state.line),
                state.line in signed,
            )
        )
    return rows


def term_rows(year: Year, *, on: date) -> tuple[list[TermRow], int]:
    """The terms of a year in order, and where today is on the line between the first and the last of them."""
    terms = list(year.terms.all())
    if not terms:
        return [], 0
    first, last = terms[0].on, terms[-1].on
    place = _placer(first, last)
    rows = []
    for term in terms:
        rule = rule_named(term.key)
        if rule is not None:
            every = "*" in rule.lines
            rows.append(
                TermRow(
                    text_of(rule.what), term.on, () if every else rule.lines, term.on < on, rule.to_verify, rule.source,
                    place(term.on), every,
                )
            )  # fmt: skip
    return rows, place(on)


def _placer(first: date, last: date) -> Callable[[date], int]:
    days = max((last - first).days, 1)

    def place(day: date) -> int:
        return round(min(max((day - first).days / days, 0), 1) * 1000)

    return place


def year_sentence(rows: Sequence[LineRow], *, on: date) -> str:
    """How the year stands, in one sentence or two; a question that several lines share counts once."""
    answers = {each.pair: each for row in rows for each in row.state.answers}.values()
    to_do = sum(each.change in TO_DO for each in answers)
    to_confirm = sum(each.fact is not None for each in answers)
    ahead = [row.following for row in rows if row.following is not None and not row.done]
    following = min(ahead, key=lambda each: each.on, default=None)
    return words.year_sentence(to_do=to_do, to_confirm=to_confirm, following=following, on=on)


def answer_rows(organisation: Organisation, answers: Iterable[Answer]) -> list[AnswerRow]:
    """Answers in words, what needs most first and most settling first within that."""
    names = subjects.names(organisation) | {organisation.slug: organisation.name}
    rows = [
        AnswerRow(
            each,
            asked(each.fact_type, each.subject, names),
            theme_word(theme_of(each.fact_type)),
            "" if each.now.value is None else value_words(each.fact_type, each.now.value, names),
            "" if each.then is None else value_words(each.fact_type, each.then.value, names),
            words.change_word(each.change),
        )
        for each in answers
    ]
    return sorted(rows, key=lambda row: (ORDER[row.answer.change], -row.answer.settles, row.theme, row.text))


def by_theme(rows: Iterable[AnswerRow]) -> list[tuple[str, list[AnswerRow], int]]:
    """Rows by theme: at most AT_ONCE of each, with how many more there are."""
    found: dict[str, list[AnswerRow]] = {}
    for row in rows:
        found.setdefault(row.theme, []).append(row)
    return [(theme, each[:AT_ONCE], len(each[AT_ONCE:])) for theme, each in sorted(found.items())]


def themes_of(state: LineState, *, on: date) -> list[tuple[str, str]]:
    """The themes of a line to hand out by themselves; none when it has only one."""
    norms = packs_on(on).norms
    if state.account is None:
        return []
    rules = [norms.requirements[name] for name in state.account.requirements]
    keys = dict.fromkeys((rule.catalog, rule.theme) for rule in rules)
    found = [(f"{catalog}.{theme}", text_of(norms.catalogs[catalog].themes.get(theme))) for catalog, theme in keys]
    return found if len(found) > 1 else []


def left_lines(year: Year, rows: Iterable[LineRow]) -> list[str]:
    """The names of the lines that were not handed in."""
    done = lines_done(year)
    return [row.name for row in rows if row.state.line not in done]


def coming(year: Year) -> list[tuple[date, str, date]]:
    """The reminders that will go out: when, about what, and the day they are about."""
    found = year.terms.filter(remind_at__isnull=False).order_by("remind_at")
    rules = ((term, rule_named(term.key)) for term in found)
    return [(term.remind_at, text_of(rule.what), term.on) for term, rule in rules if rule and term.remind_at]


def line_sentence(row: LineRow, answers: Sequence[Answer], *, on: date) -> str:
    """How a line stands for who looks at it."""
    if row.state.account is None:
        return _(
            "Its questions are not in these packs. Answer them in the ENSIA portal, and record here that it was handed in."
        )
    to_do = sum(each.change in TO_DO for each in answers)
    to_confirm = sum(each.fact is not None for each in answers)
    return words.year_sentence(to_do=to_do, to_confirm=to_confirm, following=None if row.done else row.following, on=on)
