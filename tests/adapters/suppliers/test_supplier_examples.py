"""The example files are read as docs/supplier-import.md says, without a problem."""

from importlib.resources import files

from dijkwacht.adapters.monitoring import read_report
from dijkwacht.adapters.suppliers import read_register
from dijkwacht.adapters.suppliers.requirement_set import read_requirements


def example(name: str) -> bytes:
    return files("dijkwacht.examples").joinpath(name).read_bytes()


def test_the_register() -> None:
    found = read_register(example("suppliers.csv"), "suppliers.csv")
    assert (found.form, found.problems, found.remarks, found.ignored) == ("register", (), (), ())
    counted = [len(each) for each in (found.suppliers, found.services, found.contracts, found.uses, found.subs)]
    assert counted == [4, 5, 4, 9, 1]


def test_the_requirements() -> None:
    found = read_requirements(example("requirements.csv"), "requirements.csv")
    assert (found.problems, found.remarks, found.ignored) == ((), (), ())
    assert [row.links for row in found.rows] == [
        ("bio2:5.20.03", "iso27002:5.20"),
        ("iso27002:5.23",),
        ("iso27002:8.29",),
    ]


def test_the_reports_say_the_same_of_when_and_how_severe() -> None:
    told = []
    for name in ("monitoring.json", "monitoring.csv"):
        found = read_report(example(name), name)
        assert (found.problems, found.remarks, found.ignored) == ((), (), ())
        assert found.report is not None
        report = found.report
        told.append((
            report.service, report.period, report.sources, report.expected,
            [(alert.id, alert.at, alert.severity, alert.handled, alert.closed_at, alert.indicators) for alert in report.alerts],
        ))  # fmt: skip
    assert told[0] == told[1]
