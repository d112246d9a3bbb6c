"""What the register has of suppliers, as values of the core, read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dijkwacht.apps.suppliers.models import (
    CLOUD,
    Answer,
    Contract,
    Finding,
    Letter,
    Proof,
    Service,
    ServiceKind,
    Supplier,
)
from dijkwacht.core.days import earliest
from dijkwacht.core.suppliers import assurance
from dijkwacht.core.suppliers.assurance import Span
from dijkwacht.core.suppliers.supplier_facts import CLAUSES, Agreement, Delivered, Known, Paper, registered
from dijkwacht.norms.suppliers import supplier_rules

ANSWERS: Mapping[str, bool | None] = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}
COLUMNS: Mapping[str, str] = {
    **{name.replace("supplier.contract.", ""): name for name in CLAUSES if name.startswith("supplier.contract.")},
    "dependency_weighed": "supplier.dependency.weighed",
}
"""Which column of a contract answers which fact."""
NOT_ICT = (ServiceKind.WORK, ServiceKind.OTHER)
MAYBE_CLOUD = (ServiceKind.HOSTING, ServiceKind.ADMINISTRATION, ServiceKind.MONITORING, ServiceKind.OTHER)
"""Kinds that are delivered out of a cloud as well as otherwise, so that the kind alone says nothing of it."""


def here(on: date) -> Q:
    """The condition that a supplier is one that we deal with on a day."""
    return Q(subject__isnull=False, merged_into__isnull=True, added_on__lte=on) & still(on)


def still(on: date) -> Q:
    """The condition that a row did not end by a day."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=on)


def there(on: date) -> Q:
    """The condition that what leans on a service is still in the register of the ledger on a day."""
    return Q(subject__archived_at__isnull=True) | Q(subject__archived_at__gt=on)


def runs(on: date) -> Q:
    """The condition that a contract holds on a day, as `Contract.runs` has it."""
    return Q(starts_on__lte=on) & (Q(until__isnull=True) | Q(until__gt=on)) & still(on)


def known_of(suppliers: Collection[int], *, on: date) -> dict[int, Known]:
    """Per supplier, by number, what the register has on a day; of who left or was merged nothing."""
    wanted = list(Supplier.objects.filter(here(on), pk__in=suppliers).values_list("pk", flat=True))
    agreed, delivered, papers, found = agreements(wanted, on=on), _delivered(wanted, on), _papers(wanted), _open(wanted)
    return {
        pk: Known(
            tuple(agreed.get(pk, ())), tuple(delivered.get(pk, ())), tuple(papers.get(pk, ())), tuple(found.get(pk, ()))
        )
        for pk in wanted
    }


def agreements(suppliers: Collection[int], *, on: date) -> dict[int, list[Agreement]]:
    """Per supplier its contracts that run."""
    rows: dict[int, list[Agreement]] = defaultdict(list)
    for each in Contract.objects.filter(runs(on), supplier__in=suppliers).order_by("pk"):
        clauses = {name: ANSWERS[getattr(each, column)] for column, name in COLUMNS.items()}
        terms = "" if each.terms == "unknown" else each.terms
        rows[each.supplier_id].append(
            Agreement(f"contract:{each.pk}", clauses, terms, each.subcontractors, each.file_id)
        )
    return rows


def proof_of(row: Proof, *, letters: bool = False) -> assurance.Proof | None:
    """A proof as the core has it; None for a kind that the pack no longer knows. ``letters``: with what they bridge."""
    found = papers_of(Proof.objects.filter(pk=row.pk), letters=letters)
    return found[0].paper.proof if found else None


class Held(NamedTuple):
    """A proof of a supplier, by number."""

    id: int
    supplier: int
    paper: Paper


