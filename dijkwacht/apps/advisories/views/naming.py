"""Names that may be one, and those that somebody settled: for an organisation, and for a desk over all that it serves."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories.forms.naming import NamesForm
from dijkwacht.apps.advisories.models import Alias
from dijkwacht.apps.advisories.queries import proposals
from dijkwacht.apps.advisories.queries.names import waiting
from dijkwacht.apps.advisories.services import naming
from dijkwacht.apps.advisories.views.pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

PER_PAGE = 25


def _route(desk: bool, name: str) -> str:
    return f"advisories:desk_{name}" if desk else f"advisories:{name}"


@require_safe
def names(request: HttpRequest, organisation: str, desk: bool = False) -> HttpResponse:
    """Which names in the register may mean what advisories call otherwise?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE if desk else Right.SEE)
    at = clock.now(request)
    found = (proposals.for_desk if desk else proposals.for_organisation)(seat.organisation, seat.person, at=at)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "desk": desk, "answer": _answer(len(found)),
        "waits": _waits(seat),
        "aliases": proposals.confirmed(seat.organisation, on=clock.today(request)),
        "rejected": proposals.rejected(seat.organisation)[:50], "edits": desk or seat.may(Right.REGISTER),
        "routes": {name: _route(desk, name) for name in ("name_confirm", "name_reject", "name_end", "name_add")},
    }  # fmt: skip
    return render(request, "advisories/names.html", {"seat": seat, **context})


def _answer(number: int) -> str:
    if not number:
        return _("No name waits for you.")
    said = ngettext(
        "%(n)s name looks like one in an advisory. Is it the same product?",
        "%(n)s names look like one in an advisory. Are they the same product?",
        number,
    )
    return said % {"n": number}


def _waits(seat: Seat) -> str:
    """What is still to be matched anew by names that were confirmed or ended here; nothing when all is done."""
    registers, advisories = waiting(seat.organisation)
    if registers:
        said = ngettext("%(n)s register is being matched anew.", "%(n)s registers are being matched anew.", registers)
        return said % {"n": registers}
    if advisories:
        said = ngettext("%(n)s advisory is being matched anew.", "%(n)s advisories are being matched anew.", advisories)
        return said % {"n": advisories}
    return ""


def _said(seat: Seat, done: str, begun: str) -> str:
    """What to tell of a name that was confirmed or ended: that all follows from it, or that this still goes on."""
    waits = _waits(seat)
    return f"{begun} {waits}" if waits else done


def _confirmed(seat: Seat) -> str:
    return _said(seat, _("Confirmed. Advisories were matched with it."), _("Confirmed."))


def _editor(request: HttpRequest, organisation: str, desk: bool) -> Seat:
    return organisation_or_404(request, organisation, Right.TRIAGE if desk else Right.REGISTER)


def _told(request: HttpRequest) -> naming.Names:
    return {field: request.POST.get(field, "") for field in naming.FIELDS}


@require_POST
def name_confirm(request: HttpRequest, organisation: str, desk: bool = False) -> HttpResponse:
    """A person says that two names are one."""
    seat = _editor(request, organisation, desk)
    deed: dict[str, Any] = {"names": _told(request), **when(request, seat)}
    press(request, lambda: naming.confirm(seat.organisation, **deed), lambda: _confirmed(seat))
    return redirect(_route(desk, "names"), organisation=organisation)


@require_POST
def name_reject(request: HttpRequest, organisation: str, desk: bool = False) -> HttpResponse:
    """A person says that two names are not one."""
    seat = _editor(request, organisation, desk)
    deed: dict[str, Any] = {"names": _told(request), **when(request, seat)}
    press(request, lambda: naming.reject(seat.organisation, **deed), _("Recorded. You are not asked this again."))
    return redirect(_route(desk, "names"), organisation=organisation)


def name_add(request: HttpRequest, organisation: str, desk: bool = False) -> HttpResponse:
    """Two names that are one, filled in by hand; also for everything of a vendor."""
    seat = _editor(request, organisation, desk)
    start = {field: request.GET.get(field, "")[:300] for field in naming.FIELDS}
    form = NamesForm(sent(request), initial=start)
    if form.is_valid():
        deed: dict[str, Any] = {"names": form.cleaned_data, **when(request, seat)}
        if attempt(form, lambda: naming.confirm(seat.organisation, **deed)):
            messages.success(request, _confirmed(seat))
            return redirect(_route(desk, "names"), organisation=organisation)
    holds = _("It holds for the registers of all that you warn.") if desk else _("It holds for your own register.")
    return form_page(
        request, seat, form, title=_("Which names are one?"), eyebrow=_("Names"), answer=holds, submit=_("Confirm"),
        back=reverse(_route(desk, "names"), args=[organisation]),
    )  # fmt: skip


@require_POST
def name_end(request: HttpRequest, organisation: str, pk: int, desk: bool = False) -> HttpResponse:
    """A confirmed name is no longer taken for another."""
    seat = _editor(request, organisation, desk)
    found = Alias.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if found is None:
        raise Http404
    press(
        request, lambda: naming.end(found, **when(request, seat)),
        lambda: _said(seat, _("Ended. Advisories were matched again."), _("Ended.")),
    )  # fmt: skip
    return redirect(_route(desk, "names"), organisation=organisation)
