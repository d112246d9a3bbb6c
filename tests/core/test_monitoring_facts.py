"""What follows from a report of a monitoring service, and what never does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkwacht.core.monitoring import SEVERITIES, Alert, MonitoringReport
from dijkwacht.core.monitoring_facts import RECENT, RESPONSE, WHOLE, Reported, day_of, facts_of
from dijkwacht.core.monitoring_plan import PRESSING, Standing, later, plan, presses
from dijkwacht.core.suppliers.assurance import Span

ON = date(2026, 11, 25)
LAST = date(2026, 10, 31)
AT = datetime(2026, 10, 3, 12, tzinfo=UTC)
PERIOD = Span(date(2026, 10, 1), date(2026, 11, 1))


def said(*reports: Reported) -> dict[str, bool]:
    return dict(facts_of(reports, on=ON))


class TestWhole:
    @pytest.mark.parametrize(
        ("sources", "expected", "value"),
        [
            (44, 44, True),
            (45, 44, True),
            (41, 44, False),
            (0, 44, False),
            (44, None, None),
            (None, 44, None),
            (0, 0, None),
        ],
    )
    def test_only_when_it_is_told_how_many_there_should_be(self, sources, expected, value) -> None:
        assert said(Reported(LAST, sources, expected)).get(WHOLE) is value

    def test_one_service_that_sees_less_makes_it_no(self) -> None:
        assert said(Reported(LAST, 4, 4), Reported(LAST, 1, 2))[WHOLE] is False

    def test_one_service_that_does_not_tell_leaves_it_open(self) -> None:
        assert WHOLE not in said(Reported(LAST, 4, 4), Reported(LAST, 4, None))

    def test_an_old_report_says_nothing_of_today(self) -> None:
        assert said(Reported(ON - RECENT, 4, 4)) == {WHOLE: True}
        assert said(Reported(ON - RECENT - timedelta(days=1), 4, 4)) == {}
        assert said() == {}


class TestResponse:
    @pytest.mark.parametrize(
        ("alerts", "value"),
        [
            ([("high", True)], True),
            ([("high", True), ("critical", True), ("low", False)], True),
            ([("high", True), ("critical", False)], None),  # in hand is not: nobody responds
            ([("high", None)], None),
            ([("low", True), ("medium", True)], None),  # nothing severe happened, so nothing was shown
            ([], None),
            ([("high", True), (None, None)], None),  # that one may be severe
            ([("high", True), (None, True)], True),
        ],
    )
    def test_only_when_all_that_is_severe_was_handled(self, alerts, value) -> None:
        assert said(Reported(LAST, None, None, alerts)).get(RESPONSE) is value

    @given(st.lists(st.tuples(st.sampled_from([None, *SEVERITIES]), st.sampled_from([None, True, False]))))
    def test_it_never_says_no(self, alerts) -> None:
        assert said(Reported(LAST, None, None, alerts)).get(RESPONSE) is not False


def test_it_speaks_of_the_last_day_told_and_never_of_tomorrow() -> None:
    assert day_of([Reported(LAST, 1, 1), Reported(date(2026, 9, 30), 1, 1)], on=ON) == LAST
    assert day_of([Reported(date(2026, 11, 30), 1, 1)], on=ON) == ON
    assert day_of([], on=ON) is None


def alert(number: str = "1", **more) -> Alert:
    return Alert(number, more.pop("at", AT), "Aanmelding", **more)


def report(*alerts: Alert) -> MonitoringReport:
    return MonitoringReport("Wachttoren", PERIOD, alerts=alerts)


class TestPlan:
    @pytest.mark.parametrize(
        ("severity", "handled", "becomes"),
        [
            ("high", False, True), ("critical", None, True), ("high", True, False), ("medium", False, False),
            ("low", None, False), (None, None, False),
        ],
    )  # fmt: skip
    def test_what_becomes_an_incident(self, severity, handled, becomes) -> None:
        found = plan(report(alert(severity=severity, handled=handled)), {})
        assert [step.incident for step in found.steps] == [becomes]

    def test_the_worst_come_first_and_the_rest_is_left(self) -> None:
        rows = [alert(str(n), severity="high", at=AT + timedelta(hours=n)) for n in range(4)]
        found = plan(report(*rows, alert("x", severity="critical", at=AT + timedelta(days=9))), {}, most=2)
        assert {each.id for each in found.incidents} == {"x", "0"}
        assert found.left == {"1", "2", "3"}

    def test_told_again_it_is_updated_and_makes_no_second_incident(self) -> None:
        before = {"1": Standing(alert(severity="high"), PERIOD.end, incident=True)}
        found = plan(report(alert(severity="high", handled=True, closed_at=AT)), before)
        assert [(step.change, step.incident, step.alert.handled) for step in found.steps] == [("updated", False, True)]
        same = plan(report(alert(severity="high")), before)
        assert [step.change for step in same.steps] == ["same"]

    def test_an_older_report_says_nothing_new(self) -> None:
        before = {"1": Standing(alert(severity="low", handled=True), PERIOD.end + timedelta(days=30))}
        found = plan(report(alert(severity="critical", handled=False)), before)
        assert [(step.change, step.incident, step.alert.severity) for step in found.steps] == [("older", False, "low")]

    def test_what_got_worse_becomes_one_after_all(self) -> None:
        before = {"1": Standing(alert(severity="low"), PERIOD.end)}
        assert plan(report(alert(severity="critical")), before).incidents

    def test_what_is_not_told_stays_as_it_was_known(self) -> None:
        known = alert(severity="high", handled=True, closed_at=AT)
        assert later(known, alert()) == known
        assert later(known, alert(handled=False)).closed_at is None

    @given(
        st.lists(
            st.tuples(
                st.integers(0, 40).map(str), st.sampled_from([None, *SEVERITIES]), st.sampled_from([None, True, False])
            ),
            unique_by=lambda row: row[0],
        ),
        st.integers(0, 5),
    )  # fmt: skip
    def test_nothing_that_presses_is_lost_and_a_second_time_changes_nothing(self, rows, most) -> None:
        alerts = [alert(number, severity=severity, handled=handled) for number, severity, handled in rows]
        found = plan(report(*alerts), {}, most=most)
        pressing = {each.id for each in alerts if presses(each)}
        assert {each.id for each in found.incidents} | found.left == pressing
        assert len(found.incidents) == min(most, len(pressing))
        assert all(each.severity in PRESSING for each in found.incidents)
        known = {step.alert.id: Standing(step.alert, PERIOD.end, True) for step in found.steps}
        repeated = plan(report(*alerts), known, most=most)
        assert not repeated.incidents
        assert repeated.count("same") == len(alerts)
