"""What is wrong on the outside: how many, since when, of whom, and what happened to each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, IntegerField, Max, Min, Q, QuerySet, Value, When

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, Issue, IssueEvent, IssueState, Reading
from dijkwacht.apps.perimeter.queries.names import LEFT
from dijkwacht.core.checks.history import BAD

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outside stands. ``wrong``: open and failed; ``oldest``: since when the first of them; ``pressing``: their term
    falls within a week; ``late``: it is past; ``attention``: open warnings; ``suspected``: being measured a second time."""

    wrong: int
    oldest: datetime | None
    pressing: int
    late: int
    attention: int
    explained: int
    suspected: int


@dataclass(frozen=True, slots=True)
class OfName:
    """The open issues of one name, the worst first."""

    domain: Domain
    issues: tuple[Issue, ...]
    wrong: int


def issues(organisation: Organisation) -> QuerySet[Issue]:
    """All of them, the worst first: what is wrong before what asks attention, then the oldest."""
    rank = Case(When(word="failed", then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Issue.objects.filter(organisation=organisation, domain__about__isnull=True)
    found = found.select_related("domain", "assignee")
    return found.order_by(rank, "first_seen", "domain__name", "pk")


def open_issues(organisation: Organisation) -> QuerySet[Issue]:
    """Those that count now."""
    return issues(organisation).filter(state=IssueState.OPEN).exclude(domain__state__in=LEFT)


def chosen(
    rows: QuerySet[Issue], *, state: str = "", person: int | None = None, check: str = "", text: str = ""
) -> QuerySet[Issue]:
    """Those that a filter leaves. ``person`` 0: of nobody; ``state`` "all": every one, "": open and explained.

    What is not mended at a name that is no longer measured is only in "all".
    """
    if state == "":
        rows = rows.exclude(state=IssueState.FIXED)
    elif state != "all":
        rows = rows.filter(state=state)
    if state not in ("all", IssueState.FIXED):
        rows = rows.exclude(domain__state__in=LEFT)
    if person is not None:
        rows = rows.filter(assignee=person or None)
    if check:
        rows = rows.filter(check_id=check)
    return rows.filter(domain__name__icontains=text) if text else rows


def issue(organisation: Organisation, pk: int) -> Issue | None:
    """One of them; None for what another organisation has."""
    return issues(organisation).select_related("organisation", "domain__organisation").filter(pk=pk).first()


def events(found: Issue) -> list[IssueEvent]:
    """What happened to it, the newest first."""
    return list(found.events.select_related("person", "run__organisation").order_by("-at", "-pk"))


def checks(organisation: Organisation) -> list[str]:
    """The checks that ever gave an issue here."""
    found = Issue.objects.filter(organisation=organisation).order_by("check_id")
    return list(found.values_list("check_id", flat=True).distinct())


def suspected(organisation: Organisation) -> QuerySet[Reading]:
    """Bad words that were measured once, and count nowhere yet."""
    found = Reading.objects.filter(domain__organisation=organisation, until__isnull=True, confirmed=False, word__in=BAD)
    return found.exclude(domain__state__in=LEFT).select_related("domain").order_by("domain__name", "area", "check_id")


def standing(organisation: Organisation, *, on: date) -> Standing:
    """How the outside stands on a day."""
    counted, wrong = Q(state=IssueState.OPEN), Q(state=IssueState.OPEN, word__in=BAD)
    found = issues(organisation).exclude(state=IssueState.FIXED).exclude(domain__state__in=LEFT).order_by()
    sums = found.aggregate(
        wrong=Count("pk", filter=wrong),
        oldest=Min("first_seen", filter=wrong),
        pressing=Count("pk", filter=counted & Q(term__gte=on, term__lt=on + WEEK)),
        late=Count("pk", filter=counted & Q(term__lt=on)),
        attention=Count("pk", filter=counted & ~Q(word__in=BAD)),
        explained=Count("pk", filter=Q(state=IssueState.EXPLAINED)),
    )
    return Standing(**sums, suspected=suspected(organisation).count())


def by_name(organisation: Organisation, *, on: date, most: int) -> tuple[list[OfName], int]:
    """Open issues per name, of the first ``most`` names; and how many names there are.

    Names with something late come first, then those with most wrong, then where it is oldest.
    """
    late = Max(Case(When(term__lt=on, then=Value(1)), default=Value(0), output_field=IntegerField()))
    wrong = Count("pk", filter=Q(word__in=BAD))
    ranked = open_issues(organisation).order_by().values("domain").annotate(
        late=late, wrong=wrong, oldest=Min("first_seen")
    )  # fmt: skip
    first = list(ranked.order_by("-late", "-wrong", "oldest", "domain__name")[:most])
    groups: dict[int, list[Issue]] = {row["domain"]: [] for row in first}
    for issue in open_issues(organisation).filter(domain__in=groups):
        groups[issue.domain_id].append(issue)
    found = [OfName(group[0].domain, tuple(group), row["wrong"]) for row in first if (group := groups[row["domain"]])]
    return found, ranked.count()


def lately(organisation: Organisation, *, since: datetime) -> list[IssueEvent]:
    """What measurements did to issues since a moment, the newest first."""
    found = IssueEvent.objects.filter(issue__organisation=organisation, at__gte=since, run__isnull=False)
    return list(found.filter(~Q(kind="remeasure")).select_related("issue__domain").order_by("-at", "-pk"))
