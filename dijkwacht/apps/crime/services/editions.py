"""A public table comes in as an edition, whole or not at all; the same figures come in once; a wrong one is withdrawn."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from dijkwacht.adapters.cbs import LIMITS, CbsError, CbsLimits, Delivery, read_delivery
from dijkwacht.adapters.limits import MEGABYTE
from dijkwacht.apps.crime.marks_figures import COLUMNS
from dijkwacht.apps.crime.models.figures import AreaName, Edition, Figure
from dijkwacht.apps.crime.queries.figures import current
from dijkwacht.apps.crime.services.doing import Refused, doing
from dijkwacht.apps.ledger.services.many import PORTION, insert
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.crime.periods import parse_period
from dijkwacht.core.crime.tables import Observation
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web.moments import day_of

__all__ = ["LARGEST", "CbsError", "Delivery", "Differences", "again", "bring", "differences", "read", "withdraw"]

LARGEST = 64 * MEGABYTE  # of a file through the browser; the command line takes more
BROWSER = CbsLimits(size=LARGEST, seconds=60.0)
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Differences:
    """What an edition would change in what is shown: figures that are new, other or gone."""

    new: int
    other: int
    gone: int


def read(source: Path | bytes, *, name: str = "", table: str = "", chosen: Mapping[str, str] | None = None) -> Delivery:
    """The table in a file, folder or zip. Raises CbsError. ``chosen``: their column by our measure, where a person pointed."""
    limits = BROWSER if isinstance(source, bytes) else LIMITS
    return read_delivery(
        source, shapes=crime_packs().figures.shapes, name=name, table=table, chosen=chosen, limits=limits
    )


def again(found: Delivery) -> Edition | None:
    """The edition that holds these very figures, if any."""
    return Edition.objects.filter(table=found.shape.id, digest=digest(found), withdrawn_at=None).first()


def differences(found: Delivery) -> Differences:
    """What would change in what is shown now."""
    shown = current().get(found.shape.id)
    if shown is None:
        return Differences(len(found.observations), 0, 0)
    rows = Figure.objects.filter(edition=shown).values_list("area", "topic", "measure", "period", "value")
    before: dict[Key, float | None] = {(a, t, m, p): value for a, t, m, p, value in rows.iterator(PORTION)}
    now = {_key(each): each.value for each in found.observations}
    other = sum(before[key] != value for key, value in now.items() if key in before)
    return Differences(len(now.keys() - before.keys()), other, len(before.keys() - now.keys()))


def bring(
    organisation: Organisation, found: Delivery, *, fetched_on: date, name: str, person: Person | None, at: datetime,
    actor: str = "", made_up: bool = False,
) -> tuple[Edition, bool]:  # fmt: skip
    """Keeps an edition for all organisations, told in the trail of the one that brings it; and whether it was there already.

    Raises Refused: future (it cannot have been fetched after today), ahead (it tells of a time after it was fetched). The chain
    is locked only when all figures are in. Of two organisations that bring the same at once, the later one finds it there.
    """
    if fetched_on > day_of(at):
        raise Refused("future", field="fetched_on")
    if max(parse_period(code).month for code in {each.period for each in found.observations}) > _month(fetched_on):
        raise Refused("ahead", field="fetched_on")
    row = Edition(
        organisation=organisation, table=found.shape.id, title=(found.title or found.shape.name["nl"])[:200],
        modified=found.modified, fetched_on=fetched_on, name=name[:200], sha256=found.sha256, digest=digest(found),
        rows=len(found.observations), suppressed=found.suppressed, first=found.first, newest=found.newest,
        columns=dict(found.columns), made_up=made_up, at=at, by=person,
    )  # fmt: skip
    if (there := _there(row)) is not None:
        return there, True
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _fill(row, found)
            with doing(organisation, person=person, at=at, actor=actor) as deed:
                deed.write(
                    "edition_brought", about=f"crime_edition:{row.pk}", rows=[row], table=row.table, rows_kept=row.rows,
                    newest=row.newest, fetched=fetched_on.isoformat(),
                )  # fmt: skip
    except IntegrityError:
        if (there := _there(row)) is None:
            raise
        return there, True
    return row, False


def _there(row: Edition) -> Edition | None:
    return Edition.objects.filter(table=row.table, digest=row.digest, withdrawn_at=None).first()


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def withdraw(edition: Edition, *, because: str, person: Person | None, at: datetime) -> None:
    """An edition that was wrong is no longer shown; the one before it is again. Raises Refused (empty, gone)."""
    if not because.strip():
        raise Refused("empty", field="because")
    with doing(edition.organisation, person=person, at=at) as deed:
        row = Edition.objects.filter(pk=edition.pk, withdrawn_at=None).first()
        if row is None:
            raise Refused("gone")
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        deed.write(
            "edition_withdrawn", about=f"crime_edition:{row.pk}", rows=[row], table=row.table, newest=row.newest,
            because=because.strip()[:300],
        )  # fmt: skip


def digest(found: Delivery) -> str:
    """Of the figures alone, whatever the file was called or how it was cut."""
    told = hashlib.sha256()
    for each in found.observations:
        told.update(repr((*_key(each), each.value, each.lower, each.upper)).encode())
    return told.hexdigest()


def _key(each: Observation) -> Key:
    return each.region, each.topic, each.measure, each.period


def _fill(row: Edition, found: Delivery) -> None:
    figures = (
        (row.pk, each.region, each.topic, each.measure, each.period, each.value, each.lower, each.upper)
        for each in found.observations
    )
    insert(Figure, ("edition_id", *COLUMNS), figures)
    names = ((row.pk, code, name) for code, name in sorted(found.names.items()))
    insert(AreaName, ("edition_id", "code", "name"), names)
