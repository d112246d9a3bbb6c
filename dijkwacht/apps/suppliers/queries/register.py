"""The register of suppliers: who there is, how much hangs on each, and what needs attention there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Contract, ExitPlan, Finding, Proof, Service, SubSupplier, Supplier, Use
from dijkwacht.apps.suppliers.queries.known import papers_of, still, there
from dijkwacht.apps.suppliers.queries.tiers import Weighed, weighed
from dijkwacht.core.suppliers.assurance import Proof as Shown
from dijkwacht.core.suppliers.standing import Delivered, Need, Open, Press, Term, needs
from dijkwacht.core.suppliers.tier import Graded, heaviest
from dijkwacht.norms.suppliers import supplier_rules


@dataclass(frozen=True, slots=True)
class Row:
    """A supplier in the register. ``graded``: of the heaviest of its services; None without services."""

    id: int
    name: str
    kvk: str
    own_id: str
    direct: bool
    graded: Graded | None
    services: tuple[Weighed, ...]
    needs: tuple[Need, ...]

    @property
    def press(self) -> int:
        """How pressing the most pressing is; 0: nothing needs anybody."""
        return max((each.press for each in self.needs), default=0)

    @property
    def rank(self) -> int:
        """The rank of its tier; 0 without services."""
        return self.graded.tier.rank if self.graded else 0

    def asks(self, *codes: str) -> bool:
        """Whether one of these needs somebody."""
        return any(each.code in codes for each in self.needs)


def running(organisation: Organisation, *, on: date) -> QuerySet[Supplier]:
    """The suppliers that were in the register on a day, those further down the chain too."""
    return Supplier.objects.filter(still(on), organisation=organisation, merged_into__isnull=True, added_on__lte=on)


def register(organisation: Organisation, *, on: date, supplier: int | None = None) -> list[Row]:
    """Every supplier with what needs attention, the most pressing first; or one."""
    rows = running(organisation, on=on)
    rows = rows if supplier is None else rows.filter(pk=supplier)
    services: dict[int, list[Weighed]] = defaultdict(list)
    for each in weighed(organisation, on=on, supplier=supplier).values():
        services[each.supplier].append(each)
    hangs = _Hangs(organisation, supplier, on)
    found = []
    for pk, name, kvk, own_id, subject in rows.values_list("pk", "name", "kvk", "own_id", "subject"):
        some = tuple(services.get(pk, ()))
        asked = hangs.needs(pk, some, direct=subject is not None)
        graded = heaviest(each.graded for each in some)
        found.append(Row(pk, name, kvk, own_id, subject is not None, graded, some, asked))
    return sorted(found, key=_order)


def _order(row: Row) -> tuple[int, int, date, str]:
    days = [each.day for each in row.needs if each.press == row.press and each.day]
    return -row.press, -row.rank, min(days, default=date.max), row.name.casefold()


class _Hangs:
    """What hangs on suppliers, of all at once or of one."""

    def __init__(self, organisation: Organisation, supplier: int | None, on: date) -> None:
        self.on = on
        narrow = Q(organisation=organisation) if supplier is None else Q(organisation=organisation, supplier=supplier)
        self.terms: dict[int, list[Term]] = defaultdict(list)
        contracts = Contract.objects.filter(narrow & still(on))
        for whose, title, starts, until, notice in contracts.values_list(
            "supplier", "title", "starts_on", "until", "notice_months"
        ):
            self.terms[whose].append(Term(title, starts, until, notice))
        self.proofs: dict[int, list[Shown]] = defaultdict(list)
        for each in papers_of(Proof.objects.filter(narrow, received_on__lte=on)):
            self.proofs[each.supplier].append(each.paper.proof)
        self.findings: dict[int, list[Open]] = defaultdict(list)
        open_ = Q(mended_on__isnull=True) | Q(mended_on__gt=on), Q(accepted_on__isnull=True) | Q(accepted_on__gt=on)
        found = Finding.objects.filter(narrow, *open_, found_on__lte=on)
        for whose, title, due in found.values_list("supplier", "title", "due"):
            self.findings[whose].append(Open(title, due))
        plans = ExitPlan.objects.filter(service__organisation=organisation, made_on__lte=on)
        plans = plans if supplier is None else plans.filter(service__supplier=supplier)
        self.exits = set(plans.values_list("service", flat=True))

    def needs(self, supplier: int, services: Sequence[Weighed], *, direct: bool) -> tuple[Need, ...]:
        """What needs attention at a supplier with these services."""
        delivered = [Delivered(str(each.id), each.name, each.graded, each.id in self.exits) for each in services]
        return needs(
            delivered, terms=self.terms.get(supplier, ()), proofs=self.proofs.get(supplier, ()),
            findings=self.findings.get(supplier, ()), tiers=supplier_rules().tiers, direct=direct, on=self.on,
        )  # fmt: skip


def narrowed(rows: list[Row], *, text: str = "", tier: str = "", what: str = "") -> list[Row]:
    """Those that fit. ``text``: in the name of the supplier or of a service, or its number; ``what``: a key of `WHAT`."""
    if text:
        said = text.casefold()
        rows = [
            row for row in rows
            if said in row.name.casefold() or said in (row.kvk, row.own_id.casefold())
            or any(said in each.name.casefold() for each in row.services)
        ]  # fmt: skip
    if tier == "none":
        rows = [row for row in rows if row.graded is None]
    elif tier:
        rows = [row for row in rows if row.graded and row.graded.tier.id == tier]
    return [row for row in rows if row.asks(*WHAT[what])] if what in WHAT else rows


WHAT: dict[str, tuple[str, ...]] = {
    "contract": ("notice_soon", "contract_ends", "contract_over", "no_contract"),
    "finding": ("finding", "finding_late"),
    "proof": ("no_proof", "proof_ends"),
    "exit": ("no_exit",),
    "weight": ("weight_open",),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the register comes to: how many, how many heavy ones, how many of these lack proof or an exit plan, what is first.

    ``open``: of how many that we deal with the tier is not settled, because something is not known.
    """

    total: int
    critical: int
    lacking: int
    late: int
    open: int
    first: tuple[Row, Need] | None


