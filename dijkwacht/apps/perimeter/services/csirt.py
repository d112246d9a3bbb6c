"""Names of others that a CSIRT measures on its own legal basis."""

from collections.abc import Sequence
from datetime import date, datetime

from dijkwacht.apps.people.models import Organisation, OrganisationKind, Person
from dijkwacht.apps.perimeter.models import Run
from dijkwacht.apps.perimeter.queries.csirt import bases, names
from dijkwacht.apps.perimeter.services import names as naming
from dijkwacht.apps.perimeter.services import runs
from dijkwacht.apps.perimeter.services.names import Added, Refused


def take_up(
    csirt: Organisation, *, whose: Organisation, names: Sequence[str], person: Person, on: date, at: datetime
) -> Added:
    """Measures names of another from now on. Raises Refused: kind (this is no CSIRT), basis_first; and as `names.add` does."""
    if csirt.kind != OrganisationKind.CSIRT or whose.pk == csirt.pk:
        raise Refused("kind")
    if not bases(csirt).exists():
        raise Refused("basis_first")
    return naming.add(csirt, names=names, whose=whose, person=person, on=on, at=at)


def measure(csirt: Organisation, *, whose: Organisation, person: Person, at: datetime) -> Run:
    """Measures all names of one organisation now. Raises Refused: none, waiting."""
    return runs.ask(csirt, domains=list(names(csirt, about=whose)), person=person, at=at)
