"""Proof and findings: what cannot be is refused at its field, and what is done is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.apps.suppliers.models import Finding, Letter, Proof, Supplier
from dijkwacht.apps.suppliers.queries import proofs as queries
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import following, proving, registering
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.trail.models import Entry
from tests.house_people import TODAY, Make

DAY = timedelta(days=1)
REPORT = {
    "kind": "isae3402_2", "title": "ISAE 2025", "first": date(2025, 7, 1), "until": date(2026, 7, 1),
    "received_on": date(2026, 8, 1), "whole": True, "subs": "yes",
}  # fmt: skip


@pytest.fixture
def prove(does: Make) -> Callable[..., Proof]:
    def one(supplier: Supplier, **told: Any) -> Proof:
        return proving.add_proof(supplier, paper=proving.Paper(**{**REPORT, **told}), **does())

    return one


@pytest.fixture
def find(does: Make, people: Make) -> Callable[..., Finding]:
    def one(supplier: Supplier, **told: Any) -> Finding:
        usual = {
            "title": "Geen MFA", "severity": "high", "due": TODAY + 30 * DAY, "found_on": TODAY,
            "owner": people("supplier_manager"),
        }  # fmt: skip
        return following.add_finding(supplier, **{**usual, **told}, **does())

    return one


def refused(deed: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.code, caught.value.params.get("field", "")


class TestProof:
    @pytest.mark.parametrize(
        ("told", "code", "field"),
        [
            ({"until": date(2025, 7, 1)}, "period", "last_day"),
            ({"until": date(2024, 7, 1)}, "period", "last_day"),
            ({"until": None}, "empty", "last_day"),
            ({"until": TODAY + 9 * DAY}, "future", "last_day"),
            ({"received_on": TODAY + DAY}, "future", "received_on"),
            ({"received_on": date(2026, 6, 29)}, "received_early", "received_on"),
            ({"kind": "pentest"}, "one_day", "last_day"),
            ({"kind": "pentest", "first": TODAY + DAY, "until": None}, "future", "first"),
            ({"kind": "abc"}, "odd", "kind"),
            ({"subs": "perhaps"}, "odd", "subs"),
            ({"title": "  "}, "empty", "title"),
            ({"title": "x" * 201}, "too_long", "title"),
            ({"issuer": "a\0b"}, "odd", "issuer"),
            ({"whole": False}, "no_services", "services"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_written(
        self, supplier, service, prove, told, code, field
    ) -> None:
        entries = Entry.objects.count()
        assert refused(lambda: prove(supplier, **told)) == (code, field)
        assert (Proof.objects.count(), Entry.objects.count()) == (0, entries)

    def test_a_service_of_another_supplier(self, supplier, service, add, add_service, prove) -> None:
        other = add_service(add("Dijkdata B.V."), name="Anders")
        assert refused(lambda: prove(supplier, whole=False, services=(other,))) == ("another", "services")

    def test_a_test_is_about_one_day(self, supplier, service, prove) -> None:
        proof = prove(supplier, kind="pentest", first=date(2026, 5, 5), until=None)
        assert proof.until == date(2026, 5, 6)

    def test_of_all_services_names_none(self, supplier, service, prove) -> None:
        assert list(prove(supplier, whole=True, services=(service,)).services.all()) == []

    def test_changed(self, supplier, service, prove, does) -> None:
        proof = prove(supplier)
        paper = proving.Paper(**{**REPORT, "whole": False, "services": (service,), "title": "ISAE 2026"})
        proving.change_proof(proof, paper=paper, **does())
        proof.refresh_from_db()
        assert (proof.title, list(proof.services.all()), proof.whole) == ("ISAE 2026", [service], False)
        assert Entry.objects.filter(act="suppliers.proof_changed").get().detail["changed"] == [
            "title",
            "whole",
            "services",
        ]
        proving.change_proof(proof, paper=paper, **does())  # the same again is nothing
        assert Entry.objects.filter(act="suppliers.proof_changed").count() == 1

    def test_withdrawn_with_a_reason_and_a_day(self, supplier, service, prove, does) -> None:
        proof = prove(supplier)
        assert refused(lambda: proving.withdraw_proof(proof, because=" ", **does())) == ("empty", "because")
        ahead = {"because": "x", "ended_on": TODAY + DAY}
        assert refused(lambda: proving.withdraw_proof(proof, **ahead, **does())) == ("future", "ended_on")
        before = {"because": "x", "ended_on": date(2025, 6, 30)}
        assert refused(lambda: proving.withdraw_proof(proof, **before, **does())) == ("before_start", "ended_on")
        proving.withdraw_proof(proof, because="Geschorst", **does())
        assert refused(lambda: proving.judge_proof(proof, judgement="x", **does("ciso"))) == ("gone", "")
        assert refused(lambda: proving.withdraw_proof(proof, because="x", **does())) == ("gone", "")

    @pytest.mark.parametrize(("role", "may"), [("ciso", True), ("process_owner", True), ("supplier_manager", False)])
    def test_who_judges(self, supplier, service, prove, does, role, may) -> None:
        proof = prove(supplier)
        if not may:
            assert refused(lambda: proving.judge_proof(proof, judgement="Goed.", **does(role))) == ("not_a_judge", "")
            return
        done = proving.judge_proof(proof, judgement="Goed.", **does(role))
        assert (done.judged_on, done.judged_by) == (TODAY, does(role)["person"])

    def test_of_who_left_nothing_is_added(self, supplier, service, prove, does) -> None:
        registering.end_supplier(supplier, **does())
        assert refused(lambda: prove(supplier)) == ("gone", "")

    def test_the_trail_tells_what_the_rows_are(self, organisation, supplier, service, prove, find, does) -> None:
        proof = prove(supplier, whole=False, services=(service,))
        proving.add_letter(proof, first=proof.until, until=date(2026, 9, 1), received_on=date(2026, 9, 2), **does())
        proving.judge_proof(proof, judgement="Goed.", **does("ciso"))
        following.mend(find(supplier, proof=proof), how="Gezien.", **does("ciso"))
        assert verify_suppliers(organisation).faulty == []


class TestLetters:
    def add(self, proof: Proof, does: Make, **told: Any) -> Letter:
        usual = {"first": date(2026, 7, 1), "until": date(2026, 10, 1), "received_on": date(2026, 10, 2)}
        return proving.add_letter(proof, **{**usual, **told}, **does())

    @pytest.mark.parametrize(
        ("told", "code", "field"),
        [
            ({"first": date(2026, 7, 2)}, "letter_loose", "first"),
            ({"first": date(2026, 6, 1), "until": date(2026, 7, 1)}, "letter_loose", "first"),
            ({"until": date(2026, 7, 1)}, "period", "last_day"),
            ({"received_on": date(2026, 9, 29)}, "letter_ahead", "last_day"),
            ({"received_on": TODAY + DAY}, "future", "received_on"),
        ],
    )
    def test_refused(self, supplier, service, prove, does, told, code, field) -> None:
        proof = prove(supplier)
        assert refused(lambda: self.add(proof, does, **told)) == (code, field)
        assert Letter.objects.count() == 0

    def test_for_a_certificate_it_means_nothing(self, supplier, service, prove, does) -> None:
        proof = prove(supplier, kind="iso27001", until=date(2028, 7, 1))
        assert refused(lambda: self.add(proof, does)) == ("no_letters", "")

    def test_a_letter_may_follow_a_letter(self, supplier, service, prove, does) -> None:
        proof = prove(supplier)
        self.add(proof, does, until=date(2026, 9, 1))
        self.add(proof, does, first=date(2026, 9, 1))
        assert proof.letters.count() == 2

    def test_the_period_cannot_be_pulled_from_under_it(self, supplier, service, prove, does) -> None:
        proof = prove(supplier)
        self.add(proof, does)
        shorter = proving.Paper(**{**REPORT, "until": date(2026, 5, 1)})
        assert refused(lambda: proving.change_proof(proof, paper=shorter, **does())) == ("letter_loose", "last_day")
        proof.refresh_from_db()
        assert proof.until == date(2026, 7, 1)


class TestFindings:
    @pytest.mark.parametrize(
        ("told", "code", "field"),
        [
            ({"owner": None}, "no_owner", "owner"),
            ({"due": TODAY - DAY}, "due_before", "due"),
            ({"found_on": TODAY + DAY}, "future", "found_on"),
            ({"title": ""}, "empty", "title"),
            ({"severity": "awful"}, "odd", "severity"),
        ],
    )
    def test_refused(self, supplier, find, told, code, field) -> None:
        assert refused(lambda: find(supplier, **told)) == (code, field)

    def test_a_proof_of_another_supplier(self, supplier, add, add_service, prove, find) -> None:
        other = add("Dijkdata B.V.")
        add_service(other)
        proof = prove(other)
        assert refused(lambda: find(supplier, proof=proof)) == ("another", "proof")

    def test_four_eyes(self, supplier, find, does) -> None:
        finding = find(supplier)
        assert refused(lambda: following.mend(finding, how="x", **does())) == ("four_eyes", "")
        assert refused(lambda: following.mend(finding, how=" ", **does("ciso"))) == ("empty", "how")
        following.mend(finding, how="Gezien.", **does("ciso"))
        assert refused(lambda: following.mend(finding, how="x", **does("ciso"))) == ("closed", "")

    def test_who_owned_or_wrote_it_at_any_time_is_no_second_pair_of_eyes(self, supplier, find, does, people) -> None:
        finding = find(supplier, owner=people("ciso"))
        told = {"title": "Geen MFA", "severity": "high", "due": TODAY + 30 * DAY, "found_on": TODAY}
        by = does("process_owner")
        following.change_finding(finding, **told, owner=people("process_owner"), **by)  # just before the ciso signs off
        for role in ("ciso", "process_owner", "supplier_manager"):  # owner once, owner now and writer, who noted it
            assert refused(lambda role=role: following.mend(finding, how="Gezien.", **does(role))) == ("four_eyes", "")
        following.change_finding(
            finding, **{**told, "title": "MFA ontbreekt"}, owner=people("process_owner"), **does("ciso")
        )
        assert refused(lambda: following.mend(finding, how="Gezien.", **does("ciso"))) == ("four_eyes", "")
        assert following.mend(finding, how="Gezien.", **does("coordinator")).mended_by == people("coordinator")
        assert verify_suppliers(supplier.organisation).faulty == []

    def test_who_touched_it_before_it_was_kept_who_did_is_known_by_owner_and_finder(
        self, supplier, find, does, people
    ) -> None:
        finding = find(supplier, owner=people("process_owner"))
        Finding.objects.update(hands=[])
        for role in ("process_owner", "supplier_manager"):
            assert refused(lambda role=role: following.mend(finding, how="Gezien.", **does(role))) == ("four_eyes", "")

    def test_accepted_only_by_who_may_and_with_a_reason(self, supplier, find, does) -> None:
        finding = find(supplier)
        assert refused(lambda: following.accept(finding, because="x", **does())) == ("not_a_judge", "")
        assert refused(lambda: following.accept(finding, because="", **does("ciso"))) == ("empty", "because")
        following.accept(finding, because="Alleen leesrechten.", **does("process_owner"))
        assert refused(lambda: following.change_finding(
            finding, title="x", severity="low", due=TODAY, owner=does()["person"], found_on=TODAY, **does()
        )) == ("closed", "")  # fmt: skip

    def test_open_again(self, supplier, find, does) -> None:
        finding = find(supplier)
        assert refused(lambda: following.reopen(finding, because="x", **does())) == ("still_open", "")
        following.mend(finding, how="Gezien.", **does("ciso"))
        row = following.reopen(finding, because="Toch niet.", **does())
        assert (row.open, row.mended_by, row.mended_how) == (True, None, "")


class TestSoon:
    def test_what_ends_and_what_is_late(self, organisation, supplier, service, prove, find, add_contract) -> None:
        prove(supplier, kind="pentest", title="Pentest", first=date(2025, 12, 20), until=None)
        prove(
            supplier,
            kind="iso27001",
            title="ISO",
            first=date(2024, 7, 1),
            until=date(2026, 12, 10),
            received_on=date(2025, 1, 1),
        )
        prove(supplier, kind="iso27001", title="Nieuwe ISO", first=date(2026, 11, 1), until=date(2029, 11, 1))
        find(supplier, due=date(2026, 11, 24), found_on=date(2026, 11, 1))
        find(supplier, title="Later")
        add_contract(supplier, "Loopt af", until=date(2027, 4, 1), notice_months=3)
        add_contract(supplier, "Houdt op", until=date(2026, 12, 31), renews="no", notice_months=3)
        add_contract(supplier, "Ver weg", until=date(2028, 1, 1), notice_months=3)
        found = queries.due_soon(organisation, on=TODAY)
        assert [(each.proof.title, each.last) for each in found.proofs] == [("Pentest", date(2026, 12, 20))]
        assert [each.title for each in found.findings] == ["Geen MFA"]
        notices = [(each.contract.title, each.last, each.ends) for each in found.contracts]
        assert notices == [("Houdt op", date(2026, 12, 30), True), ("Loopt af", date(2026, 12, 31), False)]
        assert found.any

    def test_few_queries_and_nothing_for_who_has_nothing(
        self, organisation, other_organisation, supplier, service, prove, django_assert_max_num_queries
    ) -> None:
        for n in range(5):
            prove(supplier, title=f"{n}")
        with django_assert_max_num_queries(8):
            queries.due_soon(organisation, on=TODAY)
        assert not queries.due_soon(other_organisation, on=TODAY).any


@given(st.dates(date(2020, 1, 1), date(2028, 1, 1)), st.integers(-400, 1500), st.integers(-400, 400))
def test_a_period_that_is_taken_can_be(first: date, length: int, received: int) -> None:
    until = first + length * DAY
    paper = proving.Paper("soc2_2", "x", first, until - DAY + received * DAY, until, whole=True)
    may_be = first < until <= TODAY + DAY and until - DAY <= paper.received_on <= TODAY
    if may_be:
        assert proving._told(paper, on=TODAY)["until"] == until
    else:
        code, field = refused(lambda: proving._told(paper, on=TODAY))
        assert (code, field) in {
            (a, b) for a in ("period", "future", "received_early") for b in ("last_day", "received_on")
        }
