"""Runs: how far each is, what it met, and whether anything measures at all."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, DomainState, IssueEvent, Job, JobState, Run, RunState

ENDED = Q(jobs__state__in=(JobState.DONE, JobState.FAILED))
QUIET = timedelta(minutes=10)
"""So long after a name fell due without any worker taking it, it is said that nothing measures."""
SHOWN = 200  # names on the page of a run


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in names. ``reasons``: why names were not measured, and how many; ``left``: who wait."""

    total: int
    measured: int
    failed: int
    busy: int
    waiting: int
    reasons: Mapping[str, int]

    @property
    def ended(self) -> int:
        """Names that are done, measured or not."""
        return self.measured + self.failed


def runs(organisation: Organisation) -> QuerySet[Run]:
    """All of them, the newest first, each with how many names are ``done`` and how many ``failed``."""
    return (
        Run.objects.filter(organisation=organisation)
        .select_related("asked_by")
        .annotate(done=Count("jobs", filter=ENDED), failed=Count("jobs", filter=Q(jobs__state=JobState.FAILED)))
        .order_by("-started_at", "-pk")
    )


def run(organisation: Organisation, pk: int) -> Run | None:
    """One of them; None for what another organisation has."""
    return Run.objects.filter(organisation=organisation, pk=pk).select_related("organisation", "asked_by").first()


def progress(found: Run) -> Progress:
    """How far it is now."""
    states = Counter[str]()
    reasons = Counter[str]()
    for state, reason, number in found.jobs.order_by().values_list("state", "reason").annotate(n=Count("pk")):
        states[state] += number
        if state == JobState.FAILED:
            reasons[reason] += number
    return Progress(
        found.jobs_total, states[JobState.DONE], states[JobState.FAILED], states[JobState.CLAIMED],
        states[JobState.WAITING], dict(reasons.most_common()),
    )  # fmt: skip


def turns(found: Run) -> list[IssueEvent]:
    """What this run did to issues, by name."""
    rows = IssueEvent.objects.filter(run=found).select_related("issue__domain").order_by("issue__domain__name", "pk")
    return list(rows)


def unmeasured(found: Run) -> list[Job]:
    """Names that were not measured, with why; at most SHOWN."""
    rows = found.jobs.filter(state=JobState.FAILED).select_related("domain").order_by("domain__name")
    return list(rows[:SHOWN])


def quiet_since(organisation: Organisation, *, at: datetime) -> datetime | None:
    """Since when names wait while no worker takes any; None when nothing waits, or something measures.

    A worker that is alive claims within seconds, and its claims run on while it works. So names that have waited longer than
    QUIET, in a run or to be planned, while nothing was claimed or ended since, wait for nobody.
    """
    waiting = Job.objects.filter(
        run__organisation=organisation, run__state=RunState.RUNNING, state=JobState.WAITING
    ).order_by("run__started_at")
    first = waiting.values_list("run__started_at", flat=True).first()
    due = Domain.objects.filter(organisation=organisation, state=DomainState.WATCHED, due__lte=at)
    oldest = due.order_by("due").values_list("due", flat=True).first()
    since = min((each for each in (first, oldest) if each is not None), default=None)
    if since is None or at - since < QUIET:
        return None
    if Job.objects.filter(state=JobState.CLAIMED, lease_until__gt=at).exists():
        return None
    lately = Run.objects.filter(Q(state=RunState.RUNNING) | Q(ended_at__gt=at - QUIET))
    last = Job.objects.filter(run__in=lately).aggregate(last=Max("ended_at"))["last"]
    if last is not None and at - last < QUIET:
        return None
    return since if last is None else max(since, last)
