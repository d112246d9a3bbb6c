"""What waits, and what went wrong with mails: counts over all organisations, for who runs the site. No names, no contents."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from dijkwacht.apps.advisories.models import Advisory, Document, Mail
from dijkwacht.apps.advisories.models.documents import Decision, DocumentState
from dijkwacht.apps.ensia.models import Notice
from dijkwacht.apps.incidents.models import Alert as TermAlert
from dijkwacht.apps.incidents.models import Telling
from dijkwacht.apps.ledger.models import Due
from dijkwacht.apps.order.models import TermMail
from dijkwacht.apps.perimeter.models import Alert, Domain, Job, Lease
from dijkwacht.apps.perimeter.models.names import DomainState
from dijkwacht.apps.perimeter.models.runs import JobState
from dijkwacht.apps.suppliers.models import Invitation

MAILS = (Alert, Mail, Notice, TermAlert, Telling, TermMail, Invitation)
"""Every table of mails that is claimed, then sent. `tests/cli/test_doctor.py` holds that none is forgotten."""
LATELY = timedelta(days=7)
STUCK = timedelta(hours=1)


def lengths(*, at: datetime) -> dict[str, int]:
    """How many of each wait; mails that failed count for a week."""
    jobs = Job.objects.all()
    return {
        "perimeter_due": Domain.objects.filter(state=DomainState.WATCHED, due__lte=at).count(),
        "perimeter_waiting": jobs.filter(state=JobState.WAITING).count(),
        "perimeter_claimed": jobs.filter(state=JobState.CLAIMED).count(),
        "perimeter_lease_expired": jobs.filter(state=JobState.CLAIMED, lease_until__lt=at).count(),
        "perimeter_leases": Lease.objects.filter(until__gt=at).count(),
        "judgements_due": Due.objects.count(),
        "advisories_to_read": Advisory.objects.filter(decision=Decision.OPEN, withdrawn=False).count(),
        "documents_aside": Document.objects.filter(state=DocumentState.ASIDE, settled_at=None).count(),
        "mails_waiting": sum(_rows(each).filter(claimed_at=None).count() for each in MAILS),
        "mails_failed": sum(_failed(each, at).count() for each in MAILS),
    }


def oldest_due(*, at: datetime) -> datetime | None:
    """Since when the name that waits longest should have been measured."""
    return (
        Domain.objects.filter(state=DomainState.WATCHED, due__lte=at)
        .order_by("due")
        .values_list("due", flat=True)
        .first()
    )


def _rows(model: type) -> QuerySet:  # type: ignore[type-arg]
    found: QuerySet = model._default_manager.all()  # type: ignore[attr-defined, type-arg]
    return found


def _failed(model: type, at: datetime) -> QuerySet:  # type: ignore[type-arg]
    """Refused by the mail server, or claimed by a process that died before it was sent."""
    lately = _rows(model).filter(claimed_at__gt=at - LATELY, sent_at=None)
    return lately.filter(~Q(trouble="") | Q(claimed_at__lt=at - STUCK))
