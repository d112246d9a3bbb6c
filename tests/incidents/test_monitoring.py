"""A report of a monitoring service comes in: once, all or nothing, and what presses becomes an incident."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dijkwacht.apps.incidents.models import Incident, MonitoringAlert, MonitoringReport
from dijkwacht.apps.incidents.queries import monitoring as queries
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.services import monitoring
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.incidents.services.monitoring import Given, Taken
from dijkwacht.apps.ledger.models import Fact
from dijkwacht.apps.ledger.queries.verdicts import line
from dijkwacht.apps.ledger.services.facts import answer
from dijkwacht.apps.ledger.services.judging import own_subject
from dijkwacht.apps.trail.models import Entry
from dijkwacht.core.monitoring import days
from tests.incidents.conftest import NOW, TODAY

WHOLE, RESPONSE = "monitoring.whole_environment", "monitoring.response"


def alert(number: str = "W-1", **more: Any) -> dict[str, Any]:
    return {"id": number, "at": "2026-10-03T14:05:00+02:00", "title": "Aanmelding uit onbekend land", **more}


def report(*alerts: dict[str, Any], month: str = "10", last: str = "31", **more: Any) -> bytes:
    period = {"first": f"2026-{month}-01", "last": f"2026-{month}-{last}"}
    found = {
        "service": "Wachttoren Monitoring B.V.",
        "period": period,
        "zone": "Europe/Amsterdam",
        "alerts": list(alerts),
    }
    return json.dumps(found | more).encode()


@pytest.fixture
def take(organisation, does):
    def one(data: bytes, *, name: str = "rapport.json", at: Any = NOW, given: Given = Given()) -> Taken:  # noqa: B008
        found = monitoring.read(data, name, given)
        assert not found.problems, found.problems
        return monitoring.take_over(organisation, found, data=data, name=name, **does(at=at))

    return one


def fact(name: str) -> Fact | None:
    return Fact.objects.filter(fact_type=name, superseded_at__isnull=True, valid_to__isnull=True).first()


class TestIncidents:
    def test_what_presses_becomes_one_told_by_the_service(self, take) -> None:
        severe = alert(severity="high", system="mail", what="Twee landen.", indicators=["192.0.2.7", "kwaad.example"])
        taken = take(report(severe, alert("W-2", severity="low"), alert("W-3", severity="critical", handled=True)))
        (made,) = taken.incidents
        assert (made.title, made.known_at, made.known_by) == (severe["title"], NOW, "Wachttoren Monitoring B.V.")
        assert made.noticed_at == datetime(2026, 10, 3, 12, 5, tzinfo=UTC)
        assert (made.indicators, made.detection) == ("192.0.2.7\nkwaad.example", "monitoring")
        assert (made.restricted, made.exercise, made.significant_at, made.told_by) == (False, False, None, None)
        assert "Twee landen." in made.what
        assert "mail" in made.what
        told = Entry.objects.get(act="incidents.told")
        assert (told.actor, told.person) == ("Wachttoren Monitoring B.V.", None)
        assert MonitoringAlert.objects.get(number="W-1").incident == made
        assert (taken.report.total, taken.report.fresh, taken.report.made) == (3, 3, 1)

    def test_the_same_file_twice_changes_nothing(self, take) -> None:
        data = report(alert(severity="high"))
        take(data)
        before = Entry.objects.count()
        taken = take(data, name="nog-een-keer.json", at=NOW + timedelta(hours=1))
        assert taken.again
        assert (Entry.objects.count(), Incident.objects.count(), MonitoringReport.objects.count()) == (before, 1, 1)

    def test_told_again_an_alert_is_updated_and_makes_no_second_incident(self, take) -> None:
        take(report(alert(severity="high")))
        closed = alert(severity="high", handled=True, closed_at="2026-11-02T10:00:00+01:00")
        taken = take(report(closed, month="11", last="20"), at=NOW + timedelta(hours=1))
        row = MonitoringAlert.objects.get()
        assert (row.handled, row.closed_at is not None, row.reports.count()) == (True, True, 2)
        assert (taken.report.updated, taken.report.fresh, Incident.objects.count()) == (1, 0, 1)

    def test_an_older_report_that_comes_in_later_says_nothing_new(self, take) -> None:
        take(report(alert(severity="high", handled=True), month="11", last="20"))
        take(report(alert(severity="high", handled=False)), at=NOW + timedelta(hours=1))
        assert MonitoringAlert.objects.get().handled is True
        assert not Incident.objects.exists()

    def test_the_name_of_a_service_written_otherwise_is_the_same_service(self, take) -> None:
        take(report(alert(severity="high")))
        take(report(alert(severity="high"), service="WACHTTOREN MONITORING BV"), at=NOW + timedelta(hours=1))
        assert MonitoringAlert.objects.count() == 1

    def test_another_service_may_use_the_same_number(self, take) -> None:
        take(report(alert(severity="high")))
        take(report(alert(severity="high"), service="Ander"), at=NOW + timedelta(hours=1))
        assert MonitoringAlert.objects.count() == 2

    def test_over_the_limit_they_are_listed_and_a_person_makes_one(self, take, does) -> None:
        rows = [alert(f"W-{n}", severity="high", at=f"2026-10-03T14:{n:02}:00+02:00") for n in range(23)]
        taken = take(report(*rows))
        assert (Incident.objects.count(), taken.report.left) == (20, 3)
        row = queries.open_alerts(taken.report.organisation).first()
        made = monitoring.make_incident(row, **does(at=NOW + timedelta(hours=2)))
        assert (made.known_at, made.handler) == (NOW, does()["person"])  # we knew since the report came in
        with pytest.raises(Refused, match="made"):
            monitoring.make_incident(row, **does(at=NOW + timedelta(hours=3)))
        assert Entry.objects.filter(act="incidents.monitoring_incident").count() == 1

    def test_of_a_day_without_a_time_no_moment_is_made_up(self, take) -> None:
        text = "Meldingsnummer;Tijdstip;Titel;Ernst;Dienst;Periode van;Periode t/m;Tijdzone\n"
        text += "W-1;2026-10-03;Aanmelding;hoog;Wachttoren;2026-10-01;2026-10-31;Europe/Amsterdam\n"
        (made,) = take(text.encode(), name="rapport.csv").incidents
        assert made.noticed_at is None
        assert "3 October 2026" in made.what

    def test_a_service_with_a_long_name(self, take) -> None:
        name = "Wachttoren " * 25
        data = report(alert(severity="high", handled=None), service=name, sources={"connected": 4, "expected": 4})
        assert len(take(data).incidents) == 1
        assert max(len(each.actor) for each in Entry.objects.all()) == 100

    def test_a_long_title_and_no_description(self, take) -> None:
        (made,) = take(report(alert(severity="high", title="x" * 280))).incidents
        assert len(made.title) == 200
        assert "x" * 280 in made.what


class TestRefused:
    def test_what_has_yet_to_come(self, take) -> None:
        for data, code in (
            (report(alert(), month="12"), "period_ahead"),
            (report(alert(), period={"first": "2026-10-01", "last": "2062-10-31"}), "period_far"),
            (report(alert(at="2026-11-28T10:00:00+01:00"), month="11", last="30"), "alert_ahead"),
        ):
            with pytest.raises(Refused, match=code):
                take(data)
        assert not MonitoringReport.objects.exists()

    def test_a_file_with_a_problem_brings_nothing(self, organisation, does) -> None:
        data = report(alert(severity="9"), alert("W-2"))
        found = monitoring.read(data, "rapport.json", Given())
        with pytest.raises(Refused, match="report_not_usable"):
            monitoring.take_over(organisation, found, data=data, name="rapport.json", **does())
        assert not Entry.objects.exists()

    def test_when_one_incident_cannot_be_made_nothing_is(self, take, monkeypatch) -> None:
        calls = []

        def fails(*args: Any, **kwargs: Any) -> Any:
            calls.append(1)
            if len(calls) == 2:
                raise Refused("empty", field="title")
            return real(*args, **kwargs)

        real = monitoring.intake.tell
        monkeypatch.setattr(monitoring.intake, "tell", fails)
        with pytest.raises(Refused):
            take(report(alert(severity="high"), alert("W-2", severity="high")))
        assert not Incident.objects.exists()
        assert not MonitoringAlert.objects.exists()
        assert not Entry.objects.exists()


class TestFacts:
    def test_all_sources_seen_and_all_severe_alerts_handled(self, take, organisation) -> None:
        data = report(alert(severity="high", handled=True), sources={"connected": 44, "expected": 44})
        taken = take(data)
        for name in (WHOLE, RESPONSE):
            row = fact(name)
            assert row is not None
            assert (row.value, row.said_by, row.valid_from) == (True, "Wachttoren Monitoring B.V.", date(2026, 10, 31))
            assert list(row.evidence.all()) == [taken.report.file]
        found = line(organisation, requirement="bio2:8.16.03", on=TODAY)
        assert str(found.verdict.status) == "met"
        assert found.verdict.assurance.name == "DOCUMENTED"

    def test_fewer_sources_is_no(self, take, organisation) -> None:
        take(report(sources={"connected": 41, "expected": 44}))
        assert fact(WHOLE).value is False
        assert fact(RESPONSE) is None

    def test_not_told_stays_unknown(self, take) -> None:
        take(report(alert(severity="high"), sources={"connected": 41}))
        assert not Fact.objects.filter(fact_type__in=[WHOLE, RESPONSE]).exists()

    def test_what_the_next_report_no_longer_shows_ends(self, take) -> None:
        take(report(alert(severity="high", handled=True), sources={"connected": 44, "expected": 44}))
        take(report(alert("W-2", severity="high"), month="11", last="20"), at=NOW + timedelta(hours=1))
        assert fact(WHOLE) is None
        assert fact(RESPONSE) is None

    def test_what_the_next_report_says_otherwise_counts_from_its_day(self, take) -> None:
        take(report(sources={"connected": 44, "expected": 44}))
        take(report(month="11", last="20", sources={"connected": 40, "expected": 44}), at=NOW + timedelta(hours=1))
        row = fact(WHOLE)
        assert (row.value, row.valid_from) == (False, date(2026, 11, 20))

    def test_an_old_report_says_nothing_of_today(self, take) -> None:
        take(report(alert(at="2026-03-03T14:05:00+01:00"), month="03", sources={"connected": 4, "expected": 4}))
        assert fact(WHOLE) is None

    def test_beside_what_a_person_said_it_stands(self, take, organisation, people) -> None:
        own = own_subject(organisation, on=TODAY)
        answer(organisation, subject=own, fact_type=WHOLE, value=True, person=people("ciso"), on=TODAY, at=NOW)
        take(report(sources={"connected": 41, "expected": 44}), at=NOW + timedelta(hours=1))
        assert {row.value for row in Fact.objects.filter(fact_type=WHOLE, superseded_at__isnull=True)} == {True, False}


def test_the_trail_tells_of_every_row(take, organisation) -> None:
    take(report(alert(severity="high"), alert("W-2", severity="low")))
    take(report(alert(severity="high", handled=True), month="11", last="20"), at=NOW + timedelta(hours=1))
    found = verify_incidents(organisation)
    assert found.faulty == []
    MonitoringAlert.objects.filter(number="W-2").update(severity="high")
    assert len(verify_incidents(organisation).faulty) == 1


def test_many_alerts_in_one_report(take) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        ["Meldingsnummer", "Tijdstip", "Titel", "Ernst", "Dienst", "Periode van", "Periode t/m", "Tijdzone"]
    )
    same = ["Wachttoren", "2026-10-01", "2026-10-31", "UTC"]
    writer.writerows([f"W-{n}", "2026-10-03 10:00", "Iets", "laag", *same] for n in range(1_200))
    taken = take(out.getvalue().encode(), name="groot.csv")
    assert (taken.report.total, MonitoringAlert.objects.count()) == (1_200, 1_200)
    assert Entry.objects.filter(act="incidents.monitoring_imported").count() == 3


def test_a_stix_bundle_of_which_nobody_tells_how_severe(take, organisation) -> None:
    bundle = {
        "type": "bundle", "id": "bundle--1", "objects": [
            {"type": "indicator", "id": "indicator--1", "name": "Kwaad domein", "pattern": "[domain-name:value = 'kwaad.example']"},  # noqa: E501
            {
                "type": "sighting", "id": "sighting--1", "sighting_of_ref": "indicator--1",
                "first_seen": "2026-10-03T12:00:00Z",
            },
        ],
    }  # fmt: skip
    data = json.dumps(bundle).encode()
    span = monitoring.Given("Wachttoren", None)
    assert monitoring.read(data, "x.json", span).problems  # STIX does not tell the period
    taken = take(data, given=Given("Wachttoren", days(date(2026, 10, 1), date(2026, 10, 31))))
    assert not taken.incidents
    row = MonitoringAlert.objects.get()
    made = monitoring.make_incident(row, person=taken.report.by, at=NOW)
    assert made.indicators == "[domain-name:value = 'kwaad.example']"
