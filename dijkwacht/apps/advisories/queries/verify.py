"""Whether what this room keeps is still what the trail says it is."""

from collections.abc import Iterator

from django.db.models import Q

from dijkwacht.apps.advisories.marks import TABLES
from dijkwacht.apps.advisories.models import Line, Upload
from dijkwacht.apps.advisories.services.registering import digest_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.held import Fault, Faulty
from dijkwacht.apps.trail.held_marks import Held, verify_marks

ACTS = Q(act__startswith="advisories.")


def verify_advisories(organisation: Organisation) -> Held:
    """The rows that are not what the trail says they are, and those of which it tells too little."""
    held = verify_marks(organisation, TABLES, acts=ACTS)
    return Held([*held.faulty, *_register(organisation)], held.uncovered)


def _register(organisation: Organisation) -> Iterator[Faulty]:
    """The lines of the register against the digest that the last change of it left, which the trail marks with that change."""
    last = Upload.objects.filter(organisation=organisation).order_by("pk").last()
    if last is None:
        if Line.objects.filter(organisation=organisation).exists():
            yield Faulty("register_upload", "-", None, Fault.UNTOLD)
    elif digest_of(organisation) != last.after:
        yield Faulty("register_upload", str(last.pk), None, Fault.ALTERED, ("after",))
