"""What reaches a CSIRT here: it opens a report and answers, and the sender sees both."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dijkwacht.apps.incidents.models import Clock, Delivery
from dijkwacht.apps.incidents.services import reports, weighing
from dijkwacht.apps.trail.models import Entry
from dijkwacht.web import clock
from tests.incidents.conftest import KNOWN, NOW, OUTAGE


@pytest.fixture
def csirt(make_organisation):
    return make_organisation("ncsc", kind="csirt", name="CSIRT Noord")


@pytest.fixture
def analyst(csirt, make_person, client_for) -> Client:
    return client_for(make_person("csirt_analyst", at_organisation=csirt, language="en"))


@pytest.fixture
def delivery(incident, does, csirt) -> Delivery:
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
    draft = reports.begin(incident, form="early_warning", **does())
    reports.send(draft, to={"ncsc": "portal", "bzk_rdi": "portal"}, lacks=True, **does())
    return Delivery.objects.get(organisation=csirt)


def at(name: str, *more: int, organisation: str = "ncsc") -> str:
    return reverse(f"incidents:{name}", args=[organisation, *more])


class TestWho:
    @pytest.mark.parametrize("name", ["delivery", "delivery_reply", "delivery_pdf", "delivery_json"])
    def test_only_who_it_was_sent_to(
        self, delivery, name, analyst, ciso, make_organisation, make_person, client_for
    ) -> None:
        assert analyst.get(at(name, delivery.pk)).status_code in (200, 302)
        assert ciso.get(at(name, delivery.pk)).status_code == 404  # a stranger there
        assert ciso.get(at(name, delivery.pk, organisation="dijkstad")).status_code == 404  # not sent to us
        other = make_organisation("csirt-z", kind="csirt")
        theirs = client_for(make_person("csirt_analyst", at_organisation=other))
        assert theirs.get(at(name, delivery.pk, organisation="csirt-z")).status_code == 404
        assert "login" in Client().get(at(name, delivery.pk)).url

    def test_who_may_not_receive_sees_no_list(self, people) -> None:
        assert people.browser("auditor").get(at("received", organisation="dijkstad")).status_code == 403


def test_nothing_received_is_said(analyst) -> None:
    assert "No report has reached you here" in analyst.get(at("received")).text


def test_before_it_is_opened_only_from_whom_it_is(delivery, analyst, incident) -> None:
    text = analyst.get(at("delivery", delivery.pk)).text
    assert "Dijkstad" in text
    assert incident.title not in text
    assert analyst.get(at("delivery_pdf", delivery.pk)).url == at("delivery", delivery.pk)
    delivery.refresh_from_db()
    assert delivery.seen_at is None


def test_opening_is_told_once_in_the_trail_of_the_sender(delivery, analyst, incident, ciso) -> None:
    assert "1 report has not been opened yet." in analyst.get(at("received")).text
    for _ in range(2):
        assert analyst.post(at("delivery_open", delivery.pk)).url == at("delivery", delivery.pk)
    assert incident.title in analyst.get(at("delivery", delivery.pk)).text
    entry = Entry.objects.get(act="incidents.seen")
    assert entry.organisation == incident.organisation
    assert entry.actor == "CSIRT Noord"
    assert analyst.get(at("delivery_pdf", delivery.pk)).content.startswith(b"%PDF")
    assert analyst.get(at("delivery_json", delivery.pk)).content == bytes(delivery.report.frozen)
    report = reverse("incidents:report", args=["dijkstad", delivery.report_id])
    assert "opened" in ciso.get(report).text


def test_an_answer_ends_the_term_of_the_csirt(delivery, analyst, ciso) -> None:
    assert Clock.objects.get(rule="cbw-36").state == "running"
    empty = analyst.post(at("delivery_reply", delivery.pk), {"text": " "})
    assert "Fill in a number or an answer." in empty.text
    sent = {"receipt": "N-2026-7", "text": "Wij kijken mee."}
    assert analyst.post(at("delivery_reply", delivery.pk), sent).url == at("delivery", delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.receipt, delivery.answer) == ("N-2026-7", "Wij kijken mee.")
    assert delivery.seen_at is not None
    assert Clock.objects.get(rule="cbw-36").state == "met"
    assert {each.actor for each in Entry.objects.filter(act__in=("incidents.receipt_noted", "incidents.answered"))} == {
        "CSIRT Noord"
    }
    report = reverse("incidents:report", args=["dijkstad", delivery.report_id])
    assert "Wij kijken mee." in ciso.get(report).text


def test_an_answer_that_is_put_otherwise_was_still_given_in_time(delivery, analyst, monkeypatch) -> None:
    analyst.post(at("delivery_reply", delivery.pk), {"text": "Wij kijken mee."})
    monkeypatch.setattr(clock, "now", lambda _request: NOW + timedelta(days=2))
    analyst.post(at("delivery_reply", delivery.pk), {"text": "Wij kijken mee, ook morgen."})
    delivery.refresh_from_db()
    assert (delivery.answer, delivery.answered_at) == ("Wij kijken mee, ook morgen.", NOW)


def test_what_is_shown_is_what_was_sent(delivery, analyst) -> None:
    report = delivery.report
    report.values = {"title": "Later veranderd"}
    report.save()
    analyst.post(at("delivery_open", delivery.pk))
    assert "Later veranderd" not in analyst.get(at("delivery", delivery.pk)).text


def test_an_exercise_reaches_nobody(delivery, analyst) -> None:
    incident = delivery.report.incident
    incident.exercise = True
    incident.save()
    assert analyst.get(at("delivery", delivery.pk)).status_code == 404
    assert "No report has reached you" in analyst.get(at("received")).text
