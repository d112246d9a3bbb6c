"""What a CSIRT measures on its own basis, per organisation whose names these are; and what it told them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from dijkwacht.apps.people.models import Organisation, OrganisationKind
from dijkwacht.apps.perimeter.models import Consent, ConsentKind, Domain, DomainState, Issue, IssueState, Notice


@dataclass(frozen=True, slots=True)
class Watched:
    """An organisation of which the CSIRT measures names: how many, how many things are wrong, and when it was last measured."""

    organisation: Organisation
    names: int
    wrong: int
    seen_at: datetime | None


def watched(csirt: Organisation) -> list[Watched]:
    """Those of which names are watched, most wrong first."""
    rows = Domain.objects.filter(organisation=csirt, about__isnull=False, state=DomainState.WATCHED)
    sums = rows.order_by().values("about").annotate(names=Count("pk"), seen=Max("seen_at"))
    counts = {row["about"]: (row["names"], row["seen"]) for row in sums}
    wrong: Mapping[int, int] = dict(
        open_issues(csirt).filter(word="failed").order_by().values_list("domain__about").annotate(n=Count("pk"))
    )
    found = [
        Watched(each, counts[each.pk][0], wrong.get(each.pk, 0), counts[each.pk][1])
        for each in Organisation.objects.filter(pk__in=counts)
    ]
    return sorted(found, key=lambda each: (-each.wrong, each.organisation.name))


def open_issues(csirt: Organisation, *, about: Organisation | None = None) -> QuerySet[Issue]:
    """What is wrong at names of others; of one organisation if given."""
    rows = Issue.objects.filter(organisation=csirt, state=IssueState.OPEN, domain__about__isnull=False)
    rows = rows.filter(domain__about=about) if about is not None else rows
    return rows.select_related("domain__about", "organisation").order_by("domain__name", "area", "check_id")


def names(csirt: Organisation, *, about: Organisation) -> QuerySet[Domain]:
    """The names of one organisation that the CSIRT measures."""
    wrong = Count("issues", filter=Q(issues__state=IssueState.OPEN, issues__word="failed"))
    return Domain.objects.filter(organisation=csirt, about=about).annotate(wrong=wrong).order_by("name")


def whose(csirt: Organisation, slug: str) -> Organisation | None:
    """An organisation of which this CSIRT holds names; None for any other."""
    if "\0" in slug:
        return None
    held = Domain.objects.filter(organisation=csirt, about__isnull=False).values("about")
    return Organisation.objects.filter(pk__in=held, slug=slug).first()


def can_be_watched(csirt: Organisation) -> QuerySet[Organisation]:
    """Those whose names a CSIRT may take up: municipalities and what they run together."""
    kinds = (OrganisationKind.MUNICIPALITY, OrganisationKind.JOINT_ARRANGEMENT)
    return Organisation.objects.filter(kind__in=kinds).exclude(pk=csirt.pk).order_by("name")


def bases(csirt: Organisation) -> QuerySet[Consent]:
    """The legal bases that were recorded and not taken back, the newest first."""
    return Consent.objects.filter(organisation=csirt, kind=ConsentKind.CSIRT, revoked_at__isnull=True)


def told(csirt: Organisation, *, about: Organisation) -> list[Notice]:
    """What was told to one organisation, the newest first."""
    rows = Notice.objects.filter(sender=csirt, organisation=about)
    return list(rows.select_related("sent_by", "noted_by").order_by("-at", "-pk"))


def unread(organisation: Organisation) -> list[Notice]:
    """What CSIRTs told this organisation and nobody took note of."""
    rows = Notice.objects.filter(organisation=organisation, noted_at__isnull=True)
    return list(rows.select_related("sender").order_by("-at", "-pk"))
