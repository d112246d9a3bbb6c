"""What a desk sent, and what became of it: per warning, per advisory, per organisation, per week."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When

from dijkwacht.apps.advisories.models import SETTLED, Advisory, Handled, Warned
from dijkwacht.apps.advisories.queries.visible import advisories_of, warnings_by
from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.core.advisories.handling import Status
from dijkwacht.core.advisories.reach import Tally, per_document
from dijkwacht.web.moments import day_of

UNSEEN = Q(seen_at__isnull=True) & ~Q(state__in=SETTLED)
"""Nobody took note yet, and it is not over."""
WEEKS = 8
QUICK = timedelta(days=1)


def sent_by(desk: Organisation, person: Person) -> QuerySet[Warned]:
    """The warnings that a desk sent: first what nobody took note of, the longest first; then the newest."""
    waits = Case(When(UNSEEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = warnings_by(desk, person).select_related("organisation", "advisory", "seen_by", "handler", "told_by")
    waiting = F("waiting_since").asc(nulls_last=True)
    rows = rows.annotate(waits=waits, waiting_since=Case(When(UNSEEN, then=F("todo_at"))))
    return rows.order_by("waits", waiting, "-todo_at", "pk")


def narrowed(rows: QuerySet[Warned], *, text: str = "", seen: str = "", state: str = "") -> QuerySet[Warned]:
    """Those that fit: a word in the title, the number or the name of the organisation; ``seen``: yes or no."""
    if text:
        words = Q(title__icontains=text) | Q(organisation__name__icontains=text) | Q(advisory__number__icontains=text)
        rows = rows.filter(words)
    if seen:
        rows = rows.filter(UNSEEN if seen == "no" else Q(seen_at__isnull=False))
    if state == "unsettled":
        return rows.exclude(state__in=SETTLED)
    return rows.filter(state=state) if state else rows


def counted(rows: QuerySet[Warned], by: str) -> QuerySet[Warned, dict[str, Any]]:
    """Per advisory or organisation: how many were told, seen, unseen and not settled; unseen longest first."""
    found = rows.order_by().values(by).annotate(
        told=Count("pk"), seen=Count("pk", filter=Q(seen_at__isnull=False)), unseen=Count("pk", filter=UNSEEN),
        unsettled=Count("pk", filter=~Q(state__in=SETTLED)), oldest=Min("todo_at", filter=UNSEEN),
        reminded=Count("pk", filter=UNSEEN & Q(reminded__gt=0)),
    )  # fmt: skip
    ordered: QuerySet[Warned, dict[str, Any]] = found.order_by(F("oldest").asc(nulls_last=True), "-told", by)
    return ordered


def tallies(rows: QuerySet[Warned], advisories: Collection[int]) -> Mapping[int, Tally]:
    """Per advisory how the assets stand that it matched, as CSAF asks of an asset matching system."""
    said = Handled.objects.filter(warning__in=rows.filter(advisory__in=advisories).order_by().values("pk"))
    told = said.exclude(status="lapsed").values_list("warning__advisory", "weakness", "line", "status")
    found = per_document(
        (str(advisory), weakness, line, cast(Status, status)) for advisory, weakness, line, status in told.iterator()
    )
    return {int(advisory): each for advisory, each in found.items()}


@dataclass(frozen=True, slots=True)
class Week:
    """A week from a Monday: advisories that came, warnings told, to how many organisations; how many were seen within a day, are
    seen by now, and are not settled yet."""

    monday: date
    received: int = 0
    told: int = 0
    organisations: int = 0
    quick: int = 0
    seen: int = 0
    open: int = 0


def weeks(desk: Organisation, person: Person, *, on: date) -> list[Week]:
    """The last eight weeks of a desk, this one first."""
    this = on - timedelta(days=on.weekday())
    mondays = [this - timedelta(weeks=n) for n in range(WEEKS)]
    start = datetime.combine(mondays[-1], time(), ZoneInfo(settings.TIME_ZONE))
    came = _by_week(advisories_of(desk, person).filter(came_at__gte=start).values_list("came_at", flat=True))
    rows: dict[date, list[Warned]] = {}
    told = warnings_by(desk, person).filter(told_at__gte=start)
    for row in told.only("organisation", "told_at", "todo_at", "seen_at", "state"):
        rows.setdefault(_monday(row.told_at), []).append(row)
    return [_week(monday, came.get(monday, 0), rows.get(monday, [])) for monday in mondays]


def _week(monday: date, received: int, rows: list[Warned]) -> Week:
    return Week(
        monday, received, len(rows), len({each.organisation_id for each in rows}),
        sum(each.seen_at is not None and each.seen_at - each.todo_at <= QUICK for each in rows),
        sum(each.seen_at is not None for each in rows), sum(each.state not in SETTLED for each in rows),
    )  # fmt: skip


def _by_week(moments: Iterable[datetime]) -> dict[date, int]:
    found: dict[date, int] = {}
    for each in moments:
        found[_monday(each)] = found.get(_monday(each), 0) + 1
    return found


def _monday(moment: datetime) -> date:
    day = day_of(moment)
    return day - timedelta(days=day.weekday())


def advisories_in(desk: Organisation, person: Person, numbers: Collection[int]) -> Mapping[int, Advisory]:
    """These advisories by number, as far as somebody of the desk may see them."""
    return {each.pk: each for each in advisories_of(desk, person).filter(pk__in=numbers)}
