"""Decision files and signals of one organisation."""

from datetime import date

from django.db.models import QuerySet

from dijkwacht.apps.order.models import DecisionFile, Signal, SignalState
from dijkwacht.apps.people.models import Organisation


def files(organisation: Organisation) -> QuerySet[DecisionFile]:
    """Its decision files, the newest first."""
    return DecisionFile.objects.filter(organisation=organisation).select_related("made_by", "decided_by")


def signals(organisation: Organisation) -> QuerySet[Signal]:
    """Its signals, the newest first; what was erased too."""
    return Signal.objects.filter(organisation=organisation).select_related("made_by", "checked_by")


def to_check(organisation: Organisation) -> QuerySet[Signal]:
    """What waits for the data protection officer: first what may lead to persons, then by age."""
    rows = signals(organisation).filter(erased_at__isnull=True, state=SignalState.CHECK)
    return rows.order_by("made_at", "pk")


def held_too_long(organisation: Organisation, *, on: date) -> QuerySet[Signal]:
    """Signals whose last day has gone by and that `tick` has not erased yet."""
    return signals(organisation).filter(erased_at__isnull=True, keep_until__lt=on)
