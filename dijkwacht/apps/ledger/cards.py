"""A question as the page shows it: its words, what it decides, what is known already, and the form to answer it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from dijkwacht.apps.ledger import words
from dijkwacht.apps.ledger.forms.answers import AnswerForm
from dijkwacht.apps.ledger.models import Assignment, Subject
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries import facts, subjects
from dijkwacht.apps.ledger.queries.asked import asked_of
from dijkwacht.apps.ledger.queries.facts import QuestionState, Saying
from dijkwacht.apps.ledger.queries.verdicts import resting_on
from dijkwacht.apps.ledger.services.judging import own_subject
from dijkwacht.apps.people.access import Seat
from dijkwacht.core.access import Right
from dijkwacht.core.catalog import Norms, Requirement
from dijkwacht.core.facts import FactType
from dijkwacht.core.questions import Question
from dijkwacht.core.recording import REPLACES, Origin
from dijkwacht.core.select import same
from dijkwacht.web.context import address
from dijkwacht.web.terms import assurance_word, kind_words, norm_word, text_of, value_words


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement that an answer plays a part in."""

    id: str
    norm: str
    number: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that stands. ``choosable``: whether a person's word can replace, or be, this one."""

    saying: Saying
    words: str
    choosable: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One question. ``about``: the subject's name and kind, empty for the organisation itself."""

    subject: Subject
    fact_type: FactType
    text: str
    about: str
    help: str
    theme: str
    proof: str
    settles: int
    lines: tuple[Line, ...]
    state: QuestionState
    known: tuple[Known, ...]
    contradicted: bool
    form: AnswerForm
    assignment: Assignment | None
    along_with: tuple[tuple[Assignment, tuple[Line, ...]], ...]

    @property
    def count(self) -> int:
        """How many requirements it plays a part in."""
        return len(self.lines)


def line(rule: Requirement, norms: Norms, organisation: str) -> Line:
    """A requirement with its address; without one when no organisation is given: for who may not see it."""
    url = address("ledger:requirement", organisation=organisation, requirement=rule.id)
    return Line(rule.id, norm_word(norms, rule.catalog), rule.number, text_of(rule.title), url)


def answer_form(request: HttpRequest, seat: Seat, state: QuestionState, *, on: date) -> AnswerForm:
    """The form for one question; filled in when it was sent."""
    sent = request.method == "POST"
    refers = state.fact_type.refers_to
    registered = subjects.subjects(seat.organisation, kind=refers) if refers else ()
    form = AnswerForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        initial={"seen": state.token},
        fact_type=state.fact_type,
        on=on,
        subjects=[(each.key, each.name) for each in registered],
        may_register=bool(refers) and refers != "organisation" and seat.may(Right.REGISTER),
        answered=any(each.stands for each in state.standing),
    )
    if not sent and not may_correct(seat, state):
        form.fields.pop("wrong", None)  # sent all the same, it is refused
    return form


def may_correct(seat: Seat, state: QuestionState) -> bool:
    """Whether this person may say that what was recorded was wrong: of himself always, of others with the right."""
    return seat.may(Right.CORRECT) or all(each.fact.person_id == seat.person.pk for each in state.standing)


def card(request: HttpRequest, seat: Seat, state: QuestionState, *, on: date, question: Question | None = None) -> Card:
    """A question with its form. ``question``: what it still decides; None for one that is asked by itself."""
    packs = packs_on(on)
    names = subjects.names(seat.organisation)
    fact_type, subject = state.fact_type, state.subject
    rules = _rules(packs.norms, question) if question and question.lines else resting_on([fact_type.id], on=on)
    known = tuple(_known(each, fact_type, names) for each in state.standing if each.fact.valid_to is None)
    asked, at_home = asked_of(seat), seat.organisation.slug if seat.may(Right.SEE) else ""

    def lines(names: Iterable[str]) -> tuple[Line, ...]:
        return tuple(line(packs.norms.requirements[name], packs.norms, at_home) for name in names)

    return Card(
        subject,
        fact_type,
        words.asked(fact_type, subject.key, names),
        "" if subject.kind == "organisation" else f"{subject.name} ({kind_words(subject.kind, 1)})",
        text_of(fact_type.help),
        words.theme_word(words.theme_of(fact_type)),
        assurance_word(fact_type.proof),
        question.settles if question else 0,
        lines(rule.id for rule in rules),
        state,
        known,
        any(not same(known[0].saying.value, each.saying.value) for each in known),
        answer_form(request, seat, state, on=on),
        asked.pairs.get((subject.key, fact_type.id)),
        tuple((each.asking, lines(each.requirements)) for each in asked.along_with(fact_type.id, on=on)),
    )


def _rules(norms: Norms, question: Question) -> list[Requirement]:
    """The requirements of a question, each once, though it may be about several subjects."""
    return [norms.requirements[name] for name in dict.fromkeys(name for name, _ in question.lines)]


def _known(saying: Saying, fact_type: FactType, names: Mapping[str, str]) -> Known:
    choosable = Origin(saying.fact.origin) in REPLACES[Origin.PERSON]
    return Known(saying, value_words(fact_type, saying.value, names), choosable)


def waiting(
    seat: Seat, found: Iterable[Question], *, on: date, place: int, address_of: Callable[[int], str]
) -> list[dict[str, Any]]:
    """The questions after this one, for the list beside it."""
    packs = packs_on(on)
    names = subjects.names(seat.organisation)
    return [
        {
            "text": words.asked(packs.fact_type(each.fact_type), each.subject, names),
            "count": len({name for name, _ in each.lines}),
            "url": address_of(number),
        }
        for number, each in enumerate(found, start=place)
    ]


def state_of(seat: Seat, subject: str, fact_type: str, *, on: date) -> QuestionState | None:
    """What stands for a question; None when there is no such subject (any more) or fact type, or they do not fit."""
    found = subjects.subject(seat.organisation, subject)
    if found is None and subject == seat.organisation.slug:
        found = own_subject(seat.organisation, on=on)  # nobody did anything here yet
    if found is None or found.archived_at is not None:
        return None
    try:
        kind = packs_on(on).fact_type(fact_type)
    except KeyError:
        return None
    return facts.question(found, fact_type, on=on) if kind.subject == found.kind else None
