"""Leases in the database: many workers on many machines keep out of each other's way at a mail host and in a network.

Compare-and-swap on the row: whoever finds it free, run out, or its own, takes it. A worker that died keeps nothing for long.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from dijkwacht.apps.perimeter.models import Lease

LASTS = timedelta(seconds=90)
"""A worker that lives extends what it has every half minute (`extend`); what a dead one had is free after this."""
AT_ONCE = 2
"""Visits at once in one network, of all workers together; within one visit the gate keeps its own pace."""


def take(keys: Iterable[str], *, holder: str, at: datetime) -> bool:
    """Takes all of these leases or none. Always in the same order, so that no two wait for each other."""
    taken: list[str] = []
    for key in sorted(set(keys)):
        if not _take(key, holder=holder, at=at):
            release(taken, holder=holder)
            return False
        taken.append(key)
    return True


def take_slot(place: str, *, holder: str, at: datetime, slots: int = AT_ONCE) -> str:
    """One of the places at a network; the key to release, "" when all are taken. `holder` must differ per visit."""
    for number in range(slots):
        key = f"{place}#{number}"
        if _take(key, holder=holder, at=at):
            return key
    return ""


def release(keys: Iterable[str], *, holder: str) -> None:
    """Gives leases back; what is not one's own is left alone."""
    Lease.objects.filter(key__in=list(keys), holder=holder).delete()


def release_all(*, holder: str) -> int:
    """Gives back all that a worker has, also those of its visits (`holder` is how they begin)."""
    count, _by_model = Lease.objects.filter(Q(holder=holder) | Q(holder__startswith=f"{holder}/")).delete()
    return count


def extend(*, holder: str, at: datetime) -> int:
    """The worker still lives: what its visits have stays theirs, however slow the other side is."""
    return Lease.objects.filter(holder__startswith=f"{holder}/").update(until=at + LASTS)


def _take(key: str, *, holder: str, at: datetime) -> bool:
    free = Lease.objects.filter(Q(until__lte=at) | Q(holder=holder), key=key)
    if free.update(holder=holder, until=at + LASTS):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(key=key, holder=holder, until=at + LASTS)
    except IntegrityError:
        return False
    return True
