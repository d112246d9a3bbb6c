"""The weekly overview on a page: for an organisation the same as the mail, but with all that this person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.advisories.handling_rows import Listed, listed
from dijkwacht.apps.advisories.models import SETTLED, Warned, WarningState
from dijkwacht.apps.advisories.queries.handling import ORDER
from dijkwacht.apps.advisories.queries.week import is_new, of_week, presses

SHOWN = 50  # of each part


@dataclass(frozen=True, slots=True)
class Part:
    """Warnings under a heading; of many the first, ``more``: how many are left."""

    heading: str
    rows: Sequence[Listed]
    more: int


@dataclass(frozen=True, slots=True)
class Week:
    """The overview. ``stands``: per state how many, of all that is open and of what came this week."""

    answer: str
    stands: Sequence[tuple[str, int]]
    parts: Sequence[Part]


def week(rows: QuerySet[Warned], *, at: datetime) -> Week:
    """Of the warnings that somebody may see."""
    found = list(of_week(rows, until=at).select_related("handler", "desk", "advisory").order_by(*ORDER))
    pressing = [row for row in found if row.state not in SETTLED and presses(row, at=at)]
    open_ = [row for row in found if row.state not in SETTLED]
    settled = [row for row in found if row.state in SETTLED]
    parts = (
        (_("Due within a week, or too late"), pressing), (_("Also open"), [row for row in open_ if row not in pressing]),
        (_("Came this week, settled already"), settled),
    )  # fmt: skip
    counts = [(state.value, sum(row.state == state for row in found)) for state in WarningState]
    return Week(
        _answer(len(open_), sum(is_new(row, at=at) for row in found), len(pressing)),
        [(state, count) for state, count in counts if count],
        [Part(heading, listed(some[:SHOWN], at=at), max(len(some) - SHOWN, 0)) for heading, some in parts if some],
    )  # fmt: skip


def _answer(open_: int, new: int, pressing: int) -> str:
    """How many are open, how many came this past week, how many press."""
    told = [ngettext("%(n)d warning is open.", "%(n)d warnings are open.", open_) % {"n": open_}]
    told.append(ngettext("%(n)d came this past week.", "%(n)d came this past week.", new) % {"n": new})
    if pressing:
        said = ngettext(
            "%(n)d is due within a week, or too late.", "%(n)d are due within a week, or too late.", pressing
        )
        told.append(said % {"n": pressing})
    return " ".join(told)
