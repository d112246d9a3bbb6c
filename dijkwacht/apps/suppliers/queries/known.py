"""What the register has of suppliers, as values of the core, read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from dijkwacht.apps.suppliers.models import CLOUD, Answer, Contract, Finding, Proof, Service, ServiceKind, Supplier
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


def here(on: date) -> Q:
    """The condition that a supplier is one that we deal with on a day."""
    return Q(subject__isnull=False, merged_into__isnull=True, added_on__lte=on) & still(on)


def still(on: date) -> Q:
    """The condition that a row did not end by a day."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=on)


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
    kind = supplier_rules().kinds.get(row.kind)
    if kind is None:
        return None
    services = None if row.whole else frozenset(str(each.pk) for each in row.services.all())
    spans = tuple(Span(each.first, each.until) for each in row.letters.all()) if letters else ()
    return assurance.Proof(
        f"proof:{row.pk}", kind, Span(row.first, row.until), services, ANSWERS[row.subs], spans, row.ended_on
    )


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
        cloud = True if kind in CLOUD else None if kind == ServiceKind.OTHER else False
        rows[supplier].append(Delivered(str(pk), True if kind not in NOT_ICT else None, cloud))
    return rows


def _papers(suppliers: Collection[int]) -> dict[int, list[Paper]]:
    rows: dict[int, list[Paper]] = defaultdict(list)
    for each in Proof.objects.filter(supplier__in=suppliers).prefetch_related("services").order_by("pk"):
        if proof := proof_of(each):
            rows[each.supplier_id].append(Paper(proof, each.received_on, each.judged_on, each.file_id))
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
