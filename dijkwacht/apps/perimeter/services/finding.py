"""Names that turned up: below ours, in measurements and in certificates. Proposals, that a person decides on; nothing is sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from dijkwacht.adapters.probing import ct
from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Domain, DomainState, FoundBy
from dijkwacht.apps.perimeter.services import names
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.checks.asked import parents
from dijkwacht.core.checks.deeper import below, beside
from dijkwacht.core.checks.naming import NameProblem, host_name
from dijkwacht.core.checks.observed import DomainSeen
from dijkwacht.core.checks.subdomains import candidates

ACTOR = "perimeter"
MOST = 2_000
"""Proposals that one measurement makes at most; a person reads them."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed of certificates came to: new proposals, names that stood here already (also as not ours), names asked for."""

    new: int
    known: int
    roots: int


def propose(domain: Domain, seen: DomainSeen, *, on: date, at: datetime) -> int:
    """Proposes what a measurement of a name showed below our names; how many are new."""
    if domain.about_id is not None or domain.organisation.kind == OrganisationKind.CSIRT:
        return 0
    by: dict[str, str] = dict.fromkeys(below(seen), FoundBy.DNS)
    by |= {name: how for name, how in beside(seen) if name not in by}
    if not by:
        return 0
    above = _above(domain.organisation, sorted(by)[:MOST])
    new = 0
    for how in FoundBy.values:
        found = [name for name in above if by[name] == how]
        new += _add(domain.organisation, found, above, how=how, on=on, at=at, person=None, actor=ACTOR)[0]
    return new


def from_feed(
    organisation: Organisation, *, path: Path, person: Person | None, on: date, at: datetime, actor: str = ""
) -> Feed:
    """Proposes the names below ours in a feed of certificate transparency. Raises Refused: none (no name is ours), feed.

    A certificate says that a name was meant to exist; whether it still does, nobody asked.
    """
    roots = list(_ours(organisation))
    if not roots:
        raise Refused("none")
    try:
        found = ct.names_below(path, roots)
    except (ct.FeedError, OSError, EOFError, ValueError) as error:
        raise Refused("feed", why=str(error)[:200]) from None
    named = {name for root, some in found.items() for name in candidates(root, (), sorted(some))}
    above = _above(organisation, sorted(named))
    new, known = _add(organisation, list(above), above, how=FoundBy.CT, on=on, at=at, person=person, actor=actor)
    return Feed(new, known, len(roots))


def decide_many(
    organisation: Organisation,
    *,
    domains: Sequence[int],
    state: str,
    note: str,
    person: Person,
    on: date,
    at: datetime,
) -> int:
    """Decides on several proposals at once: ours, and watched, or not ours. How many. Raises Refused: state, note, none."""
    note = " ".join(note.split())[:500]
    if state not in (DomainState.WATCHED, DomainState.NOT_OURS):
        raise Refused("state")
    if state == DomainState.NOT_OURS and not note:
        raise Refused("note")
    with transaction.atomic():
        lock(organisation)
        rows = Domain.objects.filter(organisation=organisation, pk__in=domains, state=DomainState.PROPOSED)
        found = list(rows.select_related("organisation").order_by("name"))
        if not found:
            raise Refused("none")
        for each in found:
            each.state, each.note = state, note
            each.due = at if state == DomainState.WATCHED else None
        if state == DomainState.WATCHED:
            names.give_subjects(organisation, found, person=person, on=on, at=at, actor="")
        Domain.objects.bulk_update(found, ["state", "note", "due", "subject"], batch_size=names.IN_ONE_ENTRY)
        detail = {
            "count": len(found), "first": ", ".join(each.name for each in found[:3]), "state_now": state, "note": note,
            ROWS: marked(found),
        }  # fmt: skip
        record(organisation, person=person, act="perimeter.decided_many", about="domains", at=at, detail=detail)
    return len(found)


def _add(
    organisation: Organisation,
    found: Sequence[str],
    above: Mapping[str, Domain],
    *,
    how: str,
    on: date,
    at: datetime,
    person: Person | None,
    actor: str,
) -> tuple[int, int]:
    if not found:
        return 0, 0
    added = names.add(
        organisation, names=found, person=person, on=on, at=at, actor=actor, found_by=how, state=DomainState.PROPOSED,
        above=above,
    )  # fmt: skip
    return len(added.new), added.known


def _above(organisation: Organisation, found: Iterable[str]) -> dict[str, Domain]:
    """Of these names those below one of ours, each with the nearest; the others are of others, and not proposed."""
    ours = _ours(organisation)
    found = [name for name in found if _readable(name)]
    nearest = ((name, next((ours[each] for each in parents(name) if each in ours), None)) for name in found)
    return {name: own for name, own in nearest if own is not None}


def _readable(name: str) -> bool:
    """Whether it is a name as we take them: in feeds and in the name system of others stands all sorts of things."""
    try:
        return host_name(name) == name
    except NameProblem:
        return False


def _ours(organisation: Organisation) -> dict[str, Domain]:
    states = (DomainState.WATCHED, DomainState.PAUSED)
    rows = Domain.objects.filter(organisation=organisation, about__isnull=True, state__in=states)
    return {each.name: each for each in rows.only("pk", "name")}
