"""Who is touched by an advisory and was not told of it."""

from django.db.models import Exists, OuterRef, QuerySet

from dijkwacht.apps.advisories.models import Concern, Warned


def untold() -> QuerySet[Concern]:
    """The organisations that an advisory touches and that nobody told of that very document: not its desk, nor another."""
    told = Warned.objects.filter(
        organisation=OuterRef("organisation"), advisory__publisher=OuterRef("advisory__publisher"),
        advisory__number=OuterRef("advisory__number"),
    )  # fmt: skip
    return Concern.objects.filter(~Exists(told))
