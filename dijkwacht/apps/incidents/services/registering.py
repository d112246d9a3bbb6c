"""The record at the register of entities: kept from our own records, with the term of two weeks when they change (Cbw 44)."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from dijkwacht.apps.incidents.models import Clock, ClockState, EntityRole, Registration
from dijkwacht.apps.incidents.queries.registration import record_of, told_last
from dijkwacht.apps.incidents.services.doing import Refused, doing, not_later
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core import chain
from dijkwacht.core.clocks import due
from dijkwacht.core.registration import differences, first_day
from dijkwacht.norms.read import clocks, incidents
from dijkwacht.web.moments import day_of

RULE, ABOUT, ACTOR = "cbw-44-change", "registration", "tick"


def note_told(
    organisation: Organisation, *, values: Mapping[str, Any], told_at: datetime, person: Person, at: datetime,
    receipt: str = "", note: str = "",
) -> Registration:  # fmt: skip
    """Records what the register was told, and when; ends the term of a change. Raises Refused (empty, future)."""
    not_later(told_at, at, "told_at")
    kept = {name: value for name, value in chain.plain(dict(values)).items() if value not in ("", [], None)}
    if not kept:
        raise Refused("empty", field="values")
    with doing(organisation, person=person, at=at) as deed:
        text = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
        row = Registration.objects.create(
            organisation=organisation, values=kept, digest=sha256(text).hexdigest(), told_at=told_at, told_by=person,
            receipt=receipt.strip()[:120], note=note.strip()[:300],
        )  # fmt: skip
        met = _open(organisation)
        if met is not None and told_at < met.started_at:
            met = None  # what was told before the change did not tell of it
        if met is not None:
            met.state, met.met_at, met.next_at = ClockState.MET, told_at, None
            met.save(update_fields=["state", "met_at", "next_at"])
        deed.write(
            "registration_told", about=ABOUT, rows=[row, *([met] if met else [])], told_at=told_at, sha256=row.digest,
            receipt=row.receipt,
        )  # fmt: skip
    return row


def take_role(organisation: Organisation, *, role: str, since: date, person: Person, at: datetime) -> EntityRole:
    """The organisation is this under the law from a day: of a critical entity its designation. Raises Refused (role, twice)."""
    if role not in incidents().roles:
        raise Refused("role")
    with doing(organisation, person=person, at=at) as deed:
        if EntityRole.objects.filter(organisation=organisation, role=role, until__isnull=True).exists():
            raise Refused("twice")
        row = EntityRole.objects.create(organisation=organisation, role=role, since=since)
        deed.write("role_taken", about=ABOUT, rows=[row], role=role, since=since)
    return row


def end_role(row: EntityRole, *, until: date, person: Person, at: datetime) -> None:
    """It is this no longer. Raises Refused (ended, order)."""
    if until < row.since:
        raise Refused("order", field="until", before="since")
    with doing(row.organisation, person=person, at=at) as deed:
        if not EntityRole.objects.filter(pk=row.pk, until__isnull=True).update(until=until):
            raise Refused("ended")
        deed.write("role_ended", about=ABOUT, rows=[row], role=row.role, until=until)


def watch(organisation: Organisation, *, at: datetime) -> Clock | None:
    """Starts the term when the record no longer is what was told, and ends it when it is again; the term, if one changed."""
    told = told_last(organisation)
    if told is None:
        return None
    own = record_of(organisation, on=day_of(at))
    found = differences(told.values, own.values)
    standing = _open(organisation)
    if bool(found) == (standing is not None):
        return None
    with doing(organisation, person=None, at=at, actor=ACTOR) as deed:
        standing = _open(organisation)
        if bool(found) == (standing is not None):
            return None
        if standing is not None:
            standing.state, standing.void_at, standing.void_because, standing.next_at = (
                ClockState.VOID,
                at,
                "as_told",
                None,
            )
            standing.save(update_fields=["state", "void_at", "void_because", "next_at"])
            deed.write("terms_moved", about=ABOUT, rows=[standing], terms=RULE)
            return standing
        day = max(first_day(found, own.since, otherwise=day_of(at)), day_of(told.told_at))
        row = _started(organisation, day, at=at)
        deed.write("registration_changed", about=ABOUT, rows=[row], fields=[each.field for each in found], since=day)
    return row


def watch_all(*, at: datetime) -> int:
    """The same for everybody who told the register something; how many terms started or fell away. For `tick`."""
    told = Organisation.objects.filter(pk__in=Registration.objects.values("organisation")).order_by("pk")
    return sum(watch(each, at=at) is not None for each in told)


def _started(organisation: Organisation, day: date, *, at: datetime) -> Clock:
    pack, start = clocks(), datetime.combine(day, time(0), ZoneInfo(settings.TIME_ZONE))
    found = due(pack.rules[RULE], start, calendar=pack.calendar, rules=pack.rules)
    return Clock.objects.create(
        organisation=organisation, about=ABOUT, rule=RULE, started_at=found.start, due_at=found.due,
        target_at=found.target, unsure=list(found.unsure), made_at=at, next_at=at,
    )  # fmt: skip


def _open(organisation: Organisation) -> Clock | None:
    return Clock.objects.filter(organisation=organisation, rule=RULE, state=ClockState.RUNNING).first()
