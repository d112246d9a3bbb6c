"""Where documents came in and how that goes: sources, what failed, what was set aside."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from dijkwacht.apps.advisories.models import Document, DocumentState, Provider, Seen
from dijkwacht.apps.advisories.queries.visible import documents_of
from dijkwacht.apps.people.models import Organisation, Person


def sources_of(desk: Organisation) -> QuerySet[Provider]:
    """The sources of a desk by name, each with how many documents we have of it (``had``) and how many fail (``failing``)."""
    counted = Provider.objects.filter(organisation=desk).annotate(
        had=Count("seen", filter=Q(seen__had=True)), failing=Count("seen", filter=Q(seen__failures__gt=0))
    )
    return counted.order_by("name", "pk")


def failing_of(provider: Provider) -> QuerySet[Seen]:
    """The documents that could not be fetched at the last try, those that fail longest first."""
    return Seen.objects.filter(provider=provider, failures__gt=0).order_by("-failures", "pk")


@dataclass(frozen=True, slots=True)
class Aside:
    """Documents that were set aside, as far as somebody may see them; ``hidden``: how many more there are."""

    rows: QuerySet[Document]
    hidden: int


def aside_of(desk: Organisation, person: Person, *, settled: bool = False, source: int | None = None) -> Aside:
    """What still waits for a person, or what a person settled; newest first."""
    which = Q(settled_at__isnull=False) if settled else Q(state=DocumentState.ASIDE)
    which &= Q(provider=source) if source else Q()
    seen = documents_of(desk, person).filter(which)
    whole = Document.objects.filter(which, organisation=desk)
    return Aside(seen.select_related("provider", "settled_by").defer("packed"), whole.count() - seen.count())


def waiting_aside(desk: Organisation, person: Person) -> int:
    """How many documents wait for a person."""
    return documents_of(desk, person).filter(state=DocumentState.ASIDE).count()
