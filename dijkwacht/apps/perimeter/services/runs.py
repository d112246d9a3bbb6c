"""Runs: planned by what is due, asked for, paused, taken up again, stopped; and the jobs that workers claim from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from dijkwacht import __version__
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Domain, DomainState, Job, JobState, Reading, Run, RunKind, RunState
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.checks.deeper import asked_by
from dijkwacht.core.checks.schedule import Rhythm, next_due

LEASE = timedelta(minutes=5)
"""How long a worker has a name before another may take it; a name takes seconds, so this is only for the dead."""
DEATHS = 3
"""After so many workers that died on a name it is not measured in that run: once is a machine that fell, twice may be chance."""
ALONE_FROM = 2
"""From so many deaths on a name is measured with nothing beside it: so that what dies with it is not blamed for it."""
OPEN = (JobState.WAITING, JobState.CLAIMED)
ON_REQUEST = (RunKind.ASKED, RunKind.CSIRT, RunKind.DEEP)


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning came to."""

    runs: tuple[Run, ...]
    names: int


def plan(*, at: datetime, limit: int | None = None) -> Planned:
    """Makes runs of the names that are due, per organisation; safe when two do it at once: each name goes to one of them.

    Names of which something is suspected get a run of their own, so that everybody sees why they are measured again so soon.
    """
    due = Domain.objects.filter(state=DomainState.WATCHED, due__lte=at).order_by("due", "pk")
    rows = list(due.values_list("pk", "organisation_id")[:limit])
    runs: list[Run] = []
    for organisation in Organisation.objects.filter(pk__in={each for _pk, each in rows}).order_by("pk"):
        runs += _planned(organisation, [pk for pk, owner in rows if owner == organisation.pk], at=at)
    return Planned(tuple(runs), sum(run.jobs_total for run in runs))


def _planned(organisation: Organisation, numbers: Sequence[int], *, at: datetime) -> list[Run]:
    with transaction.atomic():
        lock(organisation)
        # Whoever takes `due` away has the name: a second planner, or a second tick, finds nothing.
        due = Domain.objects.filter(state=DomainState.WATCHED, due__lte=at)
        mine = [pk for pk in numbers if due.filter(pk=pk).update(due=None)]
        suspected, deep = _suspected(mine)
        split = (
            (RunKind.CONFIRM, True, [pk for pk in mine if pk in deep]),
            (RunKind.CONFIRM, False, [pk for pk in mine if pk in suspected - deep]),
            (RunKind.PLANNED, False, [pk for pk in mine if pk not in suspected]),
        )
        return [_run(organisation, kind, names, person=None, at=at, deep=deep) for kind, deep, names in split if names]


def _suspected(numbers: Sequence[int]) -> tuple[set[int], set[int]]:
    """The names of which something is suspected, and those of which only a deeper look can say whether it is so."""
    rows = Reading.objects.filter(domain__in=numbers, until__isnull=True, confirmed=False)
    found = list(rows.values_list("domain_id", "check_id", "domain__deep_at"))
    return {pk for pk, _, _ in found}, {pk for pk, check, at in found if asked_by(check, looked=at is not None)}


def ask(
    organisation: Organisation,
    *,
    domains: Sequence[Domain],
    person: Person | None,
    at: datetime,
    actor: str = "",
    deep: bool = False,
) -> Run:
    """A run over these names now. Names that wait in another run are not taken twice. Raises Refused (none, waiting).

    ``deep``: ports and names below too; whether consent reaches that far is for whoever asks, and at last for the gate.
    """
    watched = [
        each.pk for each in domains if each.state == DomainState.WATCHED and each.organisation_id == organisation.pk
    ]
    if not watched:
        raise Refused("none")
    with transaction.atomic():
        lock(organisation)
        busy = set(_open_jobs().filter(domain__in=watched).values_list("domain_id", flat=True))
        mine = [pk for pk in watched if pk not in busy]
        if not mine:
            raise Refused("waiting")
        Domain.objects.filter(pk__in=mine).update(due=None)
        usual = RunKind.CSIRT if organisation.kind == OrganisationKind.CSIRT else RunKind.ASKED
        run = _run(organisation, RunKind.DEEP if deep else usual, mine, person=person, at=at, deep=deep)
        record(
            organisation, person=person, actor=actor, act="perimeter.run_asked", about=f"run:{run.pk}", at=at,
            detail={"names": len(mine), ROWS: marked([run])},
        )  # fmt: skip
    return run


def _run(
    organisation: Organisation,
    kind: str,
    numbers: Iterable[int],
    *,
    person: Person | None,
    at: datetime,
    deep: bool = False,
) -> Run:
    jobs = list(numbers)
    run = Run.objects.create(
        organisation=organisation, kind=kind, deep=deep, asked_by=person, started_at=at, policy=f"{at:%Y-%m-%d}",
        tool=f"dijkwacht {__version__}", jobs_total=len(jobs),
    )  # fmt: skip
    Job.objects.bulk_create(Job(run=run, domain_id=pk) for pk in jobs)
    return run


def pause(run: Run, *, person: Person, at: datetime) -> Run:
    """Stops handing out names of this run; those being measured are finished. Raises Refused (state)."""
    return _to(run, RunState.PAUSED, (RunState.RUNNING,), person=person, at=at)


