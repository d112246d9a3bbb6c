"""What our picture points at: for choosing interventions, and nothing else."""

from dataclasses import dataclass

from dijkwacht.apps.crime.queries.picture import local_counts, picture_of, where_is
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.crime.intervals import Change
from dijkwacht.core.crime.picture import Against


@dataclass(frozen=True, slots=True)
class Pointed:
    """Police codes registered more often than with municipalities like ours, and than a year before; what we count ourselves."""

    higher: frozenset[str]
    rising: frozenset[str]
    local: frozenset[str]


def pointed(organisation: Organisation) -> Pointed:
    """What the figures of an organisation point at; nothing where it has none."""
    picture = picture_of(where_is(organisation))
    own = {
        str(phenomenon)
        for file in local_counts(organisation)
        for _source, _period, phenomenon, count in file.counts
        if count != 0  # None: too small to keep, and yet there
    }
    return Pointed(
        frozenset(topic for topic, like in picture.like.items() if like.against is Against.HIGHER),
        frozenset(topic for topic, each in picture.registered.items() if each.change is Change.HIGHER),
        frozenset(own),
    )
