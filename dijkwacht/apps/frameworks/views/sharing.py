"""Sharing a framework that we brought in with another organisation."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dijkwacht.apps.frameworks import forms, words
from dijkwacht.apps.frameworks.models import Framework
from dijkwacht.apps.frameworks.queries import frameworks as queries
from dijkwacht.apps.frameworks.services import sharing
from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.models import Share
from dijkwacht.apps.people.queries import organisation_named
from dijkwacht.apps.people.services import Refused
from dijkwacht.core.access import Right
from dijkwacht.web import clock


def share(request: HttpRequest, organisation: str, framework: int) -> HttpResponse:
    """With whom do we share this framework and its mappings, and until when?"""
    seat = organisation_or_404(request, organisation, Right.SHARE)
    found, today = queries.framework(seat.organisation, framework), clock.today(request)
    if found is None:
        raise Http404
    form = forms.ShareForm(request.POST if request.method == "POST" else None, initial={"valid_from": today})
    given = _share(request, seat, found, form)
    if given is not None:
        messages.success(request, _("This is now shared with %(name)s.") % {"name": given.recipient})
        return redirect("frameworks:framework", organisation=organisation, framework=framework)
    context = {
        "framework": found, "form": form, "protected": sharing.protected(found),
        "mapped": [words.ends_of(each, packs_on(today).norms) for each in queries.mappings_of(found)],
    }  # fmt: skip
    return render(request, "frameworks/share.html", {"seat": seat, **context})


def _share(request: HttpRequest, seat: Seat, found: Framework, form: forms.ShareForm) -> Share | None:
    """What was shared; None when the form must be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    data: dict[str, Any] = form.cleaned_data
    recipient = organisation_named(data["recipient"])
    if recipient is None:
        name = data["recipient"]
        form.add_error("recipient", _("There is no organisation with this name: %(name)s.") % {"name": name})
        return None
    period = {key: data[key] for key in ("tlp", "valid_from", "valid_to")}
    try:
        return sharing.share(found, recipient=recipient, by=seat.person, at=clock.now(request), **period)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
