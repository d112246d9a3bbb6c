"""The pages of warnings: the list, one warning, and what is said of it; for whom a label allows it (TLP)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from dijkwacht.apps.advisories.handling_words import WEEKS
from dijkwacht.apps.advisories.models import Advisory, Handled, Line, Touched, Warned
from dijkwacht.apps.advisories.services import following, handling, triage
from dijkwacht.apps.advisories.services.handling import Said
from dijkwacht.apps.advisories.words import REFUSED
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.handling import WEEK_CODES, WRONG
from tests.advisories.handled import OLD, given_warning
from tests.house_people import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MANY = tuple(f"CVE-2026-4{n:03}" for n in range(40))
OTHER = ("Grootnet", "Router", "7")
FIELDS = {"status": "done", "flag": "", "because": "", "decided": "", "until": ""}
HANDLING = ("give", "assess", "mark", "status", "version")
PRESSED = ("seen", "proposal")


def url(name: str, *more: Any) -> str:
    return reverse(f"advisories:{name}", args=["dijkstad", *more])


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def warned(served: Organisation, register: Any, receive: Any, analyst: Person) -> Callable[..., Warned]:
    return given_warning(served, register, receive, analyst)


def test_every_code_has_words() -> None:
    assert {*WEEKS, "publisher", "publisher_lower"} == set(WEEK_CODES)
    assert set(WRONG) <= set(REFUSED)


class TestHome:
    def test_nothing_yet_leads_to_the_register(self, ciso: Any, served: Organisation) -> None:
        page = text(ciso.get(url("home")))
        assert "No warning is left to handle." in page
        assert url("register") in page

    def test_what_presses_most_stands_first_and_in_the_answer(self, ciso: Any, warned: Any, does: Any) -> None:
        both = (OLD, OTHER)
        normal = warned(*both, number="VB-1", products=(("Grootnet", "Router", "vers:unknown/<8"),))
        late = warned(*both, number="VB-2", kans="high", at=NOW - 8 * DAY)
        soon = warned(*both, number="VB-3", kans="high", at=NOW - 6 * DAY)
        handling.see(soon, **does())
        response = ciso.get(url("home"))
        assert [row.warning for row in response.context["rows"]] == [late, soon, normal]
        page = text(response)
        assert "3 warnings are not done. Nobody has seen 2 of them yet. For 1 the week has passed." in page
        assert "24 hours too late" in page
        assert "24 hours left" in page
        assert "Zaakzicht Zaaksysteem 3.1" in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", [1, 2]),
            ("state=all", [1, 2, 3]),
            ("state=done", [3]),
            ("state=nonsense", [1, 2]),
            ("level=urgent", [1]),
            ("handler=0", [2]),
            ("handler=mine", [1]),
            ("outcome=undetermined", [2]),
            ("text=cve-2026-2001", [2]),
            ("text=router&state=all", [2]),
            ("text=zaakzicht&state=all", [1, 3]),
            ("text=2", [2]),
            ("text=VB-3&state=all", [3]),
            ("text=niets", []),
            ("text=a%00b", [1, 2]),
            ("desk=99999999999999999999&page=99", [1, 2]),
        ],
    )
    def test_narrowing(self, ciso: Any, warned: Any, does: Any, people: Any, query: str, found: list[int]) -> None:
        both = (OLD, ("Grootnet", "Router", ""))
        one = warned(*both, number="VB-1", kans="high")
        two = {"products": (("Grootnet", "Router", "vers:unknown/<8"),), "cves": ("CVE-2026-2001",)}
        warned(*both, number="VB-2", title="Fout in iets anders", **two)
        handling.mark_all(warned(*both, number="VB-3", title="Anders"), Said("done"), **does())
        handling.give(one, handler=people("ciso"), **does())
        asked = query.replace("handler=mine", f"handler={people('ciso').pk}")
        response = ciso.get(f"{url('home')}?{asked}")
        if query == "text=2":  # also the number of a document and of a weakness
            assert 2 in [row.warning.number for row in response.context["rows"]]
        else:
            assert sorted(row.warning.number for row in response.context["rows"]) == found

    def test_the_list_as_a_file_obeys_the_label_and_runs_nothing(self, people: Any, warned: Any) -> None:
        warned(number="VB-1", title="=1+1")
        warned(number="VB-2", title="Geheim", tlp="AMBER")
        lines = (
            people.browser("auditor").get(url("warnings_csv") + "?state=all").content.decode("utf-8-sig").splitlines()
        )
        assert len(lines) == 2
        assert "'=1+1;TLP:CLEAR;" in lines[1]
        assert len(people.browser("ciso").get(url("warnings_csv")).content.decode().splitlines()) == 3

    def test_many_cost_no_more_questions(self, ciso: Any, warned: Any, django_assert_max_num_queries: Any) -> None:
        for number in range(8):
            warned(number=f"VB-{number}")
        with django_assert_max_num_queries(22):
            ciso.get(url("home"))

    @pytest.mark.parametrize(
        ("sort", "numbers"),
        [
            ("", [1, 2, 3]),
            ("-own", [3, 1, 2]),
            ("due", [1, 2, 3]),
            ("-score", [2, 1, 3]),
            ("-number", [3, 2, 1]),
            ("told", [3, 1, 2]),
        ],
    )
    def test_sorted_also_as_a_file(self, ciso: Any, warned: Any, does: Any, sort: str, numbers: list[int]) -> None:
        both = (OLD, OTHER)
        warned(*both, number="VB-1", kans="high", at=NOW - DAY)
        two = {"products": (("Grootnet", "Router", "vers:unknown/<8"),), "cves": ("CVE-2026-2001",)}
        Advisory.objects.filter(pk=warned(*both, number="VB-2", kans="high", **two).advisory_id).update(score=9.8)
        last = warned(*both, number="VB-3", at=NOW - 2 * DAY)
        handling.assess(last, text="Ernstig voor ons.", likelihood="high", damage="medium", **does())
        assert [row.warning.number for row in ciso.get(url("home"), {"sort": sort}).context["rows"]] == numbers
        lines = ciso.get(url("warnings_csv"), {"sort": sort}).content.decode().splitlines()[1:]
        assert [int(line.split(";")[0]) for line in lines] == numbers

    def test_the_week_is_that_of_the_mail_and_obeys_the_label(
        self, ciso: Any, warned: Any, does: Any, people: Any
    ) -> None:
        warned(number="VB-1", title="Deze week klaar", kans="high", at=NOW - DAY)
        handling.mark_all(Warned.objects.get(), Said("done"), **does())
        warned(number="VB-2", title="Vandaag vertrouwelijk", kans="high", tlp="AMBER")
        warned(number="VB-3", title="Oud maar open", at=NOW - 20 * DAY)
        handling.mark_all(
            warned(number="VB-4", title="Oud en klaar", at=NOW - 20 * DAY), Said("done"), **does(at=NOW - 19 * DAY)
        )
        page = ciso.get(url("our_week"))
        found = [[row.warning.title for row in part.rows] for part in page.context["page"].parts]
        assert found == [["Vandaag vertrouwelijk"], ["Oud maar open"], ["Deze week klaar"]]
        assert "2 warnings are open. 2 came this past week. 1 is due within a week, or too late." in text(page)
        assert "vertrouwelijk" not in text(people.browser("auditor").get(url("our_week")))
        assert url("our_week") in text(ciso.get(url("home")))


class TestLabel:
    """TLP 2.0: the trusted contact sees AMBER, and so does who was given it; nobody else here."""

    def test_amber(self, people: Any, warned: Any, does: Any) -> None:
        row = warned(tlp="AMBER", title="Fout in de router")
        handling.see(row, **does())
        for name in ("warning", "warning_document"):
            assert people.browser("ciso").get(url(name, row.pk)).status_code == 200
            assert people.browser("process_owner").get(url(name, row.pk)).status_code == 404
        page = text(people.browser("process_owner").get(url("home")))
        assert "1 warning is not shown to you" in page
        assert "Fout in de router" not in page
        handling.give(row, handler=people("process_owner"), **does())
        assert "Fout in de router" in text(people.browser("process_owner").get(url("home")))
        assert people.browser("process_owner").get(url("warning_document", row.pk)).status_code == 200
        assert people.browser("auditor").get(url("warning", row.pk)).status_code == 404

    def test_who_gives_away_what_he_only_sees_as_its_handler_is_led_to_the_list(
        self, people: Any, warned: Any, does: Any
    ) -> None:
        row = warned(tlp="AMBER")
        handling.give(row, handler=people("process_owner"), **does())
        browser = people.browser("process_owner")
        assert "Who handles a warning sees it" in text(browser.get(url("give", row.pk)))
        assert browser.post(url("give", row.pk), {"handler": people("ciso").pk})["Location"] == url("home")

    def test_a_document_with_a_stricter_label_than_was_told_is_not_given(self, ciso: Any, warned: Any) -> None:
        row = warned()
        row.advisory.document.tlp = "AMBER"
        row.advisory.document.save()
        assert ciso.get(url("warning_document", row.pk)).status_code == 404

    def test_another_warning_or_document_about_the_same_weakness_is_shown_by_its_label(
        self, people: Any, warned: Any, does: Any
    ) -> None:
        first, second = warned(number="VB-1", title="Eerste"), warned(number="VB-2", title="Tweede", tlp="AMBER")
        handling.see(second, **does())
        assert "Tweede" in text(people.browser("ciso").get(url("warning", first.pk)))
        assert "Tweede" not in text(people.browser("process_owner").get(url("warning", first.pk)))


class TestWarning:
    def test_one_action_comes_first(self, ciso: Any, warned: Any, does: Any) -> None:
        row = warned(("Zaakzicht", "Zaaksysteem", ""))

        def action() -> str:
            return str(ciso.get(url("warning", row.pk)).context["page"].action)

        assert action() == "see"
        handling.see(row, **does())
        assert action() == "version"
        handling.answer_version(Touched.objects.get(), version="3.1", **does())
        assert action() == "assess"
        handling.assess(row, text="x", **does())
        assert action() == "mark"
        handling.mark_all(row, Said("done"), **does())
        assert action() == ""

    def test_who_does_not_handle_only_reads(self, people: Any, warned: Any) -> None:
        page = people.browser("auditor").get(url("warning", warned().pk))
        assert page.context["page"].action == ""
        assert url("assess", 1) not in text(page)

    def test_what_it_is_in_the_words_of_the_desk_or_else_of_the_document(
        self, ciso: Any, warned: Any, receive: Any, analyst: Person, served: Organisation
    ) -> None:
        assert "Er is een fout gevonden" in text(ciso.get(url("warning", warned().pk)))
        advisory = receive("VB-2")
        triage.write(
            advisory, texts={"management": "Voor <b>bestuurders</b>.", "technical": ""}, person=analyst, at=NOW
        )
        triage.decide(advisory, decision="warn", person=analyst, at=NOW)
        page = text(ciso.get(url("warning", Warned.objects.get(advisory=advisory).pk)))
        assert "Voor &lt;b&gt;bestuurders&lt;/b&gt;." in page
        assert "Er is een fout gevonden" not in page

    def test_forty_weaknesses_stay_readable(self, ciso: Any, warned: Any, does: Any) -> None:
        row = warned(OLD, ("Zaakzicht", "Zaaksysteem", "3.0"), cves=MANY)
        line = Touched.objects.order_by("pk").first().line_id  # type: ignore[union-attr]
        handling.set_status(row, Said("done"), line=line, weaknesses=MANY[:38], **does())
        page = ciso.get(url("warning", row.pk))
        assert [len(each.groups) for each in page.context["page"].products] in ([1, 2], [2, 1])
        assert len(page.context["page"].advice) == 1  # the same for both
        assert "Part of it is done: 42 of 80 are still open." in text(page)
        assert "38 weaknesses" in text(page)

    def test_the_week_and_why(self, ciso: Any, warned: Any, does: Any) -> None:
        row = warned(kans="high")
        page = text(ciso.get(url("warning", row.pk)))
        assert "The short term of BIO2 8.08.01 runs" in page
        handling.assess(row, text="x", likelihood="low", damage="low", because="Staat uit.", **does())
        page = text(ciso.get(url("warning", row.pk)))
        assert "The week runs on." in page
        assert "Likelihood low, damage low, as your organisation sees it." in page

    def test_what_a_revision_changed(self, ciso: Any, warned: Any, receive: Any) -> None:
        """CSAF: A9, no new match while the remedy is the same; M14, what two versions differ in."""
        row = warned()
        receive(version="2", title="Andere woorden", at=NOW)
        assert [each["title"] for each in ciso.get(url("warning", row.pk)).context["page"].history] == [
            "Told (revision 1)"
        ]
        receive(version="3", fix="Installeer 3.2.1.", at=NOW)
        page = text(ciso.get(url("warning", row.pk)))
        assert "What is to be done changed." in page
        assert "Installeer 3.2.1." in page

    def test_an_address_that_is_none_of_the_web_is_no_link(self, ciso: Any, warned: Any) -> None:
        page = text(ciso.get(url("warning", warned(fix="javascript:alert(1) <script>").pk)))
        assert 'href="javascript:' not in page
        assert "&lt;script&gt;" in page

    def test_what_a_supplier_says_is_taken_over_with_one_button(self, ciso: Any, warned: Any, vex: Any) -> None:
        row = warned()
        advisory = vex()
        assert "VEX-1 (1)" in text(ciso.get(url("warning", row.pk)))
        touched = Touched.objects.get()
        for number in ("", "x", "9" * 30):
            assert ciso.post(url("proposal", touched.pk), {"advisory": number}).status_code == 404
        page = ciso.post(url("proposal", touched.pk), {"advisory": advisory.pk}, follow=True)
        assert "by what the supplier says" in text(page)
        assert Warned.objects.get().state == "not_affected"
        page = ciso.post(url("proposal", touched.pk), {"advisory": advisory.pk}, follow=True)
        assert "Nothing is left to take over." in text(page)

    def test_lapsed_it_asks_nothing(self, ciso: Any, warned: Any, register: Any) -> None:
        row = warned()
        register(("Zaakzicht", "Zaaksysteem", "3.2"), at=NOW + DAY)
        page = text(ciso.get(url("warning", row.pk)))
        assert "This is no longer about you." in page
        assert "No longer so:" in page
        assert url("mark", row.pk) not in page


class TestForms:
    def test_seen(self, ciso: Any, warned: Any) -> None:
        row = warned()
        assert ciso.get(url("seen", row.pk)).status_code == 405
        assert ciso.post(url("seen", row.pk))["Location"] == url("warning", row.pk)
        assert ciso.post(url("seen", row.pk), {"back": "today"})["Location"] == "/o/dijkstad/"
        row.refresh_from_db()
        assert row.seen_at == NOW

    def test_given_to_who_may_handle(self, ciso: Any, warned: Any, people: Any) -> None:
        row, owner, respondent = warned(), people("process_owner"), people("respondent")
        page = ciso.post(url("give", row.pk), {"handler": respondent.pk})
        assert "handler" in page.context["form"].errors
        assert ciso.post(url("give", row.pk), {"handler": owner.pk})["Location"] == url("warning", row.pk)
        row.refresh_from_db()
        assert row.handler == owner

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"assessment": ""}, "assessment"),
            ({"assessment": "x", "likelihood": "high"}, "damage"),
            ({"assessment": "x", "likelihood": "low", "damage": "low"}, "because"),
            ({"assessment": "x", "likelihood": "enorm", "damage": "low"}, "likelihood"),
            ({"assessment": "a\0b"}, "assessment"),
        ],
    )
    def test_an_assessment_that_cannot_be(self, ciso: Any, warned: Any, sent: Any, field: str) -> None:
        row = warned(kans="high")
        page = ciso.post(url("assess", row.pk), sent)
        assert page.status_code == 200
        assert field in page.context["form"].errors
        assert not row.assessments.exists()

    def test_an_assessment(self, ciso: Any, warned: Any) -> None:
        row = warned()
        assert "verdict" not in ciso.get(url("assess", row.pk)).context["form"].fields
        page = ciso.post(url("assess", row.pk), {"assessment": "Wij doen het dinsdag."}, follow=True)
        assert "Wij doen het dinsdag." in text(page)
        assert "What was written before stays" in text(ciso.get(url("assess", row.pk)))

    def test_without_products_the_assessment_settles_it(
        self, ciso: Any, served: Organisation, receive: Any, analyst: Person, does: Any
    ) -> None:
        following.follow(served, kind="vendor", text="Zaakzicht", **does())
        triage.decide(receive(), decision="warn", person=analyst, at=NOW)
        row = Warned.objects.get()
        page = text(ciso.get(url("warning", row.pk)))
        assert "none of your registered products is touched" in page
        assert "verdict" in ciso.post(url("assess", row.pk), {"assessment": "x"}).context["form"].errors
        ciso.post(url("assess", row.pk), {"assessment": "Gebruiken wij niet.", "verdict": "not_affected"})
        row.refresh_from_db()
        assert row.state == "not_affected"
        assert "say in the written assessment" in text(ciso.post(url("mark", row.pk), FIELDS))

    @pytest.mark.parametrize(
        ("sent", "fields"),
        [
            ({"status": ""}, {"status"}),
            ({"status": "lapsed"}, {"status"}),
            ({"status": "not_affected"}, {"because"}),
            ({"status": "accepted"}, {"because", "decided", "until"}),
            ({"status": "accepted", "because": "x", "until": "2026-11-24", "decided": "ciso"}, {"until"}),
            ({"status": "accepted", "because": "x", "until": "morgen", "decided": "ciso"}, {"until"}),
            ({"status": "done", "weaknesses": ["CVE-1"]}, {"weaknesses"}),
            ({"status": "done", "because": "x" * 501}, {"because"}),
        ],
    )
    def test_a_status_that_lacks_something(
        self, ciso: Any, warned: Any, people: Any, sent: Any, fields: set[str]
    ) -> None:
        warned(cves=MANY[:2])
        told = {**FIELDS, **sent, **({"decided": people("ciso").pk} if sent.get("decided") else {})}
        page = ciso.post(url("status", Touched.objects.get().pk), told)
        assert page.status_code == 200
        assert set(page.context["form"].errors) == fields
        assert not Handled.objects.exclude(status="open").exists()

    def test_one_weakness_and_then_everything(self, ciso: Any, warned: Any, people: Any) -> None:
        row = warned(cves=MANY[:2])
        touched = Touched.objects.get()
        told = {**FIELDS, "weaknesses": [MANY[0]]}
        assert "Recorded for 1 weakness." in text(ciso.post(url("status", touched.pk), told, follow=True))
        college = people("college")
        accepted = {**FIELDS, "status": "accepted", "because": "x", "decided": college.pk, "until": TODAY.isoformat()}
        page = text(ciso.post(url("mark", row.pk), accepted, follow=True))
        assert "Recorded for 2 weaknesses." in page
        assert f"Accepted by {college} until" in page
        assert "nothing changed" in text(ciso.post(url("mark", row.pk), accepted, follow=True))

    def test_which_version(self, ciso: Any, warned: Any) -> None:
        warned(("Zaakzicht", "Zaaksysteem", ""))
        touched = Touched.objects.get()
        assert "Which version do you use?" in text(ciso.get(url("version", touched.pk)))
        assert "version" in ciso.post(url("version", touched.pk), {"version": ""}).context["form"].errors
        page = text(ciso.post(url("version", touched.pk), {"version": "3.2"}, follow=True))
        assert "This version is not affected, so the warning has lapsed." in page
        assert Line.objects.get().answered == "3.2"
        assert ciso.get(url("version", touched.pk)).status_code == 404  # it is about it no longer


class TestWho:
    """Of every address: a stranger finds nothing, who has not the right is refused, who is not signed in goes to sign in."""

    def pages(self, warned: Any) -> dict[str, str]:
        row = warned()
        touched = Touched.objects.get()
        of_touched = ("status", "version", "proposal")
        names = ("warning", "warning_document", *HANDLING, *PRESSED)
        found = {each: url(each, touched.pk if each in of_touched else row.pk) for each in names}
        return found | {each: url(each) for each in ("home", "warnings_csv")}

    def ask(self, browser: Any, name: str, address: str) -> Any:
        return browser.post(address) if name in PRESSED else browser.get(address)

    def test_all(self, warned: Any, people: Any, client: Any, other_organisation: Organisation) -> None:
        pages = self.pages(warned)
        stranger, auditor, respondent = (
            people.stranger(other_organisation),
            *map(people.browser, ("auditor", "respondent")),
        )
        for name, address in pages.items():
            assert self.ask(stranger, name, address).status_code == 404, name
            assert self.ask(respondent, name, address).status_code == 403, name
            handles = name in (*HANDLING, *PRESSED)
            assert self.ask(auditor, name, address).status_code == (403 if handles else 200), name
            assert "/account/login/" in self.ask(client, name, address)["Location"], name

    def test_a_number_that_is_none(self, ciso: Any, served: Organisation) -> None:
        for name in ("warning", "warning_document", *HANDLING, *PRESSED):
            assert self.ask(ciso, name, url(name, 10**12)).status_code == 404, name
