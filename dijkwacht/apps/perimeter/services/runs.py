"""Runs: planned by what is due, asked for, paused, taken up again, stopped; and the jobs that workers claim from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from dijkwacht import __version__
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Domain, DomainState, Job, JobState, Reading, Run, RunKind, RunState
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record

LEASE = timedelta(minutes=5)
"""How long a worker has a name before another may take it; a name takes seconds, so this is only for the dead."""
OPEN = (JobState.WAITING, JobState.CLAIMED)
ON_REQUEST = (RunKind.ASKED, RunKind.CSIRT)


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
        suspected = set(
            Reading.objects.filter(domain__in=mine, until__isnull=True, confirmed=False).values_list(
                "domain_id", flat=True
            )
        )
        split = (
            (RunKind.CONFIRM, [pk for pk in mine if pk in suspected]),
            (RunKind.PLANNED, [pk for pk in mine if pk not in suspected]),
        )
        return [_run(organisation, kind, names, person=None, at=at) for kind, names in split if names]


def ask(
    organisation: Organisation, *, domains: Sequence[Domain], person: Person | None, at: datetime, actor: str = ""
) -> Run:
    """A run over these names now. Names that wait in another run are not taken twice. Raises Refused (none, waiting)."""
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
        kind = RunKind.CSIRT if organisation.kind == OrganisationKind.CSIRT else RunKind.ASKED
        run = _run(organisation, kind, mine, person=person, at=at)
        record(
            organisation, person=person, actor=actor, act="perimeter.run_asked", about=f"run:{run.pk}", at=at,
            detail={"names": len(mine), ROWS: marked([run])},
        )  # fmt: skip
    return run


def _run(organisation: Organisation, kind: str, numbers: Iterable[int], *, person: Person | None, at: datetime) -> Run:
    jobs = list(numbers)
    run = Run.objects.create(
        organisation=organisation, kind=kind, asked_by=person, started_at=at, policy=f"{at:%Y-%m-%d}",
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
    """Names for one worker, waiting longest first; also those of a worker that died. Each by compare-and-swap."""
    free = Q(state=JobState.WAITING) | Q(state=JobState.CLAIMED, lease_until__lt=at)
    wanted = Job.objects.filter(free, run__state=RunState.RUNNING).order_by("pk").values_list("pk", "attempts")[:limit]
    mine = []
    for pk, attempts in list(wanted):
        won = Job.objects.filter(free, pk=pk, attempts=attempts)
        if won.update(state=JobState.CLAIMED, worker=worker, lease_until=at + LEASE, attempts=attempts + 1):
            mine.append(pk)
    return list(
        Job.objects.filter(pk__in=mine).select_related("run__organisation", "domain__organisation").order_by("pk")
    )


def extend(*, worker: str, at: datetime) -> int:
    """The worker still lives: its names stay its own. Returns how many it has."""
    return Job.objects.filter(worker=worker, state=JobState.CLAIMED).update(lease_until=at + LEASE)


def give_back(*, worker: str) -> int:
    """A worker that stops in good order: what it had not finished waits again."""
    held = Job.objects.filter(worker=worker, state=JobState.CLAIMED)
    return held.update(state=JobState.WAITING, worker="", lease_until=None)


def close_if_done(run: Run, *, at: datetime) -> bool:
    """Ends the run when no name is left; True for the one caller that ended it."""
    if _open_jobs().filter(run=run).exists():
        return False
    return bool(Run.objects.filter(pk=run.pk, state=RunState.RUNNING).update(state=RunState.DONE, ended_at=at))


def _open_jobs() -> QuerySet[Job]:
    return Job.objects.filter(state__in=OPEN)