def told(rows: list[Row], *, on: date) -> Told:
    """The register in figures. ``first``: the first day that comes on which something needed must have been done."""
    top = max(each.rank for each in supplier_rules().tiers)
    critical = [row for row in rows if row.rank == top]
    lacking = sum(row.asks("no_exit") or any(_needed_proof(each) for each in row.needs) for row in critical)
    coming = [(each.day, row.name, row, each) for row in rows for each in row.needs if each.day and each.day >= on]
    first = min(coming, key=lambda each: each[:2], default=None)
    open_ = sum(row.direct and (row.graded is None or not row.graded.settled) for row in rows)
    late = sum(row.press == Press.LATE for row in rows)
    return Told(len(rows), len(critical), lacking, late, open_, first and (first[2], first[3]))


def _needed_proof(need: Need) -> bool:
    return need.code == "no_proof" and need.press == Press.NEEDED


def services_of(organisation: Organisation, *, on: date, supplier: int | None = None) -> QuerySet[Service]:
    """The services that run on a day, each with its supplier and owner."""
    rows = Service.objects.filter(still(on), organisation=organisation, added_on__lte=on)
    rows = rows if supplier is None else rows.filter(supplier=supplier)
    return rows.select_related("supplier", "owner")


def uses_of(service: Service, *, on: date) -> QuerySet[Use]:
    """What leans on a service, the soonest hurt first."""
    rows = Use.objects.filter(still(on), there(on), service=service, since__lte=on).select_related("subject")
    return rows.order_by("hours", "subject__name")


def contracts_of(organisation: Organisation, *, on: date, over: bool = False) -> QuerySet[Contract]:
    """The contracts that stand on a day, by their end; with ``over`` those that are past it too."""
    rows = Contract.objects.filter(still(on), organisation=organisation)
    rows = rows if over else rows.filter(Q(until__isnull=True) | Q(until__gt=on))
    return rows.select_related("supplier", "owner").order_by("until", "supplier__name", "pk")


def chain_of(supplier: Supplier, *, on: date) -> tuple[list[SubSupplier], list[SubSupplier]]:
    """On whom a supplier leans, and who leans on it."""
    rows = SubSupplier.objects.filter(still(on), organisation=supplier.organisation_id, since__lte=on)
    rows = rows.select_related("supplier", "on", "service")
    found = list(rows.filter(Q(supplier=supplier) | Q(on=supplier)))
    return [each for each in found if each.supplier_id == supplier.pk], [
        each for each in found if each.on_id == supplier.pk
    ]


def free_subjects(organisation: Organisation, kind: str) -> QuerySet[Subject]:
    """The suppliers or services that stand in the records of the ledger, and in no register of ours."""
    model: Any = Supplier if kind == "supplier" else Service
    taken = model.objects.filter(organisation=organisation, subject__isnull=False).values("subject")
    rows = Subject.objects.filter(organisation=organisation, kind=kind, archived_at__isnull=True)
    return rows.exclude(pk__in=taken).order_by("pk")


def elsewhere(organisation: Organisation) -> list[str]:
    """The names of suppliers that stand in the records of the ledger and not in this register."""
    return list(free_subjects(organisation, "supplier").order_by("name").values_list("name", flat=True))
