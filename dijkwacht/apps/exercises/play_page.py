"""What one player has before him: his injects, what he must decide, what he decided and wrote. Nothing of the others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.exercises import words
from dijkwacht.apps.exercises.models import Participant, Session
from dijkwacht.apps.exercises.queries import sessions as queries
from dijkwacht.core.exercise_script import Inject, Scenario, pointed_to
from dijkwacht.core.exercises import Open, Phase, State, open_points, seen


@dataclass(frozen=True, slots=True)
class Ways:
    """The addresses at which somebody plays: of the house (``play``) or as a guest (``guest``)."""

    name: str
    parts: tuple[str | int, ...]

    def to(self, page: str = "", *more: str | int) -> str:
        """The address of the page itself, or of one under it."""
        return reverse(f"exercises:{self.name}{page}", args=[*self.parts, *more])


def label(row: Session, now: State) -> str:
    """What a page that shows this session shows: as long as it is the same there is nothing new."""
    return f"{row.version}-{now.minute}-{now.phase}"


def phase_in(shown: str) -> str:
    """The phase that such a label says; empty when it says none."""
    return shown.rpartition("-")[2] if shown.count("-") == 2 else ""


def began_or_ended(was: str, now: str) -> bool:
    """Whether the whole page is another one since: one can write in the log of an exercise that goes on, and only then."""
    live = ("running", "paused")
    return bool(phase_in(was)) and (phase_in(was) in live) != (phase_in(now) in live)


def play_context(player: Participant, ways: Ways, *, at: datetime) -> dict[str, Any]:
    """Everything that a player sees at a moment."""
    row, scenario = player.session, queries.scenario_of(player.session)
    now = queries.state_of(row, at=at)
    waiting = open_points(scenario, now, given=queries.given(row), roles=player.roles) if row.live else ()
    injects = {each.id: each for role in player.roles for each in seen(scenario, now, role=role)}
    shown = sorted(injects.values(), key=lambda each: (each.at, each.id), reverse=True)
    answers = queries.answers_of(row, roles=player.roles)
    return {
        "row": row, "player": player, "roles": words.role_names(scenario, player.roles), "live": row.live,
        "clock": words.clock_words(scenario, now), "answer": _answer(row, len(_asked(waiting))),
        "injects": [(each, words.minute_words(each.at), words.story_hour(scenario, each.at)) for each in shown],
        "waiting": [
            (each, words.role_names(scenario, roles), ways.to("_decide", each.inject.id, each.point))
            for each, roles in _asked(waiting)
        ],
        "answers": [(each, words.role_name(scenario, each.role), words.power_name(each.power)) for each in answers],
        "lines": queries.lines_of(row, player=player), "now_url": f"{ways.to('_now')}?was={label(row, now)}",
        "play_url": ways.to(), "log_url": ways.to("_log"),
    }  # fmt: skip


def _asked(waiting: tuple[Open, ...]) -> list[tuple[Open, list[str]]]:
    """What is open, each point once, with the roles that must still take it."""
    found: dict[tuple[str, int], tuple[Open, list[str]]] = {}
    for each in waiting:
        found.setdefault((each.inject.id, each.point), (each, []))[1].append(each.role)
    return list(found.values())


def _answer(row: Session, waiting: int) -> str:
    if row.phase == Phase.PLANNED:
        return _("The exercise has not begun. This page renews itself once it does.")
    if row.phase == Phase.ENDED:
        return _("The exercise has ended. Thank you for playing along.")
    if row.phase == Phase.PAUSED:
        return _("The clock stands still for a moment.")
    if not waiting:
        return _("Nothing is asked of you now.")
    text = ngettext("%(n)s decision is asked of you.", "%(n)s decisions are asked of you.", waiting)
    return text % {"n": waiting}


@dataclass(frozen=True, slots=True)
class Point:
    """A decision that this player must still take. ``roles``: those of his that have not yet."""

    scenario: Scenario
    inject: Inject
    number: int
    roles: list[str]

    @property
    def question(self) -> Any:
        """What is asked."""
        return self.inject.decisions[self.number].question

    @property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """What can be chosen. Every power of the script, not only those that fit: choosing is part of the exercise."""
        powers = sorted((words.power_name(each), each) for each in pointed_to(self.scenario)[0])
        return {
            "role": [(each, words.role_name(self.scenario, each)) for each in self.roles],
            "power": [("", _("None, or I do not know")), *((name, text) for text, name in powers)],
        }


def point_of(player: Participant, inject: str, number: int, *, at: datetime) -> Point | None:
    """What is asked of this player there; None when nothing is: not sent yet, not of his roles, or no such point."""
    row, scenario = player.session, queries.scenario_of(player.session)
    now = queries.state_of(row, at=at)
    mine = open_points(scenario, now, given=queries.given(row), roles=player.roles)
    found = [each for each in mine if (each.inject.id, each.point) == (inject, number)]
    return Point(scenario, found[0].inject, number, [each.role for each in found]) if found else None
