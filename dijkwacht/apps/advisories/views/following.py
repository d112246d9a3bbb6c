"""What an organisation follows, whatever its register says."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories.forms.naming import FollowForm
from dijkwacht.apps.advisories.models import Subscription
from dijkwacht.apps.advisories.queries.followed import catches
from dijkwacht.apps.advisories.services import following as services
from dijkwacht.apps.advisories.views.pages import attempt, form_page, press, sent, when
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def following(request: HttpRequest, organisation: str) -> HttpResponse:
    """What do we follow, and what does it catch now?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = catches(seat.organisation, seat.person, at=clock.now(request))
    number = len(rows)
    answer = ngettext("You follow %(n)s supplier or subject.", "You follow %(n)s suppliers or subjects.", number)
    nothing = _("You follow nothing: you hear only of what is in your register.")
    context = {"rows": rows, "answer": answer % {"n": number} if number else nothing, "edits": seat.may(Right.REGISTER)}
    return render(request, "advisories/following.html", {"seat": seat, **context})


def follow_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Follows a vendor or words from now on."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    form = FollowForm(sent(request))
    if form.is_valid():
        deed: dict[str, Any] = {**form.cleaned_data, **when(request, seat)}
        if attempt(form, lambda: services.follow(seat.organisation, **deed)):
            messages.success(request, _("You follow this from now on."))
            return redirect("advisories:following", organisation=organisation)
    return form_page(
        request, seat, form, title=_("Follow something"), eyebrow=_("What we follow"), submit=_("Follow"),
        back=reverse("advisories:following", args=[organisation]),
        answer=_("For what is not in your register, or not by its own name. What is caught is to be looked at."),
    )  # fmt: skip


@require_POST
def follow_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """No longer follows it."""
    seat = organisation_or_404(request, organisation, Right.REGISTER)
    found = Subscription.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if found is None:
        raise Http404
    press(request, lambda: services.unfollow(found, **when(request, seat)), _("You no longer follow this."))
    return redirect("advisories:following", organisation=organisation)
