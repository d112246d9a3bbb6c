"""What who leads a session sees: the clock, what comes next, what went out with who answered, who is there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.models import Answer, Session
from dijkwacht.apps.exercises.play_page import label
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.core.exercise_script import Scenario
from dijkwacht.core.exercises import ALLOWED, Compared, Given, Phase, sent, state, summary, upcoming

Known = dict[tuple[str, int, str], Answer]


def lead_context(row: Session, *, at: datetime) -> dict[str, Any]:
    """Everything that the facilitator sees at a moment."""
    scenario, events = queries.scenario_of(row), queries.events_of(row)
    now, seats, answers = state(events, at=at), queries.players(row), queries.answers_of(row)
    ahead = upcoming(scenario, now) if row.phase != Phase.ENDED else None
    given = [Given(each.inject, each.point, each.role, each.at, each.power) for each in answers]
    played = {name for each in seats for name in each.roles}
    compared = summary(scenario, events, given=given, roles=played, at=at)
    left = sum(1 for each in compared for one in each.done if one.given is None)
    return {
        "row": row, "phase": words.PHASES[row.phase], "clock": words.clock_words(scenario, now), "left": left,
        "may": {each.value for each in ALLOWED[Phase(row.phase)]}, "was": label(row, now), "factor": now.factor,
        "ahead": ahead, "ahead_at": ahead and words.minute_words(ahead.at),
        "ahead_to": ahead and words.role_names(scenario, ahead.to),
        "injects": [
            (each, words.minute_words(each.at), words.role_names(scenario, each.to),
             points(scenario, [one for one in compared if one.inject.id == each.id], by_role(answers)))
            for each in reversed(sent(scenario, now))
        ],
        "seats": [(each, words.role_names(scenario, each.roles)) for each in seats],
        "lines": queries.lines_of(row),
    }  # fmt: skip


def by_role(answers: Sequence[Answer]) -> Known:
    """The decisions by inject, point and role."""
    return {(each.inject, each.point, each.role): each for each in answers}


def points(scenario: Scenario, compared: Sequence[Compared], answers: Known) -> list[dict[str, Any]]:
    """Decision points as a page shows them: what was asked and expected, and per role what was done with it."""
    return [
        {
            "name": f"{each.inject.id}_{each.point}", "question": each.asked.question, "expected": each.expected,
            "powers": [words.power_name(one) for one in each.asked.powers],
            "never": [words.power_name(one) for one in each.asked.not_allowed],
            "terms": [words.term_name(one) for one in each.asked.clocks],
            "unplayed": words.role_names(scenario, each.unplayed),
            "done": [
                (words.role_name(scenario, one.role), answers.get((each.inject.id, each.point, one.role)),
                 one.given and words.power_name(one.given.power), words.FITS.get(one.fits, ""), words.took_words(one.took))
                for one in each.done
            ],
        }
        for each in compared
    ]  # fmt: skip
