"""What of the public lists is here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from dijkwacht.apps.advisories.models import Enriched


@dataclass(frozen=True, slots=True)
class Held:
    """Of each list how many weaknesses on it are here. ``kev_on``: when the last one was added; ``epss_on``: of the scores."""

    kev: int
    kev_on: date | None
    epss: int
    epss_on: date | None
    ssvc: int


def held_lists() -> Held:
    """What is here now, in one pass."""
    found = Enriched.objects.aggregate(
        kev=Count("used_on"), kev_on=Max("used_on"), epss=Count("epss"), epss_on=Max("epss_on"),
        ssvc=Count("pk", filter=~Q(ssvc="")),
    )  # fmt: skip
    return Held(**found)
