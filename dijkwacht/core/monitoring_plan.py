"""What a report of a monitoring service changes here: which alerts are new, which changed, which become an incident. Pure.

An alert is the same by the service and its number there. A report over an earlier period than the one that spoke last of an alert
says nothing new of it. What a report does not tell stays as it was known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dijkwacht.core.monitoring import Alert, MonitoringReport

PRESSING = ("critical", "high")
"""Of these severities an alert that is not handled becomes an incident, the first ones first."""
MOST = 20
"""So many incidents come from one report by itself; a person makes the others."""

Change = Literal["new", "updated", "same", "older"]


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert as it is known here. ``end``: the first day after the period of the report that spoke last of it;
    ``incident``: it became one already."""

    alert: Alert
    end: date
    incident: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One alert of the report. ``alert``: as it is known afterwards; ``incident``: it becomes one by this report."""

    alert: Alert
    change: Change
    incident: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps in the order of the report. ``left``: alerts that press and are over the limit, by number."""

    steps: tuple[Step, ...]
    left: frozenset[str] = frozenset()

    def count(self, change: Change) -> int:
        """How many alerts are so."""
        return sum(each.change == change for each in self.steps)

    @property
    def incidents(self) -> tuple[Alert, ...]:
        """The alerts that become an incident."""
        return tuple(each.alert for each in self.steps if each.incident)


def presses(alert: Alert) -> bool:
    """Whether somebody has to look at it at once: severe, and not told to be handled. Not told is not handled."""
    return alert.severity in PRESSING and alert.handled is not True


def plan(report: MonitoringReport, known: Mapping[str, Standing], *, most: int = MOST) -> Plan:
    """What the report changes, given what is known of its alerts by their number. At most ``most`` become an incident."""
    steps = [_step(alert, known.get(alert.id), report.period.end) for alert in report.alerts]
    wanted = [
        each.alert
        for each in steps
        if each.change != "older" and presses(each.alert) and not _is_incident(known.get(each.alert.id))
    ]
    ranked = sorted(wanted, key=lambda alert: (PRESSING.index(str(alert.severity)), alert.at, alert.id))
    chosen = {alert.id for alert in ranked[:most]}
    left = frozenset(alert.id for alert in ranked[most:])
    return Plan(tuple(replace(each, incident=each.alert.id in chosen) for each in steps), left)


def _step(alert: Alert, known: Standing | None, end: date) -> Step:
    if known is None:
        return Step(alert, "new")
    if end < known.end:
        return Step(known.alert, "older")
    now = later(known.alert, alert)
    return Step(now, "same" if now == known.alert else "updated")


def _is_incident(known: Standing | None) -> bool:
    return known is not None and known.incident


def later(known: Alert, told: Alert) -> Alert:
    """An alert as it is known after it was told again: how severe, whether handled and when closed, as far as that is told.

    What it is, where and since when stays as it was told first.
    """
    handled = known.handled if told.handled is None else told.handled
    closed = told.closed_at or (None if handled is False else known.closed_at)
    return replace(known, severity=told.severity or known.severity, handled=handled, closed_at=closed)
