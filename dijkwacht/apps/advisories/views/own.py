"""Advisories and VEX of our own: the list, the form, and the page on which one is looked at and given out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories import own_rows, own_words
from dijkwacht.apps.advisories.forms.own import PARTS, BeginForm, GiveOutForm, OwnForm
from dijkwacht.apps.advisories.models import Own
from dijkwacht.apps.advisories.queries import own as queries
from dijkwacht.apps.advisories.queries.visible import warnings_of
from dijkwacht.apps.advisories.services import own as services
from dijkwacht.apps.advisories.services import own_from, providing
from dijkwacht.apps.advisories.views.pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.advisories.own_versions import Unclear, read_versions
from dijkwacht.web import clock


@require_safe
def listed(request: HttpRequest, organisation: str) -> HttpResponse:
    """What did we write ourselves, and what of it was given out?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    rows = own_rows.listed(seat.organisation)
    url = providing.address(seat.organisation)
    context = {"rows": rows, "answer": own_rows.list_sentence(rows), "url": url}
    return render(request, "advisories/own.html", {"seat": seat, **context})


def new(request: HttpRequest, organisation: str) -> HttpResponse:
    """Begins a document."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = BeginForm(sent(request))
    if form.is_valid():
        made = services.begin(seat.organisation, **form.cleaned_data, **when(request, seat))
        return redirect("advisories:own_edit", organisation=organisation, pk=made.pk)
    return form_page(
        request, seat, form, title=_("Write an advisory"), back=reverse("advisories:own", args=[organisation]),
        submit=_("Begin"), notes=[_("You write it in your own words; we make a CSAF document of it. Nothing is given out yet.")],
    )  # fmt: skip


def own_or_404(seat: Seat, pk: int) -> Own:
    """A document of our own, by number."""
    found = queries.own_of(seat.organisation).select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def edit(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The document as a form."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    own = own_or_404(seat, pk)
    more = request.GET.get("meer", "")
    form = OwnForm(sent(request), values=own.values, initial={"kind": own.kind, "tlp": own.tlp}, more=more)
    if form.is_valid():
        told = {"kind": form.main.cleaned_data["kind"], "tlp": form.main.cleaned_data["tlp"], "values": form.values()}
        if press(request, lambda: services.save(own, **told, **when(request, seat)), _("Kept. Nothing was given out.")):
            return _further(request, organisation, pk)
    wrong = own_rows.errors(form)
    context = {"own": own, "form": form.main, "parts": own_rows.parts(form), "rows": wrong, "total": len(wrong)}
    return render(request, "advisories/own_edit.html", {"seat": seat, **context})


def _further(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Where the button that was pressed leads: a row more, the check, or back to the form."""
    url = reverse("advisories:own_edit", args=[organisation, pk])
    if (part := request.POST.get("more", "")) in PARTS:
        return redirect(f"{url}?meer={part}#{part}")
    return (
        redirect("advisories:own_check", organisation=organisation, pk=pk) if "check" in request.POST else redirect(url)
    )


@require_safe
def reading(request: HttpRequest, organisation: str) -> HttpResponse:
    """How a text about versions is understood; for the form, while somebody types."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    text = next((str(value) for name, value in request.GET.items() if name.endswith("versions")), "")
    try:
        said, sure = own_words.versions_sentence(read_versions(text)), True
    except Unclear as error:
        said, sure = own_words.unclear_sentence(error), False
    return render(request, "advisories/own_reading.html", {"seat": seat, "said": said, "sure": sure})


def check(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Is this right, whom does it touch, and may it go out?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    own, at = own_or_404(seat, pk), clock.now(request)
    first = "" if own.version else _("First version.")
    form = GiveOutForm(sent(request), initial={"seen": queries.stamp(own), "summary": first})
    if form.is_valid() and attempt(form, lambda: services.give_out(own, **form.cleaned_data, **when(request, seat))):
        messages.success(request, _("Given out. It now stands among the advisories of your desk."))
        return redirect("advisories:own", organisation=organisation)
    made = services.preview(own, at=at)
    reached = queries.touched_by(seat.organisation, made.content, at=at)
    context = {
        "own": own, "form": form, "made": made, "problems": own_rows.problems(made), "document": own_rows.shown(own),
        "reached": reached, "reach": own_rows.reach_sentence(reached), "raw": made.data.decode(),
        "next": own.version + 1, "history": own.releases.select_related("by", "document"),
    }  # fmt: skip
    return render(request, "advisories/own_check.html", {"seat": seat, **context})


@require_POST
def drop(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Throws a draft away."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    own = own_or_404(seat, pk)
    press(request, lambda: services.drop(own, **when(request, seat)), _("The draft was thrown away."))
    return redirect("advisories:own", organisation=organisation)


@require_POST
def from_warning(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Begins a VEX with what the organisation said of a warning: which products are not affected, and why."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    warning = (
        warnings_of(seat.organisation, seat.person).select_related("advisory", "organisation").filter(pk=pk).first()
    )
    if warning is None:
        raise Http404
    said = _("Filled in with what you said of the warning. Look at it before you give it out.")
    made: list[Own] = []
    if press(request, lambda: made.append(own_from.begin_from(warning, **when(request, seat))), said):
        return redirect("advisories:own_edit", organisation=organisation, pk=made[0].pk)
    return redirect("advisories:own", organisation=organisation)
