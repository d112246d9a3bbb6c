"""Counting lines by status, per account, as its addressee takes them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from dijkwacht.apps.ledger.models import ALL, Fact
from dijkwacht.apps.ledger.packs import Packs, Stored
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.recording import Origin
from dijkwacht.core.verdict import SETTLED, Status

COUNTS = ("met", "partly", "not_met", "not_applicable", "unknown", "settled", "answered")
ANSWERED = (Origin.PERSON, Origin.IMPORT, Origin.SELF_ASSESSMENT, Origin.AUDIT)
Asked = set[tuple[int, str]]  # subject (row number), fact type


def count(packs: Packs, verdicts: Mapping[str, Iterable[Stored]], asked: Asked) -> dict[str, tuple[int, ...]]:
    """Per account, and under ALL for every line once, the counts in the order of COUNTS. ``verdicts`` by requirement."""
    counted = {ALL: _count((stored[0] for found in verdicts.values() for stored in found), len(asked))}
    for name, account in packs.norms.accounts.items():
        statuses = (
            packs.taken(name, requirement, stored)
            for requirement in account.requirements
            for stored in verdicts.get(requirement, ())
        )
        facts = packs.account_facts[name]
        counted[name] = _count(statuses, sum(fact_type in facts for _, fact_type in asked))
    return counted


def answered(organisation: Organisation, *, on: date | None = None) -> Asked:
    """The questions to which a person, or a file that persons filled in, gave an answer that stands, or stood on a day."""
    stands = Q(superseded_at__isnull=True)
    if on is not None:
        stands = Q(recorded_at__lte=on) & (stands | Q(superseded_at__gt=on))
    rows = Fact.objects.filter(stands, organisation=organisation, origin__in=ANSWERED)
    return set(rows.order_by().values_list("subject_id", "fact_type").distinct())


def _count(statuses: Iterable[str], answers: int) -> tuple[int, ...]:
    found = Counter(statuses)
    return (*(found[status] for status in Status), sum(found[status] for status in SETTLED), answers)
