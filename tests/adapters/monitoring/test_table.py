"""A monitoring report as a table: a row per alert, what stands in columns of its own, and what the person says."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dijkwacht.adapters.monitoring import read_report
from dijkwacht.core.monitoring import Alert, Given, Read
from dijkwacht.core.suppliers.assurance import Span
from tests.adapters import files

Table = list[list[object]]
HERE = ZoneInfo("Europe/Amsterdam")
OCTOBER = Span(date(2026, 10, 1), date(2026, 11, 1))
GIVEN = Given("SOC Voorbeeld", OCTOBER, HERE)
HEAD: list[object] = [
    "Meldingsnummer",
    "Tijdstip",
    "Titel",
    "Ernst",
    "Systeem",
    "Omschrijving",
    "Status",
    "Gesloten op",
    "IOC",
    "Kleur",
]
ROW: list[object] = [
    "M-1",
    "2026-10-03 14:05",
    "Muis",
    "Hoog",
    "srv1",
    "Wat.",
    "Gesloten",
    "03-10-2026 15:00",
    "192.0.2.7; a.example",
    "",
]


def read(rows: Table, given: Given = GIVEN) -> Read:
    return read_report(files.csv(rows), "x", given)


def codes(found: Read) -> list[tuple[str, int | None, str]]:
    assert found.report is None
    return [(each.code, each.place.row, each.place.letter) for each in found.problems]


@pytest.mark.parametrize("build", [files.xlsx, files.ods, files.csv])
def test_the_rows_of_a_report(build: Callable[[Table], bytes]) -> None:
    found = read_report(build([HEAD, ROW]), "x", GIVEN)
    assert (found.form, found.problems, found.ignored) == ("table", (), ("Kleur",))
    assert found.report is not None
    assert (found.report.service, found.report.period, found.report.sources) == ("SOC Voorbeeld", OCTOBER, None)
    assert found.report.alerts == (
        Alert(
            "M-1", datetime(2026, 10, 3, 14, 5, tzinfo=HERE), "Muis", "high", "srv1", "Wat.", True,
            datetime(2026, 10, 3, 15, tzinfo=HERE), ("192.0.2.7", "a.example"),
        ),
    )  # fmt: skip


def test_what_stands_in_columns_of_its_own() -> None:
    head: list[object] = [
        "ID",
        "At",
        "Title",
        "Service",
        "Period from",
        "Period to",
        "Time zone",
        "Sources connected",
        "Sources expected",
    ]
    rows: Table = [
        head,
        ["1", "2026-10-03 14:05", "Muis", "MDR", "2026-10-01", "2026-10-31", "Europe/Amsterdam", "41", "44"],
        ["2", "2026-10-04T14:05:00Z", "Rat", "", "", "", "", "41", ""],
    ]
    found = read(rows, Given())
    assert found.problems == ()
    assert found.report is not None
    assert (found.report.service, found.report.period, found.report.sources, found.report.expected) == (
        "MDR",
        OCTOBER,
        41,
        44,
    )
    rows.append(["3", "2026-10-04T14:05:00Z", "Kat", "SOC", "", "", "", "40", ""])
    assert codes(read(rows, Given())) == [("report_differs", 4, "D"), ("report_differs", 4, "H")]


def test_a_workbook_that_keeps_only_the_day_gives_a_moment_that_is_not_exact() -> None:
    rows: Table = [
        HEAD,
        ["M-1", datetime(2026, 10, 3, 14, 5), "Muis", None, None, None, None, datetime(2026, 10, 3, 9, 0)],
    ]
    found = read_report(files.xlsx(rows), "x", GIVEN)
    assert found.report is not None
    (alert,) = found.report.alerts
    assert (alert.at, alert.exact, alert.handled) == (datetime(2026, 10, 3, tzinfo=HERE), False, True)


def test_zones_are_never_guessed() -> None:
    assert codes(read([HEAD, ROW], Given("SOC", OCTOBER))) == [("no_zone", 2, "B"), ("no_zone", 2, "H")]
    for text in ("2026-10-03 14:05 +02:00", "2026-10-03T12:05Z", "2026-10-03 12:05 UTC", "3-10-2026 14:05 +02:00"):
        found = read([HEAD, ["M-1", text, "Muis"]], Given("SOC", OCTOBER))
        assert found.report is not None
        assert found.report.alerts[0].at == datetime(2026, 10, 3, 14, 5, tzinfo=HERE)


@pytest.mark.parametrize(
    ("position", "value", "expected"),
    [
        (0, "", "cell_missing"),
        (1, "", "cell_missing"),
        (2, "", "cell_missing"),
        (1, "gisteren", "not_a_moment"),
        (1, "31-02-2026 10:00", "not_a_moment"),
        (1, "29-03-2026 02:30", "clock_gap"),
        (3, "3", "unknown_severity"),
        (6, "misschien", "unknown_state"),
        (7, "03-10-2026 14:00", "closed_before_seen"),
        (2, "=1+1", "formula"),
        (4, "srv\u202e1", "odd_characters"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(position: int, value: str, expected: str) -> None:
    row = [*ROW]
    row[position] = value
    assert codes(read([HEAD, row])) == [(expected, 2, "ABCDEFGHIJ"[position])]


def test_a_header_alone_is_a_quiet_month() -> None:
    found = read([HEAD])
    assert found.report is not None
    assert found.report.alerts == ()


def test_the_same_row_twice_is_one_and_another_under_its_number_a_problem() -> None:
    found = read([HEAD, ROW, [*ROW[:9], "rood"]])
    assert found.report is not None
    assert len(found.report.alerts) == 1
    assert [(each.code, each.place.row, each.params["row"]) for each in found.remarks] == [("alert_twice", 3, "2")]
    assert codes(read([HEAD, ROW, ["M-1", "2026-10-03 14:05", "Rat"]])) == [("alert_differs", 3, "A")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [(Given("", OCTOBER, HERE), "no_service_named"), (Given("SOC", None, HERE), "no_period")],
)
def test_what_nobody_says(given: Given, expected: str) -> None:
    assert codes(read([HEAD, ROW], given)) == [(expected, None, "")]


def test_files_that_are_no_report() -> None:
    for data, code in (
        (b"", "empty_file"), (b"%PDF-1.7", "pdf"), (b"PK\x03\x04 and then nothing", "broken_archive"),
        (b"zomaar;iets\n1;2", "no_alert_columns"), (b"ID;At\n1;2026-10-03", "no_alert_columns"),
        (b"ID;At;Title\n" + b"1;x;y\n" * 50_000, "too_many_rows"),
    ):  # fmt: skip
        assert [each.code for each in read_report(data, "x", GIVEN).problems] == [code]
