"""Which rows of this room the trail tells of, and how.

Of mails only that they were written: whether one went out is known when nobody acts any more.
"""

from collections.abc import Iterable

from django.db.models import Model

from dijkwacht.apps.ensia.models import Answerer, Consent, HandIn, Notice, Term, Year
from dijkwacht.apps.trail.marks import Marks, marks, table

TABLES = (
    table("year", Year),
    table("term", Term, within="year__organisation", without=("remind_at",)),
    table("answerer", Answerer, within="year__organisation"),
    table("notice", Notice, within="year__organisation", without=("claimed_at", "sent_at", "trouble")),
    table("hand_in", HandIn, within="year__organisation"),
    table("consent", Consent),
)


def marked(rows: Iterable[Model]) -> Marks:
    """What the entry of an act tells of the rows that it made, changed or took away."""
    return marks(TABLES, rows)
