"""A monitoring report as JSON in our own shape: what is read, under which names, and what is refused with its pointer."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dijkwacht.adapters.monitoring import read_report
from dijkwacht.core.monitoring import Alert, Given, MonitoringReport, Read
from dijkwacht.core.suppliers.assurance import Span

HERE = ZoneInfo("Europe/Amsterdam")
OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))
ALERT: dict[str, Any] = {
    "id": "M-1", "at": "2026-10-03T14:05:00+02:00", "title": "Verdachte aanmelding", "severity": "hoog", "system": "srv-zaken-01",
    "what": "Aanmelding buiten kantooruren.", "handled": True, "closed_at": "2026-10-03T15:00:00+02:00",
    "indicators": ["192.0.2.7", {"type": "domain", "value": "kwaad.example"}],
}  # fmt: skip
REPORT: dict[str, Any] = {
    "service": "SOC Voorbeeld", "period": {"first": "2026-10-01", "last": "2026-10-31"},
    "sources": {"connected": 41, "expected": 44}, "alerts": [ALERT],
}  # fmt: skip


def read(whole: object, given: Given = Given()) -> Read:  # noqa: B008 (frozen)
    return read_report(json.dumps(whole).encode(), "x", given)


def with_alert(**changes: object) -> dict[str, Any]:
    return {**REPORT, "alerts": [{key: value for key, value in {**ALERT, **changes}.items() if value is not ...}]}


def codes(found: Read) -> list[tuple[str, str]]:
    assert found.report is None
    return [(each.code, each.params.get("at", "")) for each in found.problems]


def test_all_that_a_report_tells() -> None:
    found = read(REPORT)
    assert (found.form, found.problems, found.remarks, found.ignored) == ("json", (), (), ())
    zone = timezone(timedelta(hours=2))
    alert = Alert(
        "M-1", datetime(2026, 10, 3, 14, 5, tzinfo=zone), "Verdachte aanmelding", "high", "srv-zaken-01",
        "Aanmelding buiten kantooruren.", True, datetime(2026, 10, 3, 15, tzinfo=zone), ("192.0.2.7", "kwaad.example"),
    )  # fmt: skip
    assert found.report == MonitoringReport("SOC Voorbeeld", OCTOBER, 41, 44, (alert,))


def test_common_names_of_fields() -> None:
    whole = {
        "Provider": "MDR Voorbeeld", "periode": {"van": "2026-10-01", "tot": "2026-10-31"}, "timezone": "Europe/Amsterdam",
        "findings": [{"case-id": 17, "Timestamp": "2026-10-03 14:05", "name": "Muis", "Ernst": "critical",
                      "hostname": "h1", "description": "", "status": "in progress", "iocs": "a.example"}],
        "generator": "x",
    }  # fmt: skip
    found = read(whole)
    assert found.problems == ()
    assert found.report is not None
    (alert,) = found.report.alerts
    assert (alert.id, alert.at, alert.severity, alert.handled, alert.indicators) == (
        "17", datetime(2026, 10, 3, 14, 5, tzinfo=HERE), "critical", False, ("a.example",),
    )  # fmt: skip
    assert found.ignored == ("generator",)


def test_a_quiet_month_is_a_report_and_no_list_is_none() -> None:
    found = read({**REPORT, "alerts": []})
    assert found.report is not None
    assert found.report.alerts == ()
    assert codes(read({key: value for key, value in REPORT.items() if key != "alerts"})) == [("no_alert_list", "")]


def test_what_is_not_told_stays_unknown() -> None:
    found = read({**REPORT, "sources": None, "alerts": [{"id": "1", "at": "2026-10-03T12:00:00Z", "title": "Muis"}]})
    assert found.report is not None
    assert (found.report.sources, found.report.expected) == (None, None)
    assert found.report.alerts == (Alert("1", datetime(2026, 10, 3, 12, tzinfo=UTC), "Muis"),)


def test_a_moment_without_a_zone_is_refused_unless_a_zone_is_told() -> None:
    whole = with_alert(at="2026-10-03T14:05:00", closed_at=...)
    assert codes(read(whole)) == [("no_zone", "/alerts/0/at")]
    for found in (read({**whole, "zone": "Europe/Amsterdam"}), read(whole, Given(zone=HERE))):
        assert found.report is not None
        assert found.report.alerts[0].at == datetime(2026, 10, 3, 12, 5, tzinfo=UTC)
    assert codes(read({**whole, "zone": "Dijkstad"}))[0] == ("unknown_zone", "/zone")
    assert codes(read({**whole, "zone": "../../etc/passwd"}))[0] == ("unknown_zone", "/zone")


def test_an_hour_that_the_clocks_skipped_is_no_moment() -> None:
    whole = {**with_alert(at="2026-03-29T02:30:00", closed_at=...), "zone": "Europe/Amsterdam"}
    assert codes(read(whole)) == [("clock_gap", "/alerts/0/at")]


def test_what_the_person_says_counts_where_the_file_is_silent() -> None:
    whole = {"alerts": [ALERT]}
    assert codes(read(whole)) == [("no_service_named", ""), ("no_period", "")]
    found = read(whole, Given(service="SOC Voorbeeld", period=OCTOBER))
    assert found.report == MonitoringReport(
        "SOC Voorbeeld", OCTOBER, None, None, found.report.alerts if found.report else ()
    )
    found = read(REPORT, Given(service="Iemand anders", period=Span(date(2026, 1, 1), date(2026, 2, 1))))
    assert found.report is not None
    assert (found.report.service, found.report.period) == ("SOC Voorbeeld", OCTOBER)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": ...}, ("field_missing", "/alerts/0")),
        ({"title": ""}, ("field_missing", "/alerts/0")),
        ({"at": None}, ("field_missing", "/alerts/0")),
        ({"at": "gisteren"}, ("not_a_moment", "/alerts/0/at")),
        ({"at": "2026-02-30T10:00:00Z"}, ("not_a_moment", "/alerts/0/at")),
        ({"at": "0001-01-01T00:00:00+23:59"}, ("not_a_moment", "/alerts/0/at")),
        ({"at": 1759500000}, ("not_a_moment", "/alerts/0/at")),
        ({"at": ["x"]}, ("not_text", "/alerts/0/at")),
        ({"severity": 3}, ("unknown_severity", "/alerts/0/severity")),
        ({"severity": "P1"}, ("unknown_severity", "/alerts/0/severity")),
        ({"handled": "misschien"}, ("unknown_state", "/alerts/0/handled")),
        ({"closed_at": "2026-10-03T11:00:00Z"}, ("closed_before_seen", "/alerts/0/closed_at")),
        ({"indicators": [1]}, ("not_text", "/alerts/0/indicators")),
        ({"indicators": ["x"] * 201}, ("too_many_names", "/alerts/0/indicators")),
        ({"title": "Muis\u202e"}, ("odd_characters", "/alerts/0/title")),
        ({"title": "Muis\u0000"}, ("odd_characters", "/alerts/0/title")),
        ({"title": "\ud800"}, ("odd_characters", "/alerts/0/title")),
        ({"title": "m" * 301}, ("text_too_long", "/alerts/0/title")),
    ],
)
def test_what_is_wrong_with_an_alert_is_told_with_its_pointer(
    change: dict[str, object], expected: tuple[str, str]
) -> None:
    assert codes(read(with_alert(**change))) == [expected]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"period": {"first": "2026-10-31", "last": "2026-10-01"}}, ("period_backwards", "/period")),
        ({"period": {"first": "2026-10-01"}}, ("no_period", "")),
        ({"period": "oktober"}, ("not_an_object_here", "/period")),
        ({"period": {"first": "oktober", "last": "2026-10-01"}}, ("not_a_date", "/period/first")),
        ({"sources": {"connected": -1}}, ("not_a_count", "/sources/connected")),
        ({"sources": {"connected": 1.5}}, ("not_a_count", "/sources/connected")),
        ({"sources": {"connected": True}}, ("not_a_count", "/sources/connected")),
        ({"service": ["x"]}, ("not_text", "/service")),
        ({"alerts": {"a": 1}}, ("no_alert_list", "")),
        ({"alerts": ["x"]}, ("not_an_object_here", "/alerts/0")),
    ],
)
def test_what_is_wrong_with_the_report_is_told(change: dict[str, object], expected: tuple[str, str]) -> None:
    assert expected in codes(read({**REPORT, **change}))


def test_the_same_alert_twice_is_one_and_another_under_its_id_is_a_problem() -> None:
    found = read({**REPORT, "alerts": [ALERT, ALERT]})
    assert found.report is not None
    assert len(found.report.alerts) == 1
    assert [(each.code, each.params["at"], each.params["row"]) for each in found.remarks] == [
        ("alert_twice", "/alerts/1", "/alerts/0")
    ]
    assert codes(read({**REPORT, "alerts": [ALERT, {**ALERT, "title": "Anders"}]})) == [("alert_differs", "/alerts/1")]


def test_what_is_odd_but_stands_in_nobodys_way() -> None:
    found = read({**with_alert(at="2026-11-03T14:05:00Z", closed_at=...), "sources": {"connected": 5, "expected": 4}})
    assert found.usable
    assert {each.code for each in found.remarks} == {"outside_period", "more_sources"}
    found = read(with_alert(handled="open"))
    assert found.report is not None
    assert found.report.alerts[0].handled is None
    assert [each.code for each in found.remarks] == ["closed_but_open"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"{", "not_json"),
        (b'{"alerts": [}', "not_json"),
        (b'{"alerts": [NaN]}', "not_a_number"),
        (b'{"alerts": [-Infinity]}', "not_a_number"),
        (b'{"alerts": [], "alerts": []}', "key_twice"),
        (b'{"a": ' + b"[" * 100_000, "too_deep"),
        (b'{"a": ' + b"[" * 40 + b"]" * 40 + b"}", "too_deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not_json"),
        (b'{"a": "\xff"}', "encoding"),
        (b"[1, 2]", "not_an_object"),
        (b'{"alerts": [' + b"{}," * 300_000 + b"{}]}", "too_many_values"),
        (b'{"a": "' + b"x" * (21 * 1024 * 1024) + b'"}', "too_large"),
        (b"", "empty_file"),
    ],
)
def test_json_that_wants_to_hurt(data: bytes, expected: str) -> None:
    found = read_report(data, "x")
    assert (found.report, [each.code for each in found.problems]) == (None, [expected])


def test_more_alerts_than_are_read() -> None:
    rows = [{"id": str(n), "at": "2026-10-03T12:00:00Z", "title": "Muis"} for n in range(6_000)]
    found = read({**REPORT, "alerts": rows})
    assert found.report is not None
    assert len(found.report.alerts) == 6_000
    assert codes(read({**REPORT, "alerts": [{}] * 50_001})) == [("too_many_alerts", "/alerts")]
