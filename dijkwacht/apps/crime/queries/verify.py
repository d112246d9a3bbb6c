"""Whether what this room keeps is still what the trail says it is."""

from django.db.models import Q

from dijkwacht.apps.crime.marks import TABLES
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.trail.held_marks import Held, verify_marks

ACTS = Q(act__startswith="crime.")


def verify_crime(organisation: Organisation) -> Held:
    """The rows that are not what the trail says they are, and those of which it tells too little."""
    return verify_marks(organisation, TABLES, acts=ACTS)
