"""Who takes part in a collective service: an organisation by its own word, or noted by the holder and confirmed by itself.

A membership stands in the trail of the member, whoever wrote it; what the holder did about it stands in both, so both chains are
locked first, always in one order. Being a member settles no fact.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Collective, Membership
from dijkwacht.apps.suppliers.queries.collectives import is_open_for
from dijkwacht.apps.suppliers.services.collective import about, fresh
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.web.moments import day_of

AT_ONCE = 500
ACTOR = 100  # characters of who acted, in the trail


def join(
    collective: Collective, *, organisation: Organisation, since: date, person: Person | None, at: datetime
) -> Membership:
    """An organisation takes part by its own word. Raises Refused: not_open, period (before the service began), member_already."""
    with doing(organisation, person=person, at=at) as deed:
        now = Collective.objects.get(pk=collective.pk)
        _check_open(now, organisation, on=day_of(at))
        if since < now.since or (now.until is not None and since >= now.until):
            raise Refused("joined_outside", field="since")
        if _standing(now, organisation) is not None:
            raise Refused("member_already")
        row = Membership.objects.create(
            collective=now, organisation=organisation, since=since, confirmed_at=at, by=person
        )
        deed.write("collective_joined", about=about(now), rows=[row], name=now.name, since=since)
    return row


def leave(membership: Membership, *, on: date, person: Person | None, at: datetime) -> Membership:
    """A member takes part no longer, from a day on. Raises Refused: period (before it began), gone."""
    with doing(membership.organisation, person=person, at=at) as deed:
        row = _member(membership)
        if on <= row.since:
            raise Refused("period", field="last")
        _end(row, on)
        deed.write("collective_left", about=about(row.collective), rows=[row], name=row.collective.name, until=on)
    return row


def note_members(
    collective: Collective, *, organisations: Sequence[Organisation], person: Person | None, at: datetime
) -> list[Membership]:
    """The holder notes who takes part; each confirms or denies that itself. Who is noted already is passed over.

    Stands in the trail of the holder, and in that of each member. Raises Refused: nobody, too_many, not_open, denied (it said
    before that it does not take part, so it joins by itself or not at all).
    """
    if not organisations:
        raise Refused("nobody")
    if len(organisations) > AT_ONCE:
        raise Refused("too_many", most=AT_ONCE)
    with _with_members(collective, organisations, person=person, at=at) as deed:
        now, made = fresh(collective), list[Membership]()
        for each in organisations:
            _check_open(now, each, on=day_of(at))
            if _denied(now, each):
                raise Refused("denied", who=str(each))
            if _standing(now, each) is not None:
                continue
            row = Membership.objects.create(
                collective=now, organisation=each, since=max(now.since, day_of(at)), told_by_holder=True
            )
            made.append(row)
            _tell_member(row, "collective_noted", holder=deed.organisation, at=at)
        who = ", ".join(str(row.organisation) for row in made[:20])
        deed.write("collective_members_noted", about=about(now), name=now.name, members=len(made), who=who)
    return made


def confirm(membership: Membership, *, person: Person | None, at: datetime) -> Membership:
    """The member says that it takes part indeed. Raises Refused (gone)."""
    with doing(membership.organisation, person=person, at=at) as deed:
        row = _to_confirm(membership)
        row.confirmed_at, row.by = at, person
        row.save(update_fields=["confirmed_at", "by"])
        deed.write("collective_confirmed", about=about(row.collective), rows=[row], name=row.collective.name)
    return row


def deny(membership: Membership, *, person: Person | None, at: datetime) -> Membership:
    """The member says that it never took part: it ends on the day on which it began. Raises Refused (gone)."""
    with doing(membership.organisation, person=person, at=at) as deed:
        row = _to_confirm(membership)
        row.by = person
        row.save(update_fields=["by"])
        _end(row, row.since)
        deed.write("collective_denied", about=about(row.collective), rows=[row], name=row.collective.name)
    return row


def end_member(membership: Membership, *, on: date, person: Person | None, at: datetime) -> Membership:
    """The holder notes that a member takes part no longer. Stands in both trails. Raises Refused: period, gone."""
    collective = membership.collective
    with _with_members(collective, [membership.organisation], person=person, at=at) as deed:
        row = _member(membership)
        if on <= row.since:
            raise Refused("period", field="last")
        _end(row, on)
        _tell_member(row, "collective_member_ended", holder=deed.organisation, at=at)
        deed.write(
            "collective_ended_member",
            about=about(collective),
            name=collective.name,
            who=str(row.organisation),
            until=on,
        )
    return row


@contextmanager
def _with_members(
    collective: Collective, members: Sequence[Organisation], *, person: Person | None, at: datetime
) -> Iterator[Deed]:
    """A deed of the holder, with the chains of the members locked too, in one order for everybody."""
    with transaction.atomic():
        for each in sorted({collective.organisation, *members}, key=lambda each: each.pk):
            lock(each)
        with doing(collective.organisation, person=person, at=at) as deed:
            yield deed


def _tell_member(row: Membership, act: str, *, holder: Organisation, at: datetime) -> None:
    """Writes in the trail of the member what the holder did; which person there it was is not the member's business."""
    with doing(row.organisation, person=None, at=at, actor=str(holder)[:ACTOR]) as deed:
        deed.write(act, about=about(row.collective), rows=[row], name=row.collective.name, until=row.ended_on)


def _check_open(collective: Collective, organisation: Organisation, *, on: date) -> None:
    """Raises Refused (not_running, not_open)."""
    if collective.until is not None and collective.until <= on:
        raise Refused("not_running")
    if not is_open_for(collective, organisation):
        raise Refused("not_open", who=str(organisation))


def _denied(collective: Collective, organisation: Organisation) -> bool:
    rows = Membership.objects.filter(collective=collective, organisation=organisation, told_by_holder=True)
    return any(row.confirmed_at is None and row.ended_on == row.since for row in rows)


def _standing(collective: Collective, organisation: Organisation) -> Membership | None:
    return Membership.objects.filter(collective=collective, organisation=organisation, ended_on__isnull=True).first()


def _member(membership: Membership) -> Membership:
    """The membership as it is now. Raises Refused (gone) when it ended."""
    rows = Membership.objects.select_related("collective", "organisation").filter(ended_on__isnull=True)
    found = rows.filter(pk=membership.pk).first()
    if found is None:
        raise Refused("gone")
    return found


def _to_confirm(membership: Membership) -> Membership:
    found = _member(membership)
    if found.confirmed_at is not None:
        raise Refused("gone")
    return found


def _end(row: Membership, on: date) -> None:
    row.ended_on = on
    row.save(update_fields=["ended_on"])
