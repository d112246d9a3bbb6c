"""One legal term as the component ``{% term %}`` shows it, and the time that it leaves, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.core.clocks.state import State

_LATE, _SOON = ("overdue",), ("due_soon",)
_OVER = ("done_in_time", "done_late", "done", "never", "replaced")
_EXACT, _ROUGH = timedelta(hours=48), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class TermRow:
    """A legal term in words, as it stands at one moment.

    ``left``: until its end, negative when that has passed, None without one; ``to``: who receives it; ``why``: how the end is
    reckoned, a sentence per step; ``doubts``: what is not certain about the law or the moment; ``url`` with ``action``: where to
    do it; ``about``: what tells it apart from another of its kind, such as who asked.
    """

    rule: str
    name: str
    article: str
    to: str
    state: State
    word: str
    started: datetime
    due: datetime | None
    left: timedelta | None
    target: datetime | None = None
    done: datetime | None = None
    why: Sequence[str] = ()
    doubts: Sequence[str] = ()
    url: str = ""
    action: str = ""
    about: str = ""

    @property
    def tone(self) -> str:
        """``late`` (the only red), ``soon``, ``done``, ``waits`` or nothing."""
        if self.state in _LATE:
            return "late"
        if self.state in _SOON:
            return "soon"
        return "done" if self.state in _OVER else "waits" if self.state == "waiting" else ""

    @property
    def presses(self) -> bool:
        """Whether somebody must do something for it now."""
        return self.tone in ("late", "soon", "")

    @property
    def left_words(self) -> str:
        """The time left or the time too late, in words; nothing where there is none."""
        return "" if self.left is None else left_words(self.left)


def left_words(left: timedelta) -> str:
    """``nog 21 uur en 4 minuten``, ``3 dagen en 2 uur te laat``; exact where it presses, rounded down."""
    said = span_words(abs(left))
    return (_("%(span)s left") if left >= timedelta() else _("%(span)s too late")) % {"span": said}


def span_words(length: timedelta) -> str:
    """``21 uur en 4 minuten``, ``3 dagen en 2 uur``: a length of time, the shorter the more exact, rounded down."""
    minutes = int(length.total_seconds() // 60)
    hours, days = minutes // 60, minutes // (24 * 60)
    if length < _EXACT:
        parts = [_hours(hours), _minutes(minutes % 60)] if hours else [_minutes(minutes)]
        if hours and not minutes % 60:
            parts.pop()
    elif length < _ROUGH:
        parts = [_days(days), _hours(hours % 24)] if hours % 24 else [_days(days)]
    else:
        parts = [_days(days)]
    return _("%(first)s and %(rest)s") % {"first": parts[0], "rest": parts[1]} if len(parts) > 1 else parts[0]


def _minutes(n: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


def _hours(n: int) -> str:
    return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}


def _days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
