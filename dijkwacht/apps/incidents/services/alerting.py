"""Mails about terms and new incidents: claimed before they are sent, so that two machines never send one twice.

Of a restricted incident a mail says the number and no more; that is enough for who may see it.
"""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.incidents.models import Alert, Incident, Telling
from dijkwacht.apps.incidents.services.doing import about, doing
from dijkwacht.apps.incidents.term_words import rule_name
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web.mailing import post, send_once


def send_waiting(*, at: datetime) -> int:
    """Sends every mail that nobody claimed yet; how many went out. Not in a transaction: a mail cannot be taken back."""
    told = list(Telling.objects.filter(claimed_at__isnull=True).order_by("pk"))
    warned = list(Alert.objects.filter(claimed_at__isnull=True).order_by("pk"))
    return sum(send_once(row, partial(_tell, row.pk), at=at) for row in told) + sum(
        send_once(row, partial(_warn, row.pk, at), at=at) for row in warned
    )


def _tell(pk: int) -> None:
    row = Telling.objects.select_related("person", "incident__organisation", "incident__told_by").get(pk=pk)
    incident, person = row.incident, row.person
    with translation.override(person.language):
        context = {
            "person": person, "organisation": incident.organisation, "incident": incident, "title": _title(incident),
            "privacy": row.role == "privacy", "url": _address(incident.organisation, incident),
        }  # fmt: skip
        post("incidents/email/told", context, to=person.email)


def _warn(pk: int, at: datetime) -> None:
    alert = Alert.objects.select_related("person", "clock__incident__organisation", "clock__organisation").get(pk=pk)
    clock, person = alert.clock, alert.person
    with translation.override(person.language):
        context = {
            "person": person, "organisation": clock.organisation, "incident": clock.incident,
            "title": _title(clock.incident), "clock": clock, "rule": rule_name(clock.rule), "mark": alert.mark,
            "late": alert.mark == "overdue", "at": at, "url": _address(clock.organisation, clock.incident),
        }  # fmt: skip
        post("incidents/email/term", context, to=person.email)


def _title(incident: Incident | None) -> str:
    return "" if incident is None or incident.restricted else incident.title


def _address(organisation: Organisation, incident: Incident | None) -> str:
    """Where to look: the incident, or what the register of entities was told."""
    if incident is None:
        return f"{settings.DIJKWACHT_URL}{reverse('incidents:registration', args=(organisation.slug,))}"
    return f"{settings.DIJKWACHT_URL}{reverse('incidents:incident', args=(organisation.slug, incident.pk))}"


def see(incident: Incident, *, person: Person, at: datetime) -> int:
    """Somebody who was mailed about an incident says to have seen it; how many mails that were not seen yet."""
    with doing(incident.organisation, person=person, at=at) as deed:
        told = Telling.objects.filter(incident=incident, person=person, seen_at__isnull=True)
        warned = Alert.objects.filter(clock__incident=incident, person=person, seen_at__isnull=True)
        rows: list[Telling | Alert] = [*told, *warned]
        if rows:
            told.update(seen_at=at)
            Alert.objects.filter(pk__in=[row.pk for row in rows if isinstance(row, Alert)]).update(seen_at=at)
            deed.write("warning_seen", about=about(incident), rows=rows, name=incident.name)
    return len(rows)


def see_registration(organisation: Organisation, *, person: Person, at: datetime) -> int:
    """Somebody who was mailed about the term of the registration says to have seen it; how many mails that were not seen."""
    with doing(organisation, person=person, at=at) as deed:
        mine = Alert.objects.filter(clock__organisation=organisation, clock__incident__isnull=True, person=person)
        rows = list(mine.filter(seen_at__isnull=True))
        if rows:
            Alert.objects.filter(pk__in=[row.pk for row in rows]).update(seen_at=at)
            deed.write("registration_seen", about="registration", rows=rows)
    return len(rows)
