"""Handing out the questions of a line, and taking them back."""

from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkwacht.apps.ensia import forms, pages, words
from dijkwacht.apps.ensia.models import Answerer, Year
from dijkwacht.apps.ensia.queries.lines import line_named
from dijkwacht.apps.ensia.services import handing
from dijkwacht.apps.ensia.services.mailing import send
from dijkwacht.apps.ensia.services.refusing import Refused
from dijkwacht.apps.ensia.views.year import year_or_404
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.people.invitations import send_invitation
from dijkwacht.apps.people.queries import persons_in
from dijkwacht.apps.people.services import Refused as PeopleRefused
from dijkwacht.core.access import Right
from dijkwacht.web import clock


def hand_out(request: HttpRequest, organisation: str, year: int, line: str) -> HttpResponse:
    """Asks a colleague for the questions of a line; he gets a mail with a link to them."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found = year_or_404(seat, year)
    if line_named(line) is None:
        raise Http404
    on = clock.today(request)
    row = pages.line_rows(found, on=on, only=[line])[0]
    persons = [(str(person.pk), str(person)) for person in persons_in(seat.organisation, on=on)]
    due = row.following.on if row.following else None
    form = forms.HandOutForm(
        request.POST or None, persons=persons, themes=pages.themes_of(row.state, on=on), initial={"due": due}
    )
    if request.method == "POST" and form.is_valid():
        done = _hand_out(request, seat, found, line, form)
        if done is not None:
            _mail(request, done)
            return redirect("ensia:line", organisation=organisation, year=year, line=line)
    return render(request, "ensia/hand_out.html", {"seat": seat, "year": found, "row": row, "form": form})


@require_POST
def take_back(request: HttpRequest, organisation: str, year: int, answerer: int) -> HttpResponse:
    """Ends what somebody was asked to answer."""
    seat = organisation_or_404(request, organisation, Right.PREPARE)
    found = year_or_404(seat, year)
    row = get_object_or_404(Answerer.objects.select_related("year__organisation", "person"), pk=answerer, year=found)
    try:
        handing.take_back(row, person=seat.person, on=clock.today(request), at=clock.now(request))
    except Refused as refused:
        messages.error(request, words.trouble(refused.code))
    else:
        messages.success(
            request, _("%(name)s is no longer asked. Answers that were given stay.") % {"name": row.person}
        )
    return redirect("ensia:line", organisation=organisation, year=year, line=row.line)


def _hand_out(
    request: HttpRequest, seat: Seat, year: Year, line: str, form: forms.HandOutForm
) -> handing.Handed | None:
    data = form.cleaned_data
    common: dict[str, Any] = {
        "line": line, "theme": data["theme"], "lead": data["lead"], "note": data["note"], "due": data["due"],
        "person": seat.person, "on": clock.today(request), "at": clock.now(request),
    }  # fmt: skip
    try:
        if data["person"] == forms.SOMEBODY_ELSE:
            return handing.invite_and_hand_out(year, email=data["email"], name=data["name"], **common)
        to = persons_in(seat.organisation, on=common["on"]).get(pk=data["person"])
        return handing.hand_out(year, to=to, **common)
    except Refused as refused:
        form.add_error(None, words.trouble(refused.code))
    except PeopleRefused as refused:
        form.add_error(None, str(refused))
    return None


def _mail(request: HttpRequest, done: handing.Handed) -> None:
    name = {"name": str(done.answerer.person)}
    sent = send(done.notice, at=clock.now(request))
    if done.invited is not None:
        try:
            send_invitation(request, person=done.invited.person, organisation=done.invited.organisation)
        except (OSError, SMTPException):
            sent = False
    if sent:
        messages.success(request, _("%(name)s gets a mail with a link to these questions.") % name)
    else:
        messages.warning(request, _("This was handed out to %(name)s, but the mail could not be sent.") % name)
