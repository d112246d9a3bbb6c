"""What was found wrong in a joint review: found, confirmed by a second person, dropped, mended, accepted."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dijkwacht.apps.suppliers.forms.reviews import BecauseForm, FindingForm
from dijkwacht.apps.suppliers.services import judging
from dijkwacht.apps.suppliers.views.pages import press, sent, when
from dijkwacht.apps.suppliers.views.review_seat import finding_or_404, question_or_404
from dijkwacht.apps.suppliers.views.review_steps import page_of
from dijkwacht.web.context import address


def review_finding(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Records something wrong with an answer."""
    seat, question, _sight = question_or_404(request, organisation, pk, may="judges")
    form = FindingForm(sent(request))

    def deed() -> Any:
        found = judging.Found(**form.cleaned_data)
        return judging.raise_finding(question, found=found, organisation=seat.organisation, **when(request, seat))

    return page_of(
        request, seat, question.review, form, title=_("Something is wrong"), deed=deed,
        done=_("The finding is recorded. It counts when a second person confirms it."),
        back=address("suppliers:review_question", organisation=organisation, pk=str(pk)), submit=_("Record the finding"),
    )  # fmt: skip


@require_POST
def finding_press(request: HttpRequest, organisation: str, pk: int, step: str) -> HttpResponse:
    """A step with a finding that asks nothing: confirm it, or see that it is mended."""
    seat, found, _sight = finding_or_404(request, organisation, pk)
    verb, said = PRESSED[step]
    press(request, lambda: verb(found, organisation=seat.organisation, **when(request, seat)), str(said))
    return redirect("suppliers:review_question", organisation=organisation, pk=found.question_id)


def finding_because(request: HttpRequest, organisation: str, pk: int, step: str) -> HttpResponse:
    """A step with a finding that asks why: drop it, say that it is not mended, accept it."""
    seat, found, _sight = finding_or_404(request, organisation, pk)
    verb, title, said = ASKED[step]
    form = BecauseForm(sent(request))
    return page_of(
        request, seat, found.question.review, form, title=str(title),
        deed=lambda: verb(found, **form.cleaned_data, organisation=seat.organisation, **when(request, seat)), done=str(said),
        back=address("suppliers:review_question", organisation=organisation, pk=str(found.question_id)), answer=found.title,
    )  # fmt: skip


PRESSED: dict[str, tuple[Callable[..., Any], Any]] = {
    "confirm": (judging.confirm, gettext_lazy("The finding is confirmed: it counts, and the supplier sees it.")),
    "mended": (judging.see_mended, gettext_lazy("Recorded that it is mended.")),
}
ASKED: dict[str, tuple[Callable[..., Any], Any, Any]] = {
    "drop": (judging.drop, gettext_lazy("Drop this finding"), gettext_lazy("The finding is dropped.")),
    "not_mended": (
        judging.not_mended, gettext_lazy("It is not mended"),
        gettext_lazy("Recorded that it is not mended. The supplier sees why."),
    ),
    "accept": (judging.accept, gettext_lazy("It may stay so"), gettext_lazy("Recorded that it may stay so, and why.")),
}  # fmt: skip
