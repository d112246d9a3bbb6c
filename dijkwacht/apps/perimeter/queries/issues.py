"""What is wrong on the outside: how many, since when, of whom, and what happened to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, DomainState, Issue, IssueEvent, IssueState, Reading
from dijkwacht.core.checks.history import BAD

WEEK = timedelta(days=7)
LEFT = (DomainState.NOT_OURS, DomainState.ENDED)
"""Names that are not measured any more: no measurement can close what was open there, so it does not count."""


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
    """Those that a filter leaves. ``person`` 0: of nobody; ``state`` "all": every one, "": open and explained."""
    if state == "":
        rows = rows.exclude(state=IssueState.FIXED)
    elif state != "all":
        rows = rows.filter(state=state)
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
    return list(found.events.select_related("person", "run").order_by("-at", "-pk"))


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
    rows = list(issues(organisation).exclude(state=IssueState.FIXED).exclude(domain__state__in=LEFT))
    counted = [row for row in rows if row.state == IssueState.OPEN]
    wrong = [row for row in counted if row.word in BAD]
    terms = [row.term for row in counted if row.term is not None]
    return Standing(
        wrong=len(wrong),
        oldest=min((row.first_seen for row in wrong), default=None),
        pressing=sum(on <= term < on + WEEK for term in terms),
        late=sum(term < on for term in terms),
        attention=len(counted) - len(wrong),
        explained=len(rows) - len(counted),
        suspected=suspected(organisation).count(),
    )


def by_name(rows: Sequence[Issue], *, on: date) -> list[OfName]:
    """Issues per name: names with something late first, then those with most wrong, then where it is oldest."""
    groups: dict[int, list[Issue]] = {}
    for row in rows:
        groups.setdefault(row.domain_id, []).append(row)
    found = [
        OfName(group[0].domain, tuple(group), sum(each.word in BAD for each in group)) for group in groups.values()
    ]

    def rank(each: OfName) -> tuple[bool, int, datetime, str]:
        late = any(row.term is not None and row.term < on for row in each.issues)
        return not late, -each.wrong, min(row.first_seen for row in each.issues), each.domain.name

    return sorted(found, key=rank)


def lately(organisation: Organisation, *, since: datetime) -> list[IssueEvent]:
    """What measurements did to issues since a moment, the newest first."""
    found = IssueEvent.objects.filter(issue__organisation=organisation, at__gte=since, run__isnull=False)
    return list(found.filter(~Q(kind="remeasure")).select_related("issue__domain").order_by("-at", "-pk"))
