"""What the weekly overview is about: what is open, and what was told in the week before it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import SETTLED, Warned, WarningState

WEEK = timedelta(days=7)


def of_week(rows: QuerySet[Warned], *, until: datetime) -> QuerySet[Warned]:
    """Of these what is open, and what was told in the week before a moment; nothing that lapsed or was told later."""
    found = rows.filter(~Q(state__in=SETTLED) | Q(todo_at__gt=until - WEEK), todo_at__lte=until)
    return found.exclude(state=WarningState.LAPSED)


def is_new(row: Warned, *, at: datetime) -> bool:
    """Whether it was told this past week."""
    return row.todo_at > at - WEEK


def presses(row: Warned, *, at: datetime) -> bool:
    """Whether its term ends within a week, or has ended."""
    return row.due_at is not None and row.due_at <= at + WEEK
