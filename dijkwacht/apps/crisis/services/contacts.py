"""Whom to reach without a network: added, changed, tried, taken out."""

from datetime import date, datetime
from typing import Any

from dijkwacht.apps.crisis.models import Circle, Contact
from dijkwacht.apps.crisis.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web.moments import day_of

FIELDS = ("circle", "rank", "function", "organisation_name", "phone", "phone_second", "radio", "remark")


def add_contact(organisation: Organisation, *, person: Person | None, at: datetime, **what: Any) -> Contact:
    """A function that can be reached. Raises Refused (empty, reach, circle)."""
    with doing(organisation, person=person, at=at) as deed:
        row = Contact(organisation=organisation, **_checked(what))
        row.save()
        deed.write("contact_added", about=f"crisis_contact:{row.pk}", rows=[row], name=row.function)
    return row


def change_contact(contact: Contact, *, person: Person | None, at: datetime, **what: Any) -> Contact:
    """How it is reached now. Another number was not tried yet. Raises Refused (gone, empty, reach, circle)."""
    with doing(contact.organisation, person=person, at=at) as deed:
        row = _now(contact)
        told = _checked(what)
        if any(getattr(row, key) != told[key] for key in ("phone", "phone_second", "radio")):
            row.checked_on = None
        for key, value in told.items():
            setattr(row, key, value)
        row.save()
        deed.write("contact_changed", about=f"crisis_contact:{row.pk}", rows=[row], name=row.function)
    return row


def check_contact(contact: Contact, *, person: Person | None, at: datetime, day: date | None = None) -> Contact:
    """Somebody tried the numbers and they are right. Raises Refused (gone, future)."""
    with doing(contact.organisation, person=person, at=at) as deed:
        row = _now(contact)
        row.checked_on = day or day_of(at)
        if row.checked_on > day_of(at):
            raise Refused("future", field="day")
        row.save(update_fields=["checked_on"])
        deed.write(
            "contact_checked", about=f"crisis_contact:{row.pk}", rows=[row], name=row.function, on=row.checked_on
        )
    return row


def end_contact(contact: Contact, *, person: Person | None, at: datetime) -> Contact:
    """Takes it off the list. Raises Refused (gone)."""
    with doing(contact.organisation, person=person, at=at) as deed:
        row = _now(contact)
        row.ended_on = day_of(at)
        row.save(update_fields=["ended_on"])
        deed.write("contact_ended", about=f"crisis_contact:{row.pk}", rows=[row], name=row.function)
    return row


def _now(contact: Contact) -> Contact:
    row = Contact.objects.filter(pk=contact.pk, ended_on__isnull=True).select_related("organisation").first()
    if row is None:
        raise Refused("gone")
    return row


def _checked(what: dict[str, Any]) -> dict[str, Any]:
    told = {key: what.get(key, 50 if key == "rank" else "") for key in FIELDS}
    told = {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in told.items()}
    if not told["function"]:
        raise Refused("empty", field="function")
    if not (told["phone"] or told["phone_second"] or told["radio"]):
        raise Refused("reach", field="phone")
    if told["circle"] not in Circle.values:
        raise Refused("circle", field="circle")
    return told
