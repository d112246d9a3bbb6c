"""The phone list: what somebody of the desk records of a call."""

from datetime import datetime

from django.db.models import Model

from dijkwacht.apps.advisories.models import Call, Contact
from dijkwacht.apps.advisories.queries.contacts import contacts_of
from dijkwacht.apps.advisories.services.acknowledging import took_note
from dijkwacht.apps.advisories.services.doing import Refused, doing
from dijkwacht.apps.people.models import Person
from dijkwacht.web.moments import day_of

SEEN, AGAIN, DROP = "seen", "again", "drop"
OUTCOMES = (SEEN, AGAIN, DROP)


def record_call(
    call: Call, *, outcome: str, said: str, contact: Contact | None = None, person: Person, at: datetime
) -> Call:
    """Writes who was called and what was said. ``seen``: they took note, and the reminders stop; ``again``: it stays on the list;
    ``drop``: nobody calls any more. Raises Refused (outcome, empty, long, stranger, called)."""
    told = said.strip()
    if outcome not in OUTCOMES:
        raise Refused("outcome", field="outcome")
    if not told:
        raise Refused("empty", field="said")
    if len(told) > 300:
        raise Refused("long", field="said", most=300)
    organisation = call.warning.organisation
    if contact is not None and contact not in contacts_of(organisation, on=day_of(at)):
        raise Refused("stranger", field="contact")
    with doing(organisation, person=person, at=at) as deed:
        row = Call.objects.select_for_update(of=("self",)).select_related("warning").get(pk=call.pk)
        if row.at is not None:
            raise Refused("called")
        row.at, row.by, row.contact, row.outcome = at, person, contact, told
        row.save()
        rows: list[Model] = [row]
        if outcome == SEEN:
            rows += [each for each in [took_note(deed, row.warning_id, contact)] if each is not None]
        elif outcome == AGAIN:
            rows.append(Call.objects.create(warning=row.warning, reason=row.reason, due_at=at))
        deed.write(
            "called", about=f"warning:{row.warning_id}", rows=rows, name=row.warning.number, said=told, outcome=outcome
        )
    return row
