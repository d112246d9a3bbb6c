"""Sharing the register of suppliers with another organisation, as a share of the room people: for a period, with a TLP label, and
revoked at once. The other reads it where it is; nothing is copied."""

from datetime import date, datetime

from dijkwacht.apps.people import services
from dijkwacht.apps.people.models import Organisation, Person, Share, ShareKind
from dijkwacht.apps.people.queries import organisation_named
from dijkwacht.apps.suppliers.services.doing import Refused

WHAT = ShareKind.SUPPLIERS.value


def share(
    owner: Organisation, *, recipient: str, tlp: str, valid_from: date, person: Person | None, at: datetime,
    valid_to: date | None = None,
) -> Share:  # fmt: skip
    """Lets another organisation, by its name or short name, see our register of suppliers and what leans on it.

    Raises Refused: no_such_organisation (field recipient), period; and people's Refused when it runs already or is ourselves.
    """
    found = organisation_named(recipient.strip())
    if found is None:
        raise Refused("no_such_organisation", field="recipient", name=recipient.strip())
    if valid_to is not None and valid_to <= valid_from:
        raise Refused("period", field="valid_to")
    return services.share(
        owner, recipient=found, kind=ShareKind.SUPPLIERS, what=WHAT, tlp=tlp, valid_from=valid_from, valid_to=valid_to,
        by=person, at=at,
    )  # fmt: skip


def revoke(given: Share, *, person: Person | None, at: datetime) -> Share:
    """Ends it at once. Raises people's Refused when that was done before."""
    return services.revoke_share(given, by=person, at=at)
