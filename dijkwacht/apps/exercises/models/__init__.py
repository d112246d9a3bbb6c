"""Tables of scenario sessions: scripts of one's own, sessions, who plays, what happened, what came of it."""

from dijkwacht.apps.exercises.models.looking import Lesson, LessonKind
from dijkwacht.apps.exercises.models.played import Answer, Event, Line
from dijkwacht.apps.exercises.models.sessions import Participant, Script, Session

__all__ = ["Answer", "Event", "Lesson", "LessonKind", "Line", "Participant", "Script", "Session"]
