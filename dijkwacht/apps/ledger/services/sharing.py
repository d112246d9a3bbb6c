"""Keeping heirs right: what changes here can change verdicts of organisations with which it is shared.

Another organisation is never judged inside this one's transaction: two that share with each other could then wait for
each other for ever. What it must judge is put in a queue in the same transaction, and worked off right after it, each
organisation by itself. What is left when the process dies, ``tick`` takes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dijkwacht.apps.ledger.models import Due, Inheritance, Subject
from dijkwacht.apps.ledger.services import due
from dijkwacht.apps.people.models import Organisation, Person, Share, ShareKind
from dijkwacht.apps.trail.models import Entry
from dijkwacht.apps.trail.services import record
from dijkwacht.core.access import covers

AT_ONCE = 5  # heirs judged right after the act; more are left to tick
SHARING = {"people.shared", "people.share_revoked"}


def queue_heirs(
    organisation: Organisation, questions: Sequence[tuple[Subject, str]], *, on: date, at: datetime
) -> None:
    """Puts the lines of other organisations that rest on these facts in the queue."""
    by_source: dict[int, set[str]] = {}
    for subject, fact_type in questions:
        by_source.setdefault(subject.pk, set()).add(fact_type)
    heirs = Inheritance.objects.filter(source__in=by_source, superseded_at__isnull=True)
    found = list(heirs.select_related("subject", "source"))
    if not found:
        return
    shares = _running(organisation)
    lines = (
        (heir.subject.organisation_id, fact_type)
        for heir in found
        for fact_type in sorted(by_source[heir.source_id])
        for share in shares
        if share.recipient_id == heir.subject.organisation_id
        and covers(share.what, subject=heir.source.key, fact_type=fact_type)
    )
    queue(lines, on=on, at=at)


def queue(lines: Iterable[tuple[int, str]], *, on: date, at: datetime) -> None:
    """Queues (organisation, fact type; empty: everything); they are judged after the transaction, as far as few."""
    wanted = dict.fromkeys(lines)
    Due.objects.bulk_create([Due(organisation_id=pk, fact_type=fact_type) for pk, fact_type in wanted])
    organisations = dict.fromkeys(pk for pk, _ in wanted)
    for pk in list(organisations)[:AT_ONCE]:
        transaction.on_commit(partial(_work_off, pk, on, at), robust=True)


def record_and_queue(
    organisation: Organisation,
    *,
    person: Person | None,
    actor: str = "",
    act: str,
    about: str,
    detail: Mapping[str, Any],
    at: datetime,
) -> Entry:
    """The pen of the people room: writes its act in the trail, and queues the recipient when a share came or went."""
    entry = record(organisation, person=person, actor=actor, act=act, about=about, detail=detail, at=at)
    if act in SHARING and detail.get("kind") == ShareKind.FACT:
        recipient = Organisation.objects.get(slug=about.removeprefix("organisation:"))
        on = timezone.localtime(at).date()
        if _reaches(recipient, organisation, str(detail["what"]), on=on):
            queue([(recipient.pk, "")], on=on, at=at)
    return entry


def _reaches(recipient: Organisation, owner: Organisation, what: str, *, on: date) -> bool:
    """Whether a share is about a subject from which something of the recipient inherits: what it no longer does was judged."""
    subject = what.partition("|")[0]
    ended = Q(superseded_at__isnull=False, superseded_at__lte=on)
    links = Inheritance.objects.filter(~ended, subject__organisation=recipient, source__organisation=owner)
    return (links if subject == "*" else links.filter(source__key=subject)).exists()


def _running(organisation: Organisation) -> list[Share]:
    return list(Share.objects.filter(owner=organisation, kind=ShareKind.FACT, revoked_at__isnull=True))


def _work_off(organisation: int, on: date, at: datetime) -> None:
    due.settle(Organisation.objects.get(pk=organisation), on=on, at=at)
