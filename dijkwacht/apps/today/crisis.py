"""What a crisis asks: one that goes on; and of who prepares for it plan, numbers and what was learned."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkwacht.apps.crisis.models import Contact, Crisis, Lesson
from dijkwacht.apps.crisis.queries.log import open_crises, open_lessons
from dijkwacht.apps.crisis.queries.plan import plan_standing, stale_contacts
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.today.shapes import Part, Row
from dijkwacht.core.access import Right
from dijkwacht.web.context import address
from dijkwacht.web.moments import moment_words

AHEAD = timedelta(days=30)
FIRST = 5


def looks(seat: Seat, *, on: date) -> Mapping[str, QuerySet[Any]]:
    """Where to look whether there is anything."""
    found: dict[str, QuerySet[Any]] = {"crises": _going(seat)} if seat.may(Right.SEE) else {}
    if seat.may(Right.STEER):
        contacts = Contact.objects.filter(organisation=seat.organisation, ended_on__isnull=True)
        found |= {"contacts": contacts, "crisis_lessons": _lessons(seat, on=on)}
    return found


def going(seat: Seat, there: Collection[str]) -> Part:
    """The crises that go on: for all who see the house; exercises of one for who leads or decides in it."""
    rows = list(_going(seat)[:FIRST]) if "crises" in there else []
    real = sum(not each.exercise for each in rows)
    says = [
        ngettext("%(n)d crisis that goes on", "%(n)d crises that go on", real) % {"n": real},
        ngettext("%(n)d exercise of a crisis that goes on", "%(n)d exercises of a crisis that go on", len(rows) - real)
        % {"n": len(rows) - real},
    ]
    held = [said for said, n in zip(says, (real, len(rows) - real), strict=True) if n]
    return Part("crisis", _("Crisis"), [_crisis(each) for each in rows], says=held)


def ready(seat: Seat, there: Collection[str], *, on: date) -> Part:
    """What has to be done to be ready for the next, for who prepares it."""
    if not seat.may(Right.STEER):
        return Part("ready", "")
    plan, due = _plan(seat, on=on)
    late = (
        [ngettext("%(n)d crisis plan to look at again", "%(n)d crisis plans to look at again", 1) % {"n": 1}]
        if due
        else []
    )
    contacts = _contacts(seat, on=on) if "contacts" in there else []
    lessons = list(_lessons(seat, on=on)) if "crisis_lessons" in there else []
    if count := len(lessons):
        late.append(ngettext("%(n)d lesson of a crisis", "%(n)d lessons of crises", count) % {"n": count})
    rows = [*plan, *contacts, *(_lesson(each, seat.organisation.slug) for each in lessons[:FIRST])]
    more = address("crisis:home", organisation=seat.organisation.slug) if len(lessons) > FIRST else ""
    return Part("ready", _("Ready for a crisis"), rows, says=late, all_url=more)


def _going(seat: Seat) -> QuerySet[Crisis]:
    rows = open_crises(seat.organisation)
    whole = seat.may(Right.STEER) or seat.may(Right.DECIDE)
    return (
        (rows if whole else rows.filter(exercise=False))
        .select_related("organisation")
        .order_by("exercise", "opened_at")
    )


def _crisis(row: Crisis) -> Row:
    since = {"when": moment_words(row.opened_at)}
    text = _("Exercise. Goes on since %(when)s.") if row.exercise else _("Goes on since %(when)s.")
    url = address("crisis:crisis", organisation=row.organisation.slug, pk=str(row.pk))
    return Row(f"{row.name} {row.title}", url, text % since)


def _plan(seat: Seat, *, on: date) -> tuple[list[Row], bool]:
    """The row about the plan, and whether it presses. A plan that was never adopted has no last day, so it presses on no day."""
    found, url = plan_standing(seat.organisation, on=on), address("crisis:plan", organisation=seat.organisation.slug)
    if found.state == "none":
        text = _("There is no crisis plan yet: nobody knows on paper what to do first.")
        return [Row(_("Make a crisis plan"), url, text)], False
    if found.stands is None or found.stands.review_on is None:
        text = _("There is a draft. Until an office adopts it, it is nobody's plan.")
        return [Row(_("Have the crisis plan adopted"), url, text)], False
    last = found.stands.review_on
    if last > on + AHEAD:
        return [], False
    return [Row(_("Look at the crisis plan again"), url, _("Adopt it again, as it is or changed."), last)], True


def _contacts(seat: Seat, *, on: date) -> list[Row]:
    old, total = stale_contacts(seat.organisation, on=on)
    if not old:
        return []
    said = ngettext(
        "%(old)d of %(n)d numbers was not tried lately", "%(old)d of %(n)d numbers were not tried lately", old
    )
    url = address("crisis:contacts", organisation=seat.organisation.slug)
    text = _("Call them, so that they answer when nothing else works.")
    return [Row(said % {"old": old, "n": total}, url, text)]


def _lessons(seat: Seat, *, on: date) -> QuerySet[Lesson]:
    return open_lessons(seat.organisation).filter(due__lte=on + AHEAD).order_by("due", "pk")


def _lesson(row: Lesson, slug: str) -> Row:
    url = address("crisis:lesson_finish", organisation=slug, pk=str(row.pk))
    return Row(row.text, url, f"{row.crisis.name} {row.crisis.title}", row.due, row.owner)
