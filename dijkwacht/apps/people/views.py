"""Pages of this room: which organisation, my profile, who works here, and what we share."""

from collections.abc import Callable
from smtplib import SMTPException
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dijkwacht.apps.people import choices, forms, queries, services
from dijkwacht.apps.people.access import Seat, organisation_or_404, person_of
from dijkwacht.apps.people.invitations import send_invitation
from dijkwacht.apps.people.models import Role, Share
from dijkwacht.core.access import Right
from dijkwacht.web import clock

Result = TypeVar("Result")


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations of this person; with just one there is nothing to choose."""
    found = list(queries.organisations_of(person_of(request), on=clock.today(request)))
    if len(found) == 1:
        return redirect(found[0])
    return render(request, "people/organisations.html", {"organisations": found})


def profile(request: HttpRequest) -> HttpResponse:
    """Name and language of this person."""
    person = person_of(request)
    form = forms.ProfileForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/profile.html", {"form": form})
    services.change_profile(person, **form.cleaned_data)
    messages.success(request, _("Your profile is saved."))
    response = redirect("people:profile")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # this choice is newer than what this browser remembered
    return response


@require_safe
def members(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who works here, in which roles, and since when."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = queries.members(seat.organisation, on=clock.today(request))
    return render(
        request, "people/members.html", {"seat": seat, "members": found, "may_manage": seat.may(Right.MANAGE_PEOPLE)}
    )


def add_person(request: HttpRequest, organisation: str) -> HttpResponse:
    """Adds a person with a first role, and mails the invitation."""
    seat = organisation_or_404(request, organisation, Right.MANAGE_PEOPLE)
    today = clock.today(request)
    form = forms.PersonForm(request.POST or None, functions=choices.functions(today), initial={"valid_from": today})
    added = _done(request, form, lambda data: services.add_person(seat.organisation, **data, **_signed(request, seat)))
    if added is None:
        return render(request, "people/add_person.html", {"seat": seat, "form": form})
    _invite(request, added)
    return redirect("people:members", organisation=organisation)


def _invite(request: HttpRequest, role: Role) -> None:
    try:
        send_invitation(request, person=role.person, organisation=role.organisation)
    except (OSError, SMTPException):
        messages.warning(request, _("%(name)s was added, but the mail could not be sent.") % {"name": role.person})
    else:
        messages.success(
            request, _("%(name)s was added and gets a mail with a link to sign in.") % {"name": role.person}
        )


def grant_role(request: HttpRequest, organisation: str, role: UUID) -> HttpResponse:
    """Gives another role to someone who has, or had, one here."""
    seat = organisation_or_404(request, organisation, Right.MANAGE_PEOPLE)
    person = _role(seat, role).person
    today = clock.today(request)
    form = forms.RoleForm(request.POST or None, functions=choices.functions(today), initial={"valid_from": today})
    granted = _done(
        request,
        form,
        lambda data: services.grant_role(seat.organisation, person=person, **data, **_signed(request, seat)),
    )
    if granted is None:
        return render(request, "people/grant_role.html", {"seat": seat, "form": form, "member": person})
    messages.success(request, _("%(name)s has a new role.") % {"name": person})
    return redirect("people:members", organisation=organisation)


def end_role(request: HttpRequest, organisation: str, role: UUID) -> HttpResponse:
    """Ends a role on a day."""
    seat = organisation_or_404(request, organisation, Right.MANAGE_PEOPLE)
    held = _role(seat, role)
    form = forms.EndRoleForm(request.POST or None, initial={"on": clock.today(request)})
    ended = _done(request, form, lambda data: services.end_role(held, **data, **_signed(request, seat)))
    if ended is None:
        return render(request, "people/end_role.html", {"seat": seat, "form": form, "role": held})
    messages.success(request, _("The role of %(name)s ends.") % {"name": held.person})
    return redirect("people:members", organisation=organisation)


@require_safe
def shares(request: HttpRequest, organisation: str) -> HttpResponse:
    """What this organisation shares, and what others share with it."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    today = clock.today(request)
    return render(
        request,
        "people/shares.html",
        {
            "seat": seat,
            "given": [choices.given(share, today) for share in queries.shares_from(seat.organisation)],
            "received": [choices.received(share, today) for share in queries.shares_to(seat.organisation, on=today)],
            "may_share": seat.may(Right.SHARE),
        },
    )


def share(request: HttpRequest, organisation: str) -> HttpResponse:
    """Shares facts or an account with another organisation."""
    seat = organisation_or_404(request, organisation, Right.SHARE)
    today = clock.today(request)
    named = {"subject": request.GET.get("onderwerp", ""), "fact_type": request.GET.get("gegeven", "")}
    named |= {"kind": "fact"} if any(named.values()) else {}
    form = forms.ShareForm(
        request.POST or None, own=seat.organisation.slug, initial={"valid_from": today, **named},
        **choices.shareable(today),
    )  # fmt: skip
    given = _done(request, form, lambda data: _share(seat, data, _signed(request, seat)))
    if given is None:
        return render(request, "people/share.html", {"seat": seat, "form": form})
    messages.success(request, _("This is now shared with %(name)s.") % {"name": given.recipient})
    return redirect("people:shares", organisation=organisation)


def _share(seat: Seat, data: dict[str, Any], signed: dict[str, Any]) -> Share:
    recipient = queries.organisation_named(data["recipient"])
    if recipient is None:
        raise services.Refused(_("There is no organisation with this name: %(name)s.") % {"name": data["recipient"]})
    fields = ("kind", "what", "tlp", "valid_from", "valid_to")
    return services.share(seat.organisation, recipient=recipient, **{name: data[name] for name in fields}, **signed)


def revoke_share(request: HttpRequest, organisation: str, share: UUID) -> HttpResponse:
    """Ends a share at once; asks first."""
    seat = organisation_or_404(request, organisation, Right.SHARE)
    given = get_object_or_404(Share.objects.select_related("recipient", "owner"), pk=share, owner=seat.organisation)
    form = Form(request.POST if request.method == "POST" else None)
    revoked = _done(request, form, lambda _data: services.revoke_share(given, **_signed(request, seat)))
    if revoked is None:
        shown = choices.given(given, clock.today(request))
        return render(request, "people/revoke_share.html", {"seat": seat, "form": form, "share": shown})
    messages.success(request, _("%(name)s no longer sees this.") % {"name": given.recipient})
    return redirect("people:shares", organisation=organisation)


def _role(seat: Seat, role: UUID) -> Role:
    return get_object_or_404(Role.objects.select_related("person"), pk=role, organisation=seat.organisation)


def _signed(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    return {"by": seat.person, "at": clock.now(request)}


def _done(request: HttpRequest, form: Form, verb: Callable[[dict[str, Any]], Result]) -> Result | None:
    """What the verb returns for a valid form that was sent; None when the form must be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return verb(form.cleaned_data)
    except services.Refused as refusal:
        form.add_error(None, str(refusal))
        return None
