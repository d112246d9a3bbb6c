"""Mails of the year: a hand-out, a reminder."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dijkwacht.apps.ensia.models import Notice, NoticeKind, Year
from dijkwacht.apps.ensia.queries.askings import due_of
from dijkwacht.apps.ensia.queries.calendar import rule_named
from dijkwacht.apps.ensia.queries.lines import names_of
from dijkwacht.web.mailing import post, send_once
from dijkwacht.web.terms import text_of


def send(notice: Notice, *, at: datetime) -> bool:
    """Sends one mail; whether it went out by this call. Not in a transaction: a mail cannot be taken back."""
    return send_once(notice, lambda: _send(notice.pk), at=at)


def send_waiting(*, at: datetime, year: Year | None = None) -> int:
    """Sends every mail that nobody claimed yet; how many went out."""
    waiting = Notice.objects.filter(claimed_at__isnull=True).order_by("pk")
    return sum(send(notice, at=at) for notice in (waiting.filter(year=year) if year else waiting))


def _send(pk: int) -> None:
    notice = Notice.objects.select_related("person", "year__organisation").get(pk=pk)
    person, year = notice.person, notice.year
    with translation.override(person.language):
        names = names_of(notice.lines)
        rule = rule_named(notice.term)
        term = year.terms.filter(key=notice.term).first()
        context = {
            "person": person,
            "organisation": year.organisation,
            "year": year.year,
            "lines": [(names[line], address(year, line)) for line in notice.lines],
            "note": notice.note,
            "what": text_of(rule.what) if rule else "",
            "to_verify": bool(rule and rule.to_verify),
            "before": term.on if term else None,
            "due": due_of(notice),
        }
        kind = "handout" if notice.kind == NoticeKind.HANDOUT else "reminder"
        post(f"ensia/email/{kind}", context, to=person.email)


def address(year: Year, line: str) -> str:
    """Where the questions of a line are: a page that asks to sign in. It holds no secret, so it may be passed on."""
    path = reverse("ensia:line", args=(year.organisation.slug, year.year, line))
    return f"{settings.DIJKWACHT_URL}{path}"
