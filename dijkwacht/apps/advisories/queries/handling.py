"""The warnings of an organisation as it handles them: which are not done, what each is about, what was said of it.

Whatever is for a person starts from `visible.warnings_of`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from dijkwacht.apps.advisories.models import (
    SETTLED,
    Assessment,
    Concern,
    EventKind,
    Handled,
    Touched,
    Warned,
    WarningEvent,
    WarningState,
    Weakness,
)
from dijkwacht.apps.advisories.queries.sorting import Sort, ordered
from dijkwacht.apps.advisories.queries.visible import labels, named_for, warnings_of
from dijkwacht.apps.people.models import Organisation, Person, Role
from dijkwacht.apps.people.queries import in_period, roles_with
from dijkwacht.core.access import Right
from dijkwacht.core.advisories.priority import GRADES, LEVELS

OPEN = tuple(each for each in WarningState if each not in SETTLED)
EVERY, NOBODY = "all", 0
ORDER = ("-level", F("due_at").asc(nulls_last=True), "-told_at", "-pk")


def _own() -> Subquery:
    """Likelihood times damage (1 to 9), as the last assessment rates them; nothing where it does not."""
    likelihood, damage = (
        Case(*(When(**{column: grade}, then=Value(number)) for number, grade in enumerate(GRADES, 1)))
        for column in ("likelihood", "damage")
    )
    last = Assessment.objects.filter(warning=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(last.annotate(own=likelihood * damage).values("own")[:1])


SORTS: Mapping[str, Sort] = {
    "level": Sort(F("level"), down=True), "told": Sort(F("told_at"), down=True), "due": Sort(F("due_at")),
    "own": Sort(_own(), down=True), "score": Sort(F("advisory__score"), down=True),
    "state": Sort(F("state")), "number": Sort(F("number"), down=True), "title": Sort(Lower("title")),
    "handler": Sort(Lower("handler__name")), "seen": Sort(F("seen_at"), down=True),
}  # fmt: skip
"""What the list can be sorted by; ``own``: how the organisation itself rates it."""


def may_handle(warning: Warned, person: Person) -> bool:
    """Whether somebody to whom it is given would see it (`visible.warnings_of` with him as its handler)."""
    if warning.desk_id != warning.organisation_id:
        return warning.tlp in labels("trusted")
    if warning.tlp == "RED":
        return warning.advisory_id in named_for(warning.organisation, person)
    return warning.tlp in labels("own")


def persons_who(organisation: Organisation, right: Right, *, on: date) -> QuerySet[Person]:
    """Those with a right in the organisation on a day, by name."""
    held = Role.objects.filter(in_period(on), organisation=organisation, role__in=roles_with(right))
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def narrowed(
    rows: QuerySet[Warned], *, state: str = "", level: str = "", handler: int | None = None, desk: int | None = None,
    outcome: str = "", text: str = "", sort: str = "",
) -> QuerySet[Warned]:  # fmt: skip
    """Those that fit, by ``sort`` (see SORTS) or the most pressing first: by level, the week that ends first, the newest.

    ``state``: one of them, `all`, or empty: what is not done. ``handler`` 0: nobody yet. ``text``: in the title, the number of
    the warning or the document, a weakness, or a product that it is about.
    """
    if state != EVERY:
        rows = rows.filter(state=state) if state in WarningState.values else rows.filter(state__in=OPEN)
    if level in LEVELS:
        rows = rows.filter(level=LEVELS.index(level))
    if handler is not None:
        rows = rows.filter(handler=handler or None)
    if desk is not None:
        rows = rows.filter(desk=desk)
    if outcome:
        rows = rows.filter(outcome=outcome)
    if text:
        rows = rows.filter(_with(text))
    return ordered(rows, SORTS, sort, ORDER)


def _with(text: str) -> Q:
    """The condition that a text is in a warning: each table asked by itself, so that long lists do not multiply."""
    names = (Q(**{f"line__{column}__icontains": text}) for column in ("vendor", "product", "name"))
    wanted = Q(title__icontains=text) | Q(advisory__number__icontains=text)
    wanted |= Q(advisory__in=Weakness.objects.filter(key__icontains=text).order_by().values("advisory"))
    wanted |= Q(pk__in=Touched.objects.filter(reduce(or_, names)).order_by().values("warning"))
    return wanted | Q(number=int(text)) if text.isdecimal() and len(text) < 10 else wanted


@dataclass(frozen=True, slots=True)
class NotDone:
    """How many warnings are not done of what somebody may see, how many of those nobody saw, and the week that ends first."""

    count: int
    unseen: int
    first: Warned | None
    late: int


def not_done(rows: QuerySet[Warned], *, at: datetime) -> NotDone:
    """What is to be done."""
    found = rows.filter(state__in=OPEN)
    due = found.filter(due_at__isnull=False)
    return NotDone(
        found.count(), found.filter(seen_at__isnull=True).count(), due.order_by("due_at", "pk").first(),
        due.filter(due_at__lt=at).count(),
    )  # fmt: skip


def handlers(rows: QuerySet[Warned]) -> list[Person]:
    """Who handles one of these."""
    return list(Person.objects.filter(pk__in=rows.exclude(handler=None).values("handler")).order_by("name", "pk"))


def desks(rows: QuerySet[Warned]) -> list[Organisation]:
    """The desks that sent these."""
    return list(Organisation.objects.filter(pk__in=rows.values("desk")).order_by("name"))


def products_of(warnings: Collection[Warned]) -> Mapping[int, list[str]]:
    """Per warning what it is about: products with their version, as they are in the register; for many in one query."""
    rows = Touched.objects.filter(warning__in=warnings, gone_at__isnull=True).select_related("line").order_by("pk")
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for row in rows:
        found[row.warning_id][str(row.line)] = None
    return {pk: list(names) for pk, names in found.items()}


def caught_by(warnings: Iterable[Warned]) -> Mapping[int, str]:
    """Per warning that a subscription caught the text that it caught."""
    wanted = {(each.advisory_id, each.organisation_id): each.pk for each in warnings if each.outcome == "caught"}
    rows = Concern.objects.filter(advisory__in={advisory for advisory, _organisation in wanted}).exclude(caught="")
    pairs = ((wanted.get((row.advisory_id, row.organisation_id)), row.caught) for row in rows)
    return {pk: text for pk, text in pairs if pk is not None}


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything of one warning that is kept: what it is about, what was said, what was written, what happened."""

    touched: Sequence[Touched]
    gone: Sequence[Touched]
    handled: Mapping[int, Sequence[Handled]]
    assessments: Sequence[Assessment]
    events: Sequence[WarningEvent]


