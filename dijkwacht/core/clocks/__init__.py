"""Legal clocks: when a term that a law sets ends, why then, and how it stands at a moment. Pure.

`rules` holds what a pack says of a term, `calendar` the days on which none ends, `due` reckons the end with its reasons, `state`
tells how a clock stands and when that changes, `follow` which clocks a row of events sets going. Told in docs/clocks.md.
"""

from dijkwacht.core.clocks.calendar import Calendar, easter
from dijkwacht.core.clocks.due import Due, Meeting, Step, due
from dijkwacht.core.clocks.follow import Event, Running, running
from dijkwacht.core.clocks.moments import moment
from dijkwacht.core.clocks.rules import Rule, Term, Warn
from dijkwacht.core.clocks.state import STATES, Standing, Warned, next_change, standing, warnings

__all__ = [
    "STATES", "Calendar", "Due", "Event", "Meeting", "Rule", "Running", "Standing", "Step", "Term", "Warn", "Warned", "due",
    "easter", "moment", "next_change", "running", "standing", "warnings",
]  # fmt: skip
