"""The end of a run: closed by the last job, told to the ledger, and mails written."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from dijkwacht.apps.perimeter.models import Run
from dijkwacht.apps.perimeter.services.alerting import write_alerts
from dijkwacht.apps.perimeter.services.runs import close_if_done
from dijkwacht.apps.perimeter.services.settling import settle


def counted(run: Run, *, turned: int, connections: int, questions: int, refusals: Mapping[str, int]) -> None:
    """Adds to the counts of a run what one worker did since it last told."""
    with transaction.atomic():
        row = Run.objects.select_for_update().get(pk=run.pk)
        for code, number in refusals.items():
            row.refusals[code] = row.refusals.get(code, 0) + number
        row.save(update_fields=["refusals"])
        Run.objects.filter(pk=run.pk).update(
            turned=F("turned") + turned,
            connections=F("connections") + connections,
            questions=F("questions") + questions,
        )


def end(run: Run, *, at: datetime) -> bool:
    """Closes the run when all its names are done; True for the one that closed it. What it measured goes to the ledger."""
    if not close_if_done(run, at=at):
        return False
    settle(run, on=at.date(), at=at)
    write_alerts(run, at=at)
    return True
