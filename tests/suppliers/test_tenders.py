"""Tenders: put together, sent out, offered to, awarded; what stands in the ledger, the trail and the register after it."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from dijkwacht.adapters.suppliers_out.answers import Answer, Answers
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import (
    Agreed,
    Contract,
    Finding,
    Offer,
    PrivateSet,
    Supplier,
    Tender,
    TenderLine,
)
from dijkwacht.apps.suppliers.queries.tenders import by_order, groups_of
from dijkwacht.apps.suppliers.queries.verify import verify_suppliers
from dijkwacht.apps.suppliers.services import (
    agreeing,
    awarding,
    offering,
    private_sets,
    telling,
    tender_papers,
    tendering,
)
from dijkwacht.apps.suppliers.services.agreeing import Look
from dijkwacht.apps.suppliers.services.awarding import Deal
from dijkwacht.apps.suppliers.services.doing import Refused
from dijkwacht.apps.suppliers.services.offering import Told
from dijkwacht.apps.suppliers.services.tendering import Choice, Said
from dijkwacht.apps.trail.models import Entry
from dijkwacht.norms.suppliers_requirements import requirements
from tests.house_people import NOW, TODAY, Make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLOUD = Choice(
    "Zaaksysteem", ["cloud", "personal_data"], {"critical_process": True, "ai_used": False}, "Een zaaksysteem."
)
SET = (
    b"nummer;onderdeel;eis;gewicht;bio2\n"
    b"E1;Cloud;Versleutel alles.;eis;5.20.03\n"
    b"E2;Cloud;Log alles.;wens;\n"
    b"E3;;Meld incidenten.;eis;\n"
)


def refused(deed: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value


@pytest.fixture
def tender(organisation: Organisation, does: Make) -> Tender:
    return tendering.begin(organisation, choice=CLOUD, **does())


@pytest.fixture
def out(tender: Tender, does: Make) -> Tender:
    return tendering.send(tender, offers_before=TODAY + 31 * DAY, **does())


@pytest.fixture
def offer(out: Tender, does: Make) -> Offer:
    """Says yes to all."""
    rows = tuple(Answer(each.key, "yes", "Ja hoor.", "bijlage 1", 2) for each in out.lines.all())
    told = {"name": "Rekenwolk B.V.", "kvk": "90001234", "received_on": TODAY}
    return offering.add_offer(out, answers=Answers("Eisen", rows), **told, **does())


def facts(supplier: Supplier) -> dict[str, tuple[Any, int, str]]:
    rows = Fact.objects.filter(subject=supplier.subject, superseded_at__isnull=True, valid_to__isnull=True)
    return {
        each.fact_type: (each.value, each.assurance, each.said_by)
        for each in rows
        if each.said_by.startswith("tender:")
    }


class TestPuttingTogether:
    def test_lines_follow_from_what_is_bought(self, organisation: Organisation, tender: Tender) -> None:
        keys = set(tender.lines.values_list("key", flat=True))
        assert {"yearly_proof_operation", "security_contact"} <= keys
        assert "yearly_proof" not in keys  # the heavier one takes its place
        assert tender.version == requirements().edition.version
        assert tender.lines.get(key="security_contact").text == requirements().by_id["security_contact"].text["nl"]
        assert not verify_suppliers(organisation).faulty

    def test_lines_of_a_theme_stand_together(self, tender: Tender) -> None:
        themes = [each.theme for each in by_order(tender)]
        assert len([a for a, b in pairwise(themes) if a != b]) == len(set(themes)) - 1

    @pytest.mark.parametrize(
        ("choice", "code"),
        [
            (Choice(" ", ["cloud"], {}), "empty"),
            (Choice("x" * 201, ["cloud"], {}), "too_long"),
            (Choice("A", ["nothing"], {}), "odd"),
            (Choice("A", ["cloud"], {"nothing": True}), "odd"),
        ],
    )
    def test_what_is_no_choice_is_refused(
        self, organisation: Organisation, does: Make, choice: Choice, code: str
    ) -> None:
        assert refused(lambda: tendering.begin(organisation, choice=choice, **does())).code == code
        assert not Tender.objects.exists()

    def test_what_was_chosen_by_hand_stays_when_parts_change(
        self, organisation: Organisation, tender: Tender, does: Make
    ) -> None:
        heavy, out = tender.lines.get(key="security_contact"), tender.lines.get(key="audit_right")
        tendering.change_lines(
            tender, said={heavy.pk: Said("wish"), out.pk: Said("must", "Niet proportioneel", "")}, **does()
        )
        own = tendering.add_line(tender, wording="Spreekt Fries.", weight="wish", **does())
        choice = Choice("Zaaksysteem", ["hosting"], {"critical_process": False})
        result = tendering.choose(tender, choice=choice, **does())
        assert result.added
        assert result.dropped
        held = {each.key: each for each in tender.lines.all()}
        assert held["security_contact"].weight == "wish"
        assert held["audit_right"].left_out_because == "Niet proportioneel"
        assert held[own.key].text == "Spreekt Fries."
        assert "yearly_proof_operation" not in held
        assert "yearly_proof" in held
        assert not verify_suppliers(organisation).faulty

    def test_two_who_change_the_same_lines_do_not_overwrite_each_other(self, tender: Tender, does: Make) -> None:
        line = tender.lines.first()
        seen = tendering.fingerprint([line])
        tendering.change_lines(tender, said={line.pk: Said("wish", note="eerst")}, seen=seen, **does())
        again = lambda: tendering.change_lines(tender, said={line.pk: Said("must", note="dan")}, seen=seen, **does())  # noqa: E731
        assert refused(again).code == "gone"

    def test_the_text_of_the_pack_cannot_be_changed(self, tender: Tender, does: Make) -> None:
        line = tender.lines.first()
        assert refused(lambda: tendering.change_own(line, wording="x", weight="must", **does())).code == "pack_text"
        assert refused(lambda: tendering.drop_own(line, **does())).code == "pack_text"

    def test_own_lines_come_and_go(self, organisation: Organisation, tender: Tender, does: Make) -> None:
        one = tendering.add_line(tender, wording="Een", weight="must", follow_months=12, **does())
        two = tendering.add_line(tender, wording="Twee", weight="must", **does())
        assert (one.key, two.key) == ("own-1", "own-2")
        tendering.change_own(one, wording="Eén", weight="wish", **does())
        tendering.drop_own(one, **does())
        assert refused(lambda: tendering.drop_own(one, **does())).code == "gone"
        assert not verify_suppliers(organisation).faulty

    def test_a_line_of_another_tender_is_refused(self, organisation: Organisation, tender: Tender, does: Make) -> None:
        other = tendering.begin(organisation, choice=CLOUD, **does())
        line = other.lines.first()
        assert refused(lambda: tendering.change_lines(tender, said={line.pk: Said("wish")}, **does())).code == "another"

    def test_a_large_theme_is_cut_in_pieces(self) -> None:
        groups = groups_of([TenderLine(key=str(n), theme="a") for n in range(95)])
        assert [(each.number, each.part, each.parts, len(each.lines)) for each in groups] == [
            (1, 1, 3, 40), (2, 2, 3, 40), (3, 3, 3, 15),
        ]  # fmt: skip


class TestSending:
    def test_what_is_sent_stands_and_its_paper_is_evidence(
        self, organisation: Organisation, out: Tender, does: Make
    ) -> None:
        assert out.file.name.endswith(".pdf")
        assert out.state == "sent"
        line = out.lines.first()
        for deed in (
            lambda: tendering.change_lines(out, said={line.pk: Said("wish")}, **does()),
            lambda: tendering.choose(out, choice=CLOUD, **does()),
            lambda: tendering.add_line(out, wording="x", weight="must", **does()),
            lambda: tendering.send(out, offers_before=TODAY + 9 * DAY, **does()),
        ):
            assert refused(deed).code == "gone"
        assert not verify_suppliers(organisation).faulty

    def test_the_last_day_lies_ahead_and_something_is_asked(self, tender: Tender, does: Make) -> None:
        assert refused(lambda: tendering.send(tender, offers_before=TODAY + DAY, **does())).code == "past"
        said = {each.pk: Said("must", "niet nodig") for each in tender.lines.all()}
        tendering.change_lines(tender, said=said, **does())
        assert refused(lambda: tendering.send(tender, offers_before=TODAY + 9 * DAY, **does())).code == "nothing_asked"

    @pytest.mark.parametrize("kind", ["ods", "odt", "json", "pdf"])
    def test_the_same_tender_gives_the_same_bytes(self, out: Tender, kind: str) -> None:
        one, two = (
            tender_papers.written(Tender.objects.get(pk=out.pk), kind=kind, language="nl", on=day)
            for day in (TODAY, TODAY + 90 * DAY)
        )
        assert one.content == two.content

    def test_a_note_stands_under_the_text_in_both_languages(self, tender: Tender, does: Make) -> None:
        line = tender.lines.get(key="security_contact")
        tendering.change_lines(tender, said={line.pk: Said("must", note="Ook 's nachts.")}, **does())
        for language, words in (("nl", "vast aanspreekpunt"), ("en", "fixed contact")):
            paper = tender_papers.paper_of(tender, language=language, on=TODAY)
            text = next(each.text for each in paper.lines if each.id == "security_contact")
            assert words in text
            assert "Ook 's nachts." in text

    def test_what_a_buyer_must_weigh_does_not_go_out(self, tender: Tender, out: Tender) -> None:
        tender.state = "draft"
        assert any(each.doubt for each in tender_papers.paper_of(tender, language="nl", on=TODAY).lines)
        assert not any(each.doubt for each in tender_papers.paper_of(out, language="nl", on=TODAY).lines)

    def test_a_stopped_tender_stays_stopped(self, tender: Tender, does: Make) -> None:
        tendering.stop(tender, because="Geen geld.", **does())
        assert refused(lambda: tendering.stop(tender, because="Nog eens.", **does())).code == "gone"
        assert refused(lambda: tendering.send(tender, offers_before=TODAY + 9 * DAY, **does())).code == "gone"


class TestOffers:
    def test_a_workbook_that_was_filled_in_is_read_back(self, out: Tender, does: Make) -> None:
        made = tender_papers.written(out, kind="ods", language="nl", on=TODAY)
        answers = offering.read(out, made.content, made.name)
        assert not answers.problems
        offer = offering.add_offer(out, name="Kabelaar", received_on=TODAY, answers=answers, **does())
        assert set(offer.lines.values_list("says", flat=True)) == {"unknown"}
        assert offer.lines.count() == out.lines.count()

    def test_nothing_is_taken_over_from_a_file_with_problems(self, out: Tender, does: Make) -> None:
        answers = offering.read(out, b"Kenmerk;Voldoet u?\nvreemd;ja\n", "a.csv")
        assert [each.code for each in answers.problems] == ["id_strange"]
        error = refused(lambda: offering.add_offer(out, name="K", received_on=TODAY, answers=answers, **does()))
        assert error.code == "answers_not_usable"
        assert not Offer.objects.exists()

    @pytest.mark.parametrize("data", [b"", b"\0\1\2", b"PK\x03\x04rommel", b"a" * 100_000])
    def test_hostile_files_are_problems(self, out: Tender, data: bytes) -> None:
        assert offering.read(out, data, "x.ods").problems

    def test_a_party_offers_once(self, offer: Offer, out: Tender, does: Make) -> None:
        again = lambda **more: offering.add_offer(out, received_on=TODAY, **more, **does())  # noqa: E731
        assert refused(lambda: again(name="rekenwolk b.v.")).code == "offer_twice"
        assert refused(lambda: again(name="Ander", kvk="90001234")).code == "offer_twice"
        assert refused(lambda: again(name="Ander", kvk="12")).code == "not_a_kvk"
        assert (
            refused(lambda: offering.change_offer(offer, name="A", received_on=TODAY + DAY, **does())).code == "future"
        )

    def test_what_we_found_stays_when_answers_are_read_again(self, offer: Offer, out: Tender, does: Make) -> None:
        row = offer.lines.first()
        offering.say(offer, told={row.pk: Told("yes", "Ja hoor.", "no")}, **does())
        answers = Answers("Eisen", (Answer(row.line.key, "partly", "Bijna.", "", 2),))
        assert len(offering.take_answers(offer, answers, file=None, **does())) == 1
        row.refresh_from_db()
        assert (row.says, row.text, row.verified, row.verified_by) == ("partly", "Bijna.", "no", does()["person"])

    def test_an_offer_to_a_draft_is_refused(self, tender: Tender, does: Make) -> None:
        assert refused(lambda: offering.add_offer(tender, name="K", received_on=TODAY, **does())).code == "gone"


class TestAward:
    def award(self, offer: Offer, does: Make, **deal: Any) -> Offer:
        return awarding.award(offer, deal=Deal(**{"starts_on": TODAY, "title": "Zaaksysteem", **deal}), **does())

    def test_it_makes_a_supplier_a_contract_and_agreements(
        self, organisation: Organisation, offer: Offer, out: Tender, does: Make
    ) -> None:
        done = self.award(offer, does, service_name="Zaakwolk", service_kind="saas")
        supplier = done.supplier
        assert (supplier.name, supplier.kvk) == ("Rekenwolk B.V.", "90001234")
        contract = Contract.objects.get(supplier=supplier)
        assert contract.security_requirements == "yes"
        assert [each.name for each in contract.services.all()] == ["Zaakwolk"]
        assert Agreed.objects.filter(contract=contract).count() == out.lines.count()
        yearly = Agreed.objects.get(key="security_contact")
        assert yearly.due == date(2027, 11, 25)
        assert yearly.offered == "Ja hoor.\nbijlage 1"
        assert not verify_suppliers(organisation).faulty

    def test_the_ledger_hears_what_was_offered(self, offer: Offer, out: Tender, does: Make) -> None:
        says = {"audit_right": "no", "chain_list": "partly"}
        lines = {each.line.key: each for each in offer.lines.select_related("line")}
        told = {lines[key].pk: Told(value) for key, value in says.items() if key in lines}
        offering.say(offer, told=told, **does())
        supplier = self.award(offer, does).supplier
        found, by = facts(supplier), f"tender:{out.pk}"
        assert found["supplier.contract.audit_right"] == (False, 1, by)
        assert found["supplier.contract.assurance_clause"] == (True, 1, by)
        assert found["supplier.tender.security_requirements"] == (True, 2, by)
        asked = Fact.objects.get(fact_type="supplier.tender.security_requirements", superseded_at__isnull=True)
        assert [each.sha256 for each in asked.evidence.all()] == [out.file.sha256]
        assert Contract.objects.get(supplier=supplier).security_requirements == "unknown"  # a must was refused

    def test_what_we_found_counts_above_what_was_said(self, offer: Offer, does: Make) -> None:
        row = offer.lines.get(line__key="audit_right")
        offering.say(offer, told={row.pk: Told("yes", "", "no")}, **does())
        supplier = self.award(offer, does).supplier
        assert facts(supplier)["supplier.contract.audit_right"][0] is False
        assert not Agreed.objects.filter(key="audit_right").exists()

    def test_the_register_does_not_end_what_an_award_told(self, offer: Offer, does: Make) -> None:
        supplier = self.award(offer, does).supplier
        before = facts(supplier)
        telling.settle(supplier.organisation, at=NOW + DAY)
        assert facts(supplier) == before
        assert before

    def test_a_supplier_and_contract_of_ours_are_used(
        self, offer: Offer, supplier: Supplier, contract: Contract, does: Make, add: Make, add_contract: Make
    ) -> None:
        other = add_contract(add("Kabelaar", kvk="90005678"))
        assert refused(lambda: self.award(offer, does, supplier=supplier, contract=other)).code == "another"
        done = self.award(offer, does, supplier=supplier, contract=contract)
        contract.refresh_from_db()
        assert done.supplier == supplier
        assert (contract.security_requirements, contract.title) == ("yes", "Overeenkomst")
        assert Contract.objects.filter(supplier=supplier).count() == 1

    def test_it_happens_once(self, organisation: Organisation, offer: Offer, out: Tender, does: Make) -> None:
        other = offering.add_offer(out, name="Kabelaar", received_on=TODAY, **does())
        self.award(offer, does)
        assert refused(lambda: self.award(offer, does)).code == "awarded_already"
        assert refused(lambda: self.award(other, does)).code == "awarded_already"
        row = other.lines.first()
        assert refused(lambda: offering.say(other, told={row.pk: Told("yes")}, **does())).code == "gone"
        assert Supplier.objects.count() == 1

    def test_what_is_refused_halfway_leaves_nothing(self, organisation: Organisation, offer: Offer, does: Make) -> None:
        entries = Entry.objects.count()
        assert refused(lambda: self.award(offer, does, starts_on=None)).code == "empty"
        assert refused(lambda: self.award(offer, does, until=TODAY - DAY)).code == "period"
        assert Entry.objects.count() == entries
        assert not Supplier.objects.exists()

    def test_somebody_elses_supplier_is_refused(
        self, offer: Offer, other_organisation: Organisation, does: Make, add: Make
    ) -> None:
        theirs = add("Vreemd", of=other_organisation)
        assert refused(lambda: self.award(offer, does, supplier=theirs)).code == "another"


class TestAgreed:
    @pytest.fixture
    def agreed(self, offer: Offer, does: Make) -> Agreed:
        awarding.award(offer, deal=Deal(starts_on=TODAY, title="Zaaksysteem"), **does())
        return Agreed.objects.get(key="audit_right")

    def test_a_look_moves_the_next_one(self, organisation: Organisation, agreed: Agreed, does: Make) -> None:
        agreed = Agreed.objects.get(key="security_contact")
        agreeing.look(agreed, look=Look("yes"), **does(at=NOW + 40 * DAY))
        agreed.refresh_from_db()
        assert agreed.due == date(2028, 1, 4)
        assert not Finding.objects.exists()
        assert not verify_suppliers(organisation).faulty

    def test_not_kept_to_is_a_finding_once(self, agreed: Agreed, does: Make) -> None:
        assert refused(lambda: agreeing.look(agreed, look=Look("no"), **does())).code == "empty"
        for _ in range(2):
            agreeing.look(agreed, look=Look("no", "Geen audit toegestaan."), **does())
        finding = Finding.objects.get()
        assert (finding.supplier, finding.due, finding.owner) == (agreed.supplier, TODAY + 30 * DAY, agreed.owner)
        assert finding.what == "Geen audit toegestaan."

    def test_two_who_look_at_once(self, agreed: Agreed, does: Make) -> None:
        agreeing.look(agreed, look=Look("yes"), seen=0, **does())
        assert refused(lambda: agreeing.look(agreed, look=Look("yes"), seen=0, **does())).code == "gone"

    def test_what_ended_is_told_to_the_ledger(self, agreed: Agreed, does: Make) -> None:
        assert "supplier.contract.audit_right" in facts(agreed.supplier)
        agreeing.end(agreed, because="Nieuw contract.", **does(at=NOW + DAY))
        assert "supplier.contract.audit_right" not in facts(agreed.supplier)
        assert "supplier.contract.assurance_clause" in facts(agreed.supplier)
        assert refused(lambda: agreeing.look(agreed, look=Look("yes"), **does())).code == "gone"

    def test_once_can_be_enough(self, agreed: Agreed, does: Make) -> None:
        agreeing.arrange(agreed, owner=None, follow_months=None, due=None, **does())
        agreeing.look(agreed, look=Look("yes"), **does())
        agreed.refresh_from_db()
        assert agreed.due is None


class TestPrivateSets:
    def bring(self, organisation: Organisation, does: Make, data: bytes = SET, **more: Any) -> PrivateSet:
        told = {"name": "Officiële set", "file_name": "set.csv", "sha256": "a" * 64, **more}
        return private_sets.bring(organisation, private_sets.read(data, "set.csv"), **told, **does())

    def test_a_set_is_brought_in_and_chosen_from(self, organisation: Organisation, does: Make) -> None:
        row = self.bring(organisation, does)
        assert row.requirements.get(key="E1").links == ["bio2:5.20.03"]
        tender = tendering.begin(organisation, choice=Choice("A", ["Cloud"], {}, private=row), **does())
        assert {each.key: each.weight for each in tender.lines.all()} == {"E1": "must", "E2": "wish", "E3": "must"}
        assert set(tender.lines.values_list("follow_months", flat=True)) == {12}
        bare = tendering.begin(organisation, choice=Choice("B", [], {}, private=row), **does())
        assert [each.key for each in bare.lines.all()] == ["E3"]  # what belongs to no part goes with every tender
        made = tender_papers.written(tender, kind="ods", language="nl", on=TODAY)
        assert made.content
        assert not verify_suppliers(organisation).faulty

    def test_it_ends_and_what_came_from_it_stays(self, organisation: Organisation, does: Make) -> None:
        row = self.bring(organisation, does)
        tender = tendering.begin(organisation, choice=Choice("A", ["Cloud"], {}, private=row), **does())
        private_sets.end(row, **does())
        again = lambda: tendering.begin(organisation, choice=Choice("B", ["Cloud"], {}, private=row), **does())  # noqa: E731
        assert refused(again).code == "set_ended"
        assert tender.lines.count() == 3
        assert tendering.send(tender, offers_before=TODAY + 9 * DAY, **does()).state == "sent"
        assert refused(lambda: private_sets.end(row, **does())).code == "gone"

    def test_it_is_never_somebody_elses(
        self, organisation: Organisation, other_organisation: Organisation, does: Make
    ) -> None:
        row = self.bring(organisation, does)
        theirs = lambda: tendering.begin(other_organisation, choice=Choice("A", [], {}, private=row), **does())  # noqa: E731
        assert refused(theirs).code == "another"

    def test_what_the_file_does_not_say_is_asked(self, organisation: Organisation, does: Make) -> None:
        data = b"nummer;eis\nE1;Versleutel alles.\n"
        assert refused(lambda: self.bring(organisation, does, data)).code == "no_weight"
        assert self.bring(organisation, does, data, weight="wish").requirements.get().weight == "wish"
        assert refused(lambda: self.bring(organisation, does, data, weight="wish")).code == "set_twice"

    def test_all_or_nothing(self, organisation: Organisation, does: Make) -> None:
        data = SET + b"E1;Cloud;Iets anders.;eis;\n"
        assert refused(lambda: self.bring(organisation, does, data)).code == "set_not_usable"
        assert refused(lambda: self.bring(organisation, does, b"\0\1")).code == "set_not_usable"
        long = "; ".join(f"Onderdeel nummer {n}" for n in range(30)).encode()
        error = refused(
            lambda: self.bring(organisation, does, b'nummer;onderdeel;eis;gewicht\nE1;"' + long + b'";Tekst;eis\n')
        )
        assert (error.code, error.params["row"]) == ("parts_long", 2)
        assert not PrivateSet.objects.exists()
