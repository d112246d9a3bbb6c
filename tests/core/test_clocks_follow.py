"""Which clocks a row of events sets going, and which takes the place of which."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dijkwacht.core.clocks import Event, Running, moment, running
from dijkwacht.norms.read import clocks

PACK = clocks()
KNOWN = Event("significant_incident_known", moment("2026-11-20T08:00:00+01:00"))
SENT = Event("notification_sent", moment("2026-11-20T10:00:00+01:00"))
DUE = moment("2026-12-21T23:59:59+01:00")  # 20 December is a Sunday


def handled(text: str) -> Event:
    return Event("incident_handled", moment(text))


def stand(*events: Event, at: str | datetime, **more: Any) -> dict[str, Running]:
    moment_at = moment(at) if isinstance(at, str) else at
    found = running(PACK.rules, events, calendar=PACK.calendar, at=moment_at, warn=PACK.warn, **more)
    return {each.rule.id + (f"/{each.key}" if each.key else ""): each for each in found}


def states(*events: Event, at: str, **more: Any) -> dict[str, str]:
    return {name: each.standing.state for name, each in stand(*events, at=at, **more).items()}


def test_knowledge_starts_both_clocks_at_once() -> None:
    found = stand(KNOWN, at="2026-11-20T08:30:00+01:00")
    assert list(found) == ["cbw-26", "cbw-27"]
    assert found["cbw-27"].due.due == moment("2026-11-23T08:00:00+01:00")
    assert all(each.standing.state == "running" for each in found.values())


def test_the_warning_does_not_move_the_notification() -> None:
    warned = Event("early_warning_sent", moment("2026-11-20T20:00:00+01:00"))
    found = stand(KNOWN, warned, at="2026-11-21T00:00:00+01:00")
    assert found["cbw-26"].standing.state == "done_in_time"
    assert found["cbw-27"].due.due == moment("2026-11-23T08:00:00+01:00")


def test_only_a_trust_service_has_the_shorter_notification() -> None:
    assert "cbw-27-2" in states(KNOWN, at="2026-11-20T09:00:00+01:00", roles=("government", "trust_service"))
    assert "cbw-27-2" not in states(KNOWN, at="2026-11-20T09:00:00+01:00", roles=("government",))


def test_who_reports_by_choice_owes_no_final_report() -> None:
    assert states(SENT, handled("2026-12-22T08:00:00+01:00"), at="2026-12-23T00:00:00+01:00") == {}


def test_what_is_to_come_is_not_known_yet() -> None:
    assert states(KNOWN, at="2026-11-19T00:00:00+01:00") == {}
    assert "cbw-29-1" not in states(KNOWN, SENT, at="2026-11-20T09:00:00+01:00")


def test_handled_in_time_the_final_report_is_the_end() -> None:
    done = handled("2026-12-01T12:00:00+01:00")
    found = states(KNOWN, SENT, done, at="2026-12-02T00:00:00+01:00")
    assert found["cbw-29-1"] == "running"
    assert (found["cbw-29-2"], found["cbw-29-2-final"]) == ("never", "never")
    late = states(KNOWN, SENT, done, at="2026-12-22T00:00:00+01:00")
    assert (late["cbw-29-1"], late["cbw-29-2"], late["cbw-29-2-final"]) == ("overdue", "never", "never")


def test_before_the_end_the_progress_report_may_still_come() -> None:
    found = states(KNOWN, SENT, at="2026-12-21T23:59:59+01:00")
    assert (found["cbw-29-1"], found["cbw-29-2"]) == ("due_soon", "waiting")
    assert "cbw-29-2-final" not in found


def test_not_handled_at_the_end_the_progress_report_takes_its_place() -> None:
    found = stand(KNOWN, SENT, at="2026-12-22T00:00:00+01:00")
    assert (found["cbw-29-1"].standing.state, found["cbw-29-2"].standing.state) == ("replaced", "overdue")
    assert found["cbw-29-2"].due.due == DUE
    assert found["cbw-29-1"].due.steps[-1].code == "still_open"


def test_a_progress_report_in_time_then_the_final_report_a_month_after_handling() -> None:
    progress = Event("progress_report_sent", moment("2026-12-21T17:00:00+01:00"))
    done = handled("2027-05-31T18:00:00+02:00")
    found = stand(KNOWN, SENT, progress, done, at="2027-06-01T00:00:00+02:00")
    assert (found["cbw-29-1"].standing.state, found["cbw-29-2"].standing.state) == ("replaced", "done_in_time")
    assert found["cbw-29-2-final"].due.due == moment("2027-06-30T23:59:59+02:00")
    assert found["cbw-29-2-final"].standing.state == "running"
    final = Event("final_report_sent", moment("2027-07-01T09:00:00+02:00"))
    assert states(KNOWN, SENT, progress, done, final, at="2027-07-02T00:00:00+02:00")["cbw-29-2-final"] == "done_late"


def test_handled_before_it_was_notified_is_handled_in_time() -> None:
    """An outage of an hour is over before the notification goes out."""
    found = states(KNOWN, handled("2026-11-20T09:00:00+01:00"), SENT, at="2027-02-01T00:00:00+01:00")
    assert (found["cbw-29-1"], found["cbw-29-2"], found["cbw-29-2-final"]) == ("overdue", "never", "never")


def test_a_report_that_was_sent_stays_sent() -> None:
    final = Event("final_report_sent", moment("2026-12-10T09:00:00+01:00"))
    found = states(KNOWN, SENT, final, at="2027-02-01T00:00:00+01:00")
    assert found["cbw-29-1"] == found["cbw-29-2"] == "done_in_time"


def test_each_request_has_its_own_clock() -> None:
    first = Event("report_requested", moment("2026-11-21T09:00:00+01:00"), "a", moment("2026-11-22T12:00:00+01:00"))
    second = Event("report_requested", moment("2026-11-23T09:00:00+01:00"), "b")
    answer = Event("interim_report_sent", moment("2026-11-22T10:00:00+01:00"), "a")
    found = states(first, second, answer, at="2026-11-24T00:00:00+01:00")
    assert found == {"cbw-28/a": "done_in_time", "cbw-28/b": "open"}


def test_an_answer_to_an_earlier_request_does_not_answer_a_later_one() -> None:
    second = Event("report_requested", moment("2026-11-23T09:00:00+01:00"), "b")
    answer = Event("interim_report_sent", moment("2026-11-22T10:00:00+01:00"))
    assert states(answer, second, at="2026-11-24T00:00:00+01:00") == {"cbw-28/b": "open"}


def test_of_one_event_told_twice_the_first_counts() -> None:
    again = Event(KNOWN.code, KNOWN.at + timedelta(hours=5))
    assert stand(again, KNOWN, at="2026-11-21T00:00:00+01:00")["cbw-26"].due.start == KNOWN.at


def test_a_critical_entity_before_and_after_ten_months() -> None:
    event = Event("disruption_known", moment("2027-07-09T22:00:00+02:00"))
    since = moment("2026-09-10T00:00:00+02:00")
    assert states(event, at="2027-07-10T09:00:00+02:00", designated=since) == {"wwke-17-first": "never"}
    later = Event("disruption_known", moment("2027-07-12T08:00:00+02:00"))
    assert states(later, at="2027-07-12T09:00:00+02:00", designated=since) == {"wwke-17-first": "running"}


def test_a_data_breach_is_a_track_of_its_own() -> None:
    breach = Event("personal_data_breach_known", moment("2026-11-21T10:00:00+01:00"))
    told = Event("data_authority_notified", moment("2026-11-25T10:00:00+01:00"))
    found = states(KNOWN, breach, told, at="2026-11-26T00:00:00+01:00")
    assert (found["avg-33"], found["cbw-27"]) == ("done_late", "overdue")


@pytest.mark.parametrize("hours", range(0, 24 * 40, 31))
def test_at_any_moment_one_of_final_and_progress_report_asks_for_something(hours: int) -> None:
    """Whatever the moment, unhandled: exactly one of the two is on, so that nobody thinks that there is nothing to do."""
    found = {
        name: each.standing.state for name, each in stand(KNOWN, SENT, at=SENT.at + timedelta(hours=hours)).items()
    }
    asking = [name for name in ("cbw-29-1", "cbw-29-2") if found[name] in ("running", "warned", "due_soon", "overdue")]
    assert len(asking) == 1


@pytest.mark.parametrize("sent", ["2026-12-10T12:00:00+01:00", "2026-12-28T12:00:00+01:00"])
def test_one_final_report_ends_one_clock_when_it_was_handled_in_time(sent: str) -> None:
    """A duty that never came is not kept and not missed: only the final report of paragraph 1 was asked for."""
    final = Event("final_report_sent", moment(sent))
    found = states(KNOWN, SENT, handled("2026-12-01T12:00:00+01:00"), final, at="2026-12-29T12:00:00+01:00")
    assert (found["cbw-29-2"], found["cbw-29-2-final"]) == ("never", "never")
    assert found["cbw-29-1"] == ("done_in_time" if sent < "2026-12-22" else "done_late")


def test_a_final_report_that_was_replaced_is_not_late_afterwards() -> None:
    progress = Event("progress_report_sent", moment("2026-12-21T12:00:00+01:00"))
    final = Event("final_report_sent", moment("2027-01-10T12:00:00+01:00"))
    done = handled("2027-01-05T12:00:00+01:00")
    found = states(KNOWN, SENT, progress, done, final, at="2027-01-11T12:00:00+01:00")
    assert (found["cbw-29-1"], found["cbw-29-2"]) == ("replaced", "done_in_time")
    assert found["cbw-29-2-final"] == "done_in_time"
