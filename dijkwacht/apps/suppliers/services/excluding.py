"""Orders of the minister to keep a supplier out (Cbw 21a): recorded as received, and per service what replaces it."""

from datetime import date, datetime

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Order, Replacement, Service
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import LONGEST_NOTE, here, now, own, put, text
from dijkwacht.core.suppliers.identity import chamber_number
from dijkwacht.web.moments import day_of


def record(
    organisation: Organisation, *, name: str, reference: str, given_on: date, person: Person | None, at: datetime,
    kvk: str = "", parts: str = "", until: date | None = None,
) -> Order:  # fmt: skip
    """An order as it was received. ``until``: the first day on which it must be gone, None when the order sets no term.

    Raises Refused: empty, too_long, odd, not_a_kvk, future, period, order_twice.
    """
    told = {
        "name": text(" ".join(name.split()), "name", 200, needed=True),
        "reference": text(" ".join(reference.split()), "reference", 200, needed=True),
        "parts": text(parts, "parts", LONGEST_NOTE), "kvk": _number(kvk),
    }  # fmt: skip
    if given_on > day_of(at):
        raise Refused("future", field="given_on")
    if until is not None and until <= given_on:
        raise Refused("period", field="until")
    with doing(organisation, person=person, at=at) as deed:
        known = Order.objects.filter(organisation=organisation, reference=told["reference"], ended_on__isnull=True)
        if known.filter(name=told["name"]).exists():
            raise Refused("order_twice", field="reference")
        row = Order.objects.create(
            organisation=organisation, given_on=given_on, until=until, added_by=person, added_at=at, **told
        )
        deed.write("order_recorded", about=f"order:{row.pk}", rows=[row], name=row.name, reference=row.reference)
    return row


def end(order: Order, *, person: Person | None, at: datetime) -> Order:
    """The order does not hold any more: withdrawn, or carried out and closed. Raises Refused (gone)."""
    with doing(order.organisation, person=person, at=at) as deed:
        row = now(order)
        row.ended_on = day_of(at)
        row.save(update_fields=["ended_on"])
        deed.write("order_ended", about=f"order:{row.pk}", rows=[row], name=row.name, reference=row.reference)
    return row


def replace(
    order: Order, *, service: Service, by_what: str, person: Person | None, at: datetime, owner: Person | None = None,
    due: date | None = None,
) -> Replacement:  # fmt: skip
    """By what a service is replaced under an order, who sees to it, before which day; again: as it is now.

    Raises Refused: empty, too_long, odd, order_nobody (no role here), order_late (after the term), another, gone.
    """
    told = {"by_what": text(by_what, "by_what", LONGEST_NOTE, needed=True), "owner": owner, "due": due}
    with doing(order.organisation, person=person, at=at) as deed:
        here(deed, told, code="order_nobody")
        held, row = now(order), now(own(service, order.organisation, "service"))
        if due is not None and held.until is not None and due > held.until:
            raise Refused("order_late", field="due")
        plan, made = Replacement.objects.get_or_create(order=held, service=row, defaults=told)
        changed = [] if made else put(plan, told)
        if made or changed:
            deed.write("replacement_planned", about=f"order:{held.pk}", rows=[plan], name=held.name, service=row.name)
    return plan


def replaced(order: Order, *, service: Service, person: Person | None, at: datetime) -> Replacement:
    """The supplier is out of this service from today. Raises Refused: another, gone, order_not_planned, order_done."""
    with doing(order.organisation, person=person, at=at) as deed:
        held = now(order)
        plan = Replacement.objects.filter(order=held, service=own(service, order.organisation, "service")).first()
        if plan is None:
            raise Refused("order_not_planned")
        if plan.done_on is not None:
            raise Refused("order_done")
        put(plan, {"done_on": day_of(at)})
        deed.write("replacement_done", about=f"order:{held.pk}", rows=[plan], name=held.name, service=service.name)
    return plan


def _number(kvk: str) -> str:
    try:
        return chamber_number(kvk) if kvk.strip() else ""
    except ValueError:
        raise Refused("not_a_kvk", field="kvk") from None
