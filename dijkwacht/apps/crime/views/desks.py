"""Desks of our own with when they were tried, and whether the helper has a page for anybody."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.crime import words
from dijkwacht.apps.crime.forms import help as forms
from dijkwacht.apps.crime.models.help import Desk
from dijkwacht.apps.crime.queries import desks as queries
from dijkwacht.apps.crime.services import desks as services
from dijkwacht.apps.ledger.deed_pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.crime_packs import crime_packs
from dijkwacht.web import clock

FORM = "crime/plan_form.html"


@require_safe
def desks(request: HttpRequest, organisation: str) -> HttpResponse:
    """How are the desks reached here, and does it still hold? All of them: for on paper at the counter."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    local, pack = queries.desks(seat.organisation, on=clock.today(request)), crime_packs().referral
    rows = [(each, local.get(name, [])) for name, each in pack.points.items()]
    context = {
        "rows": rows, "pack": pack, "steers": seat.may(Right.STEER), "answer": _answer(local.values()),
        "on": clock.today(request),
    }  # fmt: skip
    return render(request, "crime/desks.html", {"seat": seat, **context})


def desk_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds a desk."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    form = forms.DeskForm(sent(request), initial={"point": request.GET.get("loket", "")})
    if form.is_valid() and attempt(
        form, lambda: services.add(seat.organisation, told=form.told(), **when(request, seat)), words.refusal
    ):
        messages.success(request, _("Recorded: the desk is told of from now on."))
        return redirect("crime:desks", organisation)
    return _form(request, seat, form, _("Add a desk"))


def desk_change(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes how a desk is reached now."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    form = forms.DeskForm(sent(request), initial=forms.shown_desk(row))
    if form.is_valid() and attempt(
        form, lambda: services.change(row, told=form.told(), **when(request, seat)), words.refusal
    ):
        messages.success(request, _("Recorded: this is how it is reached now."))
        return redirect("crime:desks", organisation)
    return _form(request, seat, form, row.name)


@require_POST
def desk_check(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Somebody tried it today, and it is right."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row = own_or_404(seat, pk)
    press(request, lambda: services.check(row, **when(request, seat)), _("Recorded: tried today."), words.refusal)
    return redirect("crime:desks", organisation)


@require_POST
def desk_remove(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """From now on nobody is told of it."""
    seat = organisation_or_404(request, organisation, Right.STEER)
    row, said = own_or_404(seat, pk), _("Recorded: nobody is told of this desk any more.")
    press(request, lambda: services.remove(row, **when(request, seat)), said, words.refusal)
    return redirect("crime:desks", organisation)


def help_page(request: HttpRequest, organisation: str) -> HttpResponse:
    """Do we give the helper to anybody, without signing in?"""
    seat = organisation_or_404(request, organisation, Right.STEER)
    if request.method == "POST":
        opens = request.POST.get("show") == "yes"
        deed = services.open_page if opens else services.close_page
        said = _("The page is open.") if opens else _("The page is closed.")
        press(request, lambda: deed(seat.organisation, **when(request, seat)), said, words.refusal)
        return redirect("crime:help_page", organisation)
    page = queries.page(seat.organisation)
    local = queries.desks(seat.organisation, on=clock.today(request))
    url = request.build_absolute_uri(reverse("crime:public_referral", args=(organisation,)))
    answer = _("Anybody can use it.") if page else _("Nobody outside can use it.")
    context = {"open": page, "url": url, "answer": answer, "any": bool(local), "stale": _stale(local.values())}
    return render(request, "crime/referral_choice.html", {"seat": seat, **context})


def own_or_404(seat: Seat, pk: int) -> Desk:
    """A desk of this organisation that is told of. Raises Http404."""
    found = Desk.objects.filter(organisation=seat.organisation, pk=pk, removed_at__isnull=True)
    row = found.select_related("organisation").first()
    if row is None:
        raise Http404
    return row


def _form(request: HttpRequest, seat: Seat, form: forms.DeskForm, title: str) -> HttpResponse:
    back = reverse("crime:desks", args=[seat.organisation.slug])
    notes = [_("Call it first: with saving you say that you tried it today.")]
    return form_page(request, seat, form, template=FORM, title=title, back=back, notes=notes)


def _stale(local: Iterable[list[queries.Seen]]) -> int:
    return sum(each.stale for found in local for each in found)


def _answer(local: Iterable[list[queries.Seen]]) -> str:
    rows = list(local)
    if not rows:
        return _("No desk of your own stands here yet. Victims now only hear of desks of the whole country.")
    old = _stale(rows)
    if not old:
        return _("All desks were tried lately.")
    return ngettext("%(n)s desk was not tried lately.", "%(n)s desks were not tried lately.", old) % {"n": old}
