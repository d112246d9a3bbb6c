"""Mails: about what changed, one per run and person, written when the run ends; and with a notice. Claimed before sent."""

from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException
from typing import cast

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.perimeter.models import Alert, EventKind, IssueEvent, Notice, Run, Subscription
from dijkwacht.apps.perimeter.words import title

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
    return sum(_claim_and_send(alert, at=at) for alert in list(waiting))


def _claim_and_send(alert: Alert, *, at: datetime) -> bool:
    if not Alert.objects.filter(pk=alert.pk, claimed_at__isnull=True).update(claimed_at=at):
        return False
    try:
        _send(Alert.objects.select_related("person", "run__organisation", "notice__organisation").get(pk=alert.pk))
    except (OSError, SMTPException) as error:
        Alert.objects.filter(pk=alert.pk).update(trouble=(str(error) or type(error).__name__)[:200])
        return False
    Alert.objects.filter(pk=alert.pk).update(sent_at=at)
    return True


def _changes(run: Run) -> QuerySet[IssueEvent]:
    return IssueEvent.objects.filter(run=run, kind__in=TOLD)


def _send(alert: Alert) -> None:
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
        subject = " ".join(render_to_string(f"perimeter/email/{kind}_subject.txt", context).split())
        body = render_to_string(f"perimeter/email/{kind}_message.txt", context).strip() + "\n"
    send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", body, settings.DEFAULT_FROM_EMAIL, [person.email])


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
