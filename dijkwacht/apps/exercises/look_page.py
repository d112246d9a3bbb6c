"""Looking back: what was expected beside what was done, questions, lessons, and what the ledger may be told."""

from typing import Any

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.lead_page import by_role, points
from dijkwacht.apps.exercises.models import LessonKind, Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.apps.exercises.services.telling import COMMUNICATION, PROCESS, REHEARSED
from dijkwacht.core.exercise_script import Scenario
from dijkwacht.core.exercises import FEWEST, Compared, Given, summary
from dijkwacht.web.terms import text_of

APART = "|"


def compared(row: Session, scenario: Scenario) -> tuple[Compared, ...]:
    """Every decision that came up in the whole session."""
    events = queries.events_of(row)
    roles = {name for each in queries.ever_played(row) for name in each.roles}
    given = [Given(each.inject, each.point, each.role, each.at, each.power) for each in queries.answers_of(row)]
    return summary(scenario, events, given=given, roles=roles, at=events[-1].at) if events else ()


def look_context(row: Session) -> dict[str, Any]:
    """Everything on the page of an evaluation."""
    scenario, answers = queries.scenario_of(row), by_role(queries.answers_of(row))
    rows = compared(row, scenario)
    lessons = list(row.lessons.all())
    return {
        "row": row, "phase": words.PHASES[row.phase], "fewest": FEWEST, "players": queries.held(row).players,
        "points": [(each, words.JUDGED.get(row.judged.get(each["name"], ""), "")) for each in points(scenario, rows, answers)],
        "questions": [
            (text, row.questions.get(str(number), "")) for number, text in enumerate(scenario.evaluation)
        ],
        "lessons": [
            (label, [each for each in lessons if each.kind == kind]) for kind, label in LessonKind.choices
        ],
        "notes": [each for each in queries.lines_of(row) if each.participant_id is None],
    }  # fmt: skip


def asked(row: Session) -> dict[str, Any]:
    """What the form of an evaluation asks: its questions and its decision points, each with a name."""
    scenario = queries.scenario_of(row)
    named = [(f"{each.inject.id}_{each.point}", text_of(each.asked.question)) for each in compared(row, scenario)]
    return {"questions": [text_of(each) for each in scenario.evaluation], "points": named}


def initial(row: Session) -> dict[str, str]:
    """What was filled in before."""
    found = {f"point_{name}": said for name, said in row.judged.items()}
    return (
        found | {f"question_{number}": said for number, said in row.questions.items()} | {"conclusion": row.conclusion}
    )


def tellable(row: Session) -> list[tuple[str, str]]:
    """What else a session may have tested: emergency means of communication, legal notifications, each continuity plan."""
    organisation = row.organisation
    own = [(f"{name}{APART}{organisation.slug}", str(words.MORE[name])) for name in (COMMUNICATION, REHEARSED)]
    plans = [
        (f"{PROCESS}{APART}{each.key}", str(words.MORE[PROCESS]) % {"name": each.name})
        for each in queries.processes(organisation)
    ]
    return [*own, *plans]


def told(chosen: list[str]) -> list[list[str]]:
    """What was chosen, each as fact type and key of the subject."""
    return [each.split(APART, 1) for each in chosen]
