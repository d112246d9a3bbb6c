"""Which rows of the figures the trail tells of. Of an edition it holds one digest of all its figures and the names of areas."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from dijkwacht.apps.crime.models.figures import AreaName, Edition, Figure, LocalCounts, Place
from dijkwacht.apps.trail.marks import Table, table

COLUMNS = ("area", "topic", "measure", "period", "value", "lower", "upper")
AT_ONCE = 5_000


def figures_digest(rows: Collection[Any]) -> Mapping[Any, str]:
    """Per edition the digest of its figures, in the order in which they were brought, and of the names of its areas."""
    return {pk: _digest(pk) for pk in rows}


def _digest(edition: Any) -> str:
    found = sha256()
    figures = Figure.objects.filter(edition=edition).order_by("pk").values_list(*COLUMNS)
    for row in figures.iterator(chunk_size=AT_ONCE):
        found.update(repr(row).encode())
    for name in AreaName.objects.filter(edition=edition).order_by("pk").values_list("code", "name"):
        found.update(repr(name).encode())
    return found.hexdigest()


TABLES: tuple[Table, ...] = (
    table("crime_edition", Edition, parts={"figures": figures_digest}),
    table("crime_place", Place),
    table("crime_local", LocalCounts),
)
