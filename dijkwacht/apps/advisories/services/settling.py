"""Telling the ledger what the register of warnings says; what did not change costs nothing."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Min

from dijkwacht.apps.advisories.models import EventKind, Provider, Service, Upload, Warned, WarningEvent
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.stating import MENDED
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.services import judging
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.ledger.services.facts import Observed, observe
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.advisories.warning_facts import ASSESSED, IN_WEEK, PastWarning, facts_of
from dijkwacht.core.recording import Origin
from dijkwacht.norms.advisory_warning import warning_rules
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of, local

SOURCE = "advisories"
TASKS = (EventKind.FIRST, EventKind.TASK)
DAYS = 95
"""As many days back as the three months of the facts can be, and a little more."""
AGAIN = timedelta(days=7)
"""How often what did not change is said again, so that it does not go stale."""


def settle(organisation: Organisation, *, at: datetime) -> Observed | None:
    """Tells what is otherwise than the ledger has it from this room; None when nothing is."""
    return _settle(organisation, say(organisation, at=at), _held([organisation.pk]).get(organisation.pk, {}), at=at)


def settle_all(*, at: datetime, faults: Faults | None = None) -> int:
    """The same for everybody who is warned here or has a product register; how many had something to tell. For `tick`.

    What there is to tell is read for all at once; only who has something to tell costs more.
    """
    faults = faults or Faults()
    used = {
        *Warned.objects.order_by().values_list("organisation", flat=True).distinct(),
        *Service.objects.order_by().values_list("organisation", flat=True).distinct(),
        *Upload.objects.order_by().values_list("organisation", flat=True).distinct(),
    }
    past, since, held = past_of(used, at=at), in_use_since(used), _held(used)
    told = 0
    for each in Organisation.objects.filter(pk__in=used).order_by("pk"):
        settled = partial(_settle_one, each, past.get(each.pk, []), since.get(each.pk), held.get(each.pk, {}), at=at)
        told += bool(faults.guarded(f"the facts of organisation {each.pk}", settled))
    return told


def _settle_one(
    organisation: Organisation, past: Sequence[PastWarning], since: datetime | None,
    held: Mapping[str, tuple[Any, date]], *, at: datetime,
) -> bool:  # fmt: skip
    return _settle(organisation, _say(past, since, at=at), held, at=at) is not None


def _settle(
    organisation: Organisation, said: Mapping[str, Any], held: Mapping[str, tuple[Any, date]], *, at: datetime
) -> Observed | None:
    on = day_of(at)
    if not _stale(said, held, on=on):
        return None
    with transaction.atomic():
        lock(organisation)  # of two ticks at once the second finds that it was told
        stale = _stale(said, _held([organisation.pk]).get(organisation.pk, {}), on=on)
        if not stale:
            return None
        own = judging.own_subject(organisation, on=on)
        observations = [Said(own, name, said[name], Origin.MEASUREMENT, said_by=SOURCE) for name in stale]
        return observe(organisation, observations=observations, source=SOURCE, on=on, at=at)


def _stale(said: Mapping[str, Any], held: Mapping[str, tuple[Any, date]], *, on: date) -> list[str]:
    """What is otherwise than the ledger has it, or was said too long ago."""
    known = norms_on(on).fact_types
    return sorted(name for name, value in said.items() if name in known and not _stands(held.get(name), value, on=on))


def _held(organisations: Collection[int]) -> dict[int, dict[str, tuple[Any, date]]]:
    """Per organisation what the ledger has from this room, and when it heard that last."""
    rows = Fact.objects.filter(
        organisation__in=organisations, fact_type__in=(IN_WEEK, ASSESSED), said_by=SOURCE, superseded_at__isnull=True
    )
    held: dict[int, dict[str, tuple[Any, date]]] = defaultdict(dict)
    for organisation, name, value, seen in rows.values_list("organisation", "fact_type", "value", "observed"):
        held[organisation][name] = (value, date.fromisoformat(seen[-1][-1]))
    return held


def say(organisation: Organisation, *, at: datetime) -> dict[str, Any]:
    """What the register says now, by fact type; nothing before it came into use."""
    own = [organisation.pk]
    return _say(past_of(own, at=at).get(organisation.pk, []), in_use_since(own).get(organisation.pk), at=at)


def _say(past: Sequence[PastWarning], since: datetime | None, *, at: datetime) -> dict[str, Any]:
    return dict(facts_of(past, at=local(at), since=since, grace=warning_rules().grace)) if since is not None else {}


def past_of(organisations: Collection[int], *, at: datetime) -> dict[int, list[PastWarning]]:
    """Per organisation each telling of a warning that may count on this day."""
    first = local(at) - timedelta(days=DAYS)
    rows = Warned.objects.filter(organisation__in=organisations, todo_at__gte=first)
    found: dict[int, list[PastWarning]] = defaultdict(list)
    for row in rows.order_by("pk").prefetch_related("events", "assessments"):
        found[row.organisation_id] += tellings(row)
    return found


def in_use_since(organisations: Collection[int]) -> dict[int, datetime]:
    """Per organisation when a desk first warned it, a source was first added or the register first filled."""
    moments: dict[int, list[datetime]] = defaultdict(list)
    for rows in (
        Provider.objects.values_list("organisation").annotate(first=Min("added_at")),
        Upload.objects.values_list("organisation").annotate(first=Min("at")),
    ):
        for organisation, first in rows.filter(organisation__in=organisations).order_by():
            moments[organisation].append(first)
    days = Service.objects.filter(organisation__in=organisations).order_by().values_list("organisation")
    for organisation, day in days.annotate(first=Min("since")):
        moments[organisation].append(datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)))
    return {organisation: min(each) for organisation, each in moments.items()}


def tellings(warning: Warned) -> list[PastWarning]:
    """Each telling of a warning as a task, with what came of it; `WarningEvent` keeps that of those that are over."""
    events = list(warning.events.all())
    tasks = [each for each in events if each.kind in TASKS]
    following = [*tasks[1:], None]
    return [_telling(warning, events, each, after) for each, after in zip(tasks, following, strict=True)]


def _telling(
    warning: Warned, events: list[WarningEvent], task: WarningEvent, after: WarningEvent | None
) -> PastWarning:
    place, end = events.index(task), events.index(after) if after else len(events)
    lapsed = next((each.at for each in events[place:end] if each.kind == EventKind.LAPSED), None)
    written = [
        each.at for each in warning.assessments.all() if each.at >= task.at and (not after or each.at < after.at)
    ]
    week, due, finished = task.week, task.due_at, task.finished_at
    if after is None and lapsed is None:
        week, due = warning.week, warning.due_at
        finished = warning.settled_at if warning.state in MENDED else None
    return PastWarning(
        task.at,
        asks_week=week,
        week_end=due,
        finished_at=finished,
        assessed_at=min(written, default=None),
        lapsed_at=lapsed,
    )


def _stands(known: tuple[Any, date] | None, value: Any, *, on: date) -> bool:
    """Whether the ledger has this from us, and heard it not long ago."""
    return known is not None and known[0] == value and on - known[1] < AGAIN
