"""A scenario as a page shows it: building blocks, and what happens minute by minute."""

from typing import Any

from dijkwacht.apps.exercises import words
from dijkwacht.core.exercise_script import DecisionPoint, Scenario


def scenario_context(found: Scenario) -> dict[str, Any]:
    """Everything on the page of a scenario."""
    injects = [
        (each, words.minute_words(each.at), words.story_hour(found, each.at), words.role_names(found, each.to),
         [_point(found, point) for point in each.decisions])
        for each in found.injects
    ]  # fmt: skip
    blocks = [(words.BLOCKS[key], texts) for key, texts in found.blocks.items()]
    return {"found": found, "injects": injects, "blocks": blocks}


def _point(found: Scenario, point: DecisionPoint) -> tuple[DecisionPoint, str, list[str], list[str], list[str]]:
    return (
        point, words.role_names(found, point.who), [words.power_name(one) for one in point.powers],
        [words.term_name(one) for one in point.clocks], [words.power_name(one) for one in point.not_allowed],
    )  # fmt: skip
