"""For the test of rights: of every table of suppliers one row, here and in Waterveen; most of them rows only."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from dijkwacht.apps.incidents.models import MonitoringAlert, MonitoringReport
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.subjects import register_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers import models
from dijkwacht.apps.suppliers.services import registering, sharing
from tests.world import World

KVK = {"dijkstad": "90000001", "waterveen": "90000002"}
DAY = timedelta(days=1)


def suppliers(world: World, slug: str) -> None:
    """A register with one of each, a review in hand with a finding, a tender in every phase, a collective service."""
    organisation, on = world.organisations[slug], world.on
    who: dict[str, Any] = {"person": world.person("ciso", slug), "at": timezone.now()}
    row = registering.add_supplier(organisation, name="Rekenwolk B.V.", kvk=KVK[slug], **who)
    other = registering.add_supplier(organisation, name="Rekenwolk", **who)
    service = registering.add_service(row, name="Zaakwolk", kind="saas", **who)
    process = register_subject(organisation, kind="process", name="Leunt erop", on=on, **who)
    models.Use.objects.create(service=service, subject=process, since=on)
    models.SubSupplier.objects.create(organisation=organisation, supplier=row, on=other, since=on)
    contract = models.Contract.objects.create(
        organisation=organisation, supplier=row, title="Overeenkomst", starts_on=on - 30 * DAY, added_at=who["at"]
    )
    proof = models.Proof.objects.create(
        organisation=organisation, supplier=row, kind="soc2_2", title="Rapport", first=on - 400 * DAY, until=on - 30 * DAY,
        whole=True, received_on=on - 20 * DAY,
    )  # fmt: skip
    models.Letter.objects.create(proof=proof, first=on - 30 * DAY, until=on + 30 * DAY, received_on=on)
    found = {"organisation": organisation, "supplier": row, "severity": "low", "due": on + 9 * DAY, "found_on": on}
    models.Finding.objects.create(title="Open", proof=proof, **found)
    models.Order.objects.create(
        organisation=organisation, name="Rekenwolk", reference="VB-1", given_on=on, added_at=who["at"]
    )
    sharing.share(organisation, recipient="csirt", tlp="AMBER", valid_from=on, **who)
    _reviews(organisation, row, on, who)
    _tenders(organisation, row, contract, on, who)
    _together(organisation, on, who)


def _reviews(organisation: Organisation, supplier: models.Supplier, on: date, who: dict[str, Any]) -> None:
    slug = organisation.slug
    portal = Organisation.objects.create(slug=f"rekenwolk-{slug}", name="Rekenwolk B.V.", kind="supplier")
    models.Business.objects.create(organisation=portal, kvk=supplier.kvk, invited_by=organisation, invited_at=who["at"])
    review = models.Review.objects.create(
        organisation=organisation, portal=portal, title="Onderzoek", service="Zaakwolk", kind="saas", question_set="saas_short",
        version="1", phase="judging", answer_before=on, judge_before=on + 30 * DAY, opened_at=who["at"], sent_at=who["at"],
    )  # fmt: skip
    models.Party.objects.create(review=review, organisation=organisation, role="joined", since=on)
    question = models.Question.objects.create(
        review=review, key="mfa_staff", order=1, theme="access", text={"nl": "Vraag", "en": "Question"},
        verify={"nl": "", "en": ""}, fact="supplier.risks.treated",
    )  # fmt: skip
    models.Reply.objects.create(question=question, value=True, at=who["at"])
    file = add_evidence(portal, file=BytesIO(slug.encode()), name="bewijs.txt", on=on, **who)
    models.Exhibit.objects.create(question=question, file=file, added_at=who["at"])
    models.ReviewFinding.objects.create(
        question=question, title="Gat", severity="low", due=on + 9 * DAY, raised_for=organisation, raised_at=who["at"]
    )
    models.Adoption.objects.create(review=review, organisation=organisation, supplier=supplier, adopted_on=on)


def _tenders(
    organisation: Organisation, supplier: models.Supplier, contract: models.Contract, on: date, who: dict[str, Any]
) -> None:
    made = {"organisation": organisation, "version": "1", "begun_at": who["at"], "parts": ["general"]}
    draft = models.Tender.objects.create(title="Nieuw systeem", **made)
    line: dict[str, Any] = {"text": "Eis", "weight": "must", "order": 1}
    models.TenderLine.objects.create(tender=draft, key="own-1", theme="own", **line)
    sent = models.Tender.objects.create(title="Verstuurd", state="sent", sent_at=who["at"], offers_before=on, **made)
    asked = models.TenderLine.objects.create(tender=sent, key="own-1", theme="own", **line)
    offer = models.Offer.objects.create(tender=sent, name="Rekenwolk", received_on=on)
    models.OfferLine.objects.create(offer=offer, line=asked)
    models.Agreed.objects.create(
        organisation=organisation,
        supplier=supplier,
        contract=contract,
        key="own-1",
        text="Eis",
        weight="must",
        since=on,
    )
    own = models.PrivateSet.objects.create(
        organisation=organisation, name="Eigen", file_name="set.csv", sha256="0" * 64, brought_at=who["at"]
    )
    models.PrivateRequirement.objects.create(set=own, key="1", part="Algemeen", text="Eis", weight="must", order=1)


def _together(organisation: Organisation, on: date, who: dict[str, Any]) -> None:
    row = models.Collective.objects.create(
        organisation=organisation, name="Bewaking", kind="monitoring", open_to=["municipality"],
        regions=[organisation.safety_region or organisation.slug], since=on, added_at=who["at"],
    )  # fmt: skip
    models.Covering.objects.create(
        collective=row, requirement="bio2:8.13.04", extent="part", does="Kijkt mee", stays="De rest"
    )
    models.Membership.objects.create(collective=row, organisation=organisation, since=on, confirmed_at=who["at"])
    file = add_evidence(organisation, file=BytesIO(b"rapport"), name="rapport.csv", on=on, **who)
    told = {"organisation": organisation, "key": "bewaking"}
    report = MonitoringReport.objects.create(
        service="Bewaking", first=on - 30 * DAY, end=on, form="table", file=file, came_at=who["at"], **told
    )
    alert = MonitoringAlert.objects.create(
        number="1", at=who["at"], title="Vreemde aanmelding", severity="medium", last=report, **told
    )
    alert.reports.add(report)