def resume(run: Run, *, person: Person, at: datetime) -> Run:
    """Goes on with a paused run. Raises Refused (state)."""
    return _to(run, RunState.RUNNING, (RunState.PAUSED,), person=person, at=at)


def stop(run: Run, *, person: Person, at: datetime) -> Run:
    """Ends a run; what was not measured goes back to be planned. Raises Refused (state)."""
    with transaction.atomic():
        ended = _to(run, RunState.STOPPED, (RunState.RUNNING, RunState.PAUSED), person=person, at=at)
        left = Job.objects.filter(run=run, state=JobState.WAITING)
        numbers = list(left.values_list("domain_id", flat=True))
        left.update(state=JobState.FAILED, reason="stopped", ended_at=at)
        Domain.objects.filter(pk__in=numbers, state=DomainState.WATCHED, due__isnull=True).update(due=at)
    return ended


def _to(run: Run, state: str, before: Sequence[str], *, person: Person, at: datetime) -> Run:
    with transaction.atomic():
        lock(run.organisation)
        changed = {"state": state, "ended_at": at} if state == RunState.STOPPED else {"state": state}
        if not Run.objects.filter(pk=run.pk, state__in=before).update(**changed):
            raise Refused("state")
        record(
            run.organisation, person=person, act=f"perimeter.run_{state}", about=f"run:{run.pk}", at=at,
            detail={ROWS: marked([run] if run.kind in ON_REQUEST else [])},
        )  # fmt: skip
    run.refresh_from_db()
    return run


def claim(*, worker: str, at: datetime, limit: int) -> list[Job]:
    """Names for one worker, waiting longest first; also those of a worker that died. Each by compare-and-swap.

    One on which workers died before is given alone: to a worker that has nothing else, which then gets nothing beside it.
    """
    free = Q(attempts__lt=DEATHS) & (Q(state=JobState.WAITING) | Q(state=JobState.CLAIMED, lease_until__lt=at))
    mine = Job.objects.filter(worker=worker, state=JobState.CLAIMED)
    if mine.filter(attempts__gt=ALONE_FROM).exists():
        return []
    wanted = Job.objects.filter(free, run__state=RunState.RUNNING).order_by("pk")
    feared = list(wanted.filter(attempts__gte=ALONE_FROM).values_list("pk", "attempts")[:1])
    if feared and mine.exists():
        return []
    won = _won(feared or list(wanted.values_list("pk", "attempts")[:limit]), free, worker=worker, at=at)
    return list(
        Job.objects.filter(pk__in=won).select_related("run__organisation", "domain__organisation").order_by("pk")
    )


def _won(wanted: Sequence[tuple[int, int]], free: Q, *, worker: str, at: datetime) -> list[int]:
    mine = []
    for pk, attempts in wanted:
        won = Job.objects.filter(free, pk=pk, attempts=attempts)
        if won.update(state=JobState.CLAIMED, worker=worker, lease_until=at + LEASE, attempts=attempts + 1):
            mine.append(pk)
    return mine


def bury(*, rhythm: Rhythm, at: datetime) -> list[Run]:
    """Ends what no worker will end; returns the runs in which that was so, for `ending.end`. Safe when two do it at once.

    A name on which DEATHS workers died is not measured, and planned again as if it had been; of a stopped run what a worker had,
    and gave back or died on, is planned at once.
    """
    dead = Q(state=JobState.CLAIMED, lease_until__lt=at)
    fatal = Job.objects.filter(dead, attempts__gte=DEATHS).exclude(run__state=RunState.STOPPED)
    stopped = Job.objects.filter(dead | Q(state=JobState.WAITING), run__state=RunState.STOPPED)
    touched: dict[int, Run] = {}
    for reason, rows in (("worker_died", fatal), ("stopped", stopped)):
        for job in rows.select_related("run__organisation", "domain"):
            with transaction.atomic():
                lock(job.run.organisation)
                same = Job.objects.filter(
                    pk=job.pk, state=job.state, attempts=job.attempts, lease_until=job.lease_until
                )
                if not same.update(state=JobState.FAILED, reason=reason, ended_at=at, lease_until=None):
                    continue
                due = next_due(job.domain.name, at=at, rhythm=rhythm) if reason == "worker_died" else at
                Domain.objects.filter(pk=job.domain_id, state=DomainState.WATCHED, due__isnull=True).update(due=due)
                if reason == "worker_died":
                    Domain.objects.filter(pk=job.domain_id).update(trouble=reason)
            touched[job.run_id] = job.run
    return list(touched.values())


def extend(*, worker: str, at: datetime) -> int:
    """The worker still lives: its names stay its own. Returns how many it has."""
    return Job.objects.filter(worker=worker, state=JobState.CLAIMED).update(lease_until=at + LEASE)


def give_back(*, worker: str) -> int:
    """A worker that stops in good order: what it had not finished waits again."""
    held = Job.objects.filter(worker=worker, state=JobState.CLAIMED)
    return held.update(state=JobState.WAITING, worker="", lease_until=None, attempts=F("attempts") - 1)


def close_if_done(run: Run, *, at: datetime) -> bool:
    """Ends the run when no name is left; True for the one caller that ended it."""
    if _open_jobs().filter(run=run).exists():
        return False
    return bool(Run.objects.filter(pk=run.pk, state=RunState.RUNNING).update(state=RunState.DONE, ended_at=at))


def _open_jobs() -> QuerySet[Job]:
    return Job.objects.filter(state__in=OPEN)
