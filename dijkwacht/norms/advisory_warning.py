"""How organisations are warned: `norms/advisories/warning.yaml`, our own choices, checked when read."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal, cast, get_args

from dijkwacht.core.advisories.priority import LEVELS, Level
from dijkwacht.core.advisories.warning import STEPS, Choice, How, LevelRule, Rules, StepKind, Wait, Weekly
from dijkwacht.core.clocks.calendar import Calendar
from dijkwacht.core.days import Duration
from dijkwacht.norms.advisories import read_priority, read_ssvc
from dijkwacht.norms.clocks_calendar import WEEKDAYS, read_calendar
from dijkwacht.norms.fields import Fields, fields_of
from dijkwacht.norms.problems import PackErrors, Problem
from dijkwacht.norms.rows import rows
from dijkwacht.norms.text import Document, load

ROOT = Path(__file__).resolve().parent
READINGS = ("week_starts", "week_ends", "week_runs_on", "week_covers")
_SAID = ("text", "source", "uncertain")
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_WAIT = re.compile(r"([1-9]\d{0,2}) (hours|working days)", re.ASCII)


@lru_cache(maxsize=1)
def warning_rules() -> Rules:
    """The rules of warning, with the free days of the clocks. Raises PackErrors with file and line."""
    problems: list[Problem] = []
    calendar = read_calendar(fields_of(ROOT, "clocks/calendar.yaml", "calendar", problems))
    if problems or calendar is None:
        raise PackErrors(problems)
    return read_warning(load(ROOT / "advisories" / "warning.yaml", root=ROOT), calendar)


def advisory_problems(root: Path) -> list[Problem]:
    """What is wrong with how advisories are weighed and told of, in a folder of packs; nothing where there is no such folder."""
    if not (root / "advisories").is_dir():
        return []
    problems: list[Problem] = []
    calendar = read_calendar(fields_of(root, "clocks/calendar.yaml", "calendar", problems))
    reads: list[tuple[str, Callable[[Document], object]]] = [("priority", read_priority), ("ssvc", read_ssvc)]
    if calendar is not None:
        reads.append(("warning", partial(read_warning, calendar=calendar)))
    for name, read in reads:
        try:
            read(load(root / "advisories" / f"{name}.yaml", root=root))
        except PackErrors as error:
            problems += error.problems
    return problems


def read_warning(document: Document, calendar: Calendar) -> Rules:
    """The rules in a document. Raises PackErrors."""
    problems: list[Problem] = []
    top = Fields(document, document.value if isinstance(document.value, dict) else {}, "warning", problems, True)
    top.only(("levels", "digest", "weekly", "fresh", "grace", "ending", "readings"))
    said: dict[str, Choice] = {}
    levels = _levels(top, said)
    digest, weekly = _part(top, "digest", ("at",), said), _part(top, "weekly", ("weekday", "at"), said)
    weekday = WEEKDAYS.index(weekly.one_of("weekday", WEEKDAYS, "monday"))
    fresh, grace = (_within(_part(top, key, ("within",), said)) for key in ("fresh", "grace"))
    ending = _days(_part(top, "ending", ("days",), said))
    for row in rows(top, "readings", keys=_SAID):
        said[row.text("id")] = _choice(row)
    if missing := [name for name in READINGS if name not in said]:
        top.wrong("readings", f"there is no reading {', '.join(missing)}")
    rules = Rules(levels, _hour(digest), Weekly(weekday, _hour(weekly)), fresh, grace, ending, calendar, said)
    if problems:
        raise PackErrors(sorted(set(problems)))
    return rules


def _choice(row: Fields) -> Choice:
    return Choice(row.both("text", needed=True), row.text("source", needed=True), row.both("uncertain", needed=True))


def _part(top: Fields, key: str, keys: tuple[str, ...], said: dict[str, Choice]) -> Fields:
    part = top.nested(key)
    part.only((*keys, *_SAID))
    said[key] = _choice(part)
    return part


def _levels(top: Fields, said: dict[str, Choice]) -> Mapping[Level, LevelRule]:
    found: dict[Level, LevelRule] = {}
    for row in rows(top, "levels", keys=("told", *STEPS, *_SAID)):
        name = cast(Level, row.one_of("id", LEVELS, "normal"))
        how = cast(How, row.one_of("told", get_args(How), "at_once"))
        if name == "urgent" and how != "at_once":
            row.wrong("told", "urgent never waits: it is told at_once")
        said[name] = _choice(row)
        found[name] = LevelRule(how, _steps(row))
    if missing := [level for level in LEVELS if level not in found]:
        top.wrong("levels", f"there is no level {', '.join(missing)}")
    return found


def _steps(row: Fields) -> tuple[tuple[StepKind, Wait], ...]:
    """The steps of a level: later and later, in one unit, and none without the one before it."""
    found = [(kind, wait) for kind in STEPS if (wait := _wait(row, kind)) is not None]
    kinds, waits = [kind for kind, _ in found], [wait for _, wait in found]
    if kinds != list(STEPS[: len(kinds)]):
        row.wrong(kinds[-1], f"steps come in order: {', '.join(STEPS)}")
    if len({each.unit for each in waits}) > 1 or [each.n for each in waits] != sorted({each.n for each in waits}):
        row.wrong(kinds[-1], "each step waits longer than the one before it, in the same unit")
    return tuple(found)


def _wait(row: Fields, key: StepKind) -> Wait | None:
    if key not in row.data:
        return None
    fits = _WAIT.fullmatch(row.text(key))
    if fits is None:
        row.wrong(key, f"{key} must be a number of hours or working days, such as 3 working days")
        return None
    return Wait(int(fits[1]), cast(Literal["hours", "working_days"], fits[2].replace(" ", "_")))


def _hour(part: Fields) -> time:
    fits = _HOUR.fullmatch(part.text("at"))
    if fits is None:
        part.wrong("at", "an hour such as 07:00 was expected")
        return time(0)
    return time(int(fits[1]), int(fits[2]))


def _days(part: Fields) -> tuple[int, ...]:
    """Numbers of days, the longest first."""
    found = part.data.get("days")
    fits = isinstance(found, list) and all(type(each) is int and 0 < each < 1000 for each in found)
    if not fits or not found or found != sorted(set(found), reverse=True):
        part.wrong("days", "a list of numbers of days was expected, each smaller than the one before it")
        return (1,)
    return tuple(found)


def _within(part: Fields) -> Duration:
    found = part.duration("within")
    if found is None or not (found.months or found.days):
        part.wrong("within", "within is missing, or is no time at all")
        return Duration(0, 1)
    return found
