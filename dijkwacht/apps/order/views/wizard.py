"""What may we do: questions in, lawful options out. Reads only; nothing is saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dijkwacht.apps.order.forms import WizardForm
from dijkwacht.apps.order.wizard_page import answered, apart
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """The wizard: by GET, so that it works without a script and its address holds the answers."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today = clock.today(request)
    form = WizardForm(request.GET or None, initial={"op": today})
    fine = form.is_valid()
    answers = form.answers if fine else {}
    on = (form.cleaned_data.get("op") if fine else None) or today
    page = answered(answers, on=on)
    query = request.GET.urlencode() if answers and seat.may(Right.ORDER) else ""
    shown: dict[str, Any] = {"apart": apart()}
    shown |= {"seat": seat, "form": form, "page": page, "on": on, "today": today, "answers": answers, "query": query}
    return render(request, "order/home.html", shown)


@require_safe
def not_built(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is not built here, and why."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return render(request, "order/not_built.html", {"seat": seat, "never": answered({}, on=clock.today(request)).never})
