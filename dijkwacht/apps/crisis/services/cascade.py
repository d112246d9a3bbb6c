"""Changing the network of dependencies, saying what a node stands for, keeping what came out."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from dijkwacht.adapters.cascade import MOST_JSON, FileError, read_network, write_network
from dijkwacht.apps.crisis.models.cascade import CascadeChange, CascadeRun, CascadeTie
from dijkwacht.apps.crisis.queries.cascade import Mine, changes, mine
from dijkwacht.apps.crisis.services.doing import Deed, Refused, doing
from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.cascade.changes import Change, applied, differences
from dijkwacht.core.cascade.network import Network, NetworkError, Start
from dijkwacht.core.cascade.outcome import Outcome, outcomes
from dijkwacht.core.cascade.spread import spread
from dijkwacht.norms.cascade import start_network
from dijkwacht.web.moments import day_of

__all__ = [
    "LARGEST",
    "RUNS",
    "FileError",
    "NetworkError",
    "change",
    "keep",
    "read",
    "reckon",
    "restore",
    "take_over",
    "tie",
    "write",
]

RUNS, LARGEST = 2_000, MOST_JSON
ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
read, write = read_network, write_network


def reckon(network: Network, start: Start, *, seed: int, runs: int = RUNS) -> dict[str, dict[str, Outcome]]:
    """What comes out with the mean of all chances, and with all of them at their low and their high end."""
    return {
        "mean": outcomes(spread(network, start, runs=runs, seed=seed)),
        "low": outcomes(spread(network, start, runs=runs, seed=seed, chance="low")),
        "high": outcomes(spread(network, start, runs=runs, seed=seed, chance="high")),
    }


def change(
    organisation: Organisation, made: Change, *, source: str, sourced_on: date, person: Person | None, at: datetime
) -> CascadeChange:
    """A node or edge is otherwise, new or gone, by a source. Raises Refused (empty, future, bad_id), NetworkError."""
    with doing(organisation, person=person, at=at) as deed:
        row = _put(deed, made, source=source, sourced_on=sourced_on)
        _hold(organisation)
        act = "cascade_removed" if made.gone else "cascade_changed"
        deed.write(
            act, about=f"crisis_cascade:{made.key}", rows=[*_old(deed, made), row], key=made.key, source=row.source
        )
    return row


def restore(row: CascadeChange, *, person: Person | None, at: datetime) -> None:
    """As in the start network again. Raises Refused (gone), NetworkError when an edge of our own would hang loose."""
    with doing(row.organisation, person=person, at=at) as deed:
        now = CascadeChange.objects.filter(pk=row.pk, withdrawn_at__isnull=True).first()
        if now is None:
            raise Refused("gone")
        now.withdrawn_at = at
        now.save(update_fields=["withdrawn_at"])
        _hold(row.organisation)
        deed.write("cascade_restored", about=f"crisis_cascade:{now.key}", rows=[now], key=now.key)


def take_over(
    organisation: Organisation, network: Network, *, name: str, digest: str, person: Person | None, at: datetime
) -> int:
    """Makes this the network here: how many changes that took. Raises Refused (nothing, gone, bad_id), NetworkError.

    ``digest``: of the network here when it was looked at; another one meanwhile is refused.
    """
    with doing(organisation, person=person, at=at) as deed:
        here = mine(organisation, language=get_language() or "nl")
        if here.digest != digest:
            raise Refused("gone")
        made = planned(here, network)
        if not made:
            raise Refused("nothing")
        rows: list[CascadeChange] = []
        for each in made:
            new = _put(deed, each, source=name[:200], sourced_on=day_of(at))
            rows += [*_old(deed, each), new]
        _hold(organisation)
        deed.write(
            "cascade_taken", about=f"organisation:{organisation.slug}", rows=rows, name=name[:200], count=len(made)
        )
    return len(made)


def planned(here: Mine, network: Network) -> list[Change]:
    """What a network from a file changes here."""
    return differences(here.network, network)


def tie(organisation: Organisation, node: str, subject: Subject | None, *, person: Person | None, at: datetime) -> None:
    """What of the records a node stands for; None: nothing any more. Raises Refused (another)."""
    with doing(organisation, person=person, at=at) as deed:
        if subject is not None and subject.organisation_id != organisation.pk:
            raise Refused("another", field="subject")
        old = CascadeTie.objects.filter(organisation=organisation, node=node, withdrawn_at__isnull=True).first()
        if (old.subject_id if old else None) == (subject.pk if subject else None):
            return
        rows = [old] if old else []
        if old is not None:
            old.withdrawn_at = at
            old.save(update_fields=["withdrawn_at"])
        if subject is not None:
            rows.append(
                CascadeTie.objects.create(organisation=organisation, node=node, subject=subject, at=at, by=person)
            )
        name = subject.name if subject else old.subject.name if old else ""
        act = "cascade_tied" if subject else "cascade_untied"
        deed.write(act, about=f"crisis_cascade:{node}", rows=rows, node=node, subject=name)


def keep(
    organisation: Organisation, *, title: str, failed: Sequence[str], hours: float | None, seed: int,
    person: Person | None, at: datetime,
) -> CascadeRun:  # fmt: skip
    """Keeps what comes out here and now. Raises Refused (empty, another for a node that is not here)."""
    with doing(organisation, person=person, at=at) as deed:
        here = mine(organisation, language=get_language() or "nl")
        if not title.strip() or not failed:
            raise Refused("empty", field="title")
        if any(each not in here.nodes for each in failed):
            raise Refused("another")
        found = reckon(here.network, Start(tuple(failed), hours), seed=seed)
        row = CascadeRun.objects.create(
            organisation=organisation, title=title.strip()[:120], failed=list(failed), hours=hours, runs=RUNS, seed=seed,
            digest=here.digest, outcomes=_told(here, found), at=at, by=person,
        )  # fmt: skip
        deed.write("cascade_kept", about=f"crisis_cascade:{row.pk}", rows=[row], title=row.title, runs=RUNS, seed=seed)
    return row


def _told(here: Mine, found: Mapping[str, Mapping[str, Outcome]]) -> dict[str, Any]:
    return {
        node: {
            "name": here.nodes[node].name, "p": [found[each][node].p_fail for each in ("low", "mean", "high")],
            "t": [one.t10, one.t50, one.t90],
        }
        for node, one in found["mean"].items()
    }  # fmt: skip


def _put(deed: Deed, made: Change, *, source: str, sourced_on: date) -> CascadeChange:
    if not source.strip():
        raise Refused("empty", field="source")
    if sourced_on > day_of(deed.at):
        raise Refused("future", field="sourced_on")
    if not all(ID.fullmatch(each) for each in made.key.split(">")):
        raise Refused("bad_id", field="id")
    old = {(each.kind, each.key): each for each in changes(deed.organisation)}.get((made.kind, made.key))
    values = {**(old.values if old and not old.gone else {}), **made.values}
    if old is not None:
        old.withdrawn_at = deed.at
        old.save(update_fields=["withdrawn_at"])
    return CascadeChange.objects.create(
        organisation=deed.organisation, kind=made.kind, key=made.key, values={} if made.gone else values, gone=made.gone,
        source=source.strip()[:200], sourced_on=sourced_on, at=deed.at, by=deed.person,
    )  # fmt: skip


def _old(deed: Deed, made: Change) -> list[CascadeChange]:
    """The row that this deed put aside."""
    rows = CascadeChange.objects.filter(
        organisation=deed.organisation, kind=made.kind, key=made.key, withdrawn_at=deed.at
    )
    return list(rows)


def _hold(organisation: Organisation) -> None:
    """Raises NetworkError when what is changed makes no network any more."""
    here = [Change(each.kind, each.key, each.values, each.gone) for each in changes(organisation)]
    applied(start_network().named(get_language() or "nl"), here)
