"""The first lines of every page of a joint review: who is asking, is the review there for him, and may he do this."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.suppliers.models import Question, Review, ReviewFinding
from dijkwacht.apps.suppliers.queries.entitled import Sight, seen
from dijkwacht.core.access import Right
from dijkwacht.web import clock

Place = tuple[Seat, Review, Sight]


def review_or_404(request: HttpRequest, organisation: str, pk: int, *, may: str = "outcome") -> Place:
    """The seat, the review and what is seen of it. ``may``: the field of `Sight` that this page needs.

    Raises Http404 when the review is not there for who asks, PermissionDenied when he may not do this in it.
    """
    right = Right.SUPPLY if may in ("keeps", "judges") else Right.SEE
    seat = organisation_or_404(request, organisation, right)
    found = seen(pk, seat, on=clock.real_today())  # never the day of the time machine, as with roles
    if found is None:
        raise Http404
    review, sight = found
    if not getattr(sight, may):
        raise PermissionDenied
    return seat, review, sight


def question_or_404(request: HttpRequest, organisation: str, pk: int, *, may: str) -> tuple[Seat, Question, Sight]:
    """The same for a question of a review."""
    organisation_or_404(request, organisation, Right.SEE)
    question = Question.objects.filter(pk=pk).select_related("review").first()
    if question is None:
        raise Http404
    seat, _, sight = review_or_404(request, organisation, question.review_id, may=may)
    return seat, question, sight


def finding_or_404(
    request: HttpRequest, organisation: str, pk: int, *, may: str = "judges"
) -> tuple[Seat, ReviewFinding, Sight]:
    """The same for a finding."""
    organisation_or_404(request, organisation, Right.SEE)
    finding = ReviewFinding.objects.filter(pk=pk).select_related("question__review").first()
    if finding is None:
        raise Http404
    seat, _, sight = review_or_404(request, organisation, finding.question.review_id, may=may)
    return seat, finding, sight
