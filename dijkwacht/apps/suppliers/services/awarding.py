"""An award: the offer becomes a supplier, a contract and agreed requirements, and the ledger hears what was offered.

What we tell the ledger here is what an offer said, so it is *stated*, and it comes as something brought in: what a person or the
register of contracts says of the same is not replaced by it, and the other way round (see core/recording).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from dijkwacht.apps.ledger.models import Subject
from dijkwacht.apps.ledger.services.facts import observe
from dijkwacht.apps.ledger.services.recording import Said
from dijkwacht.apps.people.models import Person
from dijkwacht.apps.suppliers.models import (
    Agreed,
    Answer,
    Contract,
    Offer,
    Service,
    ServiceKind,
    Supplier,
    Tender,
    TenderState,
)
from dijkwacht.apps.suppliers.queries.tenders import Row, by_order, said
from dijkwacht.apps.suppliers.services import contracting, registering, telling
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.apps.suppliers.services.keeping import now, own
from dijkwacht.core.facts import Assurance
from dijkwacht.core.recording import Origin
from dijkwacht.core.suppliers.tendering import due_after, settled
from dijkwacht.norms.read import norms_on
from dijkwacht.web.moments import day_of

ASKED = "supplier.tender.security_requirements"
AGREED = ("yes", "partly")


@dataclass(frozen=True, slots=True)
class Deal:
    """With whom and on which contract. ``supplier`` None: new in the register; ``contract`` None: a new one, with its title and
    days (``until``: the first day after). ``service_name``: of a new service, or empty for none."""

    supplier: Supplier | None = None
    contract: Contract | None = None
    title: str = ""
    number: str = ""
    starts_on: date | None = None
    until: date | None = None
    service: Service | None = None
    service_name: str = ""
    service_kind: str = ServiceKind.OTHER


def award(offer: Offer, *, deal: Deal, person: Person | None, at: datetime) -> Offer:
    """This offer wins. Raises Refused: awarded_already, gone (not sent, or stopped), another, and what adding a supplier, a
    service or a contract refuses."""
    with doing(offer.tender.organisation, person=person, at=at) as deed:
        tender = _open(offer)
        row = Offer.objects.get(pk=offer.pk)
        rows = said(row, by_order(tender))
        supplier = _supplier(deed, row, deal)
        service = _service(deed, supplier, deal)
        musts = all(each.stands in AGREED for each in rows if each.line.weight == "must")
        contract = _contract(deed, tender, supplier, service, deal, whole=musts)
        agreed = _agreed(contract, service, rows, tender=tender, on=day_of(at))
        row.supplier, row.awarded = supplier, True
        row.save(update_fields=["supplier", "awarded"])
        tender.state, tender.awarded_on = TenderState.AWARDED, day_of(at)
        tender.save(update_fields=["state", "awarded_on"])
        deed.write(
            "tender_awarded", about=f"tender:{tender.pk}", rows=[tender, row, *agreed], name=tender.title,
            supplier=supplier.name, agreed=len(agreed),
        )  # fmt: skip
        _tell(deed, tender, supplier, rows)
        telling.settle(deed.organisation, at=at, suppliers=[supplier.pk])
    return row


def said_by(tender: Tender) -> str:
    """How the ledger names what an award told."""
    return telling.said_by_award(tender.pk)


def _open(offer: Offer) -> Tender:
    tender = Tender.objects.select_related("file", "private_set").get(pk=offer.tender_id)
    if tender.state == TenderState.AWARDED:
        raise Refused("awarded_already")
    if tender.state != TenderState.SENT:
        raise Refused("gone")
    return tender


def _supplier(deed: Deed, offer: Offer, deal: Deal) -> Supplier:
    """Who it is in the register: somebody known, or a new one with the name and number of the offer."""
    if deal.supplier is not None:
        return now(cast(Supplier, own(deal.supplier, deed.organisation, "supplier")))
    return registering.add_supplier(deed.organisation, name=offer.name, kvk=offer.kvk, person=deed.person, at=deed.at)


def _service(deed: Deed, supplier: Supplier, deal: Deal) -> Service | None:
    if deal.service is not None:
        if deal.service.supplier_id != supplier.pk:
            raise Refused("another", field="service")
        return now(deal.service)
    if not deal.service_name.strip():
        return None
    return registering.add_service(
        supplier, name=deal.service_name, kind=deal.service_kind, person=deed.person, at=deed.at
    )


def _contract(
    deed: Deed, tender: Tender, supplier: Supplier, service: Service | None, deal: Deal, *, whole: bool
) -> Contract:
    """The contract, with the service under it. ``whole``: every must is agreed, so it holds the requirements of the tender."""
    more = {"security_requirements": Answer.YES} if whole else {}
    if deal.contract is None:
        if deal.starts_on is None:
            raise Refused("empty", field="starts_on")
        return contracting.add_contract(
            supplier, title=deal.title or tender.title, number=deal.number, starts_on=deal.starts_on, until=deal.until,
            services=[service] if service else [], owner=tender.owner, person=deed.person, at=deed.at, **more,
        )  # fmt: skip
    row = now(deal.contract)
    if row.supplier_id != supplier.pk:
        raise Refused("another", field="contract")
    services = [*row.services.all(), *([service] if service else [])]
    return contracting.change_contract(
        row, title=row.title, starts_on=row.starts_on, until=row.until, services=services, person=deed.person, at=deed.at,
        **more,
    )  # fmt: skip


def _agreed(contract: Contract, service: Service | None, rows: list[Row], *, tender: Tender, on: date) -> list[Agreed]:
    """What the offer says yes to, whole or in part, to be looked at from now on."""
    return Agreed.objects.bulk_create(
        [
            Agreed(
                organisation=tender.organisation, supplier_id=contract.supplier_id, service=service, contract=contract,
                line=each.line, key=each.line.key, text=each.line.text, offered=each.text, weight=each.line.weight,
                follow_months=each.line.follow_months, due=due_after(on, each.line.follow_months), owner=tender.owner,
                since=on,
            )
            for each in rows if each.stands in AGREED
        ]
    )  # fmt: skip


def _tell(deed: Deed, tender: Tender, supplier: Supplier, rows: list[Row]) -> None:
    """What was asked and what was offered, to the ledger; what no norm in force asks stays here."""
    on = day_of(deed.at)
    known, subject = norms_on(on).fact_types, _subject(supplier)
    files = (tender.file,) if tender.file else ()
    found = [
        Said(subject, name, value, Origin.IMPORT, Assurance.STATED, said_by=said_by(tender))
        for name, value in settled((each.line.facts, each.stands) for each in rows).items()
        if name in known
    ]
    if ASKED in known:
        sure = Assurance.DOCUMENTED if files else Assurance.STATED
        found.append(Said(subject, ASKED, True, Origin.IMPORT, sure, said_by=said_by(tender), evidence=files))
    if found:
        observe(deed.organisation, observations=found, source=said_by(tender), on=on, at=deed.at, person=deed.person)


def _subject(supplier: Supplier) -> Subject:
    """What facts about it are about: a contract made it somebody with whom we deal."""
    row = Supplier.objects.select_related("subject").get(pk=supplier.pk)
    return cast(Subject, row.subject)
