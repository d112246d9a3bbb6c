"""What the register says stands in the ledger, turns the lines of the norms, and ends when it no longer follows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkwacht.apps.ledger.models import Evidence, Fact
from dijkwacht.apps.ledger.queries.verdicts import line
from dijkwacht.apps.ledger.queries.verify import verify_facts
from dijkwacht.apps.ledger.services.evidence import add_evidence
from dijkwacht.apps.ledger.services.facts import answer
from dijkwacht.apps.ledger.services.subjects import declare_complete
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Proof, Supplier
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import contracting, following, proving, registering, telling
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.facts import Assurance
from dijkwacht.core.suppliers.supplier_facts import OF_SUPPLIER, REGISTERED
from tests.house_people import NOW, TODAY, Make, People

DAY = timedelta(days=1)
CLAUSES = dict.fromkeys(contracting.CLAUSES, "yes")
REPORT = {"kind": "isae3402_2", "title": "ISAE 2025", "first": date(2025, 7, 1), "until": date(2026, 7, 1)}


def standing(subject: Any) -> dict[str, Any]:
    """What the ledger has from this room about a subject, by fact type."""
    rows = Fact.objects.filter(subject=subject, said_by="suppliers", superseded_at__isnull=True, valid_to__isnull=True)
    found = dict(rows.values_list("fact_type", "value"))
    assert len(found) == rows.count()
    return found


@pytest.fixture
def prove(does: Make) -> Callable[..., Proof]:
    """Adds a proof of all services, with what is given instead of the usual."""

    def one(supplier: Supplier, *, at: datetime = NOW, **told: Any) -> Proof:
        text = {**REPORT, "whole": True, "subs": "yes", "received_on": date(2026, 8, 1), **told}
        return proving.add_proof(supplier, paper=proving.Paper(**text), **does(at=at))

    return one


@pytest.fixture
def file(organisation: Organisation, people: People) -> Evidence:
    upload = ContentFile(b"%PDF-1.7 contract", name="contract.pdf")
    return add_evidence(organisation, file=upload, name="contract.pdf", person=people("ciso"), on=TODAY, at=NOW)


@pytest.fixture
def status(organisation: Organisation, supplier: Supplier, people: People) -> Callable[..., str]:
    """How a line stands; the register of suppliers is complete."""
    declare_complete(organisation, kind="supplier", person=people("ciso"), on=TODAY, at=NOW)

    def one(requirement: str, *, on: date = TODAY) -> str:
        found = line(organisation, requirement=f"bio2:{requirement}", on=on)
        assert found is not None
        return str(found.verdict.status)

    return one


class TestContracts:
    def test_the_clauses_of_a_contract_turn_their_lines(self, supplier, service, add_contract, status) -> None:
        assert status("5.20.05") == "unknown"
        add_contract(supplier, services=[service], **CLAUSES, terms="weighed", subcontractors="accepted")
        assert [status(each) for each in ("5.20.01", "5.20.02", "5.20.05", "5.20.06", "5.21.02", "5.21.03")] == [
            "met"
        ] * 6

    def test_a_second_contract_without_it_turns_them_back(self, supplier, service, add_contract, status) -> None:
        add_contract(supplier, services=[service], **CLAUSES)
        add_contract(supplier, title="Beheer", transparency="no")
        assert status("5.20.05") == "not_met"
        assert standing(supplier.subject)["supplier.contract.transparency"] is False
        assert "supplier.contract.exit" not in standing(supplier.subject)  # nobody looked in the second

    def test_when_the_contract_ends_nothing_is_known(self, supplier, service, add_contract, status, does) -> None:
        contract = add_contract(supplier, services=[service], **CLAUSES)
        assert status("5.20.05") == "met"
        later = NOW + 40 * DAY  # past the end of the contract
        assert later.date() > contract.until
        assert telling.settle_all(at=later) == 1
        assert status("5.20.05", on=later.date()) == "unknown"
        assert status("5.20.05") == "met"  # what was, stays to be told
        assert telling.settle_all(at=later) == 0

    def test_ended_before_its_end(self, supplier, service, add_contract, status, does) -> None:
        contract = add_contract(supplier, services=[service], **CLAUSES)
        contracting.end_contract(contract, because="Opgezegd", **does(at=NOW + DAY))
        assert status("5.20.05", on=TODAY + DAY) == "unknown"

    def test_everybody_has_a_contract(self, organisation, supplier, add, add_contract, status, does) -> None:
        assert status("5.22.02") == "partly"  # complete, but who supplies has no contract
        first = add_contract(supplier)
        assert status("5.22.02") == "met"
        other = add("Dijkdata B.V.")
        assert status("5.22.02") == "partly"
        registering.end_supplier(other, **does())
        assert status("5.22.02") == "met"
        contracting.end_contract(first, **does())
        assert status("5.22.02") == "partly"

    def test_with_a_file_it_is_documented_and_without_it_is_said(self, supplier, add_contract, file, does) -> None:
        contract = add_contract(supplier, exit="yes")
        rows = Fact.objects.filter(
            subject=supplier.subject, fact_type="supplier.contract.exit", superseded_at__isnull=True
        )
        assert [each.assurance for each in rows] == [Assurance.STATED]
        contracting.change_contract(
            contract, title="Overeenkomst", starts_on=contract.starts_on, until=contract.until, file=file, **does()
        )
        (row,) = rows.all()
        assert (row.assurance, list(row.evidence.all())) == (Assurance.DOCUMENTED, [file])
        contracting.change_contract(
            contract, title="Overeenkomst", starts_on=contract.starts_on, until=contract.until, file=None, **does()
        )
        (row,) = rows.all()
        assert (row.assurance, list(row.evidence.all())) == (Assurance.STATED, [])


class TestProof:
    def test_proof_turns_5_20_03_and_running_out_turns_it_back(
        self, supplier, service, add_contract, status, prove
    ) -> None:
        add_contract(supplier, services=[service], until=None, **CLAUSES)
        assert status("5.20.03") == "unknown"
        prove(supplier)
        assert status("5.20.03") == "met"
        assert status("5.20.03", on=date(2027, 6, 30)) == "met"
        out = datetime(2027, 7, 1, 9, tzinfo=NOW.tzinfo)
        assert telling.settle_all(at=out) == 1
        assert "supplier.assurance.received_on" not in standing(supplier.subject)
        assert status("5.20.03", on=out.date()) == "unknown"

    def test_withdrawn(self, supplier, service, add_contract, status, prove, does) -> None:
        add_contract(supplier, services=[service], **CLAUSES)
        proof = prove(supplier)
        assert status("5.20.03") == "met"
        proving.withdraw_proof(proof, because="Geschorst", **does())
        assert status("5.20.03") == "unknown"

    def test_sub_suppliers(self, supplier, service, add_contract, status, prove) -> None:
        add_contract(supplier, services=[service], **CLAUSES)
        prove(supplier, subs="no")
        assert status("5.20.03") == "not_met"

    def test_judging_turns_5_22_01_and_a_finding_turns_it_back(
        self, supplier, service, status, prove, does, people
    ) -> None:
        proof = prove(supplier)
        assert status("5.22.01") == "unknown"
        proving.judge_proof(proof, judgement="Volledig, geen uitzonderingen.", **does("process_owner"))
        assert status("5.22.01") == "met"
        finding = following.add_finding(
            supplier, title="Geen MFA", severity="high", due=date(2026, 12, 31), owner=people("supplier_manager"),
            found_on=TODAY, proof=proof, **does(),
        )  # fmt: skip
        assert status("5.22.01") == "not_met"
        following.mend(finding, how="Gezien in het portaal.", **does("ciso"))
        assert status("5.22.01") == "met"
        following.reopen(finding, because="Toch niet voor beheerders.", **does("ciso"))
        assert status("5.22.01") == "not_met"
        following.accept(finding, because="Alleen leesrechten.", **does("process_owner"))
        assert status("5.22.01") == "met"
        proving.withdraw_proof(proof, because="Rapport ingetrokken", **does())
        assert status("5.22.01") == "unknown"

    def test_research_together_turns_5_20_04(self, supplier, service, add_contract, status, prove, does) -> None:
        add_contract(supplier, services=[service], **CLAUSES)
        day = {"first": date(2026, 5, 4), "until": None, "received_on": date(2026, 6, 1)}
        proof = prove(supplier, kind="joint_review", title="Samen gecontroleerd", **day)
        assert status("5.20.04") == "unknown"
        proving.judge_proof(proof, judgement="Overgenomen.", **does("ciso"))
        assert status("5.20.04") == "met"
        assert standing(supplier.subject)["supplier.own_check.done_on"] == "2026-05-04"

    def test_the_service_ends(self, supplier, service, prove, does) -> None:
        prove(supplier)
        assert {"supplier.ict", "supplier.cloud", "supplier.assurance.scope_covers"} <= set(standing(supplier.subject))
        registering.end_service(service, **does())
        assert standing(supplier.subject) == {}


class TestLedger:
    def test_what_persons_said_stays(self, organisation, supplier, service, add_contract, people, does) -> None:
        told = {"subject": supplier.subject, "person": people("ciso"), "on": TODAY, "at": NOW}
        answer(organisation, fact_type="supplier.contract.exit", value=False, **told)
        contract = add_contract(supplier, exit="yes")
        rows = Fact.objects.filter(
            subject=supplier.subject, fact_type="supplier.contract.exit", superseded_at__isnull=True
        )
        assert {(each.origin, each.value) for each in rows} == {("person", False), ("measurement", True)}
        contracting.end_contract(contract, **does())
        assert {(each.origin, each.value) for each in rows.filter(valid_to__isnull=True)} == {("person", False)}

    def test_twice_is_nothing_and_costs_little(self, organisation, supplier, service, contract, prove) -> None:
        prove(supplier)
        entries = Entry.objects.count()
        assert telling.settle(organisation, at=NOW) is None
        with CaptureQueriesContext(connection) as ran:
            assert telling.settle_all(at=NOW) == 0
        assert Entry.objects.count() == entries
        assert len(ran) <= 25

    def test_time_costs_the_same_for_many(self, organisation, other_organisation, add, add_service, people) -> None:
        def cost() -> int:
            telling.settle_all(at=NOW)
            with CaptureQueriesContext(connection) as ran:
                assert telling.settle_all(at=NOW) == 0
            return len(ran)

        first = add_service(add("Een"), kind="saas").supplier
        few = cost()
        for n in range(40):
            add(f"Nummer {n}", of=[organisation, other_organisation][n % 2])
        assert cost() <= few + 1
        assert first.pk

    def test_what_goes_stale_is_said_again_without_anything_new(self, organisation, supplier, service, prove) -> None:
        prove(supplier, file=None)
        before = Fact.objects.count()
        later = NOW + 60 * DAY
        for n in range(61):
            telling.settle_all(at=NOW + n * DAY)
        assert Fact.objects.count() == before
        seen = Fact.objects.get(subject=supplier.subject, fact_type="supplier.ict").observed
        assert seen[-1][-1] > (later - telling.ROUND * DAY - telling.AGAIN).date().isoformat()

    def test_of_who_is_only_known_further_down_nothing(self, organisation, does) -> None:
        Supplier.objects.create(organisation=organisation, name="Verderop", added_on=TODAY)
        assert telling.settle(organisation, at=NOW) is None

    def test_the_trail_tells_it_all(self, organisation, supplier, service, add_contract, prove, does) -> None:
        contract = add_contract(supplier, services=[service], **CLAUSES)
        proof = prove(supplier)
        contracting.end_contract(contract, **does(at=NOW + DAY))
        proving.withdraw_proof(proof, because="x", **does(at=NOW + DAY))
        assert verify_facts(organisation) == []
        assert verify_suppliers(organisation).faulty == []


VERBS = ("contract", "second", "proof", "judge", "finding")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(VERBS))
def test_the_order_of_verbs_does_not_matter(order: list[str], organisation, supplier, service, people, does) -> None:
    people("ciso"), people("supplier_manager")
    with transaction.atomic():
        told = {"starts_on": date(2025, 1, 1), "until": None}
        proof = proving.add_proof(
            supplier, paper=proving.Paper(**REPORT, received_on=date(2026, 8, 1), whole=True, subs="yes"), **does()
        )
        for verb in order:
            if verb == "contract":
                contracting.add_contract(supplier, title="a", **told, exit="yes", audit_right="no", **does())
            elif verb == "second":
                contracting.add_contract(supplier, title="b", **told, exit="yes", audit_right="yes", **does())
            elif verb == "proof":
                registering.change_service(service, name="Zaakwolk", kind="software", **does())
            elif verb == "judge":
                proving.judge_proof(proof, judgement="Goed.", **does("ciso"))
            else:
                following.add_finding(
                    supplier, title="x", severity="low", due=TODAY, owner=people("ciso"), found_on=TODAY, **does()
                )
        assert standing(supplier.subject) == {
            "supplier.ict": True, "supplier.cloud": False, "supplier.contract.exit": True,
            "supplier.contract.audit_right": False, "supplier.assurance.received_on": "2026-08-01",
            "supplier.assurance.scope_covers": True, "supplier.assurance.reviewed_on": TODAY.isoformat(),
            "supplier.risks.treated": False,
        }  # fmt: skip
        assert telling.settle(organisation, at=NOW) is None
        transaction.set_rollback(True)


def test_all_that_is_told_is_ours_to_end() -> None:
    assert len(set(OF_SUPPLIER)) == len(OF_SUPPLIER)
    assert REGISTERED not in OF_SUPPLIER
