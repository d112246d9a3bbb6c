"""Counting lines by status, per account, as its addressee takes them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Q

from dijkwacht.apps.ledger.models import ALL, Fact
from dijkwacht.apps.ledger.packs import Packs, Stored
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.recording import Origin
from dijkwacht.core.verdict import SETTLED, Status

COUNTS = ("met", "partly", "not_met", "not_applicable", "unknown", "settled", "answered")
ANSWERED = (Origin.PERSON, Origin.IMPORT, Origin.SELF_ASSESSMENT, Origin.AUDIT)
Asked = Mapping[str, int]  # by fact type, about how many subjects


def count(packs: Packs, verdicts: Mapping[str, Iterable[Stored]], asked: Asked) -> dict[str, tuple[int, ...]]:
    """Per account, and under ALL for every line once, the counts in the order of COUNTS. ``verdicts`` by requirement."""
    counted = {ALL: _count((stored[0] for found in verdicts.values() for stored in found), sum(asked.values()))}
    for name, account in packs.norms.accounts.items():
        statuses = (
            packs.taken(name, requirement, stored)
            for requirement in account.requirements
            for stored in verdicts.get(requirement, ())
        )
        answers = sum(asked[fact_type] for fact_type in asked.keys() & packs.account_facts[name])
        counted[name] = _count(statuses, answers)
    return counted


def answered(organisation: Organisation, *, on: date | None = None) -> Asked:
    """How many questions a person, or a file that persons filled in, gave an answer to that stands, or stood on a day."""
    stands = Q(superseded_at__isnull=True)
    if on is not None:
        stands = Q(recorded_at__lte=on) & (stands | Q(superseded_at__gt=on))
    rows = Fact.objects.filter(stands, organisation=organisation, origin__in=ANSWERED)
    return dict(rows.order_by().values_list("fact_type").annotate(Count("subject_id", distinct=True)))


def _count(statuses: Iterable[str], answers: int) -> tuple[int, ...]:
    found = Counter(statuses)
    return (*(found[status] for status in Status), sum(found[status] for status in SETTLED), answers)
