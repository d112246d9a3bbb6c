"""All that is wrong, and one issue: what it means, its evidence, and what is done about it."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.ledger.packs import packs_on
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.apps.perimeter import issue_page, words
from dijkwacht.apps.perimeter.forms import issues as forms
from dijkwacht.apps.perimeter.models import Issue
from dijkwacht.apps.perimeter.queries import issues as queries
from dijkwacht.apps.perimeter.queries.names import LEFT
from dijkwacht.apps.perimeter.services import issues as services
from dijkwacht.apps.perimeter.verdict_words import home_sentence
from dijkwacht.apps.perimeter.views.pages import attempt, form_page, person_of, persons, press, sent, when
from dijkwacht.core.access import Right
from dijkwacht.web import clock


@require_safe
def issues(request: HttpRequest, organisation: str) -> HttpResponse:
    """What is wrong, whose is it, and before when?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    checks = [(each, words.title(each)) for each in queries.checks(seat.organisation)]
    form = forms.IssuesFilter(request.GET or None, persons=persons(request, seat), checks=checks)
    data = form.cleaned_data if form.is_valid() else {}
    rows = queries.chosen(queries.issues(seat.organisation), **data)
    on = clock.today(request)
    context = {
        "answer": home_sentence(queries.standing(seat.organisation, on=on), names=1, measured=True),
        "form": form, "found": rows.count(), "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "left": LEFT,
    }  # fmt: skip
    return render(request, "perimeter/issues.html", {"seat": seat, "on": on, **context})


@require_safe
def issue(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """What is wrong here, why does it matter, and how is it mended?"""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    found, on = _seen_or_403(seat, pk), clock.today(request)
    sees = seat.may(Right.SEE)
    context = issue_page.context(found, norms=packs_on(on).norms, on=on, sees=sees)
    if seat.may(Right.WATCH):
        initial = {"assignee": found.assignee_id, "term": found.term}
        context["assign"] = forms.AssignForm(initial=initial, persons=persons(request, seat), prefix="")
        context["explain"] = forms.ExplainForm(initial={"explanation": found.explanation})
    shown = {"watches": seat.may(Right.WATCH), "acts": _may_act(seat, found), "note": forms.NoteForm(), "sees": sees}
    return render(request, "perimeter/issue.html", {"seat": seat, "on": on, **context, **shown})


def assign(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Gives it to somebody, before a day."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    found = _issue_or_404(seat, pk)
    initial = {"assignee": found.assignee_id, "term": found.term}
    form = forms.AssignForm(sent(request), initial=initial, persons=persons(request, seat))
    if form.is_valid():
        data = form.cleaned_data
        who = person_of(request, seat, data["assignee"])
        deed = services.assign
        if attempt(
            form,
            lambda: deed(found, assignee=who, term=data["term"], note=data["note"], **when(request, seat)),
        ):
            return _back(seat, found)
    return _form(request, seat, found, form, _("Who mends this, and before when"))


def explain(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says why it stays for now, until a day."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    found = _issue_or_404(seat, pk)
    form = forms.ExplainForm(sent(request), initial={"explanation": found.explanation})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: services.explain(found, **data, **when(request, seat))):
            return _back(seat, found)
    return _form(request, seat, found, form, _("Explain why this stays for now"))


def note(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes something beside it."""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    found = _acted_or_403(seat, pk)
    form = forms.NoteForm(sent(request))
    if form.is_valid():
        text, at = form.cleaned_data["text"], clock.now(request)
        if attempt(form, lambda: services.note(found, text=text, person=seat.person, at=at)):
            return _back(seat, found)
    return _form(request, seat, found, form, _("Write something beside this"))


@require_POST
def measure(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Asks to see whether it is mended."""
    seat = organisation_or_404(request, organisation, Right.SEE_ASSIGNED)
    found = _acted_or_403(seat, pk)
    said = _("The name waits to be measured. That takes a minute at most, once a worker runs.")
    press(request, lambda: services.measure_again(found, person=seat.person, at=clock.now(request)), said)
    return _back(seat, found)


@require_POST
def reopen(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Lets what was explained count again."""
    seat = organisation_or_404(request, organisation, Right.WATCH)
    found = _issue_or_404(seat, pk)
    press(request, lambda: services.reopen(found, person=seat.person, at=clock.now(request)), _("It counts again."))
    return _back(seat, found)


def _form(request: HttpRequest, seat: Seat, found: Issue, form: Form, title: str) -> HttpResponse:
    back = reverse("perimeter:issue", args=[seat.organisation.slug, found.pk])
    eyebrow = f"{words.title(found.check_id)} · {found.domain.name}"
    return form_page(request, seat, form, title=title, eyebrow=eyebrow, back=back)


def _back(seat: Seat, found: Issue) -> HttpResponse:
    return redirect("perimeter:issue", organisation=seat.organisation.slug, pk=found.pk)


def _issue_or_404(seat: Seat, pk: int) -> Issue:
    found = queries.issue(seat.organisation, pk)
    if found is None:
        raise Http404
    return found


def _may_act(seat: Seat, found: Issue) -> bool:
    return seat.may(Right.WATCH) or found.assignee_id == seat.person.pk


def _seen_or_403(seat: Seat, pk: int) -> Issue:
    """Who sees everything sees this; anybody else what was given to him."""
    found = _issue_or_404(seat, pk)
    if not seat.may(Right.SEE) and found.assignee_id != seat.person.pk:
        raise PermissionDenied
    return found


def _acted_or_403(seat: Seat, pk: int) -> Issue:
    """To watch the outside, or to have been given this, is enough."""
    found = _issue_or_404(seat, pk)
    if not _may_act(seat, found):
        raise PermissionDenied
    return found
