"""Keeping the counts: per account how many lines have which verdict."""

from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.ledger.counting import COUNTS, answered, count
from dijkwacht.apps.ledger.models import ALL, Tally, Verdict
from dijkwacht.apps.ledger.packs import Packs, Stored
from dijkwacht.apps.people.models import Organisation

FIELDS = (*COUNTS, "judged_on", "packs")
STORED = ("status", "assurance", "shown", "nothing_happened")


@dataclass(frozen=True, slots=True)
class Move:
    """An account whose count moved."""

    account: str
    settled_before: int
    settled_after: int
    met_before: int
    met_after: int


def tally(organisation: Organisation, *, packs: Packs, on: date) -> tuple[Move, ...]:
    """Counts every account anew from the stored verdicts, writes what differs, and says which counts moved."""
    verdicts: dict[str, list[Stored]] = {}
    for requirement, *stored in Verdict.objects.filter(organisation=organisation).values_list("requirement", *STORED):
        verdicts.setdefault(requirement, []).append(tuple(stored))
    return _write(organisation, count(packs, verdicts, answered(organisation)), packs, on)


def _write(organisation: Organisation, counted: dict[str, tuple[int, ...]], packs: Packs, on: date) -> tuple[Move, ...]:
    stored = {
        row[0]: row[1:] for row in Tally.objects.filter(organisation=organisation).values_list("account", *FIELDS)
    }
    rows, moves = [], []
    for account, counts in counted.items():
        before = stored.pop(account, None)
        if before is not None and before == (*counts, before[-2], packs.fingerprint) and account != ALL:
            continue
        row = Tally(organisation=organisation, account=account, judged_on=on, packs=packs.fingerprint)
        for name, number in zip(COUNTS, counts, strict=True):
            setattr(row, name, number)
        rows.append(row)
        old = dict(zip(FIELDS, before, strict=True)) if before is not None else {"settled": 0, "met": 0}
        if before is not None and (old["settled"], old["met"]) != (row.settled, row.met):
            moves.append(Move(account, old["settled"], row.settled, old["met"], row.met))
    if stored:
        Tally.objects.filter(organisation=organisation, account__in=list(stored)).delete()
    Tally.objects.bulk_create(
        rows, update_conflicts=True, update_fields=FIELDS, unique_fields=("organisation", "account")
    )
    return tuple(moves)
