"""What warnings ask of who handles them: what nobody saw, weeks that press, what should be assessed in writing by now.

And accepted risks that end soon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.handling_rows import week_row
from dijkwacht.apps.advisories.models import Warned
from dijkwacht.apps.advisories.queries.ending import ends
from dijkwacht.apps.advisories.queries.handling import OPEN, unassessed
from dijkwacht.apps.advisories.queries.visible import warnings_of
from dijkwacht.apps.people.access import Seat
from dijkwacht.core.access import Right
from dijkwacht.core.days import earliest
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.web.context import address
from dijkwacht.web.moments import day_of
from dijkwacht.web.term_row import TermRow

NEAR = timedelta(days=3)  # how long before its end a week of one's own, or of nobody, stands here
FIRST = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A warning that asks something, and where to do it."""

    warning: Warned
    url: str


@dataclass(frozen=True, slots=True)
class Warnings:
    """Warnings as this person meets them: the first of those that nobody saw, of the weeks that press, of those to assess.

    The counts are of all of them.
    """

    unseen: Sequence[Asked] = ()
    unseen_count: int = 0
    weeks: Sequence[TermRow] = ()
    late: int = 0
    week_count: int = 0
    assess: Sequence[Asked] = ()
    assess_count: int = 0
    ending: Sequence[tuple[Asked, date]] = ()
    ending_count: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return bool(self.unseen_count or self.week_count or self.assess_count or self.ending_count)

    @property
    def more(self) -> int:
        """How many are not shown."""
        shown = len(self.unseen) + len(self.weeks) + len(self.assess) + len(self.ending)
        return self.unseen_count + self.week_count + self.assess_count + self.ending_count - shown


def warnings(seat: Seat, *, at: datetime) -> Warnings:
    """What presses: of one's own and of nobody, and what is too late of a colleague too. Only what this person may see (TLP)."""
    if not seat.may(Right.HANDLE) or not Warned.objects.filter(organisation=seat.organisation).exists():
        return Warnings()
    rows = warnings_of(seat.organisation, seat.person).select_related("organisation")
    mine = Q(handler=seat.person) | Q(handler__isnull=True)
    weeks = rows.filter(Q(due_at__lt=at) | (mine & Q(due_at__lte=at + NEAR)), state__in=OPEN, week=True)
    weeks = weeks.order_by("due_at", "pk")
    unseen = rows.filter(mine, state__in=OPEN, seen_at__isnull=True).exclude(pk__in=weeks.values("pk"))
    unseen = unseen.order_by("-level", "told_at", "pk")
    before = earliest(day_of(at), warning_rules().grace)
    assess = unassessed(rows.filter(mine, seen_at__isnull=False), told_before=before)
    last = ends(rows.filter(mine), on=day_of(at))
    first = sorted(rows.filter(pk__in=last), key=lambda row: (last[row.pk], row.pk))[:FIRST]
    ending = [(Asked(row, _url(row, "warning")), last[row.pk]) for row in first]
    return Warnings(
        _asked(unseen, "warning"), unseen.count(), [_week(row, at=at) for row in weeks[:FIRST]],
        weeks.filter(due_at__lt=at).count(), weeks.count(), _asked(assess, "assess"), assess.count(), ending, len(last),
    )  # fmt: skip


def _asked(rows: QuerySet[Warned], name: str) -> list[Asked]:
    return [Asked(row, _url(row, name)) for row in rows[:FIRST]]


def _week(row: Warned, *, at: datetime) -> TermRow:
    found = week_row(row, at=at, url=_url(row, "warning"), name=f"{row.number} {row.title}")
    if found is None:
        raise ValueError(f"warning {row.pk} has no week")
    return found


def _url(row: Warned, name: str) -> str:
    return address(f"advisories:{name}", organisation=row.organisation.slug, pk=str(row.pk))
