"""Pages of the desk about what it sent, calls and whom it warns; who is warned at an organisation; and the link of a mail."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.advisories.models import Advisory, Call, Contact, Handled, Mail, Service, Warned
from dijkwacht.apps.advisories.queries import phone
from dijkwacht.apps.advisories.queries.verify import verify_advisories
from dijkwacht.apps.advisories.services import acknowledging, handling, phoning, serving, telling, triage
from dijkwacht.apps.advisories.services.doing import Refused
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.trail.models import Entry
from tests.house_people import NOW, TODAY, People

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DESK_PAGES = ("warned", "weekly", "calls", "served", "serve_add")
Warn = Callable[..., Warned]


def url(name: str, *args: Any) -> str:
    return reverse(f"advisories:{name}", args=args)


@pytest.fixture
def warn(served: Organisation, register: Any, receive: Any, analyst: Person) -> Warn:
    register(("Zaakzicht", "Zaaksysteem", "3.1"))

    def one(number: str = "VB-2026-0001", **told: Any) -> Warned:
        advisory = receive(number, **{"kans": "high", **told})
        triage.decide(advisory, decision="warn", person=analyst, at=NOW)
        return Warned.objects.get(advisory=advisory)

    return one


@pytest.fixture
def due(warn: Warn) -> Call:
    """A call to make: nobody took note of something urgent for eight hours."""
    warn()
    telling.steps(at=NOW + 8 * HOUR)
    return Call.objects.get()


@pytest.fixture
def general(served: Organisation) -> Contact:
    return Contact.objects.get(role="general")


class TestWhoMayWhat:
    @pytest.mark.parametrize("name", DESK_PAGES)
    def test_pages_of_the_desk(
        self, desk: Client, csirt: Organisation, organisation: Organisation, people: People, name: str
    ) -> None:
        assert desk.get(url(name, csirt.slug)).status_code == 200
        assert people.browser("ciso").get(url(name, csirt.slug)).status_code == 404
        assert people.browser("process_owner").get(url(name, organisation.slug)).status_code == 403
        assert "login" in Client().get(url(name, csirt.slug))["Location"]

    def test_things_of_the_desk(
        self, desk: Client, due: Call, csirt: Organisation, served: Organisation, people: People
    ) -> None:
        for name, pk in (("call", due.pk), ("served_one", served.pk), ("serve_contact", served.pk)):
            assert desk.get(url(name, csirt.slug, pk)).status_code == 200
            assert desk.get(url(name, csirt.slug, 999_999)).status_code == 404
            assert people.browser("process_owner").get(url(name, served.slug, pk)).status_code == 403
            assert "login" in Client().get(url(name, csirt.slug, pk))["Location"]

    def test_another_desk_finds_nothing(
        self, due: Call, served: Organisation, general: Contact, make_person: Any, client_for: Any
    ) -> None:
        other = Organisation.objects.create(slug="csirt-ander", name="CSIRT Ander", kind="csirt")
        browser = client_for(make_person("csirt_analyst", at_organisation=other))
        for name, pk in (("call", due.pk), ("served_one", served.pk), ("serve_contact", served.pk)):
            assert browser.get(url(name, other.slug, pk)).status_code == 404
        assert browser.post(url("serve_end", other.slug, served.pk)).status_code == 404
        assert browser.post(url("serve_contact_end", other.slug, general.pk)).status_code == 404
        assert "Dijkstad" not in browser.get(url("warned", other.slug)).content.decode()

    def test_red_is_only_for_who_is_named(
        self, due: Call, csirt: Organisation, make_person: Any, client_for: Any, desk: Client
    ) -> None:
        Advisory.objects.update(tlp="RED", named=[make_person("csirt_analyst", at_organisation=csirt).pk])
        assert desk.get(url("call", csirt.slug, due.pk)).status_code == 404
        for name in ("warned", "weekly", "calls"):
            assert "Kwetsbaarheid in" not in desk.get(url(name, csirt.slug)).content.decode()

    def test_contacts(self, served: Organisation, other_organisation: Organisation, people: People) -> None:
        page = url("contacts", served.slug)
        assert people.browser("process_owner").get(page).status_code == 200
        assert people.stranger(other_organisation).get(page).status_code == 404
        assert people.browser("respondent").get(page).status_code == 403
        assert "login" in Client().get(page)["Location"]
        for name in ("contact_add", "join"):
            assert people.browser("ciso").get(url(name, served.slug)).status_code == 200
            assert people.browser("process_owner").get(url(name, served.slug)).status_code == 403
            assert people.stranger(other_organisation).get(url(name, served.slug)).status_code == 404

    def test_posts_of_contacts(
        self, served: Organisation, general: Contact, other_organisation: Organisation, people: People
    ) -> None:
        for name, pk in (("contact_end", general.pk), ("contact_up", general.pk), ("leave", Service.objects.get().pk)):
            assert people.browser("ciso").get(url(name, served.slug, pk)).status_code == 405
            assert people.browser("ciso").post(url(name, served.slug, 999_999)).status_code == 404
            assert people.browser("process_owner").post(url(name, served.slug, pk)).status_code == 403
            assert people.stranger(other_organisation).post(url(name, other_organisation.slug, pk)).status_code == 404
            assert "login" in Client().post(url(name, served.slug, pk))["Location"]


class TestWarned:
    def test_unseen_first_and_who_saw_it(self, desk: Client, warn: Warn, csirt: Organisation, people: People) -> None:
        first = warn(title="Eerste lek")
        warn("VB-2026-0002", title="Tweede lek", cves=("CVE-2026-1002",))
        Warned.objects.filter(pk=first.pk).update(seen_at=NOW, seen_by=people("ciso"))
        said = desk.get(url("warned", csirt.slug)).content.decode()
        assert said.index("Tweede lek") < said.index("Eerste lek")
        assert "Seen by A ciso" in said
        assert "Of 2 warnings 1 was not seen yet" in said
        found = desk.get(url("warned", csirt.slug), {"seen": "no"}).content.decode()
        assert "Eerste lek" not in found
        assert "1 row" in found
        assert "No warning fits" in desk.get(url("warned", csirt.slug), {"text": "niets"}).content.decode()

    def test_per_advisory_as_csaf_counts(self, desk: Client, warn: Warn, csirt: Organisation, register: Any) -> None:
        register(
            ("Zaakzicht", "Zaaksysteem", "3.1"),
            ("Zaakzicht", "Zaaksysteem", "3.0"),
            ("Zaakzicht", "Zaaksysteem", "2.9"),
        )
        warn(cves=("CVE-2026-1001", "CVE-2026-1002"))
        lines = sorted(set(Handled.objects.values_list("line", flat=True)))
        Handled.objects.filter(line=lines[0]).update(status="done")
        Handled.objects.filter(line=lines[1], weakness="CVE-2026-1001").update(status="done")
        Handled.objects.filter(line=lines[1], weakness="CVE-2026-1002").update(status="in_progress")
        page = desk.get(url("warned", csirt.slug), {"per": "advisory"})
        (row,) = page.context["rows"]
        assert row["counts"] == {"matched": 3, "not_remediated": 1, "in_progress": 1, "done": 1, "not_affected": 0}
        assert (row["told"], row["seen"], row["unseen"]) == (1, 0, 1)

    def test_per_organisation(self, desk: Client, warn: Warn, csirt: Organisation) -> None:
        warn()
        (row,) = desk.get(url("warned", csirt.slug), {"per": "organisation"}).context["rows"]
        assert (str(row["about"]), row["told"], row["unsettled"]) == ("Dijkstad", 1, 1)

    def test_figures_per_week(self, desk: Client, warn: Warn, csirt: Organisation) -> None:
        warn()
        weeks = desk.get(url("weekly", csirt.slug)).context["weeks"]
        assert len(weeks) == 8
        assert (weeks[0].monday, weeks[0].received, weeks[0].told, weeks[0].quick, weeks[0].open) == (
            date(2026, 11, 23),
            1,
            1,
            0,
            1,
        )
        Warned.objects.update(seen_at=NOW + HOUR)
        assert desk.get(url("weekly", csirt.slug)).context["weeks"][0].quick == 1


class TestCalls:
    def test_who_to_call_in_which_order(
        self, desk: Client, due: Call, csirt: Organisation, served: Organisation, does: Any
    ) -> None:
        serving.add_contact(served, role="general", name="Piket", phone="06 11111111", **does())
        serving.add_contact(served, role="trusted", name="Vervanger", phone="06 22222222", **does())
        said = desk.get(url("calls", csirt.slug)).content.decode()
        assert said.index("06 00000000") < said.index("06 22222222") < said.index("06 11111111")
        assert "Nobody took note" in said
        assert 'href="tel:0600000000"' in said

    def test_they_took_note(
        self, desk: Client, due: Call, csirt: Organisation, served: Organisation, people: People
    ) -> None:
        page = url("call", csirt.slug, due.pk)
        trusted = Contact.objects.get(role="trusted")
        sent = {"contact": trusted.pk, "outcome": "seen", "said": "Zij werken vanavond bij."}
        assert desk.post(page, sent)["Location"] == url("calls", csirt.slug)
        warning = Warned.objects.get()
        assert (warning.seen_by, warning.step_at) == (people("ciso"), None)
        due.refresh_from_db()
        assert (due.contact, due.outcome) == (trusted, "Zij werken vanavond bij.")
        assert "Nobody needs to be called" in desk.get(url("calls", csirt.slug)).content.decode()
        assert "already" in desk.post(page, sent).content.decode()
        held = verify_advisories(served)
        assert not held.faulty
        assert not held.uncovered

    def test_not_reached_stays_on_the_list(
        self, desk: Client, due: Call, csirt: Organisation, served: Organisation
    ) -> None:
        desk.post(url("call", csirt.slug, due.pk), {"contact": "", "outcome": "again", "said": "Geen gehoor."})
        assert Call.objects.filter(at__isnull=True).count() == 1
        assert Warned.objects.get().seen_at is None
        assert not verify_advisories(served).uncovered

    def test_seen_and_told_again_it_starts_anew(
        self,
        desk: Client,
        due: Call,
        csirt: Organisation,
        served: Organisation,
        receive: Any,
        does: Any,
        analyst: Person,
    ) -> None:
        handling.see(due.warning, **does(at=NOW + 9 * HOUR))
        receive(kans="high", version="2", fix="Installeer 3.3.", at=NOW + 10 * HOUR)
        assert Warned.objects.get().seen_at is None
        assert list(phone.to_make(csirt, analyst)) == []
        assert telling.steps(at=NOW + 18 * HOUR).calls == 1
        (call,) = phone.to_make(csirt, analyst)
        assert (call, call.due_at) == (due, NOW + 18 * HOUR)
        held = verify_advisories(served)
        assert not held.faulty
        assert not held.uncovered

    def test_off_the_list(self, desk: Client, due: Call, csirt: Organisation) -> None:
        desk.post(url("call", csirt.slug, due.pk), {"contact": "", "outcome": "drop", "said": "Opgeheven."})
        assert not Call.objects.filter(at__isnull=True).exists()

    def test_what_is_missing_is_named(self, desk: Client, due: Call, csirt: Organisation) -> None:
        said = desk.post(url("call", csirt.slug, due.pk), {"contact": "", "outcome": "", "said": ""})
        assert set(said.context["form"].errors) == {"outcome", "said"}
        assert due.at is None

    def test_somebody_of_another_organisation_was_not_called(
        self, due: Call, analyst: Person, other_organisation: Organisation
    ) -> None:
        stranger = Contact.objects.create(organisation=other_organisation, role="general", name="X", since=TODAY)
        with pytest.raises(Refused, match="stranger"):
            phoning.record_call(due, outcome="seen", said="Ja.", contact=stranger, person=analyst, at=NOW)

    def test_a_mail_that_did_not_go_out_stands_there(self, desk: Client, warn: Warn, csirt: Organisation) -> None:
        warn()
        Mail.objects.filter(contact__role="general").update(claimed_at=NOW, trouble="mailbox unavailable")
        assert "mailbox unavailable" in desk.get(url("calls", csirt.slug)).content.decode()


class TestServed:
    def test_what_contacts_lack(self, desk: Client, served: Organisation, csirt: Organisation) -> None:
        assert (
            "We warn 1 organisation. Each has a trusted contact."
            in desk.get(url("served", csirt.slug)).content.decode()
        )
        Contact.objects.filter(role="trusted").update(until=TODAY)
        said = desk.get(url("served", csirt.slug), {"lack": "no_trusted"}).content.decode()
        assert "1 has no trusted contact" in said
        assert "what is TLP:AMBER reaches nobody" in said
        assert "No organisation fits" in desk.get(url("served", csirt.slug), {"lack": "no_contact"}).content.decode()

    def test_one_organisation(self, desk: Client, warn: Warn, served: Organisation, csirt: Organisation) -> None:
        warn()
        said = desk.get(url("served_one", csirt.slug, served.pk)).content.decode()
        for each in ("06 00000000", "Kwetsbaarheid in Zaaksysteem", "Aansluiting 2026", "register.csv", "1 product"):
            assert each in said

    def test_a_list_of_many(
        self, desk: Client, csirt: Organisation, make_organisation: Any, served: Organisation
    ) -> None:
        for n in range(3):
            make_organisation(f"polder-{n}", name=f"Polder {n}", cbs_code=f"GM{n + 1:04d}")
        file = SimpleUploadedFile("lijst.csv", "gemeente;code\nPolder 0;x\nzomaar;GM0002\n3;\n".encode("utf-8-sig"))
        sent = {"names": "dijkstad", "basis": "ICT-foto ontvangen", "file": file}
        page = desk.post(url("serve_add", csirt.slug), sent)
        assert "2 “gemeente;code”" in page.content.decode()  # headings count only in a first line
        assert Service.objects.count() == 1
        file.seek(0)
        assert desk.post(url("serve_add", csirt.slug), {**sent, "names": ""}).status_code == 302
        assert Service.objects.filter(desk=csirt, basis="ICT-foto ontvangen").count() == 3

    def test_a_line_that_is_not_known_stops_all(
        self, desk: Client, csirt: Organisation, organisation: Organisation, make_organisation: Any
    ) -> None:
        make_organisation("dubbel-1", name="Dubbel")
        make_organisation("dubbel-2", name="Dubbel")
        page = desk.post(url("serve_add", csirt.slug), {"names": "Dijkstad\nBestaat niet\nDubbel", "basis": "X"})
        assert "2 “Bestaat niet”, 3 “Dubbel”" in page.content.decode()
        assert not Service.objects.exists()
        assert set(desk.post(url("serve_add", csirt.slug), {"names": " ", "basis": ""}).context["form"].errors) == {
            "basis"
        }

    def test_ending_and_contacts_by_the_desk(
        self, desk: Client, served: Organisation, csirt: Organisation, general: Contact
    ) -> None:
        add = url("serve_contact", csirt.slug, served.pk)
        assert desk.post(add, {"role": "trusted", "name": "Bea\r\nBcc: x", "phone": "06 12345678"}).status_code == 302
        assert Contact.objects.filter(name="Bea Bcc: x", rank=2).exists()
        bad = desk.post(add, {"role": "", "name": "", "email": "geen", "phone": "bel mij"})
        assert set(bad.context["form"].errors) == {"role", "email", "phone"}
        assert desk.post(url("serve_contact_end", csirt.slug, general.pk)).status_code == 302
        assert desk.post(url("serve_end", csirt.slug, served.pk)).status_code == 302
        assert Service.objects.get().until == TODAY
        assert desk.post(add, {"role": "trusted", "name": "Na", "phone": "06 12345678"}).status_code == 404
        assert not verify_advisories(served).uncovered


class TestContacts:
    def test_the_rules_are_said_with_what_is_ours(self, served: Organisation, people: People) -> None:
        said = people.browser("ciso").get(url("contacts", served.slug)).content.decode()
        for each in ("Keuze van Dijkwacht", "After 2 hours a reminder", "Uncertain", "ACIB", "VCIB", "CSIRT Voorbeeld"):
            assert each in said

    def test_add_move_up_and_take_away(self, served: Organisation, people: People) -> None:
        browser = people.browser("ciso")
        add = url("contact_add", served.slug)
        assert (
            browser.post(add, {"role": "general", "name": "Piket", "email": "piket@dijkstad.example"}).status_code
            == 302
        )
        row = Contact.objects.get(name="Piket")
        assert row.rank == 2
        assert browser.post(url("contact_up", served.slug, row.pk)).status_code == 302
        assert [*Contact.objects.filter(role="general").values_list("name", "rank")] == [
            ("Piket", 1),
            ("Servicedesk", 2),
        ]
        assert (
            "Nobody stands before" in browser.post(url("contact_up", served.slug, row.pk), follow=True).content.decode()
        )
        browser.post(url("contact_end", served.slug, row.pk))
        assert Contact.objects.get(name="Servicedesk").rank == 1
        assert not verify_advisories(served).faulty
        assert not verify_advisories(served).uncovered

    def test_what_is_wrong_is_named(self, served: Organisation, people: People) -> None:
        bad = people.browser("ciso").post(url("contact_add", served.slug), {"role": "general", "name": "Piket"})
        assert set(bad.context["form"].errors) == {"email"}
        bad = people.browser("ciso").post(url("contact_add", served.slug), {"role": "general", "email": "a@b.example"})
        assert set(bad.context["form"].errors) == {"name"}

    def test_leave_and_join(self, served: Organisation, csirt: Organisation, people: People) -> None:
        browser = people.browser("ciso")
        browser.post(url("leave", served.slug, Service.objects.get().pk))
        assert "No CSIRT warns you" in browser.get(url("contacts", served.slug)).content.decode()
        assert browser.post(url("join", served.slug), {"desk": csirt.pk, "basis": "Opnieuw"}).status_code == 302
        assert Service.objects.filter(until__isnull=True).count() == 1
        assert set(
            browser.post(url("join", served.slug), {"desk": csirt.pk, "basis": "Nog eens"}).context["form"].errors
        ) == {"desk"}


class TestAcknowledge:
    @pytest.fixture
    def link(self, warn: Warn, general: Contact) -> str:
        return url("acknowledge", acknowledging.token_for(warn(), general))

    def test_looking_changes_nothing_the_button_does_once(self, link: str, served: Organisation) -> None:
        anybody = Client(enforce_csrf_checks=False)
        page = anybody.get(link)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert Warned.objects.get().seen_at is None
        before = Entry.objects.count()
        for _ in range(3):
            assert anybody.post(link).status_code == 200
        warning = Warned.objects.get()
        assert (warning.seen_at, warning.seen_by, warning.step_at) == (NOW, None, None)
        assert Entry.objects.count() == before + 1
        assert Entry.objects.order_by("-seq").first().actor == "Servicedesk"
        assert not verify_advisories(served).uncovered

    def test_it_shows_little(self, link: str) -> None:
        assert "Kwetsbaarheid" in Client().get(link).content.decode()
        Advisory.objects.update(tlp="AMBER")
        said = Client().get(link).content.decode()
        assert "Kwetsbaarheid" not in said
        assert "Zaak" not in said
        assert "1" in said
        assert "Dijkstad" in said

    @pytest.mark.parametrize(
        "token", ["x", "1:2:3", "WzEsMSwxXQ:1abcde:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "é" * 40]
    )
    def test_a_guess_is_not_there(self, db: None, token: str, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert acknowledging.read(token, on=TODAY) is None
        assert Client().get(url("acknowledge", token)).status_code == 404
        assert Client().post(url("acknowledge", token)).status_code == 404

    def test_a_link_with_one_letter_changed(self, link: str) -> None:
        assert Client().get(link[:-2] + ("a" if link[-2] != "a" else "b") + "/").status_code == 404

    def test_told_again_or_with_another_contact_it_no_longer_counts(self, link: str, general: Contact) -> None:
        Warned.objects.update(todo_at=NOW + HOUR)
        assert Client().post(link).status_code == 200
        assert Warned.objects.get().seen_at is None
        Warned.objects.update(todo_at=NOW)
        Contact.objects.filter(pk=general.pk).update(until=TODAY)
        Client().post(link)
        assert Warned.objects.get().seen_at is None

    def test_whoever_has_no_account_reads_dutch(self, link: str) -> None:
        assert "Waarschuwing 1 aan Dijkstad" in Client().get(link).content.decode()
