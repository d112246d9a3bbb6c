"""Accepted risks that end soon: which warnings, on which day, and when that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, QuerySet

from dijkwacht.apps.advisories.models import Handled, Warned, WarningState
from dijkwacht.core.advisories.warning import ending_days
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.moments import day_of

FREE = timedelta(days=14)
"""Longer than any row of free days, over which a day of telling can move."""


def ends(warnings: QuerySet[Warned], *, on: date, soon: bool = True) -> Mapping[int, date]:
    """Of these warnings, by number, the day on which the first of their accepted risks ends; ``soon``: only where it is near."""
    found = _accepted(on).filter(warning__in=warnings.order_by().values("pk"))
    if soon:
        found = found.filter(until__lte=on + timedelta(days=warning_rules().ending[0]))
    return dict(found.order_by("warning").values_list("warning").annotate(first=Min("until")))


@dataclass(frozen=True, slots=True)
class Told:
    """A warning of which an accepted risk ends, and the days on which that is told."""

    warning: Warned
    days: Sequence[date]


def to_tell(*, on: date) -> list[Told]:
    """Every warning, of whomever, of which a risk ends within the days of telling."""
    rules, days = warning_rules(), dict[int, set[date]]()
    found = _accepted(on).filter(until__lte=on + timedelta(days=rules.ending[0]) + FREE)
    for number, at, until in found.values_list("warning", "at", "until").distinct():
        if until is not None:
            days.setdefault(number, set()).update(ending_days(day_of(at), until, rules))
    rows = Warned.objects.filter(pk__in=days).select_related("advisory").order_by("pk")
    return [Told(row, sorted(days[row.pk])) for row in rows]


def _accepted(on: date) -> QuerySet[Handled]:
    rows = Handled.objects.filter(status=WarningState.ACCEPTED, until__gte=on)
    return rows.exclude(warning__state=WarningState.LAPSED).order_by()
