"""When a name is measured next: spread over the day by its name, sooner after a change, soonest to confirm."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, in minutes."""

    usual: int
    changed: int
    confirm: int
    failed: int


def next_due(
    name: str, *, at: datetime, rhythm: Rhythm, changed: bool = False, confirm: bool = False, failures: int = 0
) -> datetime:
    """The moment of the next measurement, always after `at`.

    To confirm comes first, then what failed (later with every failure in a row, at most the usual time), then what
    changed. Without any of these a name has its own minute in the cycle, so that a day's work is spread evenly however
    the names were added.
    """
    if confirm:
        return at + timedelta(minutes=rhythm.confirm)
    if failures:
        return at + timedelta(minutes=min(rhythm.failed * 2 ** (min(failures, 12) - 1), rhythm.usual))
    if changed:
        return at + timedelta(minutes=rhythm.changed)
    cycle = rhythm.usual * 60
    own = int.from_bytes(sha256(name.encode()).digest()[:8], "big") % cycle
    now = int(at.timestamp())
    ahead = (own - now) % cycle
    # Not twice within half a cycle: whoever was measured just before his minute waits for the one after.
    return at + timedelta(seconds=ahead if ahead > cycle // 2 else ahead + cycle)
