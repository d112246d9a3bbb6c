"""What time makes due in this room. Called by `tick`, as often as one likes; mails go out afterwards (`mailing`)."""

from dataclasses import dataclass
from datetime import datetime

from dijkwacht.apps.advisories.services import handling, overviews, telling, triage, warning
from dijkwacht.apps.advisories.services.settling import settle_all


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a round came to: advisories back in the queue, revisions that were cut off, organisations warned late, accepted risks
    that ended, steps taken, calls to make, messages of the day and the week written, organisations of which the ledger was told.
    """

    woken: int
    followed: int
    warned: int
    ended: int
    stepped: int
    calls: int
    digests: int
    weekly: int
    told: int


def tick(*, at: datetime) -> Ticked:
    """Everything that is due at this moment. Safe to repeat, killed or on two machines."""
    woken, followed = triage.wake(at=at), warning.catch_up(at=at)
    warned, ended = warning.fan_out_waiting(at=at), handling.end_accepted(at=at)
    stepped = telling.steps(at=at)
    digests, weekly = overviews.digests(at=at), overviews.weekly(at=at)
    return Ticked(woken, followed, warned, ended, stepped.warnings, stepped.calls, digests, weekly, settle_all(at=at))
