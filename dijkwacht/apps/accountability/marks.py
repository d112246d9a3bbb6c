"""Which rows of this room the trail marks. The other columns of a statement stand in its entry itself, or in its package."""

from collections.abc import Iterable

from django.db.models import Model

from dijkwacht.apps.accountability.models import Draft, Remark, Statement
from dijkwacht.apps.trail.marks import Marks, Table, marks, table

TABLES = (
    Table("frame", Statement, {"frame": "frame", "size": "size"}),
    table("draft", Draft),
    table("remark", Remark, keys={"by_organisation": "by_organisation__slug"}),
)


def marked(rows: Iterable[Model]) -> Marks:
    """What the entry of an act tells of the rows that it made or changed."""
    return marks(TABLES, rows)
