"""Asking as little as possible, on random packs: what could settle a line is asked, and nothing once all is settled."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from dijkwacht.core.days import parse_duration
from dijkwacht.core.facts import Assurance, Fact, FactType
from dijkwacht.core.judge import Judgement
from dijkwacht.core.questions import next_questions
from dijkwacht.core.verdict import Status
from tests.core import oracle
from tests.core.strategies import ORGANISATION, POOL, SUBJECTS, Situation, situations

look = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    phases=[Phase.generate],  # every example tries every answer: too slow to shrink
    suppress_health_check=list(HealthCheck),
)


def _values(s: Situation, fact_type: FactType) -> list[Any]:
    """Answers that between them can satisfy and fail every operator that the packs use."""
    values: dict[str, list[Any]] = {
        "yes_no": [True, False],
        "count": [0, 1, 2, 3, 4],
        "percentage": [0, 1, 2, 3, 100],
        "choice": list(fact_type.choices),
        "text": ["none", "something"],
        "duration": [parse_duration(each) for each in ("P0D", "P1M", "P9Y")],
        "reference": list(SUBJECTS.get(str(fact_type.refers_to), ())),
        "date": ["never", date(2000, 1, 1), s.on, s.on + timedelta(days=1), POOL[0], POOL[-1]],
    }
    return values[fact_type.value]


def _open_places(s: Situation) -> Iterator[tuple[str, FactType]]:
    """Where nothing usable is known. An exception is never asked for: it is made when somebody needs it."""
    world = s.world()
    for fact_type in s.fact_types.values():
        if fact_type.value == "exception":
            continue
        for subject in (ORGANISATION,) if fact_type.subject == "organisation" else s.subjects[fact_type.subject]:
            known = world.facts.get((subject, fact_type.id), [])
            if not any(oracle.usable(fact, fact_type, s.on, s.known_at) for fact in known):
                yield subject, fact_type


def _judgement(s: Situation, *more: Fact) -> Judgement:
    return Judgement(s.norms(), s.world((*s.facts, *more)), on=s.on, known_at=s.known_at)


def _answered(s: Situation, subject: str, fact_type: FactType, value: Any) -> Judgement:
    """The same situation with one more answer."""
    recorded = min(s.on, s.known_at)
    return _judgement(s, Fact("answer", subject, fact_type.id, value, s.on, recorded, assurance=Assurance.AUDITED))


def _lines(s: Situation) -> list[tuple[str, str]]:
    return [(requirement, subject or ORGANISATION) for requirement, subject in s.lines()]


@look
@given(situations())
def test_an_answer_that_would_settle_a_line_is_asked(s: Situation) -> None:
    judgement, lines = _judgement(s), _lines(s)
    asked = {(question.subject, question.fact_type) for question in next_questions(judgement, lines)}
    undecided = [line for line in lines if judgement.verdict(*line).status is Status.UNKNOWN]
    for subject, fact_type in _open_places(s):
        for value in _values(s, fact_type):
            after = _answered(s, subject, fact_type, value)
            if any(after.verdict(*line).status is not Status.UNKNOWN for line in undecided):
                assert (subject, fact_type.id) in asked, (subject, fact_type.id, value)


@look
@given(situations())
def test_a_question_settles_no_more_lines_than_some_answer_would(s: Situation) -> None:
    judgement, lines = _judgement(s), _lines(s)
    counted = {(each.subject, each.fact_type): each.settles for each in next_questions(judgement, lines)}
    undecided = [line for line in lines if judgement.verdict(*line).status is Status.UNKNOWN]
    for subject, fact_type in _open_places(s):
        if not counted.get((subject, fact_type.id)):
            continue
        settled = {
            line
            for value in _values(s, fact_type)
            for line in undecided
            if _answered(s, subject, fact_type, value).verdict(*line).status is not Status.UNKNOWN
        }
        assert counted[subject, fact_type.id] <= len(settled), (subject, fact_type.id, settled)


@look
@given(situations())
def test_questions_are_about_subjects_of_their_kind_and_touch_undecided_lines(s: Situation) -> None:
    judgement, lines = _judgement(s), _lines(s)
    undecided = {line for line in lines if judgement.verdict(*line).status is Status.UNKNOWN}
    kinds = s.world().kind_of
    questions = next_questions(judgement, lines)
    assert len({(each.subject, each.fact_type) for each in questions}) == len(questions)
    for question in questions:
        assert kinds[question.subject] == s.fact_types[question.fact_type].subject, question
        assert question.settles <= question.touches <= len(undecided)
        assert question.touches > 0
    settles = [question.settles for question in questions]
    assert settles == sorted(settles, reverse=True)


@look
@given(situations())
def test_nothing_is_asked_for_what_is_settled(s: Situation) -> None:
    judgement = _judgement(s)
    settled = [line for line in _lines(s) if judgement.verdict(*line).status is not Status.UNKNOWN]
    assert next_questions(judgement, settled) == []
