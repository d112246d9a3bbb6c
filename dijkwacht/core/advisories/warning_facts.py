"""What the register of warnings says in the ledger: answers of fact over the warnings of the past three months. Pure.

Only what the register can see. An answer that it cannot give is not given; it is never *no* for want of rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from dijkwacht.core.clocks.moments import there
from dijkwacht.core.days import Duration, add, earliest
from dijkwacht.core.facts import NOTHING_HAPPENED

__all__ = ["ASSESSED", "IN_WEEK", "PastWarning", "facts_of"]

IN_WEEK = "vulnerability.urgent.in_week"
ASSESSED = "vulnerability.warnings.assessed_in_writing"
PERIOD = Duration(3, 0)


@dataclass(frozen=True, slots=True)
class PastWarning:
    """One telling of a warning as a task; told again as a new task it is another one.

    ``asks_week``: see `handling.asks_week`; None: nobody weighed it. ``week_end``: of one that asks. ``finished_at``: since when
    all of it is done or not affected; an accepted risk is not finished. ``assessed_at``: when it was written down what is done
    with it. ``lapsed_at``: withdrawn, or no longer about us. ``targeted``: it came from a CSIRT, supervisor or supplier.
    """

    told_at: datetime
    asks_week: bool | None = None
    week_end: datetime | None = None
    finished_at: datetime | None = None
    assessed_at: datetime | None = None
    lapsed_at: datetime | None = None
    targeted: bool = True


def facts_of(past: Sequence[PastWarning], *, at: datetime, since: datetime, grace: Duration) -> Mapping[str, Any]:
    """Fact type to value. ``at`` on the clocks of the house. ``since``: when the register came into use; of a period that it does
    not cover whole, an empty register says nothing. ``grace``: how long a warning may go unassessed before that counts.

    A share is rounded down to a tenth, so that 100 is all of them. Raises ValueError for a moment without a zone.
    """
    first = earliest(at.date(), PERIOD)
    recent = [each for each in past if there(each.told_at, UTC) <= at and _day(each.told_at, at) >= first]
    nothing = {NOTHING_HAPPENED: f"{first}/{at.date()}"} if _day(since, at) <= first else None
    answers = {IN_WEEK: _in_week(recent, at, nothing), ASSESSED: _assessed(recent, at, grace, nothing)}
    return {name: value for name, value in answers.items() if value is not None}


def _in_week(recent: Sequence[PastWarning], at: datetime, nothing: Any) -> Any:
    """The share finished within the week, of those that are finished or whose week is over; not of what lapsed within it."""
    asking = [(each, there(each.week_end, UTC)) for each in recent if each.asks_week and each.week_end is not None]
    asking = [(each, end) for each, end in asking if each.finished_at or each.lapsed_at is None or each.lapsed_at > end]
    counted = [(each, end) for each, end in asking if each.finished_at is not None or at > end]
    if counted:
        good = sum(each.finished_at is not None and each.finished_at <= end for each, end in counted)
        tenths = 1000 * good // len(counted)
        return tenths / 10 if tenths % 10 else tenths // 10
    unknown = any(each.asks_week is None and each.lapsed_at is None for each in recent)
    return None if asking or unknown else nothing


def _assessed(recent: Sequence[PastWarning], at: datetime, grace: Duration, nothing: Any) -> Any:
    """Whether each was assessed, of those that were and those that had their days for it; not of what lapsed within them."""
    targeted = [(each, add(_day(each.told_at, at), grace)) for each in recent if each.targeted]
    targeted = [(each, day) for each, day in targeted if each.assessed_at or not _lapsed_by(each, day, at)]
    counted = [each for each, day in targeted if each.assessed_at is not None or at.date() > day]
    if counted:
        return all(each.assessed_at is not None for each in counted)
    return None if targeted else nothing


def _lapsed_by(each: PastWarning, day: date, at: datetime) -> bool:
    return each.lapsed_at is not None and _day(each.lapsed_at, at) <= day


def _day(moment: datetime, at: datetime) -> date:
    """The day of a moment on the same clocks as ``at``."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return there(moment, at.tzinfo).date()
