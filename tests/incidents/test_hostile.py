"""What an attack on the desk found: duties that nobody has, terms that never end, and what a restricted incident gave away."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.urls import reverse

from dijkwacht.apps.incidents.models import Clock, Incident, Rehearsal, Report, Weighing
from dijkwacht.apps.incidents.queries.verify import verify_incidents
from dijkwacht.apps.incidents.services import (
    alerting,
    calling,
    intake,
    keeping,
    registering,
    rehearsing,
    reports,
    ticking,
    weighing,
)
from dijkwacht.apps.incidents.services.doing import Refused
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.trail.models import Entry
from dijkwacht.commands import judging
from tests.incidents.conftest import KNOWN, NOW, OUTAGE, SMALL, TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRET = "Medewerker verdacht"


@pytest.fixture
def significant(incident, does) -> Incident:
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
    return incident


def sent(incident, does, form, *, at=NOW, **asked) -> Report:
    draft = reports.begin(incident, form=form, **asked, **does(at=at))
    return reports.send(draft, to={"ncsc": "portal", "bzk_rdi": "portal"}, lacks=True, **does(at=at))


def states(incident: Incident) -> dict[str, str]:
    return dict(Clock.objects.filter(incident=incident).exclude(state="void").values_list("rule", "state"))


class TestReports:
    def test_who_reports_by_choice_takes_on_no_duty(self, tell, does) -> None:
        incident = tell(kind="near_miss")
        assert sent(incident, does, "notification").voluntary
        assert states(incident) == {}

    def test_what_was_not_significant_after_all_asks_no_final_report(self, significant, does) -> None:
        sent(significant, does, "notification")
        weighing.weigh(significant, answers=SMALL, decided=False, because="", **does(at=NOW + HOUR))
        assert states(significant) == {}
        weighing.weigh(significant, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does(at=NOW + 2 * HOUR))
        assert states(significant)["cbw-29-1"] == "running"

    def test_a_second_report_and_one_before_its_term_are_no_choice(self, significant, does) -> None:
        forms = ("notification", "notification", "progress")
        assert [sent(significant, does, form).voluntary for form in forms] == [False] * 3

    def test_who_reports_before_weighing_reports_by_duty(self, incident, does, organisation) -> None:
        report = sent(incident, does, "early_warning")
        weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
        report.refresh_from_db()
        assert (report.voluntary, states(incident)["cbw-26"]) == (False, "met")
        assert verify_incidents(organisation).faulty == []

    def test_who_asked_does_not_keep_another_report_from_ending_its_term(self, significant, does) -> None:
        sent(significant, does, "early_warning", asked_by="NCSC", asked_at=NOW)
        assert states(significant)["cbw-26"] == "met"
        assert "cbw-28" not in states(significant)

    def test_who_asked_may_also_read_here(self, significant, does, make_organisation) -> None:
        ncsc = make_organisation("ncsc", kind=OrganisationKind.CSIRT)
        draft = reports.begin(significant, form="interim", asked_by="ncsc", asked_at=NOW, **does())
        reports.send(draft, to={"ncsc": "telefoon"}, also=[ncsc], lacks=True, **does())
        assert list(draft.deliveries.values_list("receiver", "organisation")) == [("ncsc", ncsc.pk)]

    def test_a_second_request_is_not_swallowed_by_the_draft_for_the_first(self, significant, does) -> None:
        first = reports.begin(significant, form="interim", asked_by="NCSC", asked_at=NOW, **does())
        assert reports.begin(significant, form="interim", asked_by="NCSC", asked_at=NOW, **does()) == first
        with pytest.raises(Refused, match="order"):
            reports.begin(significant, form="interim", asked_by="RDI", asked_at=NOW, asked_before=KNOWN, **does())
        with pytest.raises(Refused, match="asked_twice"):
            reports.begin(significant, form="interim", asked_by="RDI", asked_at=NOW, **does())


class TestAskedAgain:
    LASTS = {"service_down": "yes", "planned": "no", "outage_over": "no"}

    @pytest.mark.parametrize(
        ("told", "answers", "hours"),
        [
            ({}, {"outage_hours": "2"}, 2),  # nobody filled in when it began
            ({}, {}, 2),  # nor how long it lasts: then from when it was known
            ({}, {"outage_hours": "2", "outage_long": "no"}, 2),  # no is about now
            ({"began_at": NOW - 3 * DAY}, {"outage_hours": "1"}, 3),  # came in days before the outage
        ],
    )
    def test_an_outage_that_lasts_is_not_forgotten(self, tell, does, told, answers, hours) -> None:
        row = weighing.weigh(
            tell(**told), answers={**self.LASTS, **answers}, decided=False, because="Nog geen vier uur", **does()
        )
        assert row.again_at == NOW + hours * HOUR

    def test_what_is_no_outage_is_not_asked_about_for_ever(self, tell, does) -> None:
        incident = tell(began_at=NOW - 3 * DAY)
        assert weighing.weigh(incident, answers=SMALL, decided=False, because="", **does()).again_at is None


class TestTwoAtOnce:
    """Two people have the same page open; the second does not undo or send unseen what the first did."""

    def test_weighing(self, ciso, significant) -> None:
        url = reverse("incidents:weigh", args=["dijkstad", significant.pk])
        said = {f"q_{name}": answer for name, answer in SMALL.items()} | {"decided": "not_significant", "decide": "1"}
        last = Weighing.objects.get().pk
        assert f'name="seen" value="{last}"' in ciso.get(url).content.decode()
        assert "A colleague changed this" in ciso.post(url, {**said, "seen": "0"}).content.decode()
        assert Weighing.objects.count() == 1
        assert ciso.post(url, {**said, "seen": last}).status_code == 302

    def test_sending(self, ciso, significant, does) -> None:
        draft = reports.begin(significant, form="early_warning", **does(at=NOW - HOUR))
        url = reverse("incidents:report_check", args=["dijkstad", draft.pk])
        page = ciso.get(url).content.decode()
        seen = page.partition('name="seen" value="')[2].partition('"')[0]
        reports.save(draft, values={"organisation_name": "Anders"}, at=NOW)
        said = {"to_ncsc": "portal", "sent_at": "2026-11-25T09:30", "lacks": "on"}
        assert "A colleague changed this" in ciso.post(url, {**said, "seen": seen}).content.decode()
        assert ciso.post(url, {**said, "seen": NOW.isoformat()}).status_code == 302


def test_another_word_for_an_incident_ends_no_terms(significant, does) -> None:
    with pytest.raises(Refused, match="significant"):
        intake.change(significant, values={"kind": "near_miss"}, **does())
    weighing.weigh(significant, answers=SMALL, decided=False, because="", **does())
    assert intake.change(significant, values={"kind": "near_miss"}, **does()).kind == "near_miss"


def test_closing_does_not_set_a_final_report_going_unseen(significant, does) -> None:
    for form in ("early_warning", "notification", "progress"):
        sent(significant, does, form)
    ticking.fire(at=NOW + 40 * DAY)
    with pytest.raises(Refused, match="terms"):
        intake.move_to(significant, state="closed", **does(at=NOW + 40 * DAY))
    assert "cbw-29-2-final" not in states(significant)


def test_a_legal_term_waits_for_nothing_else(significant, does, organisation, people, monkeypatch) -> None:
    def broken(**_when: object) -> None:
        raise ConnectionResetError

    calling.put_on_duty(organisation, who=people("ciso"), role="reporter", **does())
    monkeypatch.setattr(judging, "settle_measured", broken)
    with pytest.raises(ConnectionResetError):
        judging.tick(on=TODAY, at=NOW, limit=None, progress=None)
    assert [each.to for each in mail.outbox] == [[people("ciso").email]] * 2


@pytest.mark.parametrize("trouble", [ConnectionRefusedError, BadHeaderError])
def test_a_mail_that_did_not_go_out_is_not_told_as_mailed(
    ciso, significant, does, organisation, people, trouble
) -> None:
    calling.put_on_duty(organisation, who=people("process_owner"), role="reporter", **does())
    ticking.fire(at=NOW)
    url = reverse("incidents:incident", args=["dijkstad", significant.pk])
    assert "could not be sent" not in ciso.get(url).content.decode()
    with mock.patch.object(alerting, "post", side_effect=trouble):
        alerting.send_waiting(at=NOW)
    assert "A mail could not be sent. Call this person." in ciso.get(url).content.decode()


def test_a_high_risk_is_a_risk(tell, does) -> None:
    incident = tell(personal_data="yes")
    with pytest.raises(Refused, match="risk"):
        intake.change(incident, values={"data_risk": "no", "high_risk": "yes"}, **does())
    assert states(incident) == {"avg-33": "running"}


def test_an_exercise_is_not_opened_again_beside_another(organisation, does) -> None:
    first = rehearsing.begin(organisation, title="Een", what="Uitval", **does())
    weighing.weigh(first.incident, answers=SMALL, decided=False, because="", **does())
    intake.move_to(first.incident, state="closed", **does())
    rehearsing.begin(organisation, title="Twee", what="Uitval", **does())
    with pytest.raises(Refused, match="rehearsing"):
        intake.move_to(first.incident, state="open", **does())
    assert Rehearsal.objects.exclude(incident__state="closed").count() == 1


def test_what_the_register_was_told_before_a_change_does_not_end_its_term(organisation, does) -> None:
    registering.note_told(organisation, values={"name": "Vroeger"}, told_at=NOW - 30 * DAY, **does())
    term = registering.watch(organisation, at=NOW)
    registering.note_told(organisation, values={"name": "Vroeger"}, told_at=NOW - 20 * DAY, **does())
    term.refresh_from_db()
    assert term.state == "running"
    registering.note_told(organisation, values={"name": "Vroeger"}, told_at=NOW, **does())
    term.refresh_from_db()
    assert term.state == "met"


def test_the_trail_does_not_tell_what_a_restricted_incident_is_about(tell, does, organisation, system) -> None:
    incident = tell(restricted=True, title=SECRET, known_by=SECRET)
    intake.hit(incident, subject=system, effect="availability", **does())
    keeping.note(incident, text=SECRET, when=NOW, kind="event", **does())
    keeping.finish_task(keeping.add_task(incident, title=SECRET, **does()), result="", **does())
    keeping.learn(incident, text=SECRET, **does())
    keeping.log_message(incident, party=SECRET, channel="telefoon", text="-", when=NOW, direction="out", **does())
    thing = keeping.secure(incident, label="B-1", what=SECRET, secured_at=NOW, secured_by=SECRET, **does())
    keeping.hand_over(thing, given_by=SECRET, taken_by=SECRET, purpose="onderzoek", when=NOW, **does())
    weighing.weigh(incident, answers=SMALL, decided=True, because=SECRET, known_at=KNOWN, **does())
    told = [str(each.detail) for each in Entry.objects.filter(organisation=organisation, act__startswith="incidents.")]
    assert len(told) == 10
    assert not [each for each in told if SECRET in each or "Zaaksysteem" in each]
