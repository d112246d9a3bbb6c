"""Who must be called about what, and which mails did not go out."""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from dijkwacht.apps.advisories.models import SETTLED, Call, Mail
from dijkwacht.apps.advisories.queries.serving import served_by
from dijkwacht.apps.advisories.queries.visible import warnings_by
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.web.moments import day_of

BACK = timedelta(days=14)
LEFT_OUT = "nothing left to tell"
"""The trouble of a mail that was not sent because all that it was about was over."""


def calls_of(desk: Organisation, person: Person) -> QuerySet[Call]:
    """All calls about warnings of a desk, done and to do."""
    rows = Call.objects.filter(warning__in=warnings_by(desk, person).order_by().values("pk"))
    return rows.select_related("warning__organisation", "warning__advisory", "contact", "by")


def to_make(desk: Organisation, person: Person) -> QuerySet[Call]:
    """The calls to make now, the most pressing first; not where somebody took note since, or where it is over.

    Told again, a call of the telling before does not come back: nobody was reminded of this one yet.
    """
    rows = calls_of(desk, person).filter(at__isnull=True, warning__seen_at__isnull=True)
    rows = rows.filter(due_at__gte=F("warning__todo_at"))
    return rows.exclude(warning__state__in=SETTLED).order_by("-warning__level", "due_at", "pk")


def not_sent(desk: Organisation, *, at: datetime) -> QuerySet[Mail]:
    """Mails of the past two weeks to those that a desk serves, which the mail server refused."""
    rows = Mail.objects.filter(
        organisation__in=served_by(desk, on=day_of(at)), made_at__gt=at - BACK, sent_at__isnull=True
    )
    return rows.exclude(trouble__in=("", LEFT_OUT)).select_related("organisation", "contact").order_by("-made_at")
