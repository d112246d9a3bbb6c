"""The one comparison of matching, in the database: rows of advisories against places of assets, and what comes of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection

from dijkwacht.apps.people.models import Organisation

JOIN = (
    "FROM advisories_row r JOIN advisories_place p ON p.product = r.product AND p.version >= r.start AND p.version < r.stop "
    "JOIN advisories_asset a ON a.id = p.asset_id "
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An advisory and an asset that meet. ``sure``: affected; else undetermined."""

    advisory: int
    organisation: int
    asset: int
    line: int
    sure: bool
    exposed: bool | None


SELECT = "SELECT r.advisory_id, p.organisation_id, a.id, a.line_id, MAX(CASE WHEN r.sure THEN 1 ELSE 0 END), a.exposed "
GROUP = "GROUP BY r.advisory_id, p.organisation_id, a.id, a.line_id, a.exposed"


def of_advisory(advisory: int, served: Collection[int]) -> list[Hit]:
    """Everybody's assets that one advisory touches, among the organisations that its desk serves."""
    return list(
        _hits(f"{SELECT}{JOIN}WHERE r.advisory_id = %s {_among('p.organisation_id', served)}{GROUP}", [advisory])
    )


CONCERNS = "INSERT INTO advisories_concern (advisory_id, organisation_id, sure, assets, exposed, caught) "
FOLDED = (
    "SELECT advisory_id, organisation_id, MAX(sure) = 1, CASE WHEN MAX(sure) = 1 THEN SUM(sure) ELSE COUNT(*) END, "
    "CASE WHEN MAX(sure) = 1 THEN MAX(sure * exposed) ELSE MAX(exposed) END = 1, '' "
)
"""Per organisation the strongest outcome, how many assets make it, and whether one of those is exposed."""
HITS = (
    "SELECT r.advisory_id, p.organisation_id, MAX(CASE WHEN r.sure THEN 1 ELSE 0 END) AS sure, "
    "MAX(CASE WHEN a.exposed THEN 1 ELSE 0 END) AS exposed "
)


def write_concerns(advisories: Collection[int], served: Collection[int]) -> None:
    """Writes for these advisories, of which none was written, which of the organisations served they touch."""
    where = f"WHERE r.advisory_id IN ({_listed(advisories)}) {_among('p.organisation_id', served)}"
    hits = f"{HITS}{JOIN}{where}GROUP BY r.advisory_id, p.organisation_id, a.id"
    with connection.cursor() as cursor:
        cursor.execute(f"{CONCERNS}{FOLDED}FROM ({hits}) AS hits GROUP BY advisory_id, organisation_id")


COUNTS = (
    "UPDATE advisories_advisory SET "
    "affected = (SELECT COUNT(*) FROM advisories_concern c WHERE c.advisory_id = advisories_advisory.id AND c.sure), "
    "asked = (SELECT COUNT(*) FROM advisories_concern c WHERE c.advisory_id = advisories_advisory.id AND NOT c.sure), "
    "exposed = EXISTS (SELECT 1 FROM advisories_concern c WHERE c.advisory_id = advisories_advisory.id AND c.exposed) "
)
"""How many organisations an advisory touches, surely or perhaps, and whether anything exposed."""


def write_counts(advisories: Collection[int]) -> None:
    """Writes that with these advisories."""
    with connection.cursor() as cursor:
        cursor.execute(f"{COUNTS}WHERE id IN ({_listed(advisories)})")


OF_LINES = "SELECT id FROM advisories_asset WHERE line_id IN ("


def of_organisation(
    organisation: Organisation, desks: Collection[int], assets: Collection[int] = (), advisories: Collection[int] = (),
    lines: Collection[int] = (),
) -> list[Hit]:  # fmt: skip
    """The advisories of these desks that touch assets of one organisation; of some ``assets``, ``advisories`` or ``lines`` only,
    if given."""
    only = _among("p.asset_id", assets) if assets else ""
    only += f"AND p.asset_id IN ({OF_LINES}{_listed(lines)})) " if lines else ""
    only += _among("r.advisory_id", advisories) if advisories else ""
    among = _among("d.organisation_id", desks)
    of_desk = f"JOIN advisories_advisory d ON d.id = r.advisory_id WHERE p.organisation_id = %s {among}"
    return list(_hits(f"{SELECT}{JOIN}{of_desk}{only}{GROUP}", [organisation.pk]))


def _among(column: str, numbers: Collection[int]) -> str:
    """A condition on whole numbers, which are ours and no text of anybody."""
    return f"AND {column} IN ({_listed(numbers)}) "


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(str(int(each)) for each in numbers) or "NULL"


def _hits(sql: str, params: list[int]) -> Iterator[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for advisory, organisation, asset, line, sure, exposed in cursor.fetchall():
            yield Hit(advisory, organisation, asset, line, bool(sure), None if exposed is None else bool(exposed))
