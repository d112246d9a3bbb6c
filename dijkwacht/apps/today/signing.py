"""What waits for somebody's signature."""

from dataclasses import dataclass
from urllib.parse import urlencode

from dijkwacht.apps.accountability.models import Draft
from dijkwacht.apps.accountability.queries.statements import drafts
from dijkwacht.apps.accountability.services.freezing import may_sign
from dijkwacht.apps.people.access import Seat
from dijkwacht.core.catalog import Norms
from dijkwacht.web import clock
from dijkwacht.web.context import address
from dijkwacht.web.terms import text_of


@dataclass(frozen=True, slots=True)
class ToSign:
    """A statement that was laid before whoever signs. ``url``: where to read and sign it."""

    draft: Draft
    name: str
    url: str


def to_sign(seat: Seat, norms: Norms) -> list[ToSign]:
    """Statements that this person has the mandate to sign, and that wait for it."""
    organisation, found = seat.organisation, []
    for row in drafts(organisation):
        account = norms.accounts.get(row.account)
        if account is None or not may_sign(seat.person, account, organisation, on=clock.real_today()):
            continue
        part = {} if row.subject == organisation.slug else {"onderwerp": row.subject}
        here = address("accountability:sign", organisation=organisation.slug, account=row.account)
        url = f"{here}?{urlencode({'op': row.on.isoformat(), **part})}"
        found.append(ToSign(row, text_of(account.name), url))
    return found
