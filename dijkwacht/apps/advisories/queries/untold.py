"""Who is touched by an advisory and was not told of it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from dijkwacht.apps.advisories.models import Concern, Warned, WarningState


def untold() -> QuerySet[Concern]:
    """The organisations that an advisory touches and that nobody told of that very document: not its desk, nor another whose
    warning still holds."""
    told = Warned.objects.filter(
        holds_for(OuterRef("advisory")), organisation=OuterRef("organisation"),
        advisory__publisher=OuterRef("advisory__publisher"), advisory__number=OuterRef("advisory__number"),
    )  # fmt: skip
    return Concern.objects.filter(~Exists(told))


def holds_for(advisory: object) -> Q:
    """The condition that a warning about a document keeps it from being told out of this advisory: it is of that itself, or did
    not lapse, as it does when its own desk no longer warns."""
    return Q(advisory=advisory) | ~Q(state=WarningState.LAPSED)
