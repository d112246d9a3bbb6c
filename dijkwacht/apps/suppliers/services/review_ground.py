"""What every verb of a joint review begins with: the review as it is now, the phase in which it may be, who may look at it.

Everything that happens in a review stands in the trail of who keeps it, whoever does it. Its lock lets one at a time through:
whoever comes second sees what the first did.
"""

import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from dijkwacht.apps.people.models import Organisation, Person
from dijkwacht.apps.suppliers.models import Question, Review, ReviewPhase
from dijkwacht.apps.suppliers.queries.entitled import Stand, stand_of
from dijkwacht.apps.suppliers.queries.review_people import spoke_for
from dijkwacht.apps.suppliers.services.doing import Deed, Refused, doing
from dijkwacht.core.suppliers.review import NEXT, Phase

RUNNING = (ReviewPhase.DRAFT, ReviewPhase.ANSWERING, ReviewPhase.JUDGING)
LONG = 20_000
_TURNS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What makes a text look otherwise than it is: in a name it would turn the words that stand after it too."""


@contextmanager
def in_review(
    review: Review, *, person: Person | None, at: datetime, phases: Collection[str] = (), actor: str = ""
) -> Iterator[tuple[Deed, Review]]:
    """Begins a deed about a review. Gives the review as it is under the lock. Raises Refused (review_phase)."""
    with doing(review.organisation, person=person, at=at, actor=actor) as deed:
        now = Review.objects.select_related("organisation", "portal", "subject").get(pk=review.pk)
        if phases and now.phase not in phases:
            raise Refused("review_phase", phase=now.get_phase_display())
        yield deed, now


def about(review: Review) -> str:
    """How the trail names a review."""
    return f"joint_review:{review.pk}"


def must_review(review: Review, *, organisation: Organisation, person: Person | None, on: date) -> None:
    """Holds that somebody may judge: for who keeps the review or reviews along, and not one of the supplier's own people.
    Who answered for it or replied to a finding stays one, wherever he works since.

    Raises Refused: not_reviewing, own_answer.
    """
    if stand_of(review, organisation, on=on) not in (Stand.HOLDER, Stand.REVIEWER):
        raise Refused("not_reviewing")
    if person is None or person.pk in spoke_for(review, on=on):
        raise Refused("own_answer")


def question_now(question: Question) -> Question:
    """A question as it is under the lock. Raises Refused (left_out) when it is not asked any more."""
    now = Question.objects.select_related("review").get(pk=question.pk)
    if now.left_out_because:
        raise Refused("left_out")
    return now


def words(text: str, *, field: str, most: int = LONG) -> str:
    """A text that may not be empty. Raises Refused: empty, too_long."""
    clean = text.replace("\0", "").strip()
    if not clean:
        raise Refused("empty", field=field)
    if len(clean) > most:
        raise Refused("too_long", field=field)
    return clean


def line(text: str, *, field: str, most: int) -> str:
    """A name, see `one_line`, that may not be empty. Raises Refused: empty, too_long."""
    return words(one_line(text), field=field, most=most)


def one_line(text: str) -> str:
    """A text of one line, without what cannot be seen or turns other words around."""
    kept = (" " if each.isspace() else each for each in text if each not in _TURNS)
    return " ".join("".join(each for each in kept if unicodedata.category(each) not in ("Cc", "Cs")).split())


def move(review: Review, to: Phase) -> None:
    """Puts a review in another phase, if one may come there from where it is. Raises Refused (review_phase)."""
    if to not in NEXT[Phase(review.phase)]:
        raise Refused("review_phase", phase=review.get_phase_display())
    review.phase = to.value
