"""Laying an account before whoever signs, and withdrawing what was stated. A statement itself never changes."""

from datetime import date, datetime

from django.utils import timezone

from dijkwacht.apps.accountability.marks import marked
from dijkwacht.apps.accountability.models import Draft, Statement, StatementState
from dijkwacht.apps.accountability.queries.composing import Asked, NoAccount, compose
from dijkwacht.apps.accountability.services.freezing import end, may_sign, signing_role
from dijkwacht.apps.accountability.services.refusing import Refusal, note_withdrawal
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.pinned import pin_now
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.marks import ROWS
from dijkwacht.apps.trail.services import record


def prepare(
    organisation: Organisation,
    *,
    account: str,
    on: date,
    person: Person,
    at: datetime,
    subject: str = "",
    remark: str = "",
) -> Draft:
    """Lays an account before whoever signs, with a note; one that lay there for the same subject is closed.

    Raises Refusal: account, subject, future.
    """
    today = timezone.localtime(at).date()
    if on > today:
        raise Refusal("future", on=on)
    asked = Asked(organisation, account, subject or organisation.slug, on, today)
    try:
        compose(asked, packs=packs_on(on), pin=pin_now(organisation))
    except NoAccount as error:
        raise Refusal(str(error), **{str(error): getattr(asked, str(error))}) from None
    with acting(organisation, person=person, on=today, at=at):
        standing = Draft.objects.filter(
            organisation=organisation, account=account, subject=asked.subject, closed_at__isnull=True
        )
        before = list(standing)
        standing.update(closed_at=at)
        draft = Draft.objects.create(
            organisation=organisation, account=account, subject=asked.subject, on=on, note=remark.strip(),
            prepared_by=person, prepared_at=at,
        )  # fmt: skip
        record(
            organisation, person=person, act="accountability.prepared", about=f"account:{account}",
            detail={"subject": asked.subject, "on": on, "draft": draft.pk, ROWS: marked([draft, *before])}, at=at,
        )  # fmt: skip
    return draft


def withdraw(row: Statement, *, why: str, person: Person | None, at: datetime, actor: str = "") -> Statement:
    """Withdraws a statement, with the reason. Raises Refusal: role, ended (both noted in the trail), why."""
    today = timezone.localtime(at).date()
    try:
        account = packs_on(row.on).norms.accounts.get(row.account)
        if person is not None and (account is None or not may_sign(person, account, row.organisation, on=today)):
            raise Refusal("role", role=signing_role(account) if account else "")
        return _withdrawn(row, why=why.strip(), person=person, actor=actor, on=today, at=at)
    except Refusal as refused:
        if refused.code in ("role", "ended"):
            note_withdrawal(row, refused, person=person, actor=actor, on=today, at=at)
        raise


def _withdrawn(row: Statement, *, why: str, person: Person | None, actor: str, on: date, at: datetime) -> Statement:
    organisation = row.organisation
    if not why:
        raise Refusal("why")
    with acting(organisation, person=person, actor=actor, on=on, at=at) as act:
        row = Statement.objects.select_related("organisation").get(pk=row.pk)
        if row.state != StatementState.FROZEN:
            raise Refusal("ended", number=row.number)
        end(row, act, StatementState.WITHDRAWN, why)
        record(
            organisation, person=person, actor=act.actor, act="accountability.withdrawn",
            about=f"statement:{row.id.hex}", detail={"number": row.number, "account": row.account, "why": row.ended_why},
            at=at,
        )  # fmt: skip
    return row
