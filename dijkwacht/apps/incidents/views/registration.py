"""The record at the register of entities: what it was told, what our records say now, and the legal roles."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dijkwacht.apps.incidents import duty_words, registration_words
from dijkwacht.apps.incidents.forms.registration import LISTS, EndRoleForm, RegistrationForm, RoleForm, joined
from dijkwacht.apps.incidents.models import EntityRole, Registration
from dijkwacht.apps.incidents.queries import duty
from dijkwacht.apps.incidents.queries import registration as queries
from dijkwacht.apps.incidents.queries.warned import warned_of_term
from dijkwacht.apps.incidents.services import alerting, registering
from dijkwacht.apps.incidents.term_words import article, rule_name, term_row
from dijkwacht.apps.incidents.views.pages import attempt, form_page, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.norms.read import incidents
from dijkwacht.web import clock
from dijkwacht.web.moments import day_of


@require_safe
def registration(request: HttpRequest, organisation: str) -> HttpResponse:
    """Does the register of entities still know what is so?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    at, changes = clock.now(request), seat.may(Right.HANDLE)
    told, term = queries.told_last(seat.organisation), queries.running_term(seat.organisation)
    rows = registration_words.lines(told, queries.record_of(seat.organisation, on=day_of(at)))
    on_duty, here = duty.on_duty(seat.organisation, on=day_of(at)), duty.here(seat.organisation, on=day_of(at))
    url = reverse("incidents:registration_tell", args=(organisation,)) if changes else ""
    warned = warned_of_term(term) if term else ()
    context = {
        "answer": registration_words.answer(told, rows, term, at=at), "rows": rows, "told": told, "changes": changes,
        "term": term and term_row(term, at=at, url=url, action=_("Note what was told")),
        "changed": [row for row in rows if row.new or row.gone],
        "roles": [(row, registration_words.role_word(row.role)) for row in queries.roles_now(seat.organisation, on=day_of(at))],
        "portal": duty_words.portal(seat.organisation, on=day_of(at)), "ready": duty_words.ready(on_duty, here=here),
        "warned": warned, "unseen": any(each.person == seat.person and each.seen is None for each in warned),
        "history": Registration.objects.filter(organisation=seat.organisation).select_related("told_by"),
    }  # fmt: skip
    return render(request, "incidents/registration.html", {"seat": seat, "on": day_of(at), **context})


@require_POST
def registration_seen(request: HttpRequest, organisation: str) -> HttpResponse:
    """Says that somebody saw what was mailed about the term; back to it, or to Today."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    if alerting.see_registration(seat.organisation, **when(request, seat)):
        messages.success(request, _("Recorded: you have seen it. Others can see that."))
    back = "today:today" if request.POST.get("back") == "today" else "incidents:registration"
    return redirect(back, organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_tell(request: HttpRequest, organisation: str) -> HttpResponse:
    """Notes what the register was told, and when."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    at = clock.now(request)
    form = RegistrationForm(sent(request), legal=_legal(), initial=_prefilled(seat, at=at), at=at)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("told_at", "receipt", "note")}
        deed = registering.note_told
        if attempt(form, lambda: deed(seat.organisation, values=form.values, **told, **when(request, seat))):
            messages.success(request, _("Noted what the register was told. From now on a change is seen by itself."))
            return redirect("incidents:registration", organisation=organisation)
    return form_page(
        request, seat, form, title=_("What the register was told"), back=reverse("incidents:registration", args=(organisation,)),
        submit=_("Note it"), notes=[_("This sends nothing. Tell it in the portal first, then note here exactly that.")],
        norms={"told_at": f"{article(registering.RULE)}: {rule_name(registering.RULE)}"},
    )  # fmt: skip


def _prefilled(seat: Seat, *, at: Any) -> dict[str, Any]:
    """What our records say now; where they say nothing, what was told last."""
    told = queries.told_last(seat.organisation)
    values = {**(told.values if told else {}), **queries.record_of(seat.organisation, on=day_of(at)).values}
    return {**values, **{name: joined(values.get(name)) for name in LISTS}, "told_at": at}


def _legal() -> list[tuple[str, str]]:
    return [(role, registration_words.role_word(role)) for role in incidents().roles]


@require_http_methods(["GET", "HEAD", "POST"])
def role_add(request: HttpRequest, organisation: str) -> HttpResponse:
    """Notes what the organisation is under these laws."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    form = RoleForm(sent(request), legal=_legal(), initial={"since": clock.today(request)})
    if form.is_valid():
        deed = registering.take_role
        if attempt(form, lambda: deed(seat.organisation, **form.cleaned_data, **when(request, seat))):
            messages.success(request, _("Noted. Terms, receivers and thresholds follow from it."))
            return redirect("incidents:registration", organisation=organisation)
    return form_page(
        request, seat, form, title=_("A legal role"), back=reverse("incidents:registration", args=(organisation,)),
        answer=_("A municipality is government by law; that needs no line here. What else is it?"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Notes that the organisation is this no longer."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = EntityRole.objects.filter(organisation=seat.organisation, pk=pk).select_related("organisation").first()
    if row is None:
        raise Http404
    form = EndRoleForm(sent(request), initial={"until": clock.today(request)})
    if form.is_valid() and _ended(form, row, when(request, seat)):
        messages.success(request, _("Noted that it is this no longer."))
        return redirect("incidents:registration", organisation=organisation)
    title = _("No longer: %(role)s") % {"role": registration_words.role_word(row.role)}
    return form_page(request, seat, form, title=title, back=reverse("incidents:registration", args=(organisation,)))


def _ended(form: EndRoleForm, row: EntityRole, who: dict[str, Any]) -> bool:
    def deed() -> bool:
        registering.end_role(row, until=form.cleaned_data["until"], **who)
        return True

    return attempt(form, deed) is not None
