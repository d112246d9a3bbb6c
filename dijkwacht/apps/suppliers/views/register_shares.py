"""With whom we share the register of suppliers, and who shares theirs with us."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.people import services as people
from dijkwacht.apps.people.access import organisation_or_404
from dijkwacht.apps.people.choices import given
from dijkwacht.apps.people.models import Share, ShareKind
from dijkwacht.apps.people.queries import shares_from
from dijkwacht.apps.suppliers import dependence_words as say
from dijkwacht.apps.suppliers.forms.dependence import ShareForm
from dijkwacht.apps.suppliers.queries import scope
from dijkwacht.apps.suppliers.services import sharing
from dijkwacht.apps.suppliers.views.pages import attempt, form_page, sent, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def shares(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who sees our register of suppliers, and whose do we see?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    on = clock.real_today()
    ours = [given(each, on) for each in shares_from(seat.organisation).filter(kind=ShareKind.SUPPLIERS)]
    theirs = scope.running(seat.organisation, on=on)
    running = [each for each in ours if each.share.revoked_at is None]
    context = {
        "ours": ours,
        "theirs": theirs,
        "answer": say.shares_answer(running, theirs),
        "changes": seat.may(Right.SHARE),
    }
    return render(request, "suppliers/share.html", {"seat": seat, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def share_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Shares the register with another organisation."""
    seat = organisation_or_404(request, organisation, Right.SHARE)
    form = ShareForm(sent(request), initial={"valid_from": clock.real_today()})
    back = reverse("suppliers:shares", args=[organisation])
    if form.is_valid():
        try:
            row = attempt(form, lambda: sharing.share(seat.organisation, **form.cleaned_data, **when(request, seat)))
        except people.Refused as refused:
            form.add_error(None, str(refused))
            row = None
        if row is not None:
            messages.success(request, _("This is now shared with %(name)s.") % {"name": row.recipient})
            return redirect(back)
    return form_page(
        request, seat, form, title=_("Share the register of suppliers"), back=back, submit=_("Share"),
        answer=_("They see who supplies what to you, and what leans on it for how long. No contracts, no proof."),
    )  # fmt: skip


@require_POST
def share_end(request: HttpRequest, organisation: str, share: UUID) -> HttpResponse:
    """Ends a share at once."""
    seat = organisation_or_404(request, organisation, Right.SHARE)
    row = Share.objects.filter(pk=share, owner=seat.organisation, kind=ShareKind.SUPPLIERS).first()
    if row is None:
        raise Http404
    try:
        sharing.revoke(row, **when(request, seat))
        messages.success(request, _("%(name)s no longer sees this.") % {"name": row.recipient})
    except people.Refused as refused:
        messages.error(request, str(refused))
    return redirect("suppliers:shares", organisation=organisation)
