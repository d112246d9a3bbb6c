"""The pages of tenders: who may see and change what, what is filled in, and what hostile visitors get."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.suppliers.models import Agreed, Finding, FollowUp, Offer, PrivateSet, Supplier, Tender, TenderLine
from dijkwacht.apps.suppliers.services import awarding, offering, private_sets, tender_papers, tendering
from dijkwacht.apps.suppliers.services.awarding import Deal
from dijkwacht.apps.suppliers.services.tendering import Choice, Said
from tests.house_people import TODAY, Make, People

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CLOUD = Choice("Zaaksysteem", ["cloud"], {"critical_process": True})
SET = b"nummer;onderdeel;eis;gewicht\nE1;Cloud;Versleutel <b>alles</b>.;\nE2;;Meld incidenten.;eis\n"


@pytest.fixture
def draft(organisation: Organisation, does: Make) -> Tender:
    return tendering.begin(organisation, choice=CLOUD, **does())


@pytest.fixture
def own(draft: Tender, does: Make) -> TenderLine:
    return tendering.add_line(draft, wording="Spreekt Fries.", weight="wish", **does())


@pytest.fixture
def small(organisation: Organisation, does: Make) -> Tender:
    """A tender that asks two things and was sent out."""
    row = tendering.begin(organisation, choice=CLOUD, **does())
    keep = {"security_contact", "audit_right"}
    tendering.change_lines(
        row, said={each.pk: Said(each.weight, "" if each.key in keep else "x") for each in row.lines.all()}, **does()
    )
    return tendering.send(row, offers_before=TODAY + 31 * DAY, **does())


@pytest.fixture
def offer(small: Tender, does: Make) -> Offer:
    return offering.add_offer(small, name="Rekenwolk B.V.", kvk="90001234", received_on=TODAY, **does())


@pytest.fixture
def agreed(small: Tender, does: Make) -> Agreed:
    row = offering.add_offer(small, name="Rekenwolk B.V.", received_on=TODAY, **does())
    offering.say(row, told={each.pk: offering.Told("yes") for each in row.lines.all()}, **does())
    awarding.award(row, deal=Deal(starts_on=TODAY), **does())
    return Agreed.objects.get(key="security_contact")


@pytest.fixture
def private(organisation: Organisation, does: Make) -> PrivateSet:
    found = private_sets.read(SET, "set.csv")
    told = {"name": "Officieel", "file_name": "set.csv", "sha256": "b" * 64, "weight": "must"}
    return private_sets.bring(organisation, found, **told, **does())


def at(name: str, *args: Any, slug: str = "dijkstad") -> str:
    return reverse(f"suppliers:{name}", args=(slug, *args))


SEEN = (
    ("tenders", ""), ("tender", "draft"), ("tender_compare", "small"), ("offer", "offer"), ("private_sets", ""),
    ("private_set", "private"), ("agreed", ""), ("agreed_one", "agreed"),
)  # fmt: skip
CHANGED = (
    ("tender_begin", "", ()), ("tender_choose", "draft", ()), ("tender_lines", "draft", (1,)), ("tender_own_add", "draft", ()),
    ("tender_own", "own", ()), ("tender_send", "draft", ()), ("tender_stop", "draft", ()), ("offer_add", "small", ()),
    ("offer_change", "offer", ()), ("offer_read", "offer", ()), ("offer_lines", "offer", (1,)), ("award", "offer", ()),
    ("private_set_bring", "", ()), ("agreed_look", "agreed", ()), ("agreed_arrange", "agreed", ()),
    ("agreed_end", "agreed", ()),
)  # fmt: skip
EVERY = (*((name, of, ()) for name, of in SEEN), *CHANGED)


class TestLitany:
    @pytest.mark.parametrize(("name", "of", "more"), EVERY)
    def test_it_works(self, request: Any, manager: Client, name: str, of: str, more: tuple[int, ...]) -> None:
        row = (request.getfixturevalue(of).pk,) if of else ()
        assert manager.get(at(name, *row, *more)).status_code == 200

    @pytest.mark.parametrize(("name", "of", "more"), EVERY)
    def test_strangers_and_bad_ids_find_nothing(
        self, request: Any, people: People, other_organisation: Organisation, organisation: Organisation, name: str, of: str,
        more: tuple[int, ...],
    ) -> None:  # fmt: skip
        row = (request.getfixturevalue(of).pk,) if of else ()
        stranger = people.stranger(other_organisation)
        assert stranger.get(at(name, *row, *more)).status_code == 404
        if of:  # ours, looked for at theirs
            assert stranger.get(at(name, *row, *more, slug=other_organisation.slug)).status_code in (404, 403)
            assert people.browser("ciso").get(at(name, 987654, *more)).status_code == 404

    @pytest.mark.parametrize(("name", "of", "more"), CHANGED)
    def test_a_reader_is_refused(self, request: Any, people: People, name: str, of: str, more: tuple[int, ...]) -> None:
        row = (request.getfixturevalue(of).pk,) if of else ()
        address = at(name, *row, *more)
        assert people.browser("auditor").get(address).status_code == 403
        assert people.browser("auditor").post(address).status_code == 403

    @pytest.mark.parametrize(("name", "of"), SEEN)
    def test_a_reader_sees(self, request: Any, people: People, name: str, of: str) -> None:
        row = (request.getfixturevalue(of).pk,) if of else ()
        page = people.browser("auditor").get(at(name, *row))
        assert page.status_code == 200
        assert b'method="post"' not in page.content.split(b"<main", 1)[1]

    @pytest.mark.parametrize(("name", "of", "more"), EVERY)
    def test_who_is_not_signed_in_goes_to_sign_in(
        self, request: Any, name: str, of: str, more: tuple[int, ...]
    ) -> None:
        row = (request.getfixturevalue(of).pk,) if of else ()
        assert Client().get(at(name, *row, *more)).status_code == 302

    @pytest.mark.parametrize(("name", "of"), [("tender_own_drop", "own"), ("private_set_end", "private")])
    def test_buttons(self, request: Any, manager: Client, people: People, name: str, of: str) -> None:
        address = at(name, request.getfixturevalue(of).pk)
        assert manager.get(address).status_code == 405
        assert people.browser("auditor").post(address).status_code == 403
        assert manager.post(at(name, 987654)).status_code == 404
        assert manager.post(address).status_code == 302


class TestBeginning:
    def test_one_sees_at_once_what_follows(self, organisation: Organisation, manager: Client) -> None:
        sent = {
            "title": "Zaaksysteem",
            "what": "",
            "parts": ["cloud", "hosting"],
            "context_critical_process": "yes",
            "look": "1",
        }
        page = manager.post(at("tender_begin"), sent)
        text = page.content.decode()
        assert "requirements and" in text
        assert "take the place of lighter ones" in text
        assert "with more than one part" in text
        assert "What is not known leaves nothing out" in text
        assert not Tender.objects.exists()
        done = manager.post(at("tender_begin"), {**sent, "look": ""} | {"begin": "1"})
        assert done.status_code == 200  # the look button was sent along
        sent.pop("look")
        assert manager.post(at("tender_begin"), sent).status_code == 302
        assert Tender.objects.get().context["critical_process"] is True
        assert Tender.objects.get().context["ai_used"] is None

    def test_out_of_a_private_set(self, private: PrivateSet, manager: Client) -> None:
        address = f"{at('tender_begin')}?set={private.pk}"
        assert b"Officieel" in manager.get(address).content
        assert manager.post(address, {"title": "A", "parts": ["Cloud"]}).status_code == 302
        assert set(Tender.objects.get().lines.values_list("key", flat=True)) == {"E1", "E2"}

    @pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "987654", "١"])
    def test_another_set_is_not_found(self, organisation: Organisation, manager: Client, asked: str) -> None:
        assert manager.get(at("tender_begin"), {"set": asked}).status_code == 404

    def test_somebody_elses_set_is_not_found(
        self, private: PrivateSet, people: People, other_organisation: Organisation
    ) -> None:
        stranger = people.stranger(other_organisation)
        assert stranger.get(at("tender_begin", slug=other_organisation.slug), {"set": private.pk}).status_code == 404

    def test_hostile_choices_are_refused(self, organisation: Organisation, manager: Client) -> None:
        for sent in (
            {"title": ""},
            {"title": "A", "parts": ["nope"]},
            {"title": "A", "context_ai_used": "maybe"},
            {"title": "a\0b"},
        ):
            assert manager.post(at("tender_begin"), sent).status_code == 200
        assert not Tender.objects.exists()


class TestLines:
    def sent(self, tender: Tender, manager: Client) -> dict[str, Any]:
        form = manager.get(at("tender_lines", tender.pk, 1)).context["form"]
        return {name: form[name].value() or "" for name in form.fields}

    def test_lines_are_changed_and_the_next_theme_follows(self, draft: Tender, manager: Client) -> None:
        sent = self.sent(draft, manager)
        line = next(int(name[7:]) for name in sent if name.startswith("weight_"))
        done = manager.post(
            at("tender_lines", draft.pk, 1),
            {**sent, f"because_{line}": "Niet <i>nodig</i>", f"note_{line}": "Let op", "next": "1"},
        )
        assert done.url == at("tender_lines", draft.pk, 2)
        assert TenderLine.objects.get(pk=line).left_out_because == "Niet <i>nodig</i>"
        assert b"Niet &lt;i&gt;nodig" in manager.get(at("tender", draft.pk)).content

    def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
        self, draft: Tender, manager: Client, does: Make
    ) -> None:
        sent = self.sent(draft, manager)
        line = next(int(name[7:]) for name in sent if name.startswith("weight_"))
        tendering.change_lines(draft, said={line: Said("must", note="eerst")}, **does())
        page = manager.post(at("tender_lines", draft.pk, 1), {**sent, f"note_{line}": "dan"})
        assert b"Somebody else changed this meanwhile" in page.content
        assert TenderLine.objects.get(pk=line).note == "eerst"

    def test_a_theme_that_there_is_not(self, draft: Tender, manager: Client) -> None:
        for number in (0, 99, 10**9):
            assert manager.get(at("tender_lines", draft.pk, number)).status_code == 404

    def test_what_was_sent_out_has_no_page_to_change_it(self, small: Tender, manager: Client) -> None:
        for name, more in (("tender_lines", (1,)), ("tender_choose", ()), ("tender_own_add", ()), ("tender_send", ())):
            assert manager.get(at(name, small.pk, *more)).status_code == 404


class TestPapers:
    @pytest.mark.parametrize("kind", sorted(tender_papers.WRITERS))
    def test_every_kind_is_a_file_to_save(self, small: Tender, people: People, kind: str) -> None:
        for language in ("nl", "en"):
            done = people.browser("auditor").get(at("tender_paper", small.pk, kind), {"taal": language})
            assert done.status_code == 200
            assert done["Content-Disposition"].startswith("attachment")

    def test_other_kinds_and_languages_are_not_found(self, small: Tender, manager: Client) -> None:
        assert manager.get(at("tender_paper", small.pk, "exe")).status_code == 404
        assert manager.get(at("tender_paper", small.pk, "ods"), {"taal": "../x"}).status_code == 404


class TestOffers:
    def file(self, small: Tender, data: bytes | None = None) -> SimpleUploadedFile:
        if data is None:
            data = b"Kenmerk;Voldoet u?;Toelichting;Bewijs\nsecurity_contact;ja;Jan;\naudit_right;nee;;\n"
        return SimpleUploadedFile("antwoord.csv", data)

    def test_an_offer_with_its_workbook(self, small: Tender, manager: Client) -> None:
        sent = {"name": "Kabelaar", "kvk": "9000 5678", "received_on": "2026-11-25", "file": self.file(small)}
        assert manager.post(at("offer_add", small.pk), sent).status_code == 302
        offer = Offer.objects.get()
        assert dict(offer.lines.values_list("line__key", "says")) == {"security_contact": "yes", "audit_right": "no"}
        assert offer.file is not None
        page = manager.get(at("offer", offer.pk)).content.decode()
        assert "1 requirement is not met in full" in page

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"Kenmerk;Voldoet u?\naudit_right;misschien\n", "is no answer to a requirement"),
            (b"Kenmerk;Voldoet u?\n<b>x</b>;ja\n", "is not a requirement of this tender"),
            (b"\0\0\0", ""),
            (b"a;b\n1;2\n", "No sheet has the columns"),
        ],
    )
    def test_bad_files_say_what_is_wrong(self, small: Tender, manager: Client, data: bytes, says: str) -> None:
        sent = {"name": "Kabelaar", "received_on": "2026-11-25", "file": self.file(small, data)}
        page = manager.post(at("offer_add", small.pk), sent)
        assert page.status_code == 200
        assert says in page.content.decode()
        assert not Offer.objects.exists()

    def test_answers_are_read_into_an_offer(self, small: Tender, offer: Offer, manager: Client) -> None:
        assert manager.post(at("offer_read", offer.pk), {"file": self.file(small)}).status_code == 302
        assert offer.lines.get(line__key="security_contact").text == "Jan"

    def test_offers_side_by_side(self, small: Tender, offer: Offer, manager: Client, does: Make) -> None:
        other = offering.add_offer(small, name="Kabelaar", received_on=TODAY, **does())
        offering.say(other, told={each.pk: offering.Told("yes", "", "partly") for each in other.lines.all()}, **does())
        page = manager.get(at("tender_compare", small.pk)).content.decode()
        assert "There is no total score" in page
        assert "we found this; the offer says: meets it" in page
        assert page.index("Rekenwolk") > page.index("Kabelaar")

    def test_lines_are_filled_in(self, offer: Offer, manager: Client) -> None:
        form = manager.get(at("offer_lines", offer.pk, 1)).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields}
        for name in sent:
            if name.startswith(("says_", "verified_")):
                sent[name] = "yes"
        assert manager.post(at("offer_lines", offer.pk, 1), sent).status_code == 302
        assert offer.lines.filter(says="yes", verified="yes", verified_by__isnull=False).exists()
        again = manager.post(at("offer_lines", offer.pk, 1), {**sent, "seen": "0" * 64})
        assert b"Somebody else changed this meanwhile" in again.content

    def test_an_award(self, offer: Offer, manager: Client, add: Make) -> None:
        known = add("Rekenwolk", kvk="90001234")
        form = manager.get(at("award", offer.pk)).context["form"]
        assert form["supplier"].value() == str(known.pk)
        sent = {
            "supplier": known.pk,
            "contract": "new",
            "starts_on": "2026-12-01",
            "service": "",
            "service_kind": "saas",
        }
        assert manager.post(at("award", offer.pk), {**sent, "starts_on": ""}).status_code == 200
        assert manager.post(at("award", offer.pk), {**sent, "supplier": "987654"}).status_code == 200
        assert not Supplier.objects.filter(contracts__isnull=False).exists()
        done = manager.post(at("award", offer.pk), sent)
        assert done.url == at("supplier", known.pk)
        assert manager.get(at("award", offer.pk)).status_code == 404
        assert b"This offer won" in manager.get(at("offer", offer.pk)).content


class TestAgreed:
    def test_not_kept_to_becomes_a_finding(self, agreed: Agreed, manager: Client) -> None:
        sent = {"kept": "no", "note": "Niemand nam op.", "severity": "high", "mend_by": "2026-12-10", "seen": "0"}
        assert manager.post(at("agreed_look", agreed.pk), {**sent, "note": ""}).status_code == 200
        assert not FollowUp.objects.exists()
        assert manager.post(at("agreed_look", agreed.pk), sent).status_code == 302
        assert (Finding.objects.get().severity, Finding.objects.get().what) == ("high", "Niemand nam op.")
        assert b"Somebody else" in manager.post(at("agreed_look", agreed.pk), sent).content

    def test_what_is_late_says_so(self, agreed: Agreed, manager: Client) -> None:
        Agreed.objects.filter(pk=agreed.pk).update(due=TODAY - DAY)
        assert b"1 is late." in manager.get(at("agreed")).content
        assert b"It is late" in manager.get(at("agreed_one", agreed.pk)).content
        assert b"(1 late)" in manager.get(at("tenders")).content

    def test_of_one_supplier(self, agreed: Agreed, manager: Client, people: People) -> None:
        page = manager.get(at("agreed"), {"leverancier": agreed.supplier_id})
        assert agreed.text[:40] in page.content.decode()
        assert manager.get(at("agreed"), {"leverancier": 987654}).status_code == 404
        assert manager.get(at("agreed"), {"leverancier": "x' or 1"}).status_code == 200

    def test_arranged_and_ended(self, agreed: Agreed, manager: Client) -> None:
        sent = {"owner": "", "follow_months": "6", "due": "2027-01-01"}
        assert manager.post(at("agreed_arrange", agreed.pk), sent).status_code == 302
        assert manager.post(at("agreed_end", agreed.pk), {"because": ""}).status_code == 200
        assert manager.post(at("agreed_end", agreed.pk), {"because": "Klaar"}).status_code == 302
        assert manager.get(at("agreed_look", agreed.pk)).status_code == 404
        assert b"does not hold any more" in manager.get(at("agreed_one", agreed.pk)).content

    def test_on_the_page_of_its_supplier(self, agreed: Agreed, people: People) -> None:
        from dijkwacht.apps.people.access import Seat
        from dijkwacht.apps.suppliers.agreed_section import on_supplier

        seat = Seat(agreed.organisation, people("ciso"), ("ciso",), (), frozenset())
        section = on_supplier(seat, agreed.supplier, on=TODAY)
        assert section is not None
        assert section.context["total"] == 2


class TestPrivateSets:
    def bring(self, manager: Client, data: bytes = SET) -> Any:
        return manager.post(at("private_set_bring"), {"file": SimpleUploadedFile("set.csv", data)})

    def test_shown_first_and_then_taken_over(self, organisation: Organisation, manager: Client) -> None:
        preview = self.bring(manager).url
        page = manager.get(preview)
        assert b"2 requirements. Nothing is recorded yet." in page.content
        assert b"&lt;b&gt;alles" in page.content
        assert manager.post(preview, {"name": "Officieel"}).status_code == 200  # what the file does not say is asked
        done = manager.post(preview, {"name": "Officieel", "version": "1", "weight": "must"})
        assert done.url == at("private_set", PrivateSet.objects.get().pk)
        assert manager.get(preview).status_code == 404  # the file is gone

    def test_problems_are_told_by_row(self, organisation: Organisation, manager: Client) -> None:
        page = manager.get(self.bring(manager, SET + b"E1;Cloud;Iets anders;eis\n").url)
        assert b"E1 stands in row 2" in page.content
        assert b'name="name"' not in page.content

    @pytest.mark.parametrize("data", [b"", b"\0\1", b"PK\x03\x04x", b"x" * 200_000])
    def test_hostile_files(self, organisation: Organisation, manager: Client, data: bytes) -> None:
        answer = self.bring(manager, data)
        if answer.status_code == 302:
            assert b"cannot be taken over" in manager.get(answer.url).content
            assert manager.post(answer.url, {"name": "x", "weight": "must"}).status_code == 200
        assert not PrivateSet.objects.exists()

    def test_the_waiting_file_is_of_who_brought_it(
        self, organisation: Organisation, manager: Client, people: People
    ) -> None:
        preview = self.bring(manager).url
        assert people.browser("ciso").get(preview).status_code == 404
        assert people.browser("auditor").get(preview).status_code == 403
