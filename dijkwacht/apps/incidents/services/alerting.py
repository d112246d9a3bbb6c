"""Mails about terms: claimed before they are sent, so that two machines never send one twice."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.incidents.models import Alert
from dijkwacht.apps.incidents.term_words import rule_name
from dijkwacht.web.mailing import post, send_once


def send_waiting(*, at: datetime) -> int:
    """Sends every mail that nobody claimed yet; how many went out. Not in a transaction: a mail cannot be taken back."""
    waiting = Alert.objects.filter(claimed_at__isnull=True).order_by("pk")
    return sum(send_once(alert, partial(_send, alert.pk, at), at=at) for alert in list(waiting))


def _send(pk: int, at: datetime) -> None:
    alert = Alert.objects.select_related("person", "clock__incident__organisation", "clock__organisation").get(pk=pk)
    clock, person = alert.clock, alert.person
    with translation.override(person.language):
        organisation, incident = clock.organisation, clock.incident
        path = (
            reverse("incidents:incident", args=(organisation.slug, incident.pk))
            if incident is not None
            else reverse("incidents:registration", args=(organisation.slug,))
        )
        # A restricted incident is not named in a mail; the number is enough for who may see it.
        title = "" if incident is None or incident.restricted else incident.title
        context = {
            "person": person, "organisation": organisation, "incident": incident, "title": title, "clock": clock,
            "rule": rule_name(clock.rule), "mark": alert.mark, "late": alert.mark == "overdue", "at": at,
            "url": f"{settings.DIJKWACHT_URL}{path}",
        }  # fmt: skip
        post("incidents/email/term", context, to=person.email)
