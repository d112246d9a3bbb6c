"""A scenario session as a function of what happened and of the moment: the clock, who sees what, what is still open. Pure.

Events are never changed. The scenario's clock runs only between start, pause, resume and end, times the factor; a jump sets it
ahead, never back. The same events give the same state, on whatever machine and however often they are read.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from dijkwacht.core.exercise_script import DecisionPoint, Inject, Scenario, Words

FACTORS = (1, 2, 5, 10, 15, 30, 60, 120)
"""So many minutes of the story to one real minute."""
FEWEST = 2  # players without whom nothing was exercised together: our choice
MINUTE = timedelta(minutes=1)


class Phase(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


class What(StrEnum):
    """What can happen to a session."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    SPEED = "speed"
    JUMP = "jump"
    EXTRA = "extra"
    END = "end"


ALLOWED: Mapping[Phase, frozenset[What]] = {
    Phase.PLANNED: frozenset({What.START}),
    Phase.RUNNING: frozenset({What.PAUSE, What.SPEED, What.JUMP, What.EXTRA, What.END}),
    Phase.PAUSED: frozenset({What.RESUME, What.SPEED, What.JUMP, What.EXTRA, What.END}),
    Phase.ENDED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the facilitator did at a real moment. ``minute``: where a jump goes; ``factor``: of a start or speed.

    ``inject``: what was sent besides the script, at the minute that the clock then showed.
    """

    at: datetime
    what: What
    minute: int = 0
    factor: int = 1
    inject: Inject | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How a session stands at a moment. ``elapsed``: time of the story; ``extra``: injects that were sent besides it."""

    phase: Phase
    elapsed: timedelta
    factor: int
    started_at: datetime | None
    ended_at: datetime | None
    extra: tuple[Inject, ...] = ()

    @property
    def minute(self) -> int:
        """The whole minute that the clock of the story shows."""
        return self.elapsed // MINUTE


def state(events: Iterable[Event], *, at: datetime) -> State:
    """How things stand at this moment. Events after it do not count yet; what a phase does not allow has no effect."""
    phase, factor, elapsed = Phase.PLANNED, 1, timedelta()
    since: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    extra: list[Inject] = []
    for each in events:
        if each.at > at:
            break
        if each.what not in ALLOWED[phase]:
            continue
        if since is not None:
            elapsed, since = elapsed + max(each.at - since, timedelta()) * factor, each.at
        if each.what in (What.START, What.RESUME):
            phase, since, started = Phase.RUNNING, each.at, started or each.at
        if each.what in (What.START, What.SPEED):
            factor = max(each.factor, 1)
        if each.what is What.JUMP:
            elapsed = max(elapsed, each.minute * MINUTE)
        if each.what is What.EXTRA and each.inject is not None:
            extra.append(_sent(each.inject, elapsed))
        if each.what in (What.PAUSE, What.END):
            since = None
            phase = Phase.PAUSED if each.what is What.PAUSE else Phase.ENDED
            ended = each.at if each.what is What.END else ended
    if since is not None:
        elapsed += max(at - since, timedelta()) * factor
    return State(phase, elapsed, factor, started, ended, tuple(extra))


def _sent(inject: Inject, elapsed: timedelta) -> Inject:
    return Inject(
        inject.id, elapsed // MINUTE, inject.to, inject.text, inject.via, inject.known, inject.unknown, inject.decisions
    )


def sent(scenario: Scenario, now: State) -> tuple[Inject, ...]:
    """Every inject that has gone out, in the order in which they did; none before the start."""
    if now.phase is Phase.PLANNED:
        return ()
    script = [each for each in scenario.injects if each.at * MINUTE <= now.elapsed]
    return tuple(sorted((*script, *now.extra), key=lambda each: each.at))


def seen(scenario: Scenario, now: State, *, role: str) -> tuple[Inject, ...]:
    """What one role has before it: what has gone out, as far as it is for this role or this role must decide on it."""
    return tuple(each for each in sent(scenario, now) if role in each.audience)


def upcoming(scenario: Scenario, now: State) -> Inject | None:
    """The next inject of the script, for who leads the session; None when all have gone out."""
    rows = [each for each in scenario.injects if now.phase is Phase.PLANNED or each.at * MINUTE > now.elapsed]
    return min(rows, key=lambda each: each.at, default=None)


@dataclass(frozen=True, slots=True)
class Given:
    """A decision that a role took: of which inject, which of its decision points, and when by the real clock."""

    inject: str
    point: int
    role: str
    at: datetime
    power: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """A decision that still has to be taken by a role."""

    inject: Inject
    point: int
    role: str

    @property
    def asked(self) -> DecisionPoint:
        """What is asked."""
        return self.inject.decisions[self.point]


def open_points(scenario: Scenario, now: State, *, given: Iterable[Given], roles: Collection[str]) -> tuple[Open, ...]:
    """The decisions that these roles were asked and did not take yet, oldest first."""
    done = {(each.inject, each.point, each.role) for each in given}
    return tuple(
        Open(inject, number, role)
        for inject in sent(scenario, now)
        for number, point in enumerate(inject.decisions)
        for role in point.who
        if role in roles and (inject.id, number, role) not in done
    )


Fits = Literal["", "fits", "not_allowed", "other"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a role did with a decision. ``took``: minutes of the story since it was asked; ``fits``: how its power fits.

    ``given`` None: this role was asked and did not answer.
    """

    role: str
    given: Given | None
    took: int | None
    fits: Fits


@dataclass(frozen=True, slots=True)
class Compared:
    """A decision point: what was expected, beside what was done. ``unplayed``: roles that nobody had in this session."""

    inject: Inject
    point: int
    asked: DecisionPoint
    expected: tuple[Words, ...]
    done: tuple[Taken, ...]
    unplayed: tuple[str, ...]


def summary(
    scenario: Scenario, events: Sequence[Event], *, given: Sequence[Given], roles: Collection[str], at: datetime
) -> tuple[Compared, ...]:
    """Every decision that came up, expected beside done, with the time it took in minutes of the story."""
    now, found = state(events, at=at), []
    answers = {(each.inject, each.point, each.role): each for each in given}
    for inject in sent(scenario, now):
        for number, point in enumerate(inject.decisions):
            rows = []
            for role in point.who:
                answer = answers.get((inject.id, number, role))
                if role in roles or answer is not None:
                    took = None if answer is None else _took(events, inject, answer)
                    rows.append(Taken(role, answer, took, "" if answer is None else fits(point, answer.power)))
            left = tuple(role for role in point.who if role not in roles)
            found.append(Compared(inject, number, point, point.expected, tuple(rows), left))
    return tuple(found)


def _took(events: Sequence[Event], inject: Inject, answer: Given) -> int:
    return max(state(events, at=answer.at).minute - inject.at, 0)


def fits(point: DecisionPoint, power: str) -> Fits:
    """How the power that was chosen fits what the script says; empty when none was."""
    if not power:
        return ""
    if power in point.not_allowed:
        return "not_allowed"
    return "fits" if power in point.powers else "other"


@dataclass(frozen=True, slots=True)
class Session:
    """What decides whether an exercise counts as held. ``players``: how many took part; days None: it did not come to that."""

    held_on: date | None
    ended: bool
    players: int
    evaluated_on: date | None
    annulled_on: date | None = None

    @property
    def counts(self) -> bool:
        """Begun, ended, with enough players, looked back on, and not annulled."""
        looked_back = self.evaluated_on is not None and self.annulled_on is None
        return self.held_on is not None and self.ended and self.players >= FEWEST and looked_back


def last_held(sessions: Iterable[Session]) -> date | None:
    """The last day on which an exercise was held that counts; None when there is none."""
    return max((each.held_on for each in sessions if each.counts and each.held_on is not None), default=None)
