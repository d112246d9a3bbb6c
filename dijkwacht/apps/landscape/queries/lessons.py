"""Lessons of exercises that ask something of others, and were not taken over as a need yet."""

from collections.abc import Sequence
from datetime import date

from dijkwacht.apps.exercises.models import Lesson, LessonKind
from dijkwacht.apps.exercises.queries.sessions import lessons
from dijkwacht.apps.landscape.models import TakenOver
from dijkwacht.apps.people.models import Organisation


def to_take_over(organisation: Organisation, *, on: date) -> Sequence[Lesson]:
    """Needs that came out of exercises and are not done, without those that were taken over."""
    taken = TakenOver.objects.filter(organisation=organisation).values_list("lesson", flat=True)
    found = lessons(organisation).filter(kind=LessonKind.NEED, done_on__isnull=True, session__held_on__lte=on)
    return list(found.exclude(pk__in=list(taken)))
