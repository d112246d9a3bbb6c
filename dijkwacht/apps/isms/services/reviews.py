"""The management review: prepared, minuted, and signed by who has the mandate. Its decisions are actions."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dijkwacht.apps.isms.models import Review
from dijkwacht.apps.isms.services.doing import Refused, doing
from dijkwacht.apps.people.models import Organisation, Person


def plan_review(organisation: Organisation, *, planned_on: date, person: Person, on: date, at: datetime) -> Review:
    """Sets the day of a review."""
    with doing(organisation, person=person, on=on, at=at) as deed:
        review = Review.objects.create(organisation=organisation, planned_on=planned_on)
        deed.write("review_planned", about="review", rows=[review], id=review.pk, planned_on=planned_on)
    return review


def minute_review(
    review: Review,
    *,
    present: str,
    minutes: Mapping[str, str],
    conclusion: str,
    figures: Mapping[str, Any],
    person: Person,
    on: date,
    at: datetime,
) -> Review:
    """Writes what was said per point, with the figures as they stood. Raises Refused (closed) once it is signed."""
    with doing(review.organisation, person=person, on=on, at=at) as deed:
        rows = Review.objects.filter(pk=review.pk, signed_on__isnull=True)
        changed = rows.update(
            present=present, minutes=dict(minutes), conclusion=conclusion, figures=dict(figures), prepared_on=on
        )
        if not changed:
            raise Refused("closed")
        review.refresh_from_db()
        deed.write(
            "review_minuted", about="review", rows=[review], id=review.pk, present=present, minutes=dict(minutes),
            conclusion=conclusion, figures=dict(figures),
        )  # fmt: skip
    return review


def sign_review(review: Review, *, person: Person, on: date, at: datetime) -> int:
    """Signs the review; returns how many verdicts turned. Raises Refused (closed, empty: there are no minutes)."""
    with doing(review.organisation, person=person, on=on, at=at) as deed:
        if review.prepared_on is None:
            raise Refused("empty")
        if not Review.objects.filter(pk=review.pk, signed_on__isnull=True).update(signed_on=on, signed_by=person):
            raise Refused("closed")
        review.refresh_from_db()
        deed.settle([deed.fact("review_held", on), deed.fact("board_reported", on)])
        numbers = sorted(review.actions.values_list("number", flat=True))
        told = {"id": review.pk, "conclusion": review.conclusion, "actions": numbers}
        deed.write("review_signed", about="review", rows=[review], **told)
    return len(deed.changes)
