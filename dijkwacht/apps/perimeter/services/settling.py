"""Telling the ledger what a run measured: one round of observations, one entry in its trail, whatever the number of names."""

from datetime import date, datetime

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.facts import Observed, observe
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.perimeter.models import Job, JobState, Run, RunState
from dijkwacht.core.recording import Origin

SOURCE = "perimeter"


def settle(run: Run, *, on: date, at: datetime) -> Observed | None:
    """Tells what this run measured and was not yet told; None when there is nothing. Safe when two do it at once."""
    with transaction.atomic():
        lock(run.organisation)
        jobs = Job.objects.filter(run=run, state=JobState.DONE, settled=False).select_related("domain__subject")
        rows = list(jobs.order_by("domain__name"))
        Job.objects.filter(pk__in=[row.pk for row in rows]).update(settled=True)
        said = [
            Said(row.domain.subject, fact, value, Origin.MEASUREMENT, said_by=f"{SOURCE}:{run.pk}")
            for row in rows
            if row.domain.subject is not None and row.domain.subject.archived_at is None
            for fact, value in sorted(row.answers.items())
        ]
        return observe(run.organisation, observations=said, source=SOURCE, on=on, at=at) if said else None


def settle_all(*, on: date, at: datetime) -> int:
    """Tells what ended, paused or stopped runs left untold, such as of a worker that was killed; for `tick`."""
    left = Run.objects.exclude(state=RunState.RUNNING).filter(jobs__state=JobState.DONE, jobs__settled=False).distinct()
    return sum(settle(run, on=on, at=at) is not None for run in left.select_related("organisation").order_by("pk"))
