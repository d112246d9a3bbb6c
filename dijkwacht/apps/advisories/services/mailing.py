"""Mails to the contacts of organisations: made when they are sent, claimed first, so that two machines never send one twice."""

from datetime import datetime
from functools import partial

from django.utils import translation

from dijkwacht.apps.advisories.models import Contact, Mail
from dijkwacht.apps.advisories.queries.phone import LEFT_OUT
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.letters import letter
from dijkwacht.web.mailing import post, send_once

DUTCH = "nl"
NOT_WRITTEN = "could not be written; see the log"
"""The trouble of a mail in which something of ours went wrong."""


def send_waiting(*, at: datetime, faults: Faults | None = None) -> int:
    """Sends every mail that nobody claimed yet; how many went out. Not in a transaction: a mail cannot be taken back.

    One that cannot be written keeps its trouble, and unless it was claimed already the next round tries it again.
    """
    faults = faults or Faults()
    rows = Mail.objects.filter(claimed_at__isnull=True).select_related("organisation", "contact__person").order_by("pk")
    return sum(_guarded(row, faults, at=at) for row in rows)


def _guarded(row: Mail, faults: Faults, *, at: datetime) -> bool:
    sent = faults.guarded(f"mail {row.pk}", partial(_send, row, at=at))
    if sent is None:
        Mail.objects.filter(pk=row.pk, sent_at__isnull=True).update(trouble=NOT_WRITTEN)
    elif sent and row.trouble:
        Mail.objects.filter(pk=row.pk).update(trouble="")
    return bool(sent)


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