def papers_of(rows: QuerySet[Proof], *, letters: bool = False) -> list[Held]:
    """Proof as the core has it, in the order of their numbers, without what is of a kind that the pack no longer knows.

    Three queries, or one when there is no proof, and no objects of the database in between: there are thousands.
    """
    numbers, kinds = rows.order_by().values("pk"), supplier_rules().kinds
    columns = (
        "pk", "supplier_id", "kind", "first", "until", "whole", "subs", "ended_on", "received_on", "judged_on", "file_id",
    )  # fmt: skip
    proofs = list(rows.order_by("pk").values_list(*columns))
    if not proofs:
        return []
    under: dict[int, list[str]] = defaultdict(list)
    for proof, service in Proof.services.through.objects.filter(proof__in=numbers).values_list(
        "proof_id", "service_id"
    ):
        under[proof].append(str(service))
    spans: dict[int, list[Span]] = defaultdict(list)
    if letters:
        told = Letter.objects.filter(proof__in=numbers, ended_on__isnull=True).order_by("first", "pk")
        for proof, first, until in told.values_list("proof_id", "first", "until"):
            spans[proof].append(Span(first, until))
    found = []
    for pk, whose, kind, first, until, whole, subs, ended, came, judged, file in proofs:
        if kind in kinds:
            about, said = None if whole else frozenset(under.get(pk, ())), tuple(spans.get(pk, ()))
            core = assurance.Proof(f"proof:{pk}", kinds[kind], Span(first, until), about, ANSWERS[subs], said, ended)
            found.append(Held(pk, whose, Paper(core, came, judged, file)))
    return found


def registered_in(organisations: Collection[int], *, on: date) -> dict[int, bool]:
    """Per organisation with suppliers whether each of them has a contract that runs."""
    running = Contract.objects.filter(runs(on), supplier=OuterRef("pk"))
    rows = Supplier.objects.filter(here(on), organisation__in=organisations).annotate(has=Exists(running))
    counted = (
        rows.order_by().values_list("organisation").annotate(all=Count("pk"), has_one=Count("pk", filter=Q(has=True)))
    )
    found = {organisation: registered(total, having) for organisation, total, having in counted}
    return {organisation: answer for organisation, answer in found.items() if answer is not None}


def _delivered(suppliers: Collection[int], on: date) -> dict[int, list[Delivered]]:
    rows: dict[int, list[Delivered]] = defaultdict(list)
    found = Service.objects.filter(still(on), supplier__in=suppliers, added_on__lte=on).order_by("pk")
    for supplier, pk, kind in found.values_list("supplier", "pk", "kind"):
        cloud = True if kind in CLOUD else None if kind in MAYBE_CLOUD else False
        rows[supplier].append(Delivered(str(pk), True if kind not in NOT_ICT else None, cloud))
    return rows


def _papers(suppliers: Collection[int]) -> dict[int, list[Paper]]:
    rows: dict[int, list[Paper]] = defaultdict(list)
    for each in papers_of(Proof.objects.filter(supplier__in=suppliers)):
        rows[each.supplier].append(each.paper)
    return rows


def _open(suppliers: Collection[int]) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = defaultdict(list)
    found = Finding.objects.filter(supplier__in=suppliers, mended_on__isnull=True, accepted_on__isnull=True)
    for supplier, pk in found.order_by("pk").values_list("supplier", "pk"):
        rows[supplier].append(f"finding:{pk}")
    return rows


def pressed_by_time(*, on: date, back: timedelta) -> set[int]:
    """The suppliers of whom time alone changed something in the days up to and with this one: contracts, services, proof."""
    since = on - back
    inside = {"gt": since, "lte": on}

    def fell(column: str) -> Q:
        return Q(**{f"{column}__{how}": when for how, when in inside.items()})

    found = {
        *Contract.objects.filter(fell("starts_on") | fell("until") | fell("ended_on")).values_list(
            "supplier", flat=True
        ),
        *Service.objects.filter(fell("added_on") | fell("ended_on")).values_list("supplier", flat=True),
        *Supplier.objects.filter(fell("ended_on")).values_list("pk", flat=True),
    }
    ends = fell("first") | fell("ended_on") | runs_out(since, on)
    return found | set(Proof.objects.filter(ends).values_list("supplier", flat=True))


def portions(numbers: Sequence[int], *, size: int = 500) -> Iterator[Sequence[int]]:
    """Numbers in portions that any database takes in one condition."""
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def runs_out(after: date, upto: date) -> Q:
    """The condition that a proof may stop counting by age alone, after a day and up to and with another.

    It lets a few more through, as months differ in length; `counts_until` is exact.
    """
    found, spare = Q(pk__in=()), timedelta(days=4)
    for kind in supplier_rules().kinds.values():
        if kind.shows == "validity":
            found |= Q(kind=kind.id, until__gt=after, until__lte=upto)
        else:
            first, last = _before(after, kind) - spare, _before(upto, kind) + spare
            found |= Q(kind=kind.id, until__gt=first, until__lte=last)
    return found


def _before(day: date, kind: assurance.Kind) -> date:
    """The day from which what a kind holds reaches this one."""
    return earliest(day, kind.holds)
