"""What a victim of cybercrime does at once, by the answers to the questions of the referral. Pure; nothing of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Text = Mapping[str, str]
Said = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do at once, when every question in ``when`` has one of these answers and none in ``unless`` has.

    ``when`` empty: what is said when nothing else fits. ``checked``: whether a source tells it.
    """

    id: str
    text: Text
    when: Mapping[str, frozenset[str]]
    unless: Mapping[str, frozenset[str]]
    source: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FirstHour:
    """All steps, in the order in which they are told."""

    as_of: date
    about: Text
    steps: tuple[Step, ...]


def first_steps(first_hour: FirstHour, said: Said) -> tuple[Step, ...]:
    """The steps that fit what was said (`core.referral.known`), in order; never none."""
    found = tuple(each for each in first_hour.steps if each.when and _fits(each, said))
    return found or tuple(each for each in first_hour.steps if not each.when)


def _fits(step: Step, said: Said) -> bool:
    if any(options.intersection(said.get(question, ())) for question, options in step.unless.items()):
        return False
    return all(options.intersection(said.get(question, ())) for question, options in step.when.items())
