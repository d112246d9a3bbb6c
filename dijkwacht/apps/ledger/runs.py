"""Runs of days ``[[first, last], …]`` as ISO text: on which days something was seen. Days that follow on each other merge."""

from collections.abc import Sequence
from datetime import date

from dijkwacht.core.days import day_after, parse_day

Runs = Sequence[Sequence[str]]


def of(day: date) -> list[list[str]]:
    """One day."""
    return [[day.isoformat(), day.isoformat()]]


def last(runs: Runs, *, known_at: date | None = None) -> date | None:
    """The last day, not after ``known_at``; None when there is none."""
    limit = None if known_at is None else known_at.isoformat()  # ISO days sort as text
    days = [end if limit is None else min(end, limit) for first, end in runs if limit is None or first <= limit]
    return parse_day(max(days)) if days else None


def seen_again(runs: Runs, day: date) -> list[list[str]]:
    """The runs with one day more, in order."""
    text = day.isoformat()
    if any(first <= text <= end for first, end in runs):
        return [list(run) for run in runs]
    merged: list[list[str]] = []
    for first, end in sorted([*([*run] for run in runs), [text, text]]):
        if merged and day_after(parse_day(merged[-1][1])).isoformat() >= first:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([first, end])
    return merged


def before(runs: Runs, day: date) -> list[list[str]]:
    """The days before ``day``."""
    text = day.isoformat()
    previous = date.fromordinal(day.toordinal() - 1).isoformat()
    return [[first, min(end, previous)] for first, end in runs if first < text]
