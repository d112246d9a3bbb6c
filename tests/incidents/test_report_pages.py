"""Reports in pages: begun, written, checked, sent, with receipts; and as files."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from dijkwacht.apps.incidents.models import Clock, Delivery, Report
from dijkwacht.apps.incidents.services import intake, papers, reports, weighing
from dijkwacht.norms.read import incidents
from tests.incidents.conftest import KNOWN, NOW, OUTAGE

HOUR = timedelta(hours=1)
SENT = {"to_ncsc": "portal", "to_bzk_rdi": "portal", "sent_at": "2026-11-25T09:00", "lacks": "on"}
FILES = ("pdf", "json", "txt")


def at(name: str, pk: int, organisation: str = "dijkstad") -> str:
    return reverse(f"incidents:{name}", args=[organisation, pk])


@pytest.fixture
def significant(incident, does):
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
    incident.refresh_from_db()
    return incident


@pytest.fixture
def draft(significant, does) -> Report:
    return reports.begin(significant, form="early_warning", **does())


@pytest.fixture
def gone(draft, does) -> Report:
    return reports.send(draft, to={"ncsc": "portal", "bzk_rdi": "portal"}, lacks=True, **does())


class TestWho:
    @pytest.mark.parametrize("name", ["report", "report_pdf", "report_json", "report_txt"])
    def test_who_sees_reads_what_is_not_restricted(self, draft, name, people, other_organisation) -> None:
        assert people.browser("college").get(at(name, draft.pk)).status_code == 200
        assert people.browser("respondent").get(at(name, draft.pk)).status_code == 403
        assert people.stranger(other_organisation).get(at(name, draft.pk)).status_code == 404
        assert "login" in Client().get(at(name, draft.pk)).url
        intake.Incident.objects.update(restricted=True)
        assert people.browser("college").get(at(name, draft.pk)).status_code == 404
        assert people.browser("ciso").get(at(name, draft.pk)).status_code == 200

    @pytest.mark.parametrize("name", ["report_edit", "report_check", "report_drop"])
    def test_only_who_handles_writes(self, draft, name, people, other_organisation) -> None:
        assert people.browser("college").post(at(name, draft.pk)).status_code in (403, 405)
        assert people.stranger(other_organisation).post(at(name, draft.pk)).status_code == 404
        assert Report.objects.get().state == "draft"

    @pytest.mark.parametrize("name", ["report_begin", "share", "misp", "stix"])
    def test_only_who_handles_begins_and_shares(self, incident, name, people) -> None:
        assert people.browser("college").get(at(name, incident.pk)).status_code == 403

    @pytest.mark.parametrize("name", ["receipt", "answered"])
    def test_only_who_handles_notes_what_came_back(self, gone, name, people, other_organisation) -> None:
        delivery = gone.deliveries.first().pk
        assert people.browser("college").get(at(name, delivery)).status_code == 403
        assert people.stranger(other_organisation).get(at(name, delivery)).status_code == 404
        assert people.browser("ciso").get(at(name, delivery)).status_code == 200
        assert people.browser("ciso").get(at(name, 999_999)).status_code == 404


class TestBegin:
    def test_a_report_is_begun_by_its_form(self, significant, ciso) -> None:
        page = ciso.get(f"{at('report_begin', significant.pk)}?soort=notification")
        assert 'value="notification" id="id_form_1" class' in page.text or "checked" in page.text
        answer = ciso.post(at("report_begin", significant.pk), {"form": "notification"})
        report = Report.objects.get()
        assert answer.url == at("report_edit", report.pk)
        assert report.values["title"] == significant.title

    def test_what_was_asked_for_says_by_whom_and_when(self, significant, ciso) -> None:
        here = at("report_begin", significant.pk)
        assert "An interim report says who asked for it" in ciso.post(here, {"form": "interim"}).text
        asked = {
            "form": "interim",
            "asked_by": "NCSC",
            "asked_at": "2026-11-25T09:00",
            "asked_before": "2026-11-26T09:00",
        }
        assert ciso.post(here, asked).status_code == 302
        assert Clock.objects.get(rule="cbw-28").due_at == NOW.replace(hour=9, minute=0) + 24 * HOUR

    @pytest.mark.parametrize("form", ["", "bestaat-niet", "x" * 300])
    def test_a_form_that_is_not_there_is_refused(self, significant, ciso, form) -> None:
        assert ciso.post(at("report_begin", significant.pk), {"form": form}).status_code == 200
        assert not Report.objects.exists()


class TestWriting:
    def test_every_field_of_every_form_is_there_with_its_article(self, significant, does, ciso) -> None:
        for name, form in incidents().forms.items():
            asked = {"asked_by": "NCSC", "asked_at": NOW} if name == "interim" else {}
            report = reports.begin(significant, form=name, **asked, **does())
            text = ciso.get(at("report_edit", report.pk)).text
            for each in form.fields:
                assert f'name="{each.id}"' in text
                assert not each.required_by or each.required_by in text

    def test_it_is_kept_as_far_as_it_was_written(self, draft, ciso) -> None:
        here = at("report_edit", draft.pk)
        values = {"help_asked": "Forensisch onderzoek", "malicious": "yes", "started_at": "2026-11-25T06:15"}
        assert ciso.post(here, values).url == here
        draft.refresh_from_db()
        assert draft.values["help_asked"] == "Forensisch onderzoek"
        assert draft.values["malicious"] == "yes"
        assert draft.values["started_at"] == "2026-11-25T05:15:00.000000Z"
        assert draft.values["title"] == ""  # emptied on purpose
        assert 'value="2026-11-25T06:15"' in ciso.get(here).text

    def test_keep_and_check_leads_on(self, draft, ciso) -> None:
        assert ciso.post(at("report_edit", draft.pk), {"check": "1"}).url == at("report_check", draft.pk)

    def test_an_hour_that_comes_twice_is_asked(self, draft, ciso) -> None:
        here = at("report_edit", draft.pk)
        assert "comes twice" in ciso.post(here, {"started_at": "2026-10-25T02:30"}).text
        assert ciso.post(here, {"started_at": "2026-10-25T02:30", "started_at_which": "second"}).status_code == 302
        draft.refresh_from_db()
        assert draft.values["started_at"] == "2026-10-25T01:30:00.000000Z"

    def test_what_the_incident_says_by_now_is_shown_and_taken_over(self, draft, ciso, does, significant) -> None:
        assert "The incident says otherwise by now" not in ciso.get(at("report_edit", draft.pk)).text
        intake.change(significant, values={"title": "Zaaksysteem versleuteld", "measures": "Afgesloten"}, **does())
        text = ciso.get(at("report_edit", draft.pk)).text
        assert "The incident says otherwise by now" in text
        assert "Zaaksysteem versleuteld" in text
        ciso.post(at("report_edit", draft.pk), {"take": "1", "help_asked": "Ja"})
        draft.refresh_from_db()
        assert draft.values["title"] == "Zaaksysteem versleuteld"
        assert draft.values["help_asked"] == "Ja"

    def test_a_null_character_is_refused_and_the_rest_stays_in_the_form(self, draft, ciso) -> None:
        answer = ciso.post(at("report_edit", draft.pk), {"help_asked": "a\0b", "contact": "Wij"})
        assert answer.status_code == 200
        assert 'value="Wij"' in answer.text

    def test_what_was_sent_is_no_longer_written(self, gone, ciso) -> None:
        assert ciso.get(at("report_edit", gone.pk)).url == at("report", gone.pk)
        ciso.post(at("report_edit", gone.pk), {"title": "anders"})
        gone.refresh_from_db()
        assert gone.values["title"] != "anders"

    def test_a_draft_that_is_dropped_is_gone(self, draft, ciso) -> None:
        assert ciso.post(at("report_drop", draft.pk)).url == at("reports", draft.incident_id)
        assert ciso.get(at("report", draft.pk)).status_code == 404


class TestSending:
    def test_the_check_shows_answers_receivers_and_doubts(self, draft, ciso) -> None:
        text = ciso.get(at("report_check", draft.pk)).text
        for part in (
            "Is this right, and to whom did it go?", "empty, and the article asks for it", "National Cyber Security Centre",
            "Interim: the IBD is intended as CSIRT", "does not send anything to an authority itself", draft.incident.title,
        ):  # fmt: skip
            assert part in text

    def test_recorded_as_sent_it_ends_its_term(self, draft, ciso) -> None:
        assert ciso.post(at("report_check", draft.pk), SENT).url == at("report", draft.pk)
        draft.refresh_from_db()
        assert (draft.state, draft.sent_at) == ("sent", NOW.replace(hour=9, minute=0))
        assert set(draft.deliveries.values_list("receiver", "channel")) == {("ncsc", "portal"), ("bzk_rdi", "portal")}
        assert Clock.objects.get(rule="cbw-26").state == "met"

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"lacks": ""}, "An article asks for more than was filled in"),
            ({"to_ncsc": "", "to_bzk_rdi": ""}, "Choose at least one receiver"),
            ({"sent_at": "2026-11-25T09:31"}, "has not come yet"),
            ({"sent_at": "2026-11-25T07:00"}, "cannot lie before"),
            ({"sent_at": ""}, "required"),
            ({"to_ncsc": "postduif"}, "postduif"),
        ],
    )
    def test_what_cannot_be_is_refused(self, draft, ciso, change, said) -> None:
        answer = ciso.post(at("report_check", draft.pk), {**SENT, **change})
        assert answer.status_code == 200
        assert said in answer.text
        assert Report.objects.get().state == "draft"

    def test_twice_is_once(self, draft, ciso) -> None:
        for _ in range(2):
            assert ciso.post(at("report_check", draft.pk), SENT).url == at("report", draft.pk)
        assert Delivery.objects.count() == 2

    def test_a_csirt_that_works_here_may_read_along(self, draft, ciso, make_organisation) -> None:
        make_organisation("csirt-x", kind="csirt", name="CSIRT X")
        make_organisation("buur", kind="municipality", name="Buurstad")
        text = ciso.get(at("report_check", draft.pk)).text
        assert "CSIRT X" in text
        assert "Buurstad" not in text
        ciso.post(at("report_check", draft.pk), {**SENT, "also": ["csirt-x"]})
        assert Delivery.objects.get(receiver="csirt-x").organisation.slug == "csirt-x"

    def test_who_asked_receives(self, significant, does, ciso) -> None:
        report = reports.begin(significant, form="interim", asked_by="De RDI", asked_at=NOW, **does())
        assert "By which road to De RDI" in ciso.get(at("report_check", report.pk)).text
        sent = {"to_requester": "e-mail", "sent_at": "2026-11-25T09:30", "lacks": "on"}
        assert ciso.post(at("report_check", report.pk), sent).status_code == 302
        assert Delivery.objects.get().name == "De RDI"

    def test_of_an_exercise_nothing_leaves_and_everything_says_so(self, tell, does, ciso, make_organisation) -> None:
        make_organisation("ncsc", kind="csirt", name="CSIRT X")
        report = reports.begin(tell(exercise=True), form="early_warning", **does())
        text = ciso.get(at("report_check", report.pk)).text
        assert "EXERCISE" in text
        assert "send nothing to anybody" in text
        assert 'name="also"' not in text
        assert "Nobody received anything" in ciso.post(at("report_check", report.pk), SENT, follow=True).text
        assert not Delivery.objects.filter(organisation__isnull=False).exists()
        with translation.override("nl"):
            mark = gettext("EXERCISE: this did not happen.")
        assert papers.copy_text(Report.objects.get()).startswith(mark)


class TestAfter:
    def test_the_report_says_who_got_it_and_stays_as_it_was(self, gone, ciso) -> None:
        text = ciso.get(at("report", gone.pk)).text
        assert "Sent on 25 November 2026, 09:30 to" in text
        assert gone.digest in text
        assert "Go on writing" not in text

    def test_a_receipt_and_an_answer_are_noted(self, gone, ciso) -> None:
        delivery = gone.deliveries.get(capacity="csirt")
        early = {"receipt": "N-1", "receipt_at": "2026-11-25T08:00"}
        assert "cannot lie before" in ciso.post(at("receipt", delivery.pk), early).text
        assert ciso.post(at("receipt", delivery.pk), {**early, "receipt_at": "2026-11-25T09:30"}).status_code == 302
        sent = {"text": "Wij kijken mee", "when": "2026-11-25T09:30"}
        assert ciso.post(at("answered", delivery.pk), sent).url == at("report", gone.pk)
        delivery.refresh_from_db()
        assert (delivery.receipt, delivery.answer) == ("N-1", "Wij kijken mee")
        text = ciso.get(at("report", gone.pk)).text
        assert "N-1" in text
        assert "Wij kijken mee" in text

    def test_what_changed_since_the_stage_before(self, gone, does, ciso, significant) -> None:
        intake.change(significant, values={"title": "Zaaksysteem versleuteld"}, **does())
        later = reports.begin(significant, form="notification", **does())
        text = ciso.get(at("report", later.pk)).text
        assert "What changed since: Early warning" in text
        assert "Zaaksysteem ligt eruit" in text
        assert "Zaaksysteem versleuteld" in text

    def test_what_is_new_stands_apart_from_what_changed(self, gone, does, ciso, significant) -> None:
        later = reports.begin(significant, form="notification", **does())
        text = ciso.get(at("report", later.pk)).text
        assert "Nothing that was told then." in text
        assert "is new" in text or "are new" in text

    def test_another_law_is_no_stage_before(self, gone, does, ciso, significant) -> None:
        breach = reports.begin(significant, form="data_breach", **does())
        assert "What changed since" not in ciso.get(at("report", breach.pk)).text

    def test_the_list_says_who_got_what_when(self, gone, does, ciso, significant) -> None:
        reports.begin(significant, form="notification", **does())
        text = ciso.get(at("reports", significant.pk)).text
        assert "1 report was sent; 1 is being written." in text
        assert "Notification" in text
        assert "72 hours" in text  # its term, with why

    def test_a_form_that_the_packs_no_longer_have_is_no_error(self, gone, ciso, significant) -> None:
        Report.objects.update(form="vervallen")
        assert ciso.get(at("reports", significant.pk)).status_code == 200
        assert ciso.get(at("report", gone.pk)).status_code == 404


class TestFiles:
    def test_json_is_what_was_sent_to_the_byte(self, gone, ciso) -> None:
        answer = ciso.get(at("report_json", gone.pk))
        assert answer.content == bytes(gone.frozen)
        assert answer["Content-Disposition"] == 'attachment; filename="dijkstad-2026-001-early_warning-1.json"'

    def test_a_draft_says_what_would_be_sent(self, draft, ciso) -> None:
        found = json.loads(ciso.get(at("report_json", draft.pk)).content)
        assert (found["sent_at"], found["values"]["title"]) == (None, draft.incident.title)

    def test_text_is_dutch_and_whole(self, draft, ciso) -> None:
        text = ciso.get(at("report_txt", draft.pk)).content.decode()
        assert text.startswith("Vroegtijdige waarschuwing 2026-001")
        assert "Korte omschrijving: Zaaksysteem ligt eruit" in text
        assert "Moment van kennis van het significante incident: 25 november 2026, 07.30 uur" in text

    def test_a_moment_to_the_microsecond_is_no_error(self, draft) -> None:
        assert papers.as_pdf(draft, at=NOW.replace(microsecond=123_456)).content.startswith(b"%PDF")

    def test_pdf_is_made_of_draft_and_report(self, draft, does, ciso) -> None:
        assert ciso.get(at("report_pdf", draft.pk)).content.startswith(b"%PDF")
        reports.send(draft, to={"ncsc": "portal"}, lacks=True, **does())
        assert ciso.get(at("report_pdf", draft.pk)).content.startswith(b"%PDF")


class TestSharing:
    @pytest.fixture
    def marked(self, tell, does):
        return intake.change(tell(rsit="availability/outage"), values={"indicators": "192[.]0.2.7\nvreemd"}, **does())

    def test_the_page_says_what_goes_along(self, marked, ciso) -> None:
        text = ciso.get(at("share", marked.pk)).text
        for part in ("192.0.2.7", "ipv4", "1 line is not recognised", "TLP:AMBER+STRICT"):
            assert part in text

    def test_both_files_carry_the_label_that_was_chosen(self, marked, ciso) -> None:
        event = json.loads(ciso.get(at("misp", marked.pk), {"tlp": "green"}).content)["Event"]
        assert {each["name"] for each in event["Tag"]} == {"tlp:green", 'rsit:availability="outage"'}
        answer = ciso.get(at("stix", marked.pk), {"tlp": "amber+strict"})
        assert answer["Content-Type"].startswith("application/stix+json")
        assert any(each.get("name") == "TLP:AMBER+STRICT" for each in json.loads(answer.content)["objects"])

    @pytest.mark.parametrize("tlp", ["", "wit", "a\0b", "AMBER"])
    def test_without_a_label_nothing_goes_out(self, marked, ciso, tlp) -> None:
        for name in ("misp", "stix"):
            answer = ciso.get(at(name, marked.pk), {"tlp": tlp})
            assert answer.url == at("share", marked.pk)

    def test_a_feed_does_not_fit(self, marked, ciso) -> None:
        intake.Incident.objects.update(indicators="\n".join(f"a{n}.example" for n in range(2100)))
        assert ciso.get(at("share", marked.pk)).status_code == 200
        assert ciso.get(at("stix", marked.pk), {"tlp": "red"}).status_code == 302
