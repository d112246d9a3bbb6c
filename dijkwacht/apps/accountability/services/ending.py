"""Laying an account before whoever signs, and withdrawing what was stated. A statement itself never changes."""

from datetime import date, datetime

from django.utils import timezone

from dijkwacht.apps.accountability.models import Draft, Statement, StatementState
from dijkwacht.apps.accountability.queries.composing import Asked, NoAccount, compose
from dijkwacht.apps.accountability.services.freezing import end, may_sign, signing_role
from dijkwacht.apps.accountability.services.refusing import Refusal, note
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.ledger.queries.pinned import pin_now
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
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
        Draft.objects.filter(
            organisation=organisation, account=account, subject=asked.subject, closed_at__isnull=True
        ).update(closed_at=at)
        draft = Draft.objects.create(
            organisation=organisation, account=account, subject=asked.subject, on=on, note=remark.strip(),
            prepared_by=person, prepared_at=at,
        )  # fmt: skip
        record(
            organisation, person=person, act="accountability.prepared", about=f"account:{account}",
            detail={"subject": asked.subject, "on": on, "draft": draft.pk}, at=at,
        )  # fmt: skip
    return draft


def withdraw(row: Statement, *, why: str, person: Person | None, at: datetime, actor: str = "") -> Statement:
    """Withdraws a statement, with the reason. Raises Refusal: why, ended, role (noted in the trail)."""
    organisation, today = row.organisation, timezone.localtime(at).date()
    if not why.strip():
        raise Refusal("why")
    account = packs_on(row.on).norms.accounts.get(row.account)
    if person is not None and (account is None or not may_sign(person, account, organisation, on=today)):
        refused = Refusal("role", role=signing_role(account) if account else "")
        note(
            organisation, refused, person=person, actor=actor, account=row.account, subject=row.subject, on=row.on, at=at
        )  # fmt: skip
        raise refused
    with acting(organisation, person=person, actor=actor, on=today, at=at) as act:
        row = Statement.objects.select_related("organisation").get(pk=row.pk)
        if row.state != StatementState.FROZEN:
            raise Refusal("ended", number=row.number)
        end(row, act, StatementState.WITHDRAWN, why.strip())
        record(
            organisation, person=person, actor=act.actor, act="accountability.withdrawn",
            about=f"statement:{row.id.hex}", detail={"number": row.number, "account": row.account, "why": row.ended_why},
            at=at,
        )  # fmt: skip
    return row
