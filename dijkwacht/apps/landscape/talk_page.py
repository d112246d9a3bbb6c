"""A discussion on a page: what was said, who takes it up, what was decided, and where one goes on with it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from dijkwacht.apps.landscape.cells_page import standing
from dijkwacht.apps.landscape.models import Topic
from dijkwacht.apps.landscape.queries.talk import topics
from dijkwacht.apps.people.access import Seat


@dataclass(frozen=True, slots=True)
class Talk:
    """All discussions about one thing, the newest first; ``standing``: none, open, late or decided."""

    topics: list[Topic]
    standing: str
    say_url: str
    assign_url: str
    decide_url: str


def talk_of(seat: Seat, about: str, *, on: date) -> Talk:
    """The discussions about a cell or a finding."""
    rows = topics(seat.organisation, about)
    urls = [reverse(f"landscape:{name}", args=[seat.organisation.slug, about]) for name in ("say", "assign", "decide")]
    return Talk(rows, standing(rows[0] if rows else None, on=on), *urls)
