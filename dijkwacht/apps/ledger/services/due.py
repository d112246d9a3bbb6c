"""What time makes due: verdicts that expire, new packs, and what changed at organisations that share with us.

Safe when run twice, killed, or run on many machines at once: each organisation is one transaction, that takes the lock
of its chain and then looks again whether anything is due; who comes second finds nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from dijkwacht.apps.ledger.models import ALL, Due, Tally, Verdict
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.judging import Judged
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.services import record

Progress = Callable[[int, int, Organisation], None]


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: organisations judged, verdicts that turned, organisations left for a next time."""

    organisations: int
    turned: int
    left: int


def tick(*, on: date, at: datetime, limit: int | None = None, progress: Progress | None = None) -> Ticked:
    """Judges what is due by ``on``, at most ``limit`` organisations; ``progress`` is called before each (index, of, which)."""
    waiting = sorted(_waiting(on))
    chosen = waiting if limit is None else waiting[:limit]
    judged = turned = 0
    for index, organisation in enumerate(Organisation.objects.filter(pk__in=chosen).order_by("pk").iterator()):
        if progress is not None:
            progress(index, len(chosen), organisation)
        found = settle(organisation, on=on, at=at)
        if found is not None:
            judged += 1
            turned += len(found.changes)
    return Ticked(judged, turned, len(waiting) - len(chosen))


def settle(organisation: Organisation, *, on: date, at: datetime) -> Judged | None:
    """Judges what is due in one organisation; None when nothing is. Writes in the trail only if a verdict turned."""
    with transaction.atomic():
        lock(organisation)
        on = judging.day_for(organisation, on=on)
        queued = list(Due.objects.filter(organisation=organisation).values_list("pk", "fact_type"))
        if not judging.is_judged(organisation, on=on) or any(not fact_type for _, fact_type in queued):
            judged = judging.judge_all(organisation, on=on)
        else:
            stale = Verdict.objects.filter(organisation=organisation, stale_at__lte=on)
            requirements = frozenset(stale.values_list("requirement", flat=True).distinct())
            names = frozenset(fact_type for _, fact_type in queued)
            requirements |= packs_on(on).dependencies.touched(names)
            if not requirements:
                Due.objects.filter(pk__in=[pk for pk, _ in queued]).delete()
                return None
            judged = judging.judge(organisation, requirements=requirements, on=on)
        Due.objects.filter(pk__in=[pk for pk, _ in queued]).delete()
        if judged.changes:
            record(
                organisation, person=None, actor="tick", act="ledger.judge", about=organisation.slug,
                detail={"day": on, "turned": len(judged.changes)}, at=at,
            )  # fmt: skip
        return judged


def repair(organisation: Organisation, *, on: date, at: datetime) -> Judged:
    """Judges and counts everything anew, whatever stands there; what turned by that is no turn, so none is noted."""
    with transaction.atomic():
        lock(organisation)
        Verdict.objects.filter(organisation=organisation).delete()
        Tally.objects.filter(organisation=organisation).delete()
        judged = judging.judge_all(organisation, on=on)
        record(
            organisation, person=None, actor="trail verify", act="ledger.repair", about=organisation.slug,
            detail={"day": on}, at=at,
        )  # fmt: skip
        return judged


def _waiting(on: date) -> set[int]:
    """The organisations in which something is due."""
    found: set[int] = set()
    for rows in _due(on):
        found |= set(rows)
    return found


def _due(on: date) -> Iterator[Iterator[int]]:
    yield Verdict.objects.filter(stale_at__lte=on).values_list("organisation", flat=True).distinct().iterator()
    yield Due.objects.values_list("organisation", flat=True).distinct().iterator()
    other = ~Q(packs=packs_on(on).fingerprint) | Q(judged_on__gt=on)  # the latter when somebody looked ahead
    yield Tally.objects.filter(other, account=ALL).values_list("organisation", flat=True).iterator()
