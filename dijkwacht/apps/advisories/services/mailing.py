"""Mails to the contacts of organisations: made when they are sent, claimed first, so that two machines never send one twice."""

from datetime import datetime
from functools import partial

from django.utils import translation

from dijkwacht.apps.advisories.models import Contact, Mail
from dijkwacht.apps.advisories.queries.phone import LEFT_OUT
from dijkwacht.apps.advisories.services.letters import letter
from dijkwacht.web.mailing import post, send_once

DUTCH = "nl"


def send_waiting(*, at: datetime) -> int:
    """Sends every mail that nobody claimed yet; how many went out. Not in a transaction: a mail cannot be taken back."""
    rows = Mail.objects.filter(claimed_at__isnull=True).select_related("organisation", "contact__person").order_by("pk")
    return sum(_send(row, at=at) for row in rows)


def language_of(contact: Contact) -> str:
    """The language of who has an account; Dutch for the others."""
    return contact.person.language if contact.person is not None and contact.person.is_active else DUTCH


def _send(row: Mail, *, at: datetime) -> bool:
    with translation.override(language_of(row.contact)):
        told = letter(row, at=at)
        if told is None:
            Mail.objects.filter(pk=row.pk, claimed_at__isnull=True).update(claimed_at=at, trouble=LEFT_OUT)
            return False
        return send_once(row, partial(post, told.template, told.context, to=told.to), at=at)
