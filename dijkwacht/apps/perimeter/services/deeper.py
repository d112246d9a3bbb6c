"""A deeper look, asked for by a person: ports, and names below by a list of words. Only where consent goes that far."""

from collections.abc import Sequence
from datetime import date, datetime

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.perimeter.models import Domain, Run
from dijkwacht.apps.perimeter.queries.deeper import may
from dijkwacht.apps.perimeter.services.names import Refused
from dijkwacht.apps.perimeter.services.runs import ask


def look(
    organisation: Organisation,
    *,
    domains: Sequence[Domain],
    person: Person | None,
    on: date,
    at: datetime,
    actor: str = "",
) -> Run:
    """A deeper run over those of these names for which consent reaches that far. Raises Refused: none, no_consent, waiting.

    This is for people, who should see at once what is lacking; whether anything is sent is decided where the socket opens.
    """
    if not domains:
        raise Refused("none")
    allowed = may(organisation, domains, on=on, at=at)
    if not allowed:
        raise Refused("no_consent")
    return ask(organisation, domains=allowed, person=person, actor=actor, at=at, deep=True)
