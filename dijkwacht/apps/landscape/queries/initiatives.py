"""What runs: initiatives that organisations added, where they are on a day, and who takes part."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.landscape.models import Initiative, Part, Reach
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.covenant.stand import Course, Running, course

OWN = "initiative:"
_ORDER = (Course.LAPSED, Course.LAPSING, Course.RUNNING, Course.PLANNED, Course.UNKNOWN, Course.DONE)


@dataclass(frozen=True, slots=True)
class Seen:
    """An initiative as an organisation sees it. ``members``: how many organisations take part; ``part``: its own."""

    key: str
    row: Initiative
    course: Course
    members: int
    part: Part | None


def added(organisation: Organisation) -> QuerySet[Initiative]:
    """The initiatives that an organisation may see: its own, and those for all."""
    return Initiative.objects.filter(Q(organisation=organisation) | Q(reach=Reach.ALL)).select_related("organisation")


def title_of(organisation: Organisation, initiative: str) -> str | None:
    """What an initiative is called, when it is there for this organisation; else None."""
    kind, _sep, rest = initiative.partition(":")
    if kind != "initiative" or not (rest.isascii() and rest.isdecimal() and len(rest) < 18):
        return None
    row = added(organisation).filter(pk=int(rest)).first()
    return None if row is None else row.title


def initiatives(organisation: Organisation, *, on: date) -> list[Seen]:
    """All of them for an organisation: what lapsed or will soon first, then by last day."""
    rows = {f"{OWN}{row.pk}": row for row in added(organisation)}
    joined = Part.objects.filter(initiative__in=rows, until__isnull=True)
    members = dict(joined.values_list("initiative").annotate(n=Count("pk")))
    mine = {part.initiative: part for part in joined.filter(organisation=organisation)}
    found = [
        Seen(key, row, course(running(row), on=on), members.get(key, 0), mine.get(key)) for key, row in rows.items()
    ]
    return sorted(found, key=lambda each: (_ORDER.index(each.course), each.row.last_day or date.max, each.row.title))


def initiative(organisation: Organisation, pk: int, *, on: date) -> Seen | None:
    """One of them; None when it is not there for this organisation."""
    return next((each for each in initiatives(organisation, on=on) if each.row.pk == pk), None)


def running(row: Initiative) -> Running:
    """An initiative as the core takes it."""
    return Running(f"{OWN}{row.pk}", row.started, row.last_day, done=row.finished_on is not None)
