"""Which rows of this room the trail tells of, and how. Every table of the room stands here.

Left out: when a player was last seen, which no act tells of (how many took part stands in the entry that closes the
evaluation), and the version of a session, which rises with every act.
"""

from dijkwacht.apps.exercises.models import Answer, Event, Lesson, Line, Participant, Script, Session
from dijkwacht.apps.trail.marks import table

OF_SESSION = "session__organisation"
TABLES = (
    table("script", Script),
    table("exercise", Session, without=("version",)),
    table("player", Participant, within=OF_SESSION, without=("seen_at",)),
    table("exercise_event", Event, within=OF_SESSION),
    table("exercise_decision", Answer, within=OF_SESSION),
    table("exercise_line", Line, within=OF_SESSION),
    table("exercise_lesson", Lesson, within=OF_SESSION),
)
