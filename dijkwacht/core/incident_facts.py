"""What a register of incidents says in the ledger: answers of fact, over the incidents of the past year. Pure.

Only what the register can see: that an incident was left out of it is for people to say. An answer that the register cannot give
is not given; it is never *no* for want of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dijkwacht.core.facts import NOTHING_HAPPENED

__all__ = ["Improvement", "Past", "facts_of"]

OF_INCIDENTS = ("incident.triage.recorded", "incident.root_causes", "incident.improvements")
YEAR = timedelta(days=365)
WEIGHED_WITHIN = timedelta(hours=72)
"""After this much knowledge an incident that nobody weighed counts against us: by then a significant one must have been notified
(Cbw 27)."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something to improve after an incident: before when, and when it was done."""

    due: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """An incident as far as these answers need it; not a near miss, a threat or an exercise."""

    known_at: datetime
    weighed_at: datetime | None = None
    closed_at: datetime | None = None
    has_root_cause: bool = False
    improvements: tuple[Improvement, ...] = ()


def facts_of(past: Sequence[Past], *, at: datetime, since: datetime) -> Mapping[str, Any]:
    """Fact type to value. ``since``: when the register came into use; in a year that it does not cover whole, an empty register
    says nothing."""
    recent = [each for each in past if each.known_at > at - YEAR]
    if not recent:
        nothing = {NOTHING_HAPPENED: f"{(at - YEAR).date()}/{at.date()}"}
        return dict.fromkeys(OF_INCIDENTS, nothing) if since <= at - YEAR else {}
    found: dict[str, Any] = {}
    old = [each for each in recent if each.weighed_at or at - each.known_at > WEIGHED_WITHIN]
    if old:
        found["incident.triage.recorded"] = all(each.weighed_at is not None for each in old)
    closed = [each for each in recent if each.closed_at is not None]
    if closed:
        found["incident.root_causes"] = all(each.has_root_cause for each in closed)
    wanted = [improvement for each in recent for improvement in each.improvements]
    if wanted:
        found["incident.improvements"] = all(_kept(each, at.date()) for each in wanted)
    return found


def _kept(improvement: Improvement, on: date) -> bool:
    """Whether it was done, or its day has not passed."""
    return improvement.done_on is not None or improvement.due >= on
