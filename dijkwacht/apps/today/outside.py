"""What the outside asks of one person: what was given to him, what is new, what to confirm, to decide or to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.perimeter.models import Consent, Issue, Notice
from dijkwacht.apps.perimeter.queries.csirt import unread
from dijkwacht.apps.perimeter.queries.issues import open_issues
from dijkwacht.apps.perimeter.queries.names import proposals
from dijkwacht.apps.perimeter.services.consents import CONFIRM_FROM
from dijkwacht.apps.perimeter.words import title
from dijkwacht.core.access import Right
from dijkwacht.web.context import address

FIRST = 5  # that nobody has yet


@dataclass(frozen=True, slots=True)
class Mending:
    """Something to mend: which check on which name, before when, and where."""

    issue: Issue
    check: str
    url: str


@dataclass(frozen=True, slots=True)
class Outside:
    """The outside as this person meets it. ``new``: wrong, and nobody mends it; ``new_count``: all of those."""

    mine: Sequence[Mending] = ()
    new: Sequence[Mending] = ()
    new_count: int = 0
    consents: Sequence[Consent] = ()
    proposed: int = 0
    notices: Sequence[Notice] = field(default_factory=tuple)

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return bool(self.mine or self.new_count or self.consents or self.proposed or self.notices)


def outside(seat: Seat, *, on: date) -> Outside:
    """What it asks; of who decides over it (CISO) also what nobody has, of who may sign what waits for that."""
    rows = open_issues(seat.organisation)
    mine = sorted(rows.filter(assignee=seat.person), key=lambda each: (each.term or date.max, each.domain.name))
    decides = seat.may(Right.CONSENT)
    new, count = _new(rows) if decides else ([], 0)
    return Outside(
        mine=[_mending(each) for each in mine],
        new=[_mending(each) for each in new],
        new_count=count,
        consents=_to_confirm(seat, on=on) if seat.may(Right.SIGN) else (),
        proposed=proposals(seat.organisation).count() if decides else 0,
        notices=unread(seat.organisation) if seat.may(Right.WATCH) else (),
    )


def _new(rows: QuerySet[Issue]) -> tuple[list[Issue], int]:
    """The newest that nobody mends, and how many there are; counted only when they are many."""
    new = rows.filter(assignee__isnull=True, word="failed").order_by("-first_seen", "pk")
    first = list(new[: FIRST + 1])
    return first[:FIRST], len(first) if len(first) <= FIRST else new.count()


def _mending(issue: Issue) -> Mending:
    url = address("perimeter:issue", organisation=issue.organisation.slug, pk=str(issue.pk))
    return Mending(issue, title(issue.check_id), url)


def _to_confirm(seat: Seat, *, on: date) -> list[Consent]:
    """Consents that hold to their full level once this person confirms them; not what he gave himself."""
    runs = Q(until__isnull=True) | Q(until__gt=on)
    rows = Consent.objects.filter(
        runs,
        organisation=seat.organisation,
        level__gte=CONFIRM_FROM,
        confirmed_at__isnull=True,
        revoked_at__isnull=True,
    )
    return list(rows.exclude(given_by=seat.person).order_by("given_at", "pk"))
