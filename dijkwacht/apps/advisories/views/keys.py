"""Keys for machines: who made which, and one made or ended."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories.forms.keys import KeyForm
from dijkwacht.apps.advisories.queries.own import keys_of
from dijkwacht.apps.advisories.services import keys as services
from dijkwacht.apps.advisories.views.pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right

FRESH = "advisories_key"


@never_cache
@require_safe
def listed(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which machines ask us for warnings, and on whose behalf?"""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    rows = list(keys_of(seat.organisation))
    working = sum(row.ended_at is None for row in rows)
    answer = (
        ngettext("One key works.", "%(n)d keys work.", working) % {"n": working} if working else _("No key works now.")
    )
    addresses = {
        name: request.build_absolute_uri(reverse(f"advisories:{name}", args=[organisation]))
        for name in ("api_warnings", "api_advisories")
        if seat.may(Right.SEE) or name == "api_advisories"
    }
    fresh = request.session.pop(FRESH, "")
    context = {"rows": rows, "answer": answer, "fresh": fresh, "addresses": addresses.values()}
    return render(request, "advisories/keys.html", {"seat": seat, **context})


def make(request: HttpRequest, organisation: str) -> HttpResponse:
    """Makes a key; it is shown once."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    form = KeyForm(sent(request))
    if form.is_valid():
        name = form.cleaned_data["name"]
        if key := attempt(form, lambda: services.make(seat.organisation, name=name, **when(request, seat))):
            request.session[FRESH] = key
            return redirect("advisories:keys", organisation=organisation)
    return form_page(
        request, seat, form, title=_("A key for a machine"), back=reverse("advisories:keys", args=[organisation]),
        submit=_("Make the key"), notes=[
            _("With it a system asks for warnings and advisories by itself, without a password of yours."),
            _("It sees what you see here, and no more. When your role here ends, the key no longer works."),
        ],
    )  # fmt: skip


@require_POST
def end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """A key that no longer works."""
    seat = organisation_or_404(request, organisation, Right.TRIAGE)
    row = keys_of(seat.organisation).select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise Http404
    press(
        request,
        lambda: services.end(row, **when(request, seat)),
        _("The key “%(name)s” no longer works.") % {"name": row.name},
    )
    return redirect("advisories:keys", organisation=organisation)
