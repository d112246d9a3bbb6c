"""The names of an organisation: how each stands, what was proposed, and who answers for it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from dijkwacht.apps.people.models import Organisation
from dijkwacht.apps.perimeter.models import Domain, DomainState, IssueState, Job, JobState, Run, RunState

LEFT = (DomainState.NOT_OURS, DomainState.ENDED)
"""Names that are not measured any more: no measurement can close what was open there, so it does not count."""
OPEN = Q(issues__state=IssueState.OPEN) & ~Q(state__in=LEFT)


def names(organisation: Organisation) -> QuerySet[Domain]:
    """Every name that was decided upon, each with how many checks are ``wrong`` and how many ask ``attention``."""
    return (
        Domain.objects.filter(organisation=organisation, about__isnull=True)
        .exclude(state=DomainState.PROPOSED)
        .select_related("owner")
        .annotate(
            wrong=Count("issues", filter=OPEN & Q(issues__word="failed")),
            attention=Count("issues", filter=OPEN & Q(issues__word="warning")),
        )
        .order_by("name")
    )


def chosen(rows: QuerySet[Any], *, text: str = "", state: str = "", owner: int | None = None) -> QuerySet[Any]:
    """Those of ``names`` that a filter leaves. ``owner`` 0: of nobody."""
    if text:
        rows = rows.filter(name__icontains=text)
    if state == "wrong":
        rows = rows.filter(wrong__gt=0)
    elif state:
        rows = rows.filter(state=state)
    if owner is not None:
        rows = rows.filter(owner=owner or None)
    return rows


def proposals(organisation: Organisation) -> QuerySet[Domain]:
    """Names that were found and that nobody decided upon yet."""
    found = Domain.objects.filter(organisation=organisation, state=DomainState.PROPOSED)
    return found.select_related("parent").order_by("name")


def name(organisation: Organisation, text: str) -> Domain | None:
    """One name; None for what we do not have."""
    if "\0" in text:  # PostgreSQL takes no such character, also to look for
        return None
    found = Domain.objects.filter(organisation=organisation, name=text.lower())
    return found.select_related("organisation", "owner", "parent", "subject").first()


def watching(organisation: Organisation) -> QuerySet[Domain]:
    """The names that are measured, by name."""
    ours = Domain.objects.filter(organisation=organisation, about__isnull=True)
    return ours.filter(state=DomainState.WATCHED).order_by("name")


def watched(organisation: Organisation) -> tuple[int, datetime | None]:
    """How many names are watched, and when one of them was measured last."""
    found = Domain.objects.filter(organisation=organisation, state=DomainState.WATCHED)
    sums = found.aggregate(many=Count("pk"), last=Max("seen_at"))
    return sums["many"], sums["last"]


def running(organisation: Organisation) -> list[Run]:
    """The runs that go on now or are paused, each with how many of its names are ``done``."""
    found = Run.objects.filter(organisation=organisation, state__in=(RunState.RUNNING, RunState.PAUSED))
    ended = Q(jobs__state__in=(JobState.DONE, JobState.FAILED))
    return list(found.annotate(done=Count("jobs", filter=ended)).order_by("started_at", "pk"))


def waits(domain: Domain) -> bool:
    """Whether the name stands in a run that has not measured it yet."""
    return Job.objects.filter(domain=domain, state__in=(JobState.WAITING, JobState.CLAIMED)).exists()
