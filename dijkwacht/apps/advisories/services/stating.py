"""How a warning stands: its state out of what was said of its lines, and whether the short term runs."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from dijkwacht.apps.advisories.models import SETTLED, Handled, Warned, WarningState
from dijkwacht.apps.advisories.services import telling, weighing
from dijkwacht.apps.advisories.services.meaning import said_by
from dijkwacht.core.advisories import handling
from dijkwacht.norms.advisories import priority_table
from dijkwacht.web.moments import day_of

MENDED = (WarningState.DONE, WarningState.NOT_AFFECTED)


def own_rating(warning: Warned) -> tuple[str, str] | None:
    """Likelihood and damage as the organisation itself sees them, by its newest assessment; None: it follows the publisher."""
    last = warning.assessments.first()
    return (last.likelihood, last.damage) if last and last.likelihood and last.damage else None


def set_week(warning: Warned, *, own: tuple[str, str] | None, since: datetime | None = None) -> None:
    """Whether the short term runs and when it ends: by the publisher, and by what the organisation itself assessed. Not saved.

    ``since``: when it was told as a task, if not at `todo_at`.
    """
    one = weighing.short_term(said_by(warning.advisory))
    warning.week, _code = handling.asks_week(one, own)
    warning.due_at = (
        handling.week_end(since or warning.todo_at, priority_table().term, ZoneInfo(settings.TIME_ZONE))
        if warning.week
        else None
    )


def restate(warning: Warned, *, at: datetime, over: bool = False) -> None:
    """The state of a warning out of what was said of its lines; saved. ``over``: it is no longer about this organisation.

    One without lines keeps what its assessment made of it. It is settled since it became done or not affected, accepted, or
    lapsed; done and not affected are one in this.
    """
    rows = Handled.objects.filter(warning=warning).exclude(status=WarningState.LAPSED)
    on = day_of(at)
    said = [
        handling.standing(handling.Handled(row.status, row.flag, row.because, "x", row.until), on=on)  # type: ignore[arg-type]
        for row in rows
    ]
    before, now = WarningState(warning.state), handling.overall(said)
    if over:
        warning.state = WarningState.LAPSED
    elif now is not None:
        warning.state = WarningState(now)
    elif before == WarningState.ACCEPTED:  # of lines that are gone; nobody accepts what has none
        warning.state = WarningState.OPEN
    settle(warning, before, at=at)
    warning.save()
    telling.plan(warning)


def settle(warning: Warned, before: WarningState, *, at: datetime) -> None:
    """Since when it is settled, now that its state may be another than before. Not saved."""
    same = warning.state == before or (warning.state in MENDED and before in MENDED)
    if warning.state not in SETTLED:
        warning.settled_at = None
    elif not same or warning.settled_at is None:
        warning.settled_at = at
