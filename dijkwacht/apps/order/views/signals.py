"""Signals: the log, one of them, and what the data protection officer says of it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger.deed_pages import sent, when
from dijkwacht.apps.order import forms
from dijkwacht.apps.order.models import Signal
from dijkwacht.apps.order.queries import files as queries
from dijkwacht.apps.order.services import signals as services
from dijkwacht.apps.order.services.doing import Refused
from dijkwacht.apps.order.views.pages import attempt, form_page, own_or_404, press, seat_for_signals
from dijkwacht.apps.order.words import leads_words, refusal
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

USUAL = timedelta(days=14)


def _rows(found: Iterable[Signal], *, on: date) -> list[tuple[Signal, str, bool]]:
    """Each signal, what in it may lead to a person, and whether its text is hidden."""
    return [(each, leads_words(each.leads), services.is_hidden(each, on=on)) for each in found]


@require_safe
def signals(request: HttpRequest, organisation: str) -> HttpResponse:
    """All signals, what was erased too."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    rows = _rows(queries.signals(seat.organisation), on=clock.today(request))
    return render(request, "order/signals.html", {"seat": seat, "rows": rows, "checks": False})


@require_safe
def checks(request: HttpRequest, organisation: str) -> HttpResponse:
    """What waits for the data protection officer."""
    seat = organisation_or_404(request, organisation, Right.PRIVACY)
    rows = _rows(queries.to_check(seat.organisation), on=clock.today(request))
    return render(request, "order/signals.html", {"seat": seat, "rows": rows, "checks": True})


def signal_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Logs a signal; warns when something in it may lead to a person."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    warned = bool(request.POST.get("warned"))
    form = forms.SignalForm(sent(request), initial={"keep_until": clock.today(request) + USUAL}, warned=warned)
    if form.is_valid():
        data = dict(form.cleaned_data)
        confirmed = data.pop("confirmed")
        try:
            made = services.keep(
                seat.organisation, said=services.Said(**data), confirmed=confirmed, **when(request, seat)
            )
        except Refused as error:
            warned = warned or error.code == "persons"
            form = forms.SignalForm(request.POST, warned=warned)
            form.add_error(error.params.get("field"), refusal(error))
        else:
            messages.success(request, _("The signal was logged and waits for the data protection officer."))
            return redirect("order:signal", seat.organisation.slug, made.pk)
    back = reverse("order:signals", args=[seat.organisation.slug])
    return form_page(request, seat, form, title=_("Log a signal"), back=back, warned=warned)


@require_safe
def signal(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """One signal; of an erased one that it was there."""
    seat = seat_for_signals(request, organisation)
    row = own_or_404(seat, Signal, pk)
    hidden = services.is_hidden(row, on=clock.today(request))
    shown = {"seat": seat, "signal": row, "leads": leads_words(row.leads), "hidden": hidden}
    return render(request, "order/signal.html", shown)


def check(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The tick or the objection."""
    seat = organisation_or_404(request, organisation, Right.PRIVACY)
    row = own_or_404(seat, Signal, pk)
    form = forms.CheckForm(sent(request))
    back = reverse("order:signal", args=[seat.organisation.slug, row.pk])
    if form.is_valid():
        deed = {"agreed": form.cleaned_data["agreed"] == "yes", "advice": form.cleaned_data["advice"]}
        if attempt(form, lambda: services.check(row, **deed, **when(request, seat))):
            messages.success(request, _("Your judgement was recorded."))
            return redirect(back)
    return form_page(request, seat, form, title=_("Judge this signal"), back=back, eyebrow=row.name)


@require_POST
def erase(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Erases a signal before its last day."""
    seat = organisation_or_404(request, organisation, Right.ORDER)
    row = own_or_404(seat, Signal, pk)
    press(request, lambda: services.erase(row, **when(request, seat)), _("The text was erased."))
    return redirect("order:signal", seat.organisation.slug, row.pk)
