"""What a CSIRT tells an organisation of its names: a notice in the trail of both, and a mail to who keeps the outside there."""

from datetime import datetime

from django.db import transaction

from dijkwacht.apps.ledger.services.act import lock
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.people.queries import in_period, roles_with
from dijkwacht.apps.perimeter.marks import marked
from dijkwacht.apps.perimeter.models import Alert, Issue, IssueState, Notice
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record
from dijkwacht.core.access import Right

TOLD_BY = Right.CONSENT
"""The right of who hears of it: whoever decides over measuring the outside, which is the CISO."""


def tell(issue: Issue, *, text: str, person: Person, at: datetime) -> Notice:
    """Tells the organisation whose name it is. Raises Refused: ours (nobody to tell), fixed, told (it stands there unread)."""
    whose = issue.domain.about
    if whose is None:
        raise Refused("ours")
    with transaction.atomic():
        for each in sorted(
            (issue.organisation, whose), key=lambda each: each.pk
        ):  # always in this order: no ring of waiting
            lock(each)
        fresh = Issue.objects.select_related("domain", "organisation").get(pk=issue.pk)
        if fresh.state == IssueState.FIXED:
            raise Refused("fixed")
        if Notice.objects.filter(issue=fresh, noted_at__isnull=True).exists():
            raise Refused("told")
        notice = Notice.objects.create(
            organisation=whose, sender=fresh.organisation, issue=fresh, name=fresh.domain.name, area=fresh.area,
            check_id=fresh.check_id, word=fresh.word, seen_at=fresh.last_seen, text=text.strip()[:4000], at=at,
            sent_by=person,
        )  # fmt: skip
        _mails(notice, at=at)
        _record(notice, whose, person=person, at=at)
    return notice


def take_note(notice: Notice, *, person: Person, at: datetime) -> Notice:
    """Somebody at the organisation took note of it. Twice is once."""
    with transaction.atomic():
        lock(notice.organisation)
        fresh = Notice.objects.select_for_update().get(pk=notice.pk)
        if fresh.noted_at is None:
            fresh.noted_at, fresh.noted_by = at, person
            fresh.save(update_fields=["noted_at", "noted_by"])
            told = {"target": fresh.name, "check": fresh.check_id, ROWS: marked([fresh])}
            record(fresh.organisation, person=person, act="perimeter.notice_noted", about="outside", at=at, detail=told)
    return fresh


def _mails(notice: Notice, *, at: datetime) -> None:
    held = Role.objects.filter(
        in_period(at.date()), organisation=notice.organisation, role__in=roles_with(TOLD_BY), person__is_active=True
    )
    hear = held.order_by("person").values_list("person", flat=True).distinct()
    Alert.objects.bulk_create(Alert(notice=notice, person_id=each, made_at=at) for each in hear)


def _record(notice: Notice, whose: Organisation, *, person: Person, at: datetime) -> None:
    told = {"target": notice.name, "check": notice.check_id}
    record(
        notice.sender, person=person, act="perimeter.notice_sent", about="outside", at=at,
        detail={**told, "to": whose.name, ROWS: marked([])},
    )  # fmt: skip
    record(
        whose, person=None, actor=notice.sender.name, act="perimeter.notice_received", about="outside", at=at,
        detail={**told, "text": notice.text, ROWS: marked([notice])},
    )  # fmt: skip
