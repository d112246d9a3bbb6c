"""The log of what was sent: every connection and every refusal, kept per visit to a name, packed, and for a while.

A row per connection would be a million rows a day for a country; packed, a visit takes about as much as its page on a screen.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from dijkwacht.adapters.probing.gate_log import Event
from dijkwacht.apps.perimeter.models import Job, JobLog

MOST = 2_000
"""Lines that are kept of one visit: an ordinary one has some twenty. What is more is counted."""
REFUSED = "refused"


def keep(job: Job, events: Sequence[Event], *, worker: str, at: datetime) -> JobLog | None:
    """Keeps what was sent and refused for a name; None when there was nothing."""
    if not events:
        return None
    kept = events[:MOST]
    return JobLog.objects.create(
        run_id=job.run_id, job=job, worker=worker, at=at, lines=len(kept), left_out=len(events) - len(kept),
        refused=sum(each.outcome == REFUSED for each in kept), packed=packed(kept),
    )  # fmt: skip


def packed(events: Iterable[Event]) -> bytes:
    """Lines as short as they go; times in whole seconds since the epoch."""
    rows = [[int(each.at.timestamp()), *each[1:]] for each in events]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(content: bytes, *, zone: datetime) -> Iterator[Event]:
    """The lines of a visit, as they came; moments in the zone of `zone`."""
    for at, *rest in json.loads(zlib.decompress(content)):
        yield Event(datetime.fromtimestamp(at, zone.tzinfo), *rest)


def drop_old(*, days: int, at: datetime) -> int:
    """Throws away what was kept for more than so many days; returns how many visits."""
    return JobLog.objects.filter(at__lt=at - timedelta(days=days)).delete()[0]
