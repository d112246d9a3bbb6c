"""Carrying verdicts to a catalog without criteria of its own, over OSCAL mappings. Never more than the mapping says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dijkwacht.core.verdict import Status


class Relation(StrEnum):
    """The relation of a source requirement to its target (OSCAL control-mapping)."""

    EQUAL = "equal-to"
    EQUIVALENT = "equivalent-to"
    SUBSET = "subset-of"
    SUPERSET = "superset-of"
    INTERSECTS = "intersects-with"
    NONE = "no-relationship"


WHOLE = (Relation.EQUAL, Relation.EQUIVALENT)


@dataclass(frozen=True, slots=True)
class Source:
    """One source requirement with its verdict and its relation to the target."""

    requirement: str
    relation: Relation
    status: Status


@dataclass(frozen=True, slots=True)
class Carried:
    """A status at the target and the sources on which it rests: the road."""

    status: Status
    road: tuple[Source, ...]


def carry(sources: Iterable[Source], *, covered_by: Sequence[frozenset[str]] = ()) -> Carried:
    """The status of a target.

    Equal or equivalent: carried whole. The source is a superset of the target: *met* is carried. A subset or an
    intersection: at most *partly*; several together reach *met* only where the mapping says that they jointly cover the
    target: ``covered_by`` holds those sets of requirement ids (coverage 1).
    """
    found = [source for source in sources if source.relation is not Relation.NONE]
    whole = [source for source in found if source.relation in WHOLE and source.status is not Status.UNKNOWN]
    if whole:
        worst = min(whole, key=lambda s: _ORDER.index(s.status))
        return Carried(worst.status, tuple(whole))
    larger = [s for s in found if s.relation is Relation.SUPERSET and s.status is Status.MET]
    if larger:
        return Carried(Status.MET, (larger[0],))
    met = {s.requirement: s for s in found if s.status is Status.MET}
    for together in covered_by:
        if together and together <= met.keys():
            return Carried(Status.MET, tuple(met[name] for name in sorted(together)))
    some = [s for s in found if s.relation in _PARTIAL and s.status in (Status.MET, Status.PARTLY)]
    if some:
        return Carried(Status.PARTLY, tuple(some))
    return Carried(Status.UNKNOWN, tuple(found))


_PARTIAL = (Relation.SUBSET, Relation.INTERSECTS)
_ORDER = (Status.NOT_MET, Status.PARTLY, Status.NOT_APPLICABLE, Status.MET)
