"""What an organisation chooses to show, who hears of changes, and who asked not to be measured."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import OptOut, PublicPage, Subscription
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.consent_scope import scope_of


def show_in_public(organisation: Organisation, *, person: Person, at: datetime) -> PublicPage:
    """Opens the public page, or opens it again. Raises Refused (open)."""
    with transaction.atomic():
        lock(organisation)
        page, made = PublicPage.objects.get_or_create(organisation=organisation, defaults={"since": at, "by": person})
        if not made:
            if page.ended_at is None:
                raise Refused("open")
            page.since, page.by, page.ended_at = at, person, None
            page.save(update_fields=["since", "by", "ended_at"])
        record(organisation, person=person, act="perimeter.public", about="outside", at=at, detail=_told(page))
    return page


def hide(organisation: Organisation, *, person: Person, at: datetime) -> None:
    """Closes the public page; from here on its address says that there is nothing. Raises Refused (closed)."""
    with transaction.atomic():
        lock(organisation)
        page = PublicPage.objects.filter(organisation=organisation, ended_at__isnull=True).first()
        if page is None:
            raise Refused("closed")
        page.ended_at = at
        page.save(update_fields=["ended_at"])
        record(organisation, person=person, act="perimeter.hidden", about="outside", at=at, detail=_told(page))


def subscribe(organisation: Organisation, *, person: Person, at: datetime) -> Subscription:
    """This person hears by mail what changes on the outside; twice is once."""
    with transaction.atomic():
        lock(organisation)
        found, made = Subscription.objects.get_or_create(
            organisation=organisation, person=person, until=None, defaults={"since": at}
        )
        if made:
            detail = _told(found)
            record(organisation, person=person, act="perimeter.subscribed", about="outside", at=at, detail=detail)
    return found


def unsubscribe(organisation: Organisation, *, person: Person, at: datetime) -> None:
    """No mails any more, from now on."""
    with transaction.atomic():
        lock(organisation)
        found = Subscription.objects.filter(organisation=organisation, person=person, until__isnull=True).first()
        if found is not None:
            found.until = at
            found.save(update_fields=["until"])
            detail = _told(found)
            record(organisation, person=person, act="perimeter.unsubscribed", about="outside", at=at, detail=detail)


def leave_alone(
    what: str,
    *,
    asked_by: str,
    reason: str,
    organisation: Organisation,
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> OptOut:
    """This name (with all below it) or netblock is not measured any more, by this organisation; if it is a CSIRT, by nobody here.

    Raises Refused: entry, asked_by, standing.
    """
    try:
        scope_of([what])
    except ValueError:
        raise Refused("entry", entry=what[:80]) from None
    if not asked_by.strip():
        raise Refused("asked_by")
    said: dict[str, Any] = {"asked_by": asked_by.strip()[:200], "reason": reason.strip()[:300], "since": on}
    with transaction.atomic():
        lock(organisation)
        row, made = OptOut.objects.get_or_create(
            organisation=organisation, what=what.strip().lower()[:253], defaults=said
        )
        if not made:
            if row.until is None or row.until > on:
                raise Refused("standing")
            row.asked_by, row.reason, row.since, row.until = said["asked_by"], said["reason"], on, None
            row.save()
        record(
            organisation, person=person, actor=actor, act="perimeter.left_alone", about="outside", at=at,
            detail={"target": row.what, "asked_by": row.asked_by, "reason": row.reason, **_told(row)},
        )  # fmt: skip
    return row


def measure_anew(row: OptOut, *, person: Person, on: date, at: datetime) -> OptOut:
    """From this day the name or netblock may be measured again, as far as consents go. Raises Refused (ended)."""
    with transaction.atomic():
        lock(row.organisation)
        fresh = OptOut.objects.select_for_update().get(pk=row.pk)
        if fresh.until is not None:
            raise Refused("ended")
        fresh.until = on
        fresh.save(update_fields=["until"])
        record(
            fresh.organisation, person=person, act="perimeter.left_alone_ended", about="outside", at=at,
            detail={"target": fresh.what, **_told(fresh)},
        )  # fmt: skip
    return fresh


def _told(*rows: Model) -> dict[str, object]:
    return {ROWS: marked(rows)}
