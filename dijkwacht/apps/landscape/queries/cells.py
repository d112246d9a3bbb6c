"""The landscape as an organisation reads it: its edition or the pack of the house, with what was done to it here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.landscape.models import Edition, LocalCell
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.landscape import form
from dijkwacht.core.landscape.cells import Cell, Landscape
from dijkwacht.core.landscape.findings import Gap, Overlap, Stale, gaps, overlaps, stale
from dijkwacht.core.landscape.merge import Doing, Local
from dijkwacht.norms.landscape import landscape_pack


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is missing, double or old."""

    gaps: list[Gap]
    overlaps: list[Overlap]
    stale: list[Stale]


def edition_of(organisation: Organisation) -> Edition | None:
    """The pack that was taken over, if any."""
    return Edition.objects.filter(organisation=organisation, until__isnull=True).first()


def base_of(organisation: Organisation) -> Landscape:
    """The pack on which local additions lie. What an edition says with a name that the house no longer has counts no more."""
    edition, house = edition_of(organisation), landscape_pack().landscape
    return house if edition is None else form.fitting(house, edition.content["cells"])


def locals_of(organisation: Organisation) -> QuerySet[LocalCell]:
    """What stands done to cells here."""
    return LocalCell.objects.filter(organisation=organisation, until__isnull=True).select_related("by")


def local(organisation: Organisation, cell: str) -> LocalCell | None:
    """What was done to one cell here, if anything."""
    return locals_of(organisation).filter(cell=cell).first()


def cell_mark(organisation: Organisation, cell: str) -> str:
    """What tells whether a cell was changed here, or another pack came, since it was looked at."""
    edition, row = edition_of(organisation), local(organisation, cell)
    return f"{edition.pk if edition else 0}:{row.pk if row else 0}"


def as_locals(rows: QuerySet[LocalCell]) -> tuple[Local, ...]:
    """The same as values."""
    return tuple(Local(each.cell, Doing(each.doing), each.fields) for each in rows)


def landscape_of(organisation: Organisation) -> Landscape:
    """The landscape as this organisation reads it."""
    return form.laid_over(base_of(organisation), as_locals(locals_of(organisation)))


def findings(landscape: Landscape, *, on: date) -> Findings:
    """What is missing, double or old in it on a day."""
    return Findings(gaps(landscape), overlaps(landscape), stale(landscape, on=on))


def beside(landscape: Landscape, cell: Cell) -> list[Cell]:
    """Other cells in the same place."""
    return [each for each in landscape.cells.values() if each.box == cell.box and each.id != cell.id]


def holder_of(key: str) -> Organisation | None:
    """Whose key this is here, when it is in use and not lost."""
    row = SigningKey.objects.filter(key=key, until__isnull=True).select_related("organisation").first()
    return None if row is None or row.lost else row.organisation
