"""Joining the comparison of the outside, and leaving it: an organisation lets its shares be part of it, without its name."""

from datetime import datetime

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Comparing
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record


def join(organisation: Organisation, *, person: Person, at: datetime) -> Comparing:
    """How its names stand is part of the comparison from this moment. Twice is once."""
    with transaction.atomic():
        lock(organisation)
        row, made = Comparing.objects.get_or_create(
            organisation=organisation, ended_at=None, defaults={"since": at, "by": person}
        )
        if made:
            _record(row, "compared", person=person, at=at)
    return row


def leave(organisation: Organisation, *, person: Person, at: datetime) -> bool:
    """Takes it out of the comparison, at once; whether it was in it."""
    with transaction.atomic():
        lock(organisation)
        row = Comparing.objects.filter(organisation=organisation, ended_at__isnull=True).first()
        if row is not None:
            row.ended_at, row.ended_by = at, person
            row.save(update_fields=["ended_at", "ended_by"])
            _record(row, "compared_ended", person=person, at=at)
    return row is not None


def _record(row: Comparing, act: str, *, person: Person, at: datetime) -> None:
    detail = {ROWS: marked([row])}
    record(row.organisation, person=person, act=f"perimeter.{act}", about="outside", at=at, detail=detail)