def whole(warning: Warned) -> Whole:
    """One query per table. ``handled``: per line, without what lapsed."""
    touched = list(Touched.objects.filter(warning=warning).select_related("line__asset", "line__organisation"))
    touched.sort(key=lambda row: (row.outcome != "affected", str(row.line).casefold(), row.pk))
    said: dict[int, list[Handled]] = defaultdict(list)
    rows = Handled.objects.filter(warning=warning).exclude(status=WarningState.LAPSED).select_related("by")
    for row in rows.order_by("pk"):
        said[row.line_id].append(row)
    return Whole(
        [row for row in touched if row.gone_at is None],
        [row for row in touched if row.gone_at is not None],
        said,
        list(warning.assessments.select_related("by")),
        list(warning.events.all()),
    )


def same_weakness(warning: Warned, person: Person) -> list[Warned]:
    """Other warnings about one of its CVEs that this person may see: one case, told by several publishers."""
    cves = warning.advisory.weaknesses.exclude(cve="").values("cve")
    rows = warnings_of(warning.organisation, person).filter(advisory__weaknesses__cve__in=cves).exclude(pk=warning.pk)
    wanted = Warned.objects.filter(pk__in=rows.order_by().values("pk"))
    return list(wanted.select_related("advisory", "desk").order_by("-told_at", "-pk")[:10])


def task_moment() -> Subquery:
    """When a warning was told as a task for the last time; told again about the same task, that moment stays."""
    events = WarningEvent.objects.filter(warning=OuterRef("pk"), kind__in=(EventKind.FIRST, EventKind.TASK))
    return Subquery(events.order_by("-at", "-pk").values("at")[:1])


def unassessed(rows: QuerySet[Warned], *, told_before: date) -> QuerySet[Warned]:
    """Those that still hold, were told as a task before a day, and of which nothing was written since; the oldest first."""
    written = Assessment.objects.filter(warning=OuterRef("pk"), at__gte=OuterRef("task_at"))
    found = rows.exclude(state=WarningState.LAPSED).annotate(task_at=task_moment())
    return found.filter(task_at__date__lt=told_before).exclude(Exists(written)).order_by("task_at", "pk")
