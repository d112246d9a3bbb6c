"""What is discussed, by what it is about."""

from dijkwacht.apps.landscape.models import Topic
from dijkwacht.apps.landscape.queries.cells import base_of, landscape_of
from dijkwacht.apps.people.models import Organisation
from dijkwacht.core.landscape.about import name_of


def topics(organisation: Organisation, about: str) -> list[Topic]:
    """Every discussion about one thing with what was said, the newest first."""
    rows = Topic.objects.filter(organisation=organisation, about=about)
    return list(rows.select_related("owner", "opened_by", "decided_by").prefetch_related("comments__by"))


def open_topic(organisation: Organisation, about: str) -> Topic | None:
    """The one that runs, if any."""
    return Topic.objects.filter(organisation=organisation, about=about, decided_on__isnull=True).first()


def last_by_about(organisation: Organisation) -> dict[str, Topic]:
    """The newest discussion about each thing."""
    rows = Topic.objects.filter(organisation=organisation).select_related("owner").order_by("pk")
    return {each.about: each for each in rows}


def subject(organisation: Organisation, about: str, language: str) -> str | None:
    """What something is called that can be discussed here, also a cell that is hidden here; None: there is no such thing."""
    return name_of(landscape_of(organisation), about, language) or name_of(base_of(organisation), about, language)
