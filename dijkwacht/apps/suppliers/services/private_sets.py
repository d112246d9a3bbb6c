"""Sets of requirements that an organisation brings in for itself, such as the official one. They are never shared."""

from collections.abc import Sequence
from datetime import datetime

from dijkwacht.adapters.suppliers.requirement_set import LIMITS, read_requirements
from dijkwacht.apps.ledger.services.subjects import IN_ONE_ENTRY
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import PrivateRequirement, PrivateSet
from dijkwacht.apps.suppliers.services.doing import Refused, doing
from dijkwacht.apps.suppliers.services.keeping import end_rows, now, one_of, text
from dijkwacht.core.suppliers.requirement_rows import RequirementRow, RequirementSet
from dijkwacht.web.moments import day_of

__all__ = ["LARGEST", "bring", "end", "read", "unweighed"]

LARGEST = LIMITS.size
LONGEST_PARTS = 200
WEIGHTS = ("must", "wish")


def read(data: bytes, name: str) -> RequirementSet:
    """What a file says. Whatever is wrong with it is a problem in the answer."""
    return read_requirements(data, name)


def unweighed(rows: Sequence[RequirementRow]) -> int:
    """Of how many requirements the file does not tell whether they are a must or a wish."""
    return sum(row.weight is None for row in rows)


def bring(
    organisation: Organisation, found: RequirementSet, *, name: str, file_name: str, sha256: str, person: Person | None,
    at: datetime, version: str = "", weight: str = "",
) -> PrivateSet:  # fmt: skip
    """Takes a set over, all of it or nothing. ``weight``: what a requirement is of which the file does not tell it.

    Raises Refused (empty, too_long, odd, set_not_usable, no_weight, parts_long with the row, set_twice).
    """
    if not found.usable:
        raise Refused("set_not_usable")
    if unweighed(found.rows):
        if not weight:
            raise Refused("no_weight", field="weight")
        one_of(weight, "weight", WEIGHTS)
    told = {"name": text(name, "name", 200, needed=True), "version": text(version, "version", 40)}
    with doing(organisation, person=person, at=at) as deed:
        if PrivateSet.objects.filter(organisation=organisation, sha256=sha256, ended_on__isnull=True).exists():
            raise Refused("set_twice")
        row = PrivateSet.objects.create(
            organisation=organisation,
            file_name=file_name[:200],
            sha256=sha256,
            brought_by=person,
            brought_at=at,
            **told,
        )
        rows = [_requirement(row, each, n, weight) for n, each in enumerate(found.rows, start=1)]
        made = PrivateRequirement.objects.bulk_create(rows, batch_size=500)
        entry = {"name": row.name, "requirements": len(made), "sha256": sha256}
        for start in range(0, len(made), IN_ONE_ENTRY):
            some = made[start : start + IN_ONE_ENTRY]
            rows_told = [row, *some] if not start else some
            deed.write(
                "set_brought", about=f"private_set:{row.pk}", rows=rows_told, part=start // IN_ONE_ENTRY + 1, **entry
            )
    return row


def end(private: PrivateSet, *, person: Person | None, at: datetime) -> PrivateSet:
    """It is not chosen from any more; tenders that came from it stay as they are. Raises Refused (gone)."""
    with doing(private.organisation, person=person, at=at) as deed:
        (row,) = end_rows([now(private)], day_of(at))
        deed.write("set_ended", about=f"private_set:{row.pk}", rows=[row], name=row.name)
    return row


def _requirement(private: PrivateSet, row: RequirementRow, order: int, weight: str) -> PrivateRequirement:
    part = "; ".join(row.parts)
    if len(part) > LONGEST_PARTS:
        raise Refused("parts_long", row=row.row, most=LONGEST_PARTS)
    return PrivateRequirement(
        set=private, key=row.number, part=part, text=row.text, verify=row.verification, weight=row.weight or weight,
        links=[*row.links, *row.references], order=order,
    )  # fmt: skip
