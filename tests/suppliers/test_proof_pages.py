"""The pages of proof and findings: the litany for each, and what they say."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dijkwacht.apps.ledger.models import Evidence
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.suppliers.models import Finding, Letter, Proof, Service, Supplier
from dijkwacht.apps.suppliers.proof_section import on_supplier
from dijkwacht.apps.suppliers.services import following, proving
from dijkwacht.core.access import rights
from tests.house_people import TODAY, Make, People

DAY = timedelta(days=1)


@pytest.fixture
def proof(supplier: Supplier, service: Service, does: Make) -> Proof:
    paper = proving.Paper(
        "isae3402_2",
        "ISAE 3402 over 2025",
        date(2025, 7, 1),
        date(2026, 8, 1),
        date(2026, 7, 1),
        whole=True,
        subs="yes",
    )
    return proving.add_proof(supplier, paper=paper, **does())


@pytest.fixture
def finding(supplier: Supplier, proof: Proof, does: Make, people: People) -> Finding:
    return following.add_finding(
        supplier, title="Geen MFA", severity="high", due=TODAY + 9 * DAY, owner=people("supplier_manager"), found_on=TODAY,
        proof=proof, **does(),
    )  # fmt: skip


def url(name: str, *parts: object) -> str:
    return reverse(f"suppliers:{name}", args=("dijkstad", *parts))


LOOK = [("proofs", None), ("proof", "proof"), ("findings", None), ("finding", "finding")]
CHANGE = [
    ("proof_add", None), ("proof_change", "proof"), ("proof_judge", "proof"), ("proof_withdraw", "proof"),
    ("letter_add", "proof"), ("finding_add", None), ("finding_change", "finding"), ("finding_mend", "finding"),
    ("finding_accept", "finding"), ("finding_reopen", "finding"),
]  # fmt: skip


class TestLitany:
    @pytest.fixture
    def address(self, proof: Proof, finding: Finding) -> Callable[..., str]:
        numbers = {"proof": proof.pk, "finding": finding.pk}
        return lambda name, what, pk=None: url(name, *([pk or numbers[what]] if what else []))

    @pytest.mark.parametrize(("name", "what"), LOOK + CHANGE)
    def test_works_and_for_a_stranger_there_is_nothing(
        self, address, people, client, other_organisation, name, what
    ) -> None:
        here = address(name, what)
        assert people.browser("supplier_manager").get(here).status_code == 200
        assert people.stranger(other_organisation).get(here).status_code == 404
        assert client.get(here).status_code == 302
        if what:
            assert people.browser("supplier_manager").get(address(name, what, 999_999)).status_code == 404

    @pytest.mark.parametrize(("name", "what"), LOOK)
    def test_who_looks(self, address, people, name, what) -> None:
        assert people.browser("college").get(address(name, what)).status_code == 200
        assert people.browser("respondent").get(address(name, what)).status_code == 403
        assert people.browser("ciso").post(address(name, what)).status_code == 405

    @pytest.mark.parametrize(("name", "what"), CHANGE)
    def test_who_changes(self, address, people, name, what) -> None:
        assert people.browser("college").get(address(name, what)).status_code == 403
        assert people.browser("college").post(address(name, what)).status_code == 403

    @pytest.mark.parametrize(("name", "what"), [each for each in CHANGE if each[1]])
    def test_of_another_house_there_is_nothing(
        self, address, people, other_organisation, add, does, make_person, name, what
    ) -> None:
        theirs_ciso = make_person("ciso", at_organisation=other_organisation)
        theirs = add("Elders B.V.", of=other_organisation)
        told = proving.Paper("iso27001", "Elders", date(2025, 1, 1), TODAY, date(2028, 1, 1), whole=True)
        row: Any = proving.add_proof(theirs, paper=told, **does())
        if what == "finding":
            row = following.add_finding(
                theirs, title="x", severity="low", due=TODAY, owner=theirs_ciso, found_on=TODAY, **does()
            )
        assert people.browser("ciso").get(address(name, what, row.pk)).status_code == 404
        assert people.browser("ciso").get(f"{url('proof_add')}?leverancier={theirs.pk}").status_code == 404

    @pytest.mark.parametrize("number", ["0", "999999", "x", "9" * 40, "-1"])
    def test_a_bad_number_of_a_supplier(self, manager, number) -> None:
        assert manager.get(f"{url('proof_add')}?leverancier={number}").status_code == 404
        assert manager.get(f"{url('finding_add')}?leverancier={number}").status_code == 404


class TestOverview:
    def test_what_is_enough_and_what_is_not(self, manager, supplier, service, proof, add_service, people) -> None:
        add_service(supplier, "Loketwolk", kind="saas", personal_data="yes", national_chain="yes")
        page = manager.get(url("proofs")).content.decode()
        assert "ISAE 3402 over 2025" in page
        assert "The proof of all 1 services with tier critical is enough." in page
        assert "nothing shows that it worked" in page

    def test_none_yet(self, manager) -> None:
        assert "No service is in the register yet" in manager.get(url("proofs")).content.decode()

    def test_filters(self, manager, supplier, service, proof, add, add_service) -> None:
        add_service(add("Zonder B.V."), "Zonder bewijs", kind="saas")
        page = manager.get(url("proofs"), {"which": "short"}).content.decode()
        assert ("Zonder bewijs" in page, "Zaakwolk" in page) == (True, False)
        assert "There is no proof of this service." in page
        page = manager.get(url("proofs"), {"text": "zaakwolk"}).content.decode()
        assert ("Zonder bewijs" in page, "Zaakwolk" in page) == (False, True)
        assert manager.get(url("proofs"), {"which": "nonsense", "page": "x"}).status_code == 200

    def test_many_services_cost_no_more_queries(
        self, manager, supplier, service, proof, add_service, django_assert_max_num_queries
    ) -> None:
        for n in range(12):
            add_service(supplier, f"Dienst {n}")
        with django_assert_max_num_queries(40):
            manager.get(url("proofs"))


class TestProof:
    def test_added_with_its_file(self, manager, supplier, service) -> None:
        told = {
            "kind": "soc2_2", "title": "SOC 2", "issuer": "Auditdienst", "first": "2025-07-01", "last_day": "2026-06-30",
            "received_on": "2026-08-01", "reach": "some", "services": [service.pk], "scope": "", "subs": "no",
            "file": SimpleUploadedFile("soc2.pdf", b"%PDF-1.7 x"),
        }  # fmt: skip
        answer = manager.post(f"{url('proof_add')}?leverancier={supplier.pk}", told)
        row = Proof.objects.get()
        assert answer["Location"] == url("proof", row.pk)
        assert (row.until, list(row.services.all()), row.whole) == (date(2026, 7, 1), [service], False)
        assert row.file.name == "soc2.pdf"
        page = manager.get(url("proof", row.pk)).content.decode()
        assert "Nobody said yet what to make of it." in page
        assert "soc2.pdf" in page
        assert "Judge this proof" not in page  # a supplier manager does not

    @pytest.mark.parametrize(
        ("told", "field", "sentence"),
        [
            ({"last_day": "2025-06-01"}, "last_day", "The end must lie after the start."),
            ({"last_day": ""}, "last_day", "This cannot be empty."),
            ({"received_on": "2026-01-01"}, "received_on", "A report cannot be received before"),
            ({"services": []}, "services", "Choose the services that it is about"),
            ({"first": "x"}, "first", "Enter a valid date."),
            ({"first": "0001-01-01"}, "first", "Choose a day between 1950 and 2099."),
            ({"file": SimpleUploadedFile("leeg.pdf", b"")}, "file", "empty"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(self, manager, supplier, service, told, field, sentence) -> None:
        usual = {
            "kind": "soc2_2", "title": "SOC 2", "first": "2025-07-01", "last_day": "2026-06-30", "received_on": "2026-08-01",
            "reach": "some", "services": [service.pk], "subs": "no", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 y"),
        }  # fmt: skip
        answer = manager.post(f"{url('proof_add')}?leverancier={supplier.pk}", {**usual, **told})
        assert answer.status_code == 200
        assert sentence in " ".join(answer.context["form"].errors[field])
        assert (Proof.objects.count(), Evidence.objects.count()) == (0, 0)

    def test_changing_shows_what_it_says_and_keeps_the_file(self, manager, proof) -> None:
        form = manager.get(url("proof_change", proof.pk)).context["form"]
        assert (form.initial["last_day"], form.initial["reach"]) == (date(2026, 6, 30), "all")
        told = {**{name: value for name, value in form.initial.items() if value}, "title": "ISAE, herzien"}
        assert manager.post(url("proof_change", proof.pk), told).status_code == 302
        proof.refresh_from_db()
        assert (proof.title, proof.until) == ("ISAE, herzien", date(2026, 7, 1))

    def test_judged(self, people, proof) -> None:
        told = {"judgement": "Volledig; twee uitzonderingen."}
        refused = people.browser("supplier_manager").post(url("proof_judge", proof.pk), told)
        assert "Only a process owner or the CISO" in refused.content.decode()
        assert people.browser("process_owner").post(url("proof_judge", proof.pk), told).status_code == 302
        assert "twee uitzonderingen" in people.browser("college").get(url("proof", proof.pk)).content.decode()

    def test_withdrawn(self, manager, proof) -> None:
        told = {"ended_on": TODAY.isoformat(), "because": "Ingetrokken door de accountant"}
        assert manager.post(url("proof_withdraw", proof.pk), told).status_code == 302
        page = manager.get(url("proof", proof.pk)).content.decode()
        assert "Ingetrokken door de accountant" in page
        assert url("proof_change", proof.pk) not in page

    def test_a_bridge_letter(self, manager, proof) -> None:
        loose = {"first": "2026-07-05", "last_day": "2026-09-30", "received_on": "2026-10-02"}
        answer = manager.post(url("letter_add", proof.pk), loose)
        assert "A bridge letter begins where" in answer.content.decode()
        assert manager.post(url("letter_add", proof.pk), {**loose, "first": "2026-07-01"}).status_code == 302
        assert Letter.objects.get().until == date(2026, 10, 1)
        page = manager.get(url("proof", proof.pk)).content.decode()
        assert "bridged by a letter" in page
        assert "nothing speaks of these days" in page
        assert "only a letter says that nothing changed" in manager.get(url("proofs")).content.decode()

    def test_a_kind_that_the_pack_no_longer_knows(self, manager, proof) -> None:
        Proof.objects.update(kind="old")
        assert "not known any more" in manager.get(url("proof", proof.pk)).content.decode()
        assert manager.get(url("proofs")).status_code == 200
        assert manager.get(url("proof_change", proof.pk)).status_code == 200

    def test_what_others_write_is_text(self, manager, supplier, service, does) -> None:
        bad = "<script>alert(1)</script>"
        paper = proving.Paper(
            "iso27001", bad, date(2025, 1, 1), TODAY, date(2028, 1, 1), issuer=bad, scope=bad, whole=True
        )
        row = proving.add_proof(supplier, paper=paper, **does())
        for page in (url("proofs"), url("proof", row.pk)):
            assert bad not in manager.get(page).content.decode()


class TestFindings:
    def test_from_noted_to_mended(self, people, manager, supplier, proof) -> None:
        told = {
            "title": "Back-up niet getest", "what": "", "proof": proof.pk, "severity": "medium", "found_on": TODAY.isoformat(),
            "due": (TODAY + 20 * DAY).isoformat(), "owner": people("supplier_manager").pk,
        }  # fmt: skip
        manager.post(f"{url('finding_add')}?leverancier={supplier.pk}&bewijs={proof.pk}", told)
        row = Finding.objects.get()
        assert row.proof == proof
        page = manager.get(url("finding", row.pk)).content.decode()
        assert "somebody else says that it is mended" in page
        assert url("finding_mend", row.pk) not in page
        refused = manager.post(url("finding_mend", row.pk), {"how": "x"})
        assert "Let somebody else look." in refused.content.decode()
        people.browser("ciso").post(url("finding_mend", row.pk), {"how": "Testrapport gezien"})
        page = manager.get(url("finding", row.pk)).content.decode()
        assert "Testrapport gezien" in page
        assert url("finding_reopen", row.pk) in page
        manager.post(url("finding_reopen", row.pk), {"because": "Test was oud"})
        row.refresh_from_db()
        assert row.open

    def test_accepted(self, people, finding) -> None:
        assert "Only a process owner" in (
            people.browser("supplier_manager")
            .post(url("finding_accept", finding.pk), {"because": "x"})
            .content.decode()
        )
        people.browser("process_owner").post(url("finding_accept", finding.pk), {"because": "Klein risico"})
        assert "Klein risico" in people.browser("college").get(url("finding", finding.pk)).content.decode()

    def test_late_shows_and_filters(self, manager, finding) -> None:
        Finding.objects.update(due=TODAY - DAY)
        page = manager.get(url("findings")).content.decode()
        assert "1 finding is open. 1 of them is late." in page
        assert "Too late:" in page
        assert "Geen MFA" in manager.get(url("findings"), {"which": "late"}).content.decode()
        assert "Geen MFA" not in manager.get(url("findings"), {"which": "closed"}).content.decode()
        assert manager.get(url("findings"), {"which": "nonsense"}).status_code == 200


class TestSection:
    def test_what_the_page_of_a_supplier_gets(self, organisation, people, supplier, service, proof, finding) -> None:
        seat = Seat(organisation, people("ciso"), ("ciso",), (), rights(["ciso"]))
        found = on_supplier(seat, supplier, on=TODAY)
        assert found is not None
        assert [each.word for each in found.context["lines"]] == ["met"]
        assert [said for _proof, _kind, said in found.context["proofs"]]
        assert found.context["findings"] == [finding]
        answers = {question: value for question, value, _why in found.context["told"]}
        assert "no" in answers.values()  # a finding is open

    def test_of_who_is_only_known_further_down_nothing(self, organisation, people) -> None:
        seat = Seat(organisation, people("ciso"), ("ciso",), (), rights(["ciso"]))
        row = Supplier.objects.create(organisation=organisation, name="Verderop", added_on=TODAY)
        assert on_supplier(seat, row, on=TODAY) is None
