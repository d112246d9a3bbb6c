"""What is refused, and the note of it in the trail where somebody asked for what he may not."""

from datetime import date, datetime
from typing import Any

from dijkwacht.apps.accountability.models import Statement
from dijkwacht.apps.ledger.services.act import acting
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.services import record
from dijkwacht.core.statement_changes import Difference


class Refusal(ValueError):
    """Something that cannot be done with a statement. ``code``:

    account (no such account in the packs of that day), subject (no such subject for this account), future (the reference
    date or what was known lies ahead), role (another ``role`` has the mandate), signed (a statement, ``number``, is in force
    for this day), changed (``differences``: since it was looked at), why (no reason given), ended (``number`` was withdrawn or
    replaced), other (``number`` is of another account or subject), key (the private key is not there), past (the key was
    not in use yet at that moment), stamp (no time stamp came), line (not in the statement), text (nothing said), term (a day that
    is past), closed (a remark that was), package (it does not hold any more), no_key (there is no such key), key_in_use (it did
    not end), key_lost (that is known already), lost_ahead (a moment that has not come).
    """

    def __init__(self, code: str, *, differences: tuple[Difference, ...] = (), **params: Any) -> None:
        told = ", ".join(f"{key} {value}" for key, value in params.items())
        super().__init__(f"{code}: {told}" if told else code)
        self.code, self.differences, self.params = code, differences, params


def note(
    organisation: Organisation, refused: Refusal, *, person: Person | None, actor: str, account: str, subject: str, on: date,
    at: datetime,
) -> None:  # fmt: skip
    """Writes in the trail that somebody was refused to sign; in a transaction of its own, since nothing else happens."""
    with acting(organisation, person=person, actor=actor, on=on, at=at):
        record(
            organisation, person=person, actor=actor, act=f"accountability.refused_{refused.code}",
            about=f"account:{account}", detail={"on": on, "subject": subject, **refused.params}, at=at,
        )  # fmt: skip


def note_withdrawal(
    row: Statement, refused: Refusal, *, person: Person | None, actor: str, on: date, at: datetime
) -> None:
    """The same for withdrawing: ``refused_withdrawal`` (another role has the mandate) or ``refused_again`` (it ended before)."""
    name = "withdrawal" if refused.code == "role" else "again"
    with acting(row.organisation, person=person, actor=actor, on=on, at=at):
        record(
            row.organisation, person=person, actor=actor, act=f"accountability.refused_{name}",
            about=f"statement:{row.id.hex}", detail={"account": row.account, **refused.params}, at=at,
        )  # fmt: skip
