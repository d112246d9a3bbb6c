"""What exercises ask: where I play or lead; and of who prepares them what was not looked back on or not done."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.exercises.models import Lesson, LessonKind, Participant, Session
from dijkwacht.apps.exercises.queries.sessions import lessons, scenario_of, seats_of, sessions
from dijkwacht.apps.exercises.words import role_names
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.today.shapes import Part, Row
from dijkwacht.core.access import Right
from dijkwacht.core.exercises import Phase
from dijkwacht.web.context import address
from dijkwacht.web.moments import day_words

AHEAD = timedelta(days=30)
FIRST = 5


def looks(seat: Seat, *, on: date) -> Mapping[str, QuerySet[Any]]:
    """Where to look whether there is anything."""
    found: dict[str, QuerySet[Any]] = {"seats": seats_of(seat.organisation, seat.person)}
    if seat.may(Right.STEER):
        found |= {"sessions": _mine(seat), "exercise_lessons": _open(seat, on=on)}
    return found


def part(seat: Seat, there: Collection[str], *, on: date) -> Part:
    """All of it, first what is played now."""
    played = list(seats_of(seat.organisation, seat.person)) if "seats" in there else []
    led = list(_mine(seat)) if "sessions" in there else []
    left = list(_open(seat, on=on)) if "exercise_lessons" in there else []
    near = [each for each in played if each.session.live or each.session.planned_on <= on + AHEAD]
    slug, mine = seat.organisation.slug, {each.session_id for each in played}
    rows = [
        _played(each, slug)
        for each in sorted(played, key=lambda each: (not each.session.live, each.session.planned_on))
    ]
    rows += [_led(each, slug, on=on) for each in led if each.pk not in mine or each.phase == Phase.ENDED]
    rows += [_lesson(each, slug) for each in left[:FIRST]]
    more = address("exercises:lessons", organisation=slug) if len(left) > FIRST else ""
    return Part("exercises", _("Exercises"), rows, says=_says(near, led, left), all_url=more)


def _says(played: Collection[Participant], led: Collection[Session], left: Collection[Lesson]) -> list[str]:
    says, ended = [], sum(each.phase == Phase.ENDED for each in led)
    if n := len(played):
        said = ngettext("%(n)d exercise in which you play", "%(n)d exercises in which you play", n)
        says.append(said % {"n": n})
    if ended:
        said = ngettext("%(n)d exercise to look back on", "%(n)d exercises to look back on", ended)
        says.append(said % {"n": ended})
    if n := len(left):
        says.append(ngettext("%(n)d lesson of an exercise", "%(n)d lessons of exercises", n) % {"n": n})
    return says


def _mine(seat: Seat) -> QuerySet[Session]:
    """Ended and not evaluated, whoever led it; and those that this person leads and that have not ended."""
    ended = Q(phase=Phase.ENDED.value, evaluated_at__isnull=True)
    leads = Q(lead=seat.person) & ~Q(phase=Phase.ENDED.value)
    return sessions(seat.organisation).filter(ended | leads, annulled_at__isnull=True).order_by("planned_on", "pk")


def _open(seat: Seat, *, on: date) -> QuerySet[Lesson]:
    """What was to be done within a month, or before now."""
    return lessons(seat.organisation).filter(kind=LessonKind.ACTION, done_on__isnull=True, due__lte=on + AHEAD)


def _played(row: Participant, slug: str) -> Row:
    session = row.session
    url = address("exercises:play", organisation=slug, pk=str(session.pk))
    text = _("It is played now. You play: %(roles)s.") if session.live else _("On %(day)s. You play: %(roles)s.")
    told = {"roles": role_names(scenario_of(session), row.roles), "day": day_words(session.planned_on)}
    return Row(session.title, url, text % told)


def _led(row: Session, slug: str, *, on: date) -> Row:
    pk, told = str(row.pk), {"day": day_words(row.held_on or row.planned_on)}
    if row.phase == Phase.ENDED:
        text = _("Held on %(day)s. It counts as held once the evaluation is closed.")
        url = address("exercises:evaluation", organisation=slug, pk=pk)
        return Row(_("Look back: %(title)s") % {"title": row.title}, url, text % told)
    if row.live:
        return Row(row.title, address("exercises:lead", organisation=slug, pk=pk), _("It is played now. You lead it."))
    text = _("On %(day)s. You lead it.")
    if row.planned_on < on:
        text = _("Planned for %(day)s and not played yet. You lead it: begin, or choose another day.")
    return Row(row.title, address("exercises:session", organisation=slug, pk=pk), text % told)


def _lesson(row: Lesson, slug: str) -> Row:
    url = address("exercises:lesson_done", organisation=slug, pk=str(row.pk))
    return Row(row.text, url, row.session.title, row.due, row.who)
