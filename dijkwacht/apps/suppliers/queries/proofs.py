"""What proof there is: how it covers each service, what waits to be judged, what ends soon, and what was found."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, QuerySet

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Answer, Contract, Finding, Proof, Service, Supplier
from dijkwacht.apps.suppliers.queries.known import agreements, here, papers_of, portions, runs, runs_out
from dijkwacht.apps.suppliers.queries.tiers import weighed
from dijkwacht.core.days import Duration, earliest
from dijkwacht.core.suppliers import assurance
from dijkwacht.core.suppliers.assurance import Cover, Span, counts_until, cover
from dijkwacht.core.suppliers.proof_standing import Standing, stands
from dijkwacht.core.suppliers.standing import last_notice
from dijkwacht.core.suppliers.supplier_facts import CHAIN, Known, facts_of
from dijkwacht.core.suppliers.tier import Graded

YEAR = Duration(12, 0)
DAY = timedelta(days=1)
SOON = timedelta(days=60)
ORDER = ("not_met", "unknown", "partly", "met")


@dataclass(frozen=True, slots=True)
class Covered:
    """How a running service is covered on a day. ``asked``: the year up to and with that day."""

    service: Service
    supplier: Supplier
    graded: Graded
    found: Cover
    standing: Standing
    asked: Span


@dataclass(frozen=True, slots=True)
class Ending:
    """A proof with the last day on which it counts."""

    proof: Proof
    last: date


@dataclass(frozen=True, slots=True)
class Notice:
    """A contract with the last day to give notice, or its last day where it does not go on by itself (``ends``)."""

    contract: Contract
    last: date
    ends: bool


@dataclass(frozen=True, slots=True)
class DueSoon:
    """What ends or is late; each in the order of its days. ``findings``: open, and past their day."""

    proofs: Sequence[Ending] = field(default=())
    findings: Sequence[Finding] = field(default=())
    contracts: Sequence[Notice] = field(default=())

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.proofs or self.findings or self.contracts)


def proofs_in(organisation: Organisation, *, supplier: int | None = None) -> QuerySet[Proof]:
    """Every proof, what ends last first, with what a page tells of it."""
    return (
        _proofs(organisation, supplier)
        .select_related("supplier", "file", "judged_by")
        .prefetch_related("services", "letters")
        .order_by("-until", "pk")
    )


def _proofs(organisation: Organisation, supplier: int | None) -> QuerySet[Proof]:
    rows = Proof.objects.filter(organisation=organisation, supplier__merged_into__isnull=True)
    return rows if supplier is None else rows.filter(supplier=supplier)


def year_to(on: date) -> Span:
    """The year up to and with a day."""
    return Span(earliest(on, YEAR) + DAY, on + DAY)


def covers(organisation: Organisation, *, on: date, supplier: int | None = None) -> list[Covered]:
    """How each service that runs is covered, the heaviest first, and of these what stands worst."""
    heavy = weighed(organisation, on=on, supplier=supplier)
    services = Service.objects.filter(organisation=organisation, supplier__in=_here(organisation, on))
    papers: dict[int, list[assurance.Proof]] = {}
    for held in papers_of(_proofs(organisation, supplier).filter(received_on__lte=on), letters=True):
        papers.setdefault(held.supplier, []).append(held.paper.proof)
    alone, asked = _alone(papers, on), year_to(on)
    found = []
    if supplier is not None:
        services = services.filter(supplier=supplier)
    for each in services.select_related("supplier"):
        if each.pk not in heavy:
            continue
        graded, own = heavy[each.pk].graded, papers.get(each.supplier_id, [])
        seen = cover(str(each.pk), own, on=on, asked=asked)
        kinds = {proof.id: proof.kind.id for proof in own}
        standing = stands(seen, expected=graded.tier.proofs, kinds=kinds, asked=asked, alone=each.supplier_id in alone)
        found.append(Covered(each, each.supplier, graded, seen, standing, asked))
    return sorted(found, key=lambda each: (-each.graded.tier.rank, ORDER.index(each.standing.word), each.service.name))


def titles(organisation: Organisation, *, supplier: int | None = None) -> Mapping[str, str]:
    """How each proof is called, by its id in the core."""
    rows = Proof.objects.filter(organisation=organisation)
    rows = rows if supplier is None else rows.filter(supplier=supplier)
    return {f"proof:{pk}": title for pk, title in rows.values_list("pk", "title")}


def to_judge(organisation: Organisation, *, on: date) -> QuerySet[Proof]:
    """Proof that was received and of which nobody said yet what he makes of it, the oldest first."""
    rows = proofs_in(organisation).filter(judged_on__isnull=True, ended_on__isnull=True, received_on__lte=on)
    return rows.order_by("received_on", "pk")


def ending(organisation: Organisation, *, on: date, within: timedelta) -> list[Ending]:
    """Proof that counts and stops doing so within a time, where no other proof of that supplier says as much for longer."""
    some = Proof.objects.filter(runs_out(on, on + within), organisation=organisation).values("supplier")
    live = papers_of(_proofs(organisation, None).filter(supplier__in=some).exclude(ended_on__lte=on))
    mine: dict[int, list[assurance.Proof]] = {}
    for each in live:
        mine.setdefault(each.supplier, []).append(each.paper.proof)
    until = {
        each.id: counts_until(proof)
        for each in live
        if (proof := each.paper.proof).days.first <= on < counts_until(proof) <= on + within
        and not _followed(proof, mine[each.supplier], on)
    }
    rows = [row for part in portions(sorted(until)) for row in proofs_in(organisation).filter(pk__in=part)]
    found = [Ending(row, until[row.pk] - DAY) for row in rows]
    return sorted(found, key=lambda each: (each.last, each.proof.pk))


def findings_in(organisation: Organisation, *, supplier: int | None = None) -> QuerySet[Finding]:
    """Every finding: what is open first, by its day."""
    rows = Finding.objects.filter(organisation=organisation)
    rows = rows if supplier is None else rows.filter(supplier=supplier)
    order = (F("mended_on").asc(nulls_first=True), F("accepted_on").asc(nulls_first=True), "due", "pk")
    return rows.select_related("supplier", "proof", "owner", "mended_by", "accepted_by").order_by(*order)


def open_findings(organisation: Organisation, *, supplier: int | None = None) -> QuerySet[Finding]:
    """The findings that are neither mended nor accepted, by their day."""
    rows = findings_in(organisation, supplier=supplier).filter(mended_on__isnull=True, accepted_on__isnull=True)
    return rows.order_by("due", "pk")


def due_soon(organisation: Organisation, *, on: date, within: timedelta = SOON) -> DueSoon:
    """What ends within a time or is late: proof, findings, and contracts of which the day to give notice comes. Few queries."""
    late = list(open_findings(organisation).filter(due__lt=on))
    return DueSoon(ending(organisation, on=on, within=within), late, notices(organisation, on=on, within=within))


def notices(organisation: Organisation, *, on: date, within: timedelta) -> list[Notice]:
    """Contracts that run and of which the last day to give notice comes within a time, or that end in it and do not go on."""
    rows = Contract.objects.filter(runs(on), organisation=organisation, until__isnull=False, ended_on__isnull=True)
    found = []
    for each in rows.filter(supplier__merged_into__isnull=True).select_related("supplier"):
        notice = None if each.renews == Answer.NO else last_notice(each.until, each.notice_months)
        last = notice or (each.until or date.max) - DAY
        if on <= last <= on + within:
            found.append(Notice(each, last, notice is None))
    return sorted(found, key=lambda each: (each.last, each.contract.pk))


def _followed(proof: assurance.Proof, others: Collection[assurance.Proof], on: date) -> bool:
    """Whether another proof of that kind, or of how measures worked, says as much of the same services for longer."""
    return any(
        each.id != proof.id and (each.kind.id == proof.kind.id or (each.kind.works and proof.kind.works))
        and each.days.first <= on and counts_until(each) > counts_until(proof)
        and (each.services is None or (proof.services is not None and proof.services <= each.services))
        for each in others
    )  # fmt: skip


def _alone(suppliers: Collection[int], on: date) -> frozenset[int]:
    """Of these suppliers who has no sub-suppliers, as its contracts say."""
    agreed = agreements(suppliers, on=on)
    told = {pk: facts_of(Known(tuple(each)), on=on).get(CHAIN) for pk, each in agreed.items()}
    return frozenset(pk for pk, each in told.items() if each is not None and each.value == "none")


def _here(organisation: Organisation, on: date) -> QuerySet[Supplier]:
    return Supplier.objects.filter(here(on), organisation=organisation)
