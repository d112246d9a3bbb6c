"""What the covenant asks to be accounted for: the page of all, one account, those that were made, and what is assumed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.exercises.queries.sessions import lesson
from dijkwacht.apps.landscape.accounts import ACCOUNTS, OF_OFFICE, account, rows
from dijkwacht.apps.landscape.forms import covenant as forms
from dijkwacht.apps.landscape.models import Assumption, Paper
from dijkwacht.apps.landscape.queries import covenant as queries
from dijkwacht.apps.landscape.services import covenant as services
from dijkwacht.apps.landscape.services import initiatives
from dijkwacht.apps.landscape.services.doing import Refused
from dijkwacht.apps.landscape.views.needs import FORM
from dijkwacht.apps.landscape.words import covenant as say
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.covenant.papers import account_of, changed
from dijkwacht.web import clock


@require_safe
def covenant(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is asked of the covenant, by whom and when; and how does it stand?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.stand(seat.organisation, on=clock.today(request))
    made: dict[str, Paper] = {}
    for row in queries.papers(seat.organisation):
        made.setdefault(row.product, row)
    products = [
        (
            each,
            _may(seat, each.id),
            made.get(each.id),
            reverse("landscape:covenant_account", args=[organisation, each.id]),
        )
        for each in found.pack.products
    ]
    context = {
        "pack": found.pack, "answer": say.hub_answer(found), "products": products, "challenges": rows.challenges(found),
        "agreed": rows.agreed(found),
    }  # fmt: skip
    return render(request, "landscape/covenant.html", {"seat": seat, **context})


@require_safe
def product(request: HttpRequest, organisation: str, product: str) -> HttpResponse:
    """What does this account say on a day?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    _known_or_refused(seat, product)
    on = _asked(request)
    made = [row for row in queries.papers(seat.organisation) if row.product == product]
    context: dict[str, Any] = {
        "account": account(seat.organisation, product, on=on), "on": on, "form": forms.DayForm(initial={"on": on}), "made": made,
        "makes": _makes(seat, product) and on <= clock.today(request), "office": product in OF_OFFICE,
        "assumes": product == "investment" and seat.may(Right.STEER),
    }  # fmt: skip
    return render(request, "landscape/covenant_account.html", {"seat": seat, **context})


@require_POST
def make(request: HttpRequest, organisation: str, product: str) -> HttpResponse:
    """Keeps an account as it is."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    _known_or_refused(seat, product)
    on = _asked(request)
    try:
        made = services.make(seat.organisation, product=product, on=on, **when(request, seat))
    except Refused as error:
        messages.error(request, say.refusal(error))
        return redirect("landscape:covenant_account", organisation=organisation, product=product)
    messages.success(request, _("Made: this is what it says, and it stays so."))
    return redirect("landscape:covenant_paper", organisation=organisation, pk=made.pk)


@require_safe
def paper(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What did this account say when it was made, and what says something else now?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = paper_or_404(seat, pk)
    was = account_of(row.content)
    files = [
        (form.upper(), reverse("landscape:covenant_file", args=[organisation, pk, form])) for form in services.TYPES
    ]  # fmt: skip
    context = {"paper": row, "account": was, "files": files, "changed": _changed(seat, row)}
    return render(request, "landscape/covenant_paper.html", {"seat": seat, **context})


@require_safe
def file(request: HttpRequest, organisation: str, pk: int, form: str) -> HttpResponse:
    """An account that was made, as a file."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    row = paper_or_404(seat, pk)
    if form not in services.TYPES:
        raise Http404
    found = services.file_of(row, form)
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return answer


def assume(request: HttpRequest, organisation: str) -> HttpResponse:
    """Says what the investment agenda assumes."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = Assumption.objects.filter(organisation=seat.organisation).first()
    form = forms.AssumptionForm(sent(request), initial=forms.assumed(row, queries.YEARS))
    if form.is_valid() and attempt(
        form, lambda: initiatives.assume(seat.organisation, **form.told(), **when(request, seat)), say.refusal
    ):
        messages.success(request, _("Recorded: this is what is assumed now."))
        return redirect("landscape:covenant_account", organisation=organisation, product="investment")
    back = reverse("landscape:covenant_account", args=[organisation, "investment"])
    notes = [_("Costs and hours stand with each need, and how many municipalities feel it follows from their voices.")]
    return form_page(
        request, seat, form, template=FORM, title=_("What does the agenda assume?"), back=back, notes=notes
    )  # fmt: skip


@require_POST
def take_over(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes a lesson of an exercise over as a need."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = lesson(seat.organisation, pk)
    if row is None:
        raise Http404
    said = _("Recorded: the lesson stands in the register of needs.")
    press(request, lambda: services.take_over(seat.organisation, lesson=row, **when(request, seat)), said, say.refusal)
    return redirect("landscape:needs", organisation=organisation)


def paper_or_404(seat: Seat, pk: int) -> Paper:
    """An account that was made here. Raises Http404."""
    row = queries.paper(seat.organisation, pk)
    if row is None:
        raise Http404
    return row


def _may(seat: Seat, product: str) -> bool:
    return product not in OF_OFFICE or seat.may(Right.ORDER)


def _makes(seat: Seat, product: str) -> bool:
    return seat.may(Right.STEER) and _may(seat, product)


def _known_or_refused(seat: Seat, product: str) -> None:
    """Raises Http404 for an account that is not there; PermissionDenied for one that tells of decisions on public order."""
    if product not in ACCOUNTS:
        raise Http404
    if not _may(seat, product):
        raise PermissionDenied


def _asked(request: HttpRequest) -> date:
    """The day that was asked for, else today; what is no day is today too."""
    form = forms.DayForm(request.POST if request.method == "POST" else request.GET)
    found = form.cleaned_data.get("on") if form.is_valid() else None
    return found or clock.today(request)


def _changed(seat: Seat, row: Paper) -> list[str]:
    """The parts that say something else when the account of that day is made now, by their names as they were made."""
    if not _may(seat, row.product):
        return []
    now = services.now(seat.organisation, row)
    return [*changed(account_of(row.content), now)]
