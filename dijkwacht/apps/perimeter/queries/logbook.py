"""What was sent in a run, visit by visit, as far as it is still kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum

from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.apps.perimeter.models import JobLog, Run
from dijkwacht.apps.perimeter.services.logbook import REFUSED, unpacked


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the visits that are kept: connections asked for and refusals together, refusals, and lines that were left out."""

    lines: int
    refused: int
    left_out: int


def visits(run: Run, *, name: str = "", refused: bool = False) -> QuerySet[JobLog]:
    """Those to names with this in them, in the order in which they ended; `refused`: only where something was refused."""
    rows = JobLog.objects.filter(run=run).select_related("job__domain").order_by("pk")
    if name:
        rows = rows.filter(job__domain__name__icontains=name)
    return rows.filter(refused__gt=0) if refused else rows


def sums(rows: QuerySet[JobLog]) -> Sums:
    """How much there is in these visits."""
    found = rows.order_by().aggregate(lines=Sum("lines"), refused=Sum("refused"), left_out=Sum("left_out"))
    return Sums(**{key: value or 0 for key, value in found.items()})


def lines(visit: JobLog, *, refused: bool = False, at: datetime) -> list[Event]:
    """What one visit sent, or only what of it was refused; moments in the zone of `at`."""
    return [each for each in unpacked(bytes(visit.packed), zone=at) if not refused or each.outcome == REFUSED]


def every(rows: QuerySet[JobLog], *, refused: bool = False, at: datetime) -> Iterator[tuple[JobLog, Event]]:
    """All lines of these visits, without holding more than a few visits at once."""
    for visit in rows.iterator(chunk_size=100):
        for event in lines(visit, refused=refused, at=at):
            yield visit, event
