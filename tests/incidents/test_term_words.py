"""Terms in words: which form ends one, what its rows say, and where to do it."""

from datetime import timedelta

import pytest

from dijkwacht.apps.incidents.desk_rows import terms_of
from dijkwacht.apps.incidents.models import Clock, Incident
from dijkwacht.apps.incidents.services import intake, reports, weighing
from dijkwacht.apps.incidents.term_words import article, form_of_rule, party_names, rule_names, term_row
from dijkwacht.norms.read import clocks, incidents
from tests.incidents.conftest import KNOWN, NOW, OUTAGE

HOUR = timedelta(hours=1)


@pytest.fixture
def running(incident, does):
    weighing.weigh(incident, answers=OUTAGE, decided=True, because="", known_at=KNOWN, **does())
    incident.refresh_from_db()
    return incident


def test_every_form_ends_its_own_term() -> None:
    assert {form_of_rule(form.clock) for form in incidents().forms.values()} == set(incidents().forms)
    assert form_of_rule("cbw-29-2-final") == "final"
    assert form_of_rule("avg-34") == form_of_rule("no-such-rule") == ""


def test_words_of_a_rule() -> None:
    assert article("cbw-26") == "Cbw 26 lid 1"
    assert party_names(clocks().rules["cbw-26"]) == "the CSIRT and the competent authority"
    assert rule_names("cbw-26, nothing") == "Early warning, nothing"


class TestRow:
    def test_a_kept_term_says_what_is_left_and_why(self, running) -> None:
        row = term_row(Clock.objects.get(incident=running, rule="cbw-26"), at=NOW)
        assert (row.left, row.due, row.state) == (22 * HOUR, KNOWN + 24 * HOUR, "running")
        assert any("24 hours" in each for each in row.why)
        assert row.doubts
        assert not any("Not certain" in each for each in row.why)  # said once, apart

    def test_of_a_term_that_waits_or_is_void_nothing_presses(self, running) -> None:
        clock = Clock.objects.get(incident=running, rule="cbw-26")
        for state in ("waiting", "void"):
            clock.state = state
            assert not term_row(clock, at=NOW).presses

    def test_a_term_of_a_request_keeps_its_own_end(self, incident, does) -> None:
        reports.begin(incident, form="interim", asked_by="CSIRT", asked_at=NOW, asked_before=NOW + 48 * HOUR, **does())
        row = term_row(Clock.objects.get(incident=incident, rule="cbw-28"), at=NOW)
        assert (row.left, row.left_words) == (48 * HOUR, "2 days left")


def terms(incident, *, at=NOW, handles=True):
    return terms_of(Incident.objects.get(pk=incident.pk), at=at, handles=handles)


class TestRows:
    def test_what_presses_first_stands_first_with_where_to_do_it(self, running) -> None:
        first, second = terms(running).running
        assert (first.row.rule, second.row.rule) == ("cbw-26", "cbw-27")
        assert first.row.url.endswith("?soort=early_warning")
        assert first.action == second.action == "Write this report"
        assert (first.loud, second.loud) == (True, False)

    def test_a_draft_is_gone_on_with(self, running, does) -> None:
        draft = reports.begin(running, form="early_warning", **does())
        first = terms(running).running[0]
        assert f"/{draft.pk}/" in first.row.url
        assert first.action == "Go on writing"

    def test_who_only_looks_gets_no_address(self, running) -> None:
        assert not any(each.row.url or each.action or each.loud for each in terms(running, handles=False).running)

    def test_the_duty_of_another_says_whose_it_is(self, running, does) -> None:
        reports.send(
            reports.begin(running, form="early_warning", **does()), to={"ncsc": "portal"}, lacks=True, **does()
        )
        (found,) = [each for each in terms(running).running if each.row.rule == "cbw-36"]
        assert (found.row.to, found.action) == ("the organisation, by the CSIRT", "")
        assert [each.loud for each in terms(running).running].count(True) == 1

    def test_a_request_says_who_asked(self, running, does) -> None:
        reports.begin(running, form="interim", asked_by="Het NCSC", asked_at=NOW, **does())
        (row,) = [each for each in terms(running).rows if each.rule == "cbw-28"]
        assert (row.about, row.due) == ("Het NCSC", None)

    def test_what_ended_leads_to_the_report_that_ended_it(self, running, does) -> None:
        sent = reports.begin(running, form="early_warning", **does())
        reports.send(sent, to={"ncsc": "portal"}, lacks=True, **does())
        (row,) = terms(running).past
        assert (row.rule, row.tone) == ("cbw-26", "done")
        assert f"/{sent.pk}/" in row.url

    def test_what_was_replaced_or_never_ran_is_not_there(self, running, does) -> None:
        for form in ("early_warning", "notification"):
            reports.send(reports.begin(running, form=form, **does()), to={"ncsc": "portal"}, lacks=True, **does())
        found = terms(running)
        assert "cbw-29-1" in {each.rule for each in found.rows}
        assert "cbw-29-2" in {each.rule for each in found.waiting}
        intake.move_to(running, state="handled", **does(at=NOW + HOUR))
        rules = {each.rule for each in terms(running, at=NOW + HOUR).held}
        assert "cbw-29-2" not in rules
        assert {"cbw-26", "cbw-29-1"} <= rules

    def test_what_time_changed_shows_before_tick_came_by(self, running, does) -> None:
        reports.send(reports.begin(running, form="notification", **does()), to={"ncsc": "portal"}, lacks=True, **does())
        end = Clock.objects.get(incident=running, rule="cbw-29-1").due_at
        found = terms(running, at=end + timedelta(seconds=2))
        assert {"cbw-29-1", "cbw-29-2"} & {each.rule for each in found.rows} == {"cbw-29-2"}
        assert Clock.objects.get(incident=running, rule="cbw-29-2").state == "waiting"
