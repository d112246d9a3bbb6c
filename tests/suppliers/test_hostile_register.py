"""The register as an auditor tries it: no fact that the register does not support, and none that outlives what carried it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from dijkwacht.apps.ledger.models import Evidence, Fact, Subject
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.facts import answer
from dijkwacht.apps.ledger.services.subjects import archive_subject
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Agreed, Contract, Letter, Proof, Service, SubSupplier, Supplier, Tender
from dijkwacht.apps.suppliers.queries import exclusion, proofs, stops
from dijkwacht.apps.suppliers.queries.scope import Scope
from dijkwacht.apps.suppliers.queries.tenders import agreed_of, by_order, late_of
from dijkwacht.apps.suppliers.queries.tiers import weighed
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import (
    awarding,
    chaining,
    contracting,
    excluding,
    importing,
    merging,
    offering,
    proving,
    registering,
    telling,
    tendering,
    using,
)
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.core.suppliers.assurance import Proof as Shown
from dijkwacht.core.suppliers.assurance import Span
from dijkwacht.core.suppliers.identity import folded
from dijkwacht.core.suppliers.standing import last_notice
from dijkwacht.core.suppliers.supplier_facts import (
    CLOUD,
    OWN_CHECK,
    REVIEWED,
    TREATED,
    Delivered,
    Known,
    Paper,
    facts_of,
)
from dijkwacht.norms.suppliers import supplier_rules
from tests.house_people import NOW, TODAY, Make, People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REPORT = {"kind": "isae3402_2", "title": "ISAE 2025", "first": date(2025, 7, 1), "until": date(2026, 7, 1)}


def refused(deed: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code


def standing(subject: Any, **narrow: Any) -> dict[str, Any]:
    """What the ledger has about a subject, by fact type."""
    rows = Fact.objects.filter(subject=subject, superseded_at__isnull=True, valid_to__isnull=True, **narrow)
    return dict(rows.values_list("fact_type", "value"))


def paper(**told: Any) -> proving.Paper:
    return proving.Paper(**{**REPORT, "whole": True, "subs": "yes", "received_on": date(2026, 8, 1), **told})


@pytest.fixture
def report(supplier: Supplier, service: Service, does: Make) -> Proof:
    row = proving.add_proof(supplier, paper=paper(), **does())
    return proving.judge_proof(row, judgement="Gelezen.", **does("process_owner"))


# Proof


def test_a_proof_that_changed_is_judged_again(supplier: Supplier, report: Proof, does: Make) -> None:
    assert REVIEWED in standing(supplier.subject)
    row = proving.change_proof(report, paper=paper(until=date(2026, 4, 1)), **does())
    assert (row.judged_on, row.judged_by, row.judgement) == (None, None, "")
    assert not {REVIEWED, TREATED} & set(standing(supplier.subject))
    assert list(proofs.to_judge(supplier.organisation, on=TODAY)) == [row]


def test_a_proof_about_other_services_is_judged_again_and_one_that_stayed_is_not(
    supplier: Supplier, service: Service, report: Proof, does: Make
) -> None:
    assert proving.change_proof(report, paper=paper(), **does()).judged_on == TODAY
    assert proving.change_proof(report, paper=paper(title="ISAE 2025, tekst hersteld"), **does()).judged_on == TODAY
    some = paper(whole=False, services=(service,))
    assert proving.change_proof(report, paper=some, **does()).judged_on is None


def test_another_file_is_another_proof(
    organisation: Organisation, supplier: Supplier, report: Proof, does: Make, people: People
) -> None:
    upload = ContentFile(b"%PDF-1.7 other", name="r.pdf")
    file = add_evidence(organisation, file=upload, name="r.pdf", person=people("ciso"), on=TODAY, at=NOW)
    assert proving.change_proof(report, paper=paper(file=file), **does()).judged_on is None


def letter(report: Proof, does: Make, **told: Any) -> Letter:
    days = {"first": date(2026, 7, 1), "until": date(2026, 9, 1), "received_on": date(2026, 9, 1), **told}
    return proving.add_letter(report, **days, **does())


def bridged(report: Proof) -> tuple[Span, ...]:
    (found,) = proofs.covers(report.organisation, on=TODAY)
    return found.found.bridged


def test_a_bridge_letter_is_taken_back(report: Proof, does: Make) -> None:
    row = letter(report, does)
    assert bridged(report) == (Span(date(2026, 7, 1), date(2026, 9, 1)),)
    proving.withdraw_letter(row, **does())
    assert bridged(report) == ()
    assert Letter.objects.get().ended_on == TODAY
    assert refused(lambda: proving.withdraw_letter(row, **does())) == "gone"
    again = letter(report, does, until=date(2026, 8, 1))
    assert bridged(report) == (Span(date(2026, 7, 1), date(2026, 8, 1)),)
    assert again.ended_on is None


def test_a_letter_that_others_begin_at_is_taken_back_last(report: Proof, does: Make) -> None:
    first = letter(report, does)
    second = letter(report, does, first=date(2026, 9, 1), until=date(2026, 10, 1), received_on=date(2026, 10, 2))
    assert refused(lambda: proving.withdraw_letter(first, **does())) == "letter_loose"
    proving.withdraw_letter(second, **does())
    proving.withdraw_letter(first, **does())
    proving.change_proof(
        report, paper=paper(until=date(2026, 8, 1)), **does()
    )  # what was taken back is in nobody's way


def test_a_letter_is_taken_back_on_its_page(
    report: Proof, does: Make, people: People, other_organisation: Organisation
) -> None:
    row, slug = letter(report, does), report.organisation.slug
    address = reverse("suppliers:letter_withdraw", args=(slug, row.pk))
    assert people.browser("secretary").post(address).status_code == 403
    assert people.stranger(other_organisation).post(address).status_code == 404
    browser = people.browser("supplier_manager")
    assert browser.get(address).status_code == 200
    assert browser.get(reverse("suppliers:letter_withdraw", args=(slug, 10**9))).status_code == 404
    assert browser.post(address).status_code == 302
    assert Letter.objects.get().ended_on == TODAY
    shown = browser.get(reverse("suppliers:proof", args=(slug, report.pk))).content.decode()
    assert "taken back" in shown


# What only the register of services can tell


@pytest.mark.parametrize("kind", ["hosting", "administration", "monitoring", "other"])
def test_whether_it_is_cloud_is_not_guessed(supplier: Supplier, add_service: Make, kind: str) -> None:
    add_service(supplier, kind=kind)
    assert CLOUD not in standing(supplier.subject)


def test_a_check_of_a_service_that_ended_says_nothing_of_what_is_delivered_now(
    supplier: Supplier, add_service: Make, does: Make
) -> None:
    old, _new = add_service(supplier, "Oud"), add_service(supplier, "Nieuw")
    told = {"kind": "own_check", "title": "Onderzoek", "first": date(2026, 9, 1), "until": None}
    row = proving.add_proof(supplier, paper=paper(**told, whole=False, services=(old,), received_on=TODAY), **does())
    proving.judge_proof(row, judgement="Goed.", **does("process_owner"))
    assert standing(supplier.subject)[OWN_CHECK] == "2026-09-01"
    registering.end_service(old, **does())
    assert not {OWN_CHECK, REVIEWED} & set(standing(supplier.subject))


def test_an_own_check_is_research_of_our_own() -> None:
    kind = supplier_rules().kinds["own_check"]
    assert (kind.shows, kind.works, kind.bridge) == ("day", False, None)
    tiers = {each.id: each.proofs for each in supplier_rules().tiers}
    assert [name for name, some in tiers.items() if "own_check" in some] == ["basic", "high"]
    proof = Shown("p", kind, Span(TODAY - DAY, TODAY), None, True)
    known = Known(services=(Delivered("1", True, True),), papers=(Paper(proof, TODAY, TODAY),))
    assert facts_of(known, on=TODAY)[OWN_CHECK].value == TODAY - DAY
    unread = Known(services=known.services, papers=(Paper(proof, TODAY),))
    assert OWN_CHECK not in facts_of(unread, on=TODAY)


# What was awarded


@pytest.fixture
def awarded(organisation: Organisation, does: Make) -> Tender:
    choice = tendering.Choice("Zaaksysteem", ["cloud", "personal_data"], {"critical_process": True, "ai_used": False})
    tender = tendering.begin(organisation, choice=choice, **does())
    tendering.send(tender, offers_before=TODAY + 31 * DAY, **does())
    offer = offering.add_offer(tender, name="Wolkwerk", received_on=TODAY, **does())
    told = {each.pk: offering.Told("no" if n == 3 else "yes") for n, each in enumerate(offer.lines.all())}
    offering.say(offer, told=told, **does())
    deal = awarding.Deal(title="Zaaksysteem", starts_on=TODAY, until=TODAY + 100 * DAY, service_name="Zaken")
    awarding.award(offer, deal=deal, **does())
    return Tender.objects.get(pk=tender.pk)


def by_award(tender: Tender) -> dict[str, Any]:
    subject = Supplier.objects.get(name="Wolkwerk").subject
    return standing(subject, said_by=awarding.said_by(tender))


def test_what_an_award_told_ends_with_its_contract(awarded: Tender, does: Make) -> None:
    assert by_award(awarded)
    contracting.end_contract(Contract.objects.get(), **does())
    assert by_award(awarded) == {}


def test_what_an_award_told_ends_when_its_contract_runs_out(awarded: Tender) -> None:
    at = NOW + timedelta(days=99)
    telling.settle_all(at=at)
    assert by_award(awarded)
    assert telling.settle_all(at=at + DAY) == 1
    assert by_award(awarded) == {}
    assert telling.settle_all(at=at + 2 * DAY) == 0


def test_what_an_award_told_stays_while_the_contract_runs(awarded: Tender, does: Make) -> None:
    before = by_award(awarded)
    telling.settle(awarded.organisation, at=NOW)
    contract = Contract.objects.get()
    contracting.change_contract(
        contract, title="Anders", starts_on=contract.starts_on, until=contract.until, services=contract.services.all(),
        **does(),
    )  # fmt: skip
    assert by_award(awarded) == before


def test_nobody_has_to_look_at_what_was_agreed_in_a_contract_that_is_over(awarded: Tender, does: Make) -> None:
    Agreed.objects.update(due=TODAY - DAY)
    organisation = awarded.organisation
    assert agreed_of(organisation, on=TODAY).count() == late_of(organisation, on=TODAY) > 0
    contracting.end_contract(Contract.objects.get(), **does())
    assert agreed_of(organisation, on=TODAY).count() == late_of(organisation, on=TODAY) == 0


def test_a_tender_that_is_out_does_not_change(awarded: Tender, does: Make) -> None:
    line, other = by_order(awarded)[0], tendering.Choice("Iets", ["cloud"], {})
    deeds: list[Callable[[], Any]] = [
        lambda: tendering.choose(awarded, choice=other, **does()),
        lambda: tendering.change_lines(awarded, said={line.pk: tendering.Said("wish")}, **does()),
        lambda: tendering.add_line(awarded, wording="Iets", weight="must", **does()),
        lambda: tendering.send(awarded, offers_before=TODAY + 40 * DAY, **does()),
        lambda: tendering.stop(awarded, because="Toch niet", **does()),
        lambda: offering.add_offer(awarded, name="Laatkomer", received_on=TODAY, **does()),
    ]
    assert [refused(each) for each in deeds] == ["gone"] * len(deeds)
    offer = awarded.offers.get()
    assert refused(lambda: awarding.award(offer, deal=awarding.Deal(title="x", starts_on=TODAY), **does())) == (
        "awarded_already"
    )


# What is gone


def test_a_process_that_is_gone_makes_no_service_heavy(
    organisation: Organisation, service: Service, process: Subject, does: Make, people: People
) -> None:
    answer(
        organisation, person=people("ciso"), subject=process, fact_type="process.critical", value=True, on=TODAY, at=NOW
    )
    using.add_use(service, subject=process, **does())
    assert weighed(organisation, on=TODAY)[service.pk].graded.tier.id == "critical"
    archive_subject(process, person=people("ciso"), on=TODAY, at=NOW)
    assert weighed(organisation, on=TODAY)[service.pk].graded.tier.id != "critical"


def test_who_others_lean_on_is_found_after_we_ended_it(
    organisation: Organisation, supplier: Supplier, add: Make, does: Make
) -> None:
    other = add("Vezelnet", kvk="90004321")
    chaining.add_sub(supplier, name="Vezelnet", **does())
    registering.end_supplier(other, **does())
    assert stops.find(Scope((organisation,)), "Vezel")


def test_what_is_told_of_a_merged_supplier_is_gone(
    organisation: Organisation, supplier: Supplier, report: Proof, contract: Contract, add: Make, does: Make
) -> None:
    kept = add("Rekenwolk Nederland")
    merging.merge(kept, supplier, **does())
    assert standing(Supplier.objects.get(pk=supplier.pk).subject, said_by="suppliers") == {}
    assert REVIEWED in standing(Supplier.objects.get(pk=kept.pk).subject)
    assert not verify_suppliers(organisation).faulty


# Names and numbers


def test_names_in_other_letters_are_names() -> None:
    assert folded("华为技术") == "华为技术" != folded("中兴通讯")
    assert folded("Яндекс Cloud") != folded("华为 Cloud")
    assert folded("Café Zuid B.V.") == folded("Cafe Zuid")


def test_an_order_in_other_letters_means_nobody_else(organisation: Organisation, add: Make, does: Make) -> None:
    add("中兴通讯")
    order = excluding.record(organisation, name="华为技术", reference="Besluit 1", given_on=TODAY, **does())
    assert exclusion.suppliers_of(order) == {}


def test_a_sub_supplier_in_other_letters_is_no_other(supplier: Supplier, add: Make, does: Make) -> None:
    add("中兴通讯")
    assert chaining.add_sub(supplier, name="华为技术", **does()).on.name == "华为技术"


def test_nobody_is_leant_on_for_a_service_that_ended(supplier: Supplier, service: Service, does: Make) -> None:
    registering.end_service(service, **does())
    assert refused(lambda: chaining.add_sub(supplier, name="Vezelnet", service=service, **does())) == "another"
    assert not SubSupplier.objects.exists()


@pytest.mark.parametrize(
    ("until", "months", "last"),
    [
        (date(2027, 1, 1), 3, date(2026, 9, 30)),
        (date(2028, 2, 29), 12, date(2027, 2, 27)),
        (date(2028, 3, 1), 1, date(2028, 1, 31)),
        (date(2027, 5, 31), 3, date(2027, 2, 27)),
        (date(2027, 1, 1), 0, date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_notice(until: date, months: int, last: date) -> None:
    assert last_notice(until, months) == last


# Others


def test_file_of_another_organisation_is_no_proof(
    supplier: Supplier, service: Service, other_organisation: Organisation, make_person: Make, does: Make
) -> None:
    alien = make_person("ciso", at_organisation=other_organisation)
    upload = ContentFile(b"x", name="x.pdf")
    file: Evidence = add_evidence(other_organisation, file=upload, name="x.pdf", person=alien, on=TODAY, at=NOW)
    assert refused(lambda: proving.add_proof(supplier, paper=paper(file=file), **does())) == "another"
    assert refused(lambda: contracting.add_contract(supplier, title="x", starts_on=TODAY, file=file, **does())) == (
        "another"
    )


# A register in a file


def take(organisation: Organisation, text: str, does: Make) -> importing.Taken:
    register = importing.read(text.encode(), "register.csv")
    assert register.usable, register.problems
    return importing.take_over(organisation, register, name="register.csv", **does())


def test_what_changed_is_written_over_what_is_there(organisation: Organisation, does: Make) -> None:
    head = "leverancier;kvk;crediteurnummer;dienst;contract;ingangsdatum;einddatum\n"
    rows = (
        "Rekenwolk;90001234;C-1;Zaken;Overeenkomst;01-01-2025;31-12-2026\n"
        "Vezelnet;90004321;C-2;Net;Net;01-01-2025;31-12-2026\n"
    )
    assert take(organisation, head + rows, does).added == 6
    other = rows.replace("Rekenwolk", "Wolkreken").replace("2026", "2028").replace("C-1", "C-3").replace("C-2", "C-1")
    assert take(organisation, head + other.replace("C-3", "C-2"), does).changed == 4
    found = Supplier.objects.order_by("pk").values_list("name", "kvk", "own_id")
    assert list(found) == [("Wolkreken", "90001234", "C-2"), ("Vezelnet", "90004321", "C-1")]
    assert {each.until for each in Contract.objects.all()} == {date(2029, 1, 1)}
    assert not verify_suppliers(organisation).faulty
    assert take(organisation, head + other.replace("C-3", "C-2"), does).changed == 0
