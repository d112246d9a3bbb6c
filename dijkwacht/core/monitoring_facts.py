"""What reports of monitoring services say in the ledger: answers of fact, and only those that truly follow. Pure.

`monitoring.whole_environment` follows from the log sources: every service tells how many there should be, and sees them all; it
is *no* as soon as one sees fewer. That people made a right list of what should be watched, a report cannot tell.
`monitoring.response` follows only as *yes*: there were severe alerts, and the service says of each that it was handled. That one
is not handled yet does not show that nobody responds, so then nothing is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dijkwacht.core.monitoring import Severity
from dijkwacht.core.monitoring_plan import PRESSING

WHOLE, RESPONSE = "monitoring.whole_environment", "monitoring.response"
TOLD = (WHOLE, RESPONSE)
RECENT = timedelta(days=100)
"""A report says something of today until so long after its last day: a quarter, and time to write the next one."""


@dataclass(frozen=True, slots=True)
class Reported:
    """The newest report of one service: its last day, its log sources, and of each alert how severe and whether handled."""

    last: date
    sources: int | None
    expected: int | None
    alerts: Sequence[tuple[Severity | None, bool | None]] = ()


def facts_of(reports: Sequence[Reported], *, on: date) -> Mapping[str, bool]:
    """Fact type to value, from the newest report of each service; what does not follow is not there."""
    recent = [each for each in reports if each.last >= on - RECENT]
    found = {WHOLE: _whole(recent), RESPONSE: _response(recent)}
    return {name: value for name, value in found.items() if value is not None}


def day_of(reports: Sequence[Reported], *, on: date) -> date | None:
    """The last day that these reports speak of, not after ``on``; None when none is recent."""
    recent = [each.last for each in reports if each.last >= on - RECENT]
    return min(max(recent), on) if recent else None


def _whole(reports: Sequence[Reported]) -> bool | None:
    if any(_sees(each) is False for each in reports):
        return False
    return True if reports and all(_sees(each) for each in reports) else None


def _sees(report: Reported) -> bool | None:
    """Whether a service sees all it should; None when it does not tell, or was to see nothing."""
    if report.sources is None or not report.expected:
        return None
    return report.sources >= report.expected


def _response(reports: Sequence[Reported]) -> bool | None:
    severe = [handled for each in reports for severity, handled in each.alerts if severity in PRESSING]
    unsaid = any(severity is None and not handled for each in reports for severity, handled in each.alerts)
    return True if severe and all(severe) and not unsaid else None
