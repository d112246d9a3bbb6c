"""The key with which the organisation signs: its number to pass on, the published list, and a new one."""

from datetime import datetime, time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.accountability import forms, statement_words
from dijkwacht.apps.accountability.models import SigningKey
from dijkwacht.apps.accountability.queries.keys import key_in_use, key_list, keys
from dijkwacht.apps.accountability.services.keys import mark_lost, rotate_key
from dijkwacht.apps.accountability.services.refusing import Refusal
from dijkwacht.apps.accountability.views.statements import saved
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.web import clock

KEEPERS = (Right.MANAGE_PEOPLE, Right.KEEP_ISMS)  # the administrator and the CISO


@require_safe
def listed(request: HttpRequest, organisation: str) -> HttpResponse:
    """With which key do we sign, and how does a reader know that it is ours?"""
    return _page(request, organisation_or_404(request, organisation, Right.SEE))


def _page(request: HttpRequest, seat: Seat, *, lost_form: forms.LostKeyForm | None = None) -> HttpResponse:
    found = keys(seat.organisation)
    losable = _losable(seat) if _keeps(seat) else []
    context = {
        "key": key_in_use(seat.organisation),
        "ended": [row for row in found if row.until is not None],
        "form": forms.KeyForm() if _keeps(seat) else None,
        "lost_form": lost_form or (forms.LostKeyForm(keys=losable) if losable else None),
    }
    return render(request, "accountability/keys.html", {"seat": seat, **context})


def _losable(seat: Seat) -> list[SigningKey]:
    """The keys that ended, and of which it is not known that they are lost."""
    return [row for row in keys(seat.organisation) if row.until is not None and not row.lost]


@require_safe
def download(request: HttpRequest, organisation: str) -> HttpResponse:
    """The list of keys as it is published."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    return saved(key_list(seat.organisation), f"keys-{organisation}.json", "application/json")


@require_POST
def renew(request: HttpRequest, organisation: str) -> HttpResponse:
    """A new key in the place of the old one."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if not _keeps(seat):
        raise PermissionDenied(_("The administrator or the CISO makes a new key."))
    form = forms.KeyForm(request.POST)
    lost = form.is_valid() and form.cleaned_data["lost"]
    try:
        rotate_key(
            seat.organisation, person=seat.person, on=clock.today(request), at=clock.now(request), lost=bool(lost)
        )
    except Refusal as refused:
        messages.error(request, statement_words.refusal_sentence(refused))
    else:
        messages.success(request, _("There is a new key. Pass its number on to who checks your statements."))
    return redirect("accountability:keys", organisation=organisation)


@require_POST
def lose(request: HttpRequest, organisation: str) -> HttpResponse:
    """An earlier key turns out to be in other hands."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if not _keeps(seat):
        raise PermissionDenied(_("The administrator or the CISO marks a key as lost."))
    form = forms.LostKeyForm(request.POST, keys=_losable(seat))
    if not form.is_valid():
        return _page(request, seat, lost_form=form)
    day = form.cleaned_data["since"]
    since = None if day is None else timezone.make_aware(datetime.combine(day, time()))
    on, at = clock.today(request), clock.now(request)
    try:
        mark_lost(seat.organisation, key=form.cleaned_data["key"], since=since, person=seat.person, on=on, at=at)
    except Refusal as refused:
        messages.error(request, statement_words.refusal_sentence(refused))
    else:
        messages.success(request, _("The key is marked as lost. Publish the list of keys anew: readers see it there."))
    return redirect("accountability:keys", organisation=organisation)


def _keeps(seat: Seat) -> bool:
    return any(seat.may(right) for right in KEEPERS)
