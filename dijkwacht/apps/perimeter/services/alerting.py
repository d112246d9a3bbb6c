"""Mails: about what changed, one per run and person, written when the run ends; and with a notice. Claimed before sent."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import cast

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.perimeter.models import Alert, EventKind, IssueEvent, Notice, Run, Subscription
from dijkwacht.apps.perimeter.words import title
from dijkwacht.web.mailing import post, send_once

TOLD = (EventKind.FOUND, EventKind.REGRESSED, EventKind.WORSENED, EventKind.FIXED)


def write_alerts(run: Run, *, at: datetime) -> int:
    """A mail for each subscriber that still has a role here, when this run changed an issue. Returns how many were written."""
    if not _changes(run).exists():
        return 0
    here = persons_in(run.organisation, on=at.date()).values("pk")
    wanted = Subscription.objects.filter(organisation=run.organisation, until__isnull=True, person__in=here)
    made = [Alert(run=run, person_id=pk, made_at=at) for pk in wanted.values_list("person_id", flat=True)]
    Alert.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def send_waiting(*, at: datetime) -> int:
    """Sends every mail that nobody claimed yet; how many went out. Not in a transaction: a mail cannot be taken back."""
    waiting = Alert.objects.filter(claimed_at__isnull=True).order_by("pk")
    return sum(send_once(alert, partial(_send, alert.pk), at=at) for alert in list(waiting))


def _changes(run: Run) -> QuerySet[IssueEvent]:
    return IssueEvent.objects.filter(run=run, kind__in=TOLD)


def _send(pk: int) -> None:
    alert = Alert.objects.select_related("person", "run__organisation", "notice__organisation").get(pk=pk)
    person = alert.person
    with translation.override(person.language):
        if alert.notice is not None:
            kind, organisation, told = "notice", alert.notice.organisation, _of_notice(alert.notice)
        else:
            run = cast(Run, alert.run)  # one of the two, as the table holds
            kind, organisation, told = "changed", run.organisation, _of_run(run)
        path = reverse("perimeter:home", args=(organisation.slug,))
        context = {
            "person": person, "organisation": organisation, "url": f"{settings.DIJKWACHT_URL}{path}", **told,
        }  # fmt: skip
        post(f"perimeter/email/{kind}", context, to=person.email)


def _of_run(run: Run) -> dict[str, object]:
    events = list(_changes(run).select_related("issue__domain").order_by("issue__domain__name", "pk"))
    worse = _lines([each for each in events if each.kind != EventKind.FIXED])
    return {"worse": worse, "mended": _lines([each for each in events if each.kind == EventKind.FIXED])}


def _of_notice(notice: Notice) -> dict[str, object]:
    return {"notice": notice, "check": title(notice.check_id), "sender": notice.sender}


def _lines(events: Sequence[IssueEvent]) -> list[dict[str, str]]:
    return [
        {
            "name": each.issue.domain.name,
            "check": title(each.issue.check_id),
            "what": str(each.get_kind_display()),
        }
        for each in events
    ]
