"""Counting: per account how many lines have which verdict, as its addressee takes them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dijkwacht.apps.ledger.models import ALL, Fact, Tally, Verdict
from dijkwacht.apps.ledger.packs import Packs, Stored
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.recording import Origin
from dijkwacht.core.verdict import SETTLED, Status

COUNTS = ("met", "partly", "not_met", "not_applicable", "unknown", "settled", "answered")
FIELDS = (*COUNTS, "judged_on", "packs")
ANSWERED = (Origin.PERSON, Origin.IMPORT, Origin.SELF_ASSESSMENT, Origin.AUDIT)
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
    asked = set(
        Fact.objects.filter(organisation=organisation, superseded_at__isnull=True, origin__in=ANSWERED)
        .order_by()
        .values_list("subject_id", "fact_type")
        .distinct()
    )
    every = (stored[0] for found in verdicts.values() for stored in found)
    counted = {ALL: _count(every, len(asked))}
    for name, account in packs.norms.accounts.items():
        statuses = (
            packs.taken(name, requirement, stored)
            for requirement in account.requirements
            for stored in verdicts.get(requirement, ())
        )
        facts = packs.account_facts[name]
        counted[name] = _count(statuses, sum(fact_type in facts for _, fact_type in asked))
    return _write(organisation, counted, packs, on)


def _count(statuses: Iterable[str], answered: int) -> tuple[int, ...]:
    """The counts in the order of COUNTS."""
    found = Counter(statuses)
    return (*(found[status] for status in Status), sum(found[status] for status in SETTLED), answered)


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
        for name, count in zip(COUNTS, counts, strict=True):
            setattr(row, name, count)
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
