"""Statements of an organisation, a draft with its lines, and what differs: with last year, and with the facts as they are now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dijkwacht.adapters.checking import opened as taken_apart
from dijkwacht.apps.accountability import storage
from dijkwacht.apps.accountability.models import Draft, Statement, StatementState
from dijkwacht.apps.accountability.queries.composing import Asked, NoAccount, compose
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.pinned import pin_now
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core import statement as core
from dijkwacht.core import statement_form as form
from dijkwacht.core.catalog import Account
from dijkwacht.core.statement import StatementLine
from dijkwacht.core.statement_changes import Difference, differences

__all__ = [
    "Live",
    "NoAccount",
    "drafts",
    "earlier",
    "live",
    "one",
    "opened",
    "package",
    "statements",
    "would_differ",
]


@dataclass(frozen=True, slots=True)
class Live:
    """An account as it would be frozen now. ``token``: give it back as ``seen`` when it is signed.

    ``before``: the last statement of the same account before this day, and ``changes`` the lines that differ from it;
    ``standing``: the one in force for this very day, which must be replaced before another can be signed.
    """

    account: Account
    subject: str
    on: date
    lines: tuple[StatementLine, ...]
    token: str
    before: Statement | None
    changes: tuple[Difference, ...]
    standing: Statement | None


def statements(organisation: Organisation, *, account: str = "", subject: str = "") -> QuerySet[Statement]:
    """All statements, the latest first; of one account or subject if given."""
    rows = Statement.objects.filter(organisation=organisation)
    rows = rows.filter(account=account) if account else rows
    rows = rows.filter(subject=subject) if subject else rows
    return rows.select_related("organisation", "signer", "ended_by", "replaces").order_by("-number")


def one(organisation: Organisation, number: int) -> Statement | None:
    """The statement with that number; None when there is none."""
    return statements(organisation).filter(number=number).first()


def drafts(organisation: Organisation) -> QuerySet[Draft]:
    """What was laid before whoever signs, and is not signed yet."""
    rows = Draft.objects.filter(organisation=organisation, closed_at__isnull=True)
    return rows.select_related("prepared_by")


def package(row: Statement) -> bytes:
    """The bytes of a package, held against their hash. Raises storage.StorageError."""
    return storage.package_of(row.package)


def opened(row: Statement) -> core.Statement:
    """A statement with its lines, as it was frozen. Raises storage.StorageError."""
    return taken_apart(package(row)).statement


def live(organisation: Organisation, *, account: str, on: date, known_at: date, subject: str = "") -> Live:
    """The account as it would be frozen now. Raises NoAccount."""
    asked = Asked(organisation, account, subject or organisation.slug, on, known_at)
    pin = pin_now(organisation)
    composed = compose(asked, packs=packs_on(on), pin=pin)
    before = earlier(asked)
    changes = differences(opened(before).lines, composed.lines) if before else ()
    rows = statements(organisation, account=account, subject=asked.subject)
    standing = rows.filter(on=on, state=StatementState.FROZEN).first()
    token = f"{pin.seq}-{form.token(composed.lines)}"
    return Live(composed.account, asked.subject, on, composed.lines, token, before, changes, standing)


def earlier(asked: Asked) -> Statement | None:
    """The last statement of the same account and subject for an earlier day that still stands: last year's."""
    rows = Statement.objects.filter(
        organisation=asked.organisation, account=asked.account, subject=asked.subject, on__lt=asked.on,
        state=StatementState.FROZEN,
    )  # fmt: skip
    return rows.order_by("-on", "-number").first()


def would_differ(row: Statement, *, on: date, known_at: date) -> tuple[Difference, ...]:
    """What would be different if the same account were frozen on that day, with what is known then."""
    asked = Asked(row.organisation, row.account, row.subject, on, known_at)
    now = compose(asked, packs=packs_on(on), pin=pin_now(row.organisation))
    return differences(opened(row).lines, now.lines)
