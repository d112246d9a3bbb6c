"""What time makes due in this room. Called by `tick`, as often as one likes; mails go out afterwards (`mailing`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from dijkwacht.apps.advisories.services import handling, overviews, renaming, telling, triage, warning
from dijkwacht.apps.advisories.services.guarding import Faults
from dijkwacht.apps.advisories.services.settling import settle_all


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a round came to: advisories back in the queue, revisions that were cut off, organisations warned late, accepted risks
    that ended, steps taken, calls to make, messages of the day and the week written, organisations of which the ledger was told,
    registers that were matched anew since a name was confirmed or ended; and how many of all these went wrong.
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
    renamed: int
    faults: int


def tick(*, at: datetime) -> Ticked:
    """Everything that is due at this moment. Safe to repeat, killed or on two machines.

    What goes wrong is logged and counted, and stops nothing else.
    """
    faults = Faults()

    def step(what: str, deed: Callable[[], int]) -> int:
        return faults.guarded(what, deed) or 0

    renamed = step("names", partial(renaming.carry_on, at=at, faults=faults))
    woken = step("waking", partial(triage.wake, at=at))
    followed = step("following", partial(warning.catch_up, at=at, faults=faults))
    warned = step("telling", partial(warning.fan_out_waiting, at=at, faults=faults))
    ended = step("accepted risks", partial(handling.end_accepted, at=at))
    stepped = faults.guarded("steps", partial(telling.steps, at=at, faults=faults)) or telling.Stepped(0, 0)
    digests = step("the message of the day", partial(overviews.digests, at=at))
    weekly = step("the weekly overview", partial(overviews.weekly, at=at))
    told = step("facts", partial(settle_all, at=at, faults=faults))
    return Ticked(
        woken, followed, warned, ended, stepped.warnings, stepped.calls, digests, weekly, told, renamed, faults.count
    )
