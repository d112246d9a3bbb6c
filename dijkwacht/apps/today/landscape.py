"""What the landscape asks: discussions that this person takes up; and of who keeps it initiatives that end unnoticed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dijkwacht.apps.landscape.models import Initiative, Topic
from dijkwacht.apps.landscape.queries.cells import base_of, landscape_of
from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.today.shapes import Part, Row
from dijkwacht.core.access import Right
from dijkwacht.core.covenant.stand import SOON, Course, Running, course
from dijkwacht.core.landscape.about import name_of
from dijkwacht.web.context import address

FIRST = 5


def looks(seat: Seat, *, on: date) -> Mapping[str, QuerySet[Any]]:
    """Where to look whether there is anything."""
    found: dict[str, QuerySet[Any]] = {"topics": _topics(seat)} if seat.may(Right.SEE) else {}
    return found | ({"initiatives": _ending(seat, on=on)} if seat.may(Right.STEER) else {})


def part(seat: Seat, there: Collection[str], *, on: date) -> Part:
    """All of it, first what was asked of this person."""
    topics = list(_topics(seat)) if "topics" in there else []
    rows = _ending(seat, on=on) if "initiatives" in there else ()
    ending = [
        (each, found)
        for each in rows
        if (found := course(Running(str(each.pk), each.started, each.last_day), on=on))
        in (Course.LAPSED, Course.LAPSING)
    ]
    says = []
    if n := len(topics):
        says.append(ngettext("%(n)d discussion that you take up", "%(n)d discussions that you take up", n) % {"n": n})
    if n := sum(found is Course.LAPSED for _row, found in ending):
        said = ngettext("%(n)d initiative that lapsed", "%(n)d initiatives that lapsed", n)
        says.append(said % {"n": n})
    slug = seat.organisation.slug
    shown = [*_topic_rows(seat, topics[:FIRST]), *(_initiative(each, found, slug) for each, found in ending[:FIRST])]
    more = address("landscape:initiatives", organisation=slug) if len(ending) > FIRST else ""
    return Part("landscape", _("Who does what"), shown, says=says, all_url=more)


def _topics(seat: Seat) -> QuerySet[Topic]:
    rows = Topic.objects.filter(organisation=seat.organisation, owner=seat.person, decided_on__isnull=True)
    return rows.order_by("due", "pk")


def _topic_rows(seat: Seat, topics: Collection[Topic]) -> list[Row]:
    if not topics:
        return []
    held, base, language = landscape_of(seat.organisation), base_of(seat.organisation), get_language() or "nl"
    text, slug = _("You take this up: talk it over, and note what was decided."), seat.organisation.slug
    return [
        Row(
            name_of(held, each.about, language) or name_of(base, each.about, language) or each.about,
            address("landscape:finding", organisation=slug, about=each.about), text, each.due,
        )
        for each in topics
    ]  # fmt: skip


def _ending(seat: Seat, *, on: date) -> QuerySet[Initiative]:
    """Of our own, those past their last day or near it that nobody said to be over."""
    rows = Initiative.objects.filter(organisation=seat.organisation, finished_on__isnull=True, last_day__lte=on + SOON)
    return rows.order_by("last_day", "pk")


def _initiative(row: Initiative, found: Course, slug: str) -> Row:
    url = address("landscape:initiative", organisation=slug, pk=str(row.pk))
    text = _("It ends. Let it go on, or say what came of it.")
    if found is Course.LAPSED:
        text = _("Its last day has gone by, and nobody said what came of it.")
    return Row(row.title, url, text, row.last_day, row.owner)
