"""The mails about terms: once, to who is called, in their language, and silent about what is restricted."""

from datetime import timedelta
from smtplib import SMTPException
from unittest import mock

import pytest
from django.core import mail

from dijkwacht.apps.incidents.models import Alert
from dijkwacht.apps.incidents.queries.registration import record_of
from dijkwacht.apps.incidents.services import alerting, calling, intake, registering, ticking, weighing
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, TODAY

HOUR = timedelta(hours=1)


@pytest.fixture
def reporter(organisation, people, does) -> None:
    calling.put_on_duty(organisation, who=people("ciso"), role="reporter", **does())


def significant(incident, does) -> None:
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())


def mails(*, at=NOW) -> list[mail.EmailMessage]:
    alerting.send_waiting(at=at)
    return mail.outbox


@pytest.mark.usefixtures("reporter")
class TestMails:
    def test_a_mail_names_term_moment_and_incident(self, incident, does, people) -> None:
        significant(incident, does)
        ticking.fire(at=NOW)
        first = next(each for each in mails() if "Early warning" in each.subject)
        assert first.subject.endswith("Early warning, no later than 26 November 2026, 07:30 (2026-001)")
        assert first.to == [people("ciso").email]
        assert f"Incident 2026-001: {incident.title}" in first.body
        assert "That leaves 22\xa0hours" in first.body
        assert f"/incidenten/{incident.pk}" in first.body
        assert "EXERCISE" not in first.body

    def test_a_restricted_incident_has_no_title_in_it(self, tell, does) -> None:
        incident = tell(restricted=True, title="Medewerker verdacht")
        significant(incident, does)
        ticking.fire(at=NOW)
        assert mails()
        for each in mail.outbox:
            assert "verdacht" not in each.subject + each.body
            assert "2026-001" in each.body

    def test_what_is_too_late_says_so(self, incident, does) -> None:
        significant(incident, does)
        ticking.fire(at=KNOWN + 25 * HOUR)
        (late,) = [each for each in mails(at=KNOWN + 25 * HOUR) if "too late" in each.subject]
        assert "had to be done no later than 26 November 2026, 07:30" in late.body

    def test_in_dutch_for_who_reads_dutch(self, incident, does, people) -> None:
        people("ciso").language = "nl"
        people("ciso").save()
        significant(incident, does)
        ticking.fire(at=NOW)
        assert any("26 november 2026" in each.subject for each in mails())

    def test_an_exercise_is_marked(self, tell, does, organisation) -> None:
        significant(tell(exercise=True), does)
        ticking.fire_rehearsed(organisation, at=NOW, real=NOW)
        for each in mails():
            assert "EXERCISE" in each.subject
            assert "EXERCISE" in each.body
            assert "That leaves" not in each.body

    def test_the_registration_has_a_mail_too(self, organisation, people, does) -> None:
        values = {**record_of(organisation, on=TODAY).values, "name": "Anders"}
        registering.note_told(organisation, values=values, told_at=NOW, **does())
        registering.watch(organisation, at=NOW)
        ticking.fire(at=NOW)
        (one,) = mails()
        assert "no longer what your own records say" in one.body
        assert one.body.count("registratie") == 1

    def test_a_term_without_an_end(self, tell, does) -> None:
        intake.change(tell(personal_data="yes"), values={"high_risk": "yes"}, **does())
        ticking.fire(at=NOW)
        assert any("without delay" in each.subject for each in mails())

    def test_no_mail_is_sent_twice_and_trouble_is_kept(self, incident, does) -> None:
        significant(incident, does)
        ticking.fire(at=NOW)
        with mock.patch("dijkwacht.web.mailing.send_mail", side_effect=SMTPException("no such host")):
            assert alerting.send_waiting(at=NOW) == 0
        assert set(Alert.objects.values_list("trouble", flat=True)) == {"no such host"}
        assert mails() == []
