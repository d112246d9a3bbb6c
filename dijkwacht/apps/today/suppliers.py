"""What suppliers ask: proof that ends, late findings, contracts to give notice on, what was agreed and not looked at, joint
reviews to work on, collective services in which we are said to take part."""

from dataclasses import dataclass
from datetime import date, timedelta

from dijkwacht.apps.people.access import Seat
from dijkwacht.apps.people.models import OrganisationKind
from dijkwacht.apps.suppliers.models import Membership, Review, ReviewPhase
from dijkwacht.apps.suppliers.queries import asked, collectives, reviews, tenders
from dijkwacht.apps.suppliers.queries.proofs import DueSoon, due_soon
from dijkwacht.apps.suppliers.review_words import need_words
from dijkwacht.core.access import Right

WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Needed:
    """A joint review with what is to be done in it first, in words, and before when."""

    review: Review
    text: str
    due: date | None


def suppliers(seat: Seat, *, on: date) -> DueSoon:
    """What presses at suppliers; nothing for who does not keep their register."""
    if not seat.may(Right.SUPPLY):
        return DueSoon()
    return due_soon(seat.organisation, on=on, within=WITHIN)


def joint_reviews(seat: Seat, *, on: date) -> list[Needed]:
    """Joint reviews in which this person has something to do, each with the first of it."""
    rows = [row for row in reviews.listed(seat, on=on) if row.needs] if seat.may(Right.SUPPLY) else []
    return [Needed(row.review, need_words(row.needs[0]), row.needs[0].due) for row in rows]


def agreed_late(seat: Seat, *, on: date) -> int:
    """How many agreed requirements should have been looked at by now, for who keeps the register of suppliers."""
    return tenders.late_of(seat.organisation, on=on) if seat.may(Right.SUPPLY) else 0


def to_confirm(seat: Seat, *, on: date) -> list[Membership]:
    """Collective services of which the holder says that we take part, and nobody of us said so yet."""
    if not seat.may(Right.SUPPLY):
        return []
    return list(collectives.memberships(seat.organisation, on=on).filter(confirmed_at__isnull=True))


def asked_of_us(seat: Seat) -> list[asked.Asked]:
    """Of a supplier: reviews of its services that wait for its answers."""
    if seat.organisation.kind != OrganisationKind.SUPPLIER or not seat.may(Right.ANSWER):
        return []
    return [row for row in asked.reviews_of(seat.organisation) if row.review.phase == ReviewPhase.ANSWERING]
