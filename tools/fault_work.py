"""The write paths that tools/faults.py kills: each does one whole piece of work on the demo world, and may be done again."""

import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tools.fault_kit import AT, LATER, ON, Work

TOWN = "waterveen"
STEPS = "incident.desk"


@dataclass(frozen=True)
class Route:
    """A write path. ``on``: the day for which its verdicts must be right; ``touches``: the organisations that it writes in.

    ``repeats``: the tables to which doing it once more may add rows, and why that is right.
    """

    name: str
    work: Work
    on: date = ON
    touches: tuple[str, ...] | None = (TOWN,)
    repeats: frozenset[str] = frozenset()


def organisation(slug: str) -> Any:
    from dijkwacht.apps.people.models import Organisation

    return Organisation.objects.get(slug=slug)


def tick(_tried: int, *, day: date = LATER, hours: int = 0) -> Any:
    """Everything that a year made due, in all rooms."""
    from dijkwacht.commands import judging

    at = AT.replace(year=day.year, month=day.month, day=day.day) + timedelta(hours=hours)
    return judging.tick(on=day, at=at, limit=None, progress=None).data


def bring(_tried: int) -> Any:
    """A workbook of 114 claims."""
    from dijkwacht.commands import importing

    path = Path(os.environ["DIJKWACHT_DATA"]).parent / "zelf.xlsx"
    return importing.workbook(
        path, organisation=organisation(TOWN), email=None, library=None, dry_run=False, on=ON, at=AT
    ).data


def upload(_tried: int) -> Any:
    """An answer with a file as its evidence."""
    from dijkwacht.apps.ledger.services import judging, saying
    from dijkwacht.core.recording import Origin

    town = organisation(TOWN)
    file = io.BytesIO(b"%PDF-1.7\n" + b"bewijs " * 100_000)
    file.name = "bewijs.pdf"
    spoken = saying.Spoken(value=True, files=(file,), origin=Origin.PERSON)
    own = judging.own_subject(town, on=ON)
    return saying.say(own, fact_type=STEPS, spoken=spoken, person=_person(town), on=ON, at=AT).act


def measure(tried: int) -> Any:
    """What a worker of the outside writes: plan, claim, record, end. Only what it would have seen is made up."""
    from dijkwacht.adapters.probing import raw
    from dijkwacht.apps.perimeter.models import Domain, DomainState, Run, RunState
    from dijkwacht.apps.perimeter.services import ending, measuring, runs, settling
    from dijkwacht.apps.perimeter.services.judging import judged
    from dijkwacht.core.checks.schedule import Rhythm
    from dijkwacht.demo.perimeter import SITES
    from dijkwacht.demo.perimeter_seen import look
    from dijkwacht.norms.read import fact_rules, policy_on

    rhythm, began = Rhythm(1440, 240, 15, 60), AT + timedelta(days=2)
    at = began + tried * (runs.LEASE + timedelta(seconds=1))  # who was killed let go when the lease was over
    names, policy, rules = {each.name: each for each in SITES}, policy_on(ON), fact_rules()
    if not Run.objects.filter(started_at__gte=began).exists():
        Domain.objects.filter(state=DomainState.WATCHED, due__gt=began).update(due=began)
    runs.plan(at=at)
    while jobs := runs.claim(worker=f"w{tried}", at=at, limit=2):
        for job in jobs:
            seen = look(names[job.domain.name], at)
            found = judged(seen, policy, raw=raw.to_data(seen))
            measuring.record_measured(job, judged=found, rules=rules, rhythm=rhythm, at=at)
    for run in Run.objects.filter(state=RunState.RUNNING):
        ending.end(run, at=at)
    if tried:
        settling.settle_all(
            on=at.date(), at=at
        )  # the next tick tells what a worker that died had measured and not told
    return Run.objects.count()


def freeze(tried: int) -> Any:
    """An account frozen as a statement: a key, a package on disk, rows."""
    from dijkwacht.commands import statements

    out = Path(os.environ["DIJKWACHT_DATA"]) / f"package{tried}.zip"
    return statements.freeze(
        organisation(TOWN),
        account="ensia-council",
        subject="",
        on=ON,
        known_at=None,
        at=AT,
        email=None,
        documents=False,
        out=out,
    ).data


def _person(town: Any) -> Any:
    from dijkwacht.apps.people.models import Role

    return Role.objects.filter(organisation=town, role="ciso").select_related("person").get().person


def routes(names: Iterable[str] = ()) -> list[Route]:
    """The write paths of these names, or all."""
    again = frozenset({"trail_entry"})  # that it was done once more stands in the trail, and should
    every = [
        Route("import", bring, repeats=again),
        Route("evidence", upload, repeats=again),
        Route("worker", measure, touches=("dijkstad",)),
        Route("statement", freeze, repeats=again | {"accountability_statement", "accountability_frame"}),
        Route("tick", tick, on=LATER, touches=None),
    ]
    return [each for each in every if not names or each.name in names]
