"""The helper for victims in words: the questions with what was answered, what to do in the first hour, and whom to turn to.

Answers live as long as one request. They come by POST, so that no address, log or history holds them, and nothing keeps them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import QueryDict

from dijkwacht.apps.crime.queries.desks import Seen, desks
from dijkwacht.apps.crime.words_referral import URGENCIES
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.first_hour import Step, first_steps
from dijkwacht.core.referral import Direction, Question, directions, known
from dijkwacht.norms.crime_first_hour import first_hour_pack
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.terms import text_of

EMERGENCY = "police_112"
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers: code, words, and whether it was given."""

    question: Question
    number: int
    choices: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Way:
    """A desk to turn to. ``number``: its place in the whole order; ``local``: how it is reached here."""

    number: int
    direction: Direction
    local: Sequence[Seen]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. ``said``: question and answers in words, for on paper; ``ways`` by when; ``first``: the first desk.

    ``unchecked``: what on this page is common knowledge, of which no source was read.
    """

    asked: Sequence[Asked]
    said: Sequence[tuple[str, str]]
    steps: Sequence[Step]
    ways: Sequence[tuple[str, Sequence[Way]]]
    danger: bool
    first: Way
    unchecked: str


def questions(answers: Answers) -> list[Asked]:
    """All questions, with what was answered."""
    said = known(crime_packs().referral, answers)
    return [
        Asked(each, number, [(one.id, text_of(one.name), one.id in said.get(each.id, ())) for one in each.options])
        for number, each in enumerate(crime_packs().referral.questions, start=1)
    ]


def given(data: QueryDict) -> dict[str, list[str]]:
    """What was sent, for our questions only."""
    return {each.id: data.getlist(each.id) for each in crime_packs().referral.questions}


def page(organisation: Organisation, answers: Answers, *, on: date) -> Page:
    """Whom to turn to and what to do first, on these answers."""
    pack, local = crime_packs().referral, desks(organisation, on=on)
    said, asked = known(pack, answers), questions(answers)
    found = [
        Way(number, each, local.get(each.point.id, ()))
        for number, each in enumerate(directions(pack, answers), start=1)
    ]
    ways = [(str(URGENCIES[when]), list(rows)) for when, rows in groupby(found, key=lambda way: way.direction.urgency)]
    words = [
        (text_of(each.question.question), "; ".join(word for _id, word, chosen in each.choices if chosen))
        for each in asked
        if each.question.id in said
    ]
    unchecked = ", ".join(text_of(way.direction.point.name) for way in found if not way.direction.point.checked)
    danger = found[0].direction.point.id == EMERGENCY
    return Page(asked, words, first_steps(first_hour_pack(), said), ways, danger, found[0], unchecked)
