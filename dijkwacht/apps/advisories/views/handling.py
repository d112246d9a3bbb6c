"""What an organisation does with the warnings that it gets: the list, one warning, and everything that is said of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dijkwacht.apps.advisories import handling_page, handling_rows, handling_words, week_page
from dijkwacht.apps.advisories.forms import handling as forms
from dijkwacht.apps.advisories.models import Touched, Warned, WarningState
from dijkwacht.apps.advisories.queries import handling as queries
from dijkwacht.apps.advisories.queries.visible import hidden_of, warnings_of
from dijkwacht.apps.advisories.services import handling, own_from, warning_list
from dijkwacht.apps.advisories.services.reading import raw
from dijkwacht.apps.advisories.views.pages import attempt, form_page, person_of, press, sent, when
from dijkwacht.apps.people.access import Seat, organisation_or_404
from dijkwacht.core.access import Right
from dijkwacht.core.advisories.tlp import ORDER
from dijkwacht.web import clock
from dijkwacht.web.advisory_words import reason_sentence

PER_PAGE = 25


@require_safe
def home(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which warnings for us are not done?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    at, rows = clock.now(request), warnings_of(seat.organisation, seat.person)
    form = _filter(request, rows)
    page = Paginator(_shown(rows, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": handling_rows.listed(page.object_list, at=at),
        "answer": handling_words.list_answer(queries.not_done(rows, at=at), at=at), "any": rows.exists(),
        "hidden": handling_words.hidden_sentence(hidden_of(seat.organisation, seat.person)),
        "found": page.paginator.count, "query": request.GET.urlencode(), "sorts": queries.SORTS,
        "sort": form.asked.get("sort", ""),
    }  # fmt: skip
    return render(request, "advisories/home.html", {"seat": seat, **context})


@require_safe
def warnings_csv(request: HttpRequest, organisation: str) -> HttpResponse:
    """The same warnings as a list, as far as this person may see them."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    rows = warnings_of(seat.organisation, seat.person)
    found = _shown(rows, _filter(request, rows))
    answer = HttpResponse(warning_list.as_csv(found, at=clock.now(request)), content_type=warning_list.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{seat.organisation.slug}-waarschuwingen.csv"'
    return answer


@require_safe
def our_week(request: HttpRequest, organisation: str) -> HttpResponse:
    """What came this past week, what is open, and what must be done first?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    page = week_page.week(warnings_of(seat.organisation, seat.person), at=clock.now(request))
    hidden = handling_words.hidden_sentence(hidden_of(seat.organisation, seat.person))
    return render(request, "advisories/our_week.html", {"seat": seat, "page": page, "hidden": hidden})


def _filter(request: HttpRequest, rows: QuerySet[Warned]) -> forms.WarningsFilter:
    return forms.WarningsFilter(
        request.GET or None,
        handlers=[(each.pk, str(each)) for each in queries.handlers(rows)],
        desks=[(each.pk, each.name) for each in queries.desks(rows)],
    )


def _shown(rows: QuerySet[Warned], form: forms.WarningsFilter) -> QuerySet[Warned]:
    return queries.narrowed(rows, **form.asked).select_related("handler", "desk", "advisory")


@require_safe
def warning(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Does this touch us, what must be done, and before when?"""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _warning_or_404(seat, pk)
    page = handling_page.page_of(found, seat.person, handles=seat.may(Right.HANDLE), at=clock.now(request))
    vex = seat.may(Right.TRIAGE) and own_from.possible(found)
    return render(request, "advisories/warning.html", {"seat": seat, "warning": found, "page": page, "vex": vex})


@require_safe
def warning_document(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """The document itself, as it came in at the desk; only with a label under which the warning itself may be seen."""
    seat = organisation_or_404(request, organisation, Right.SEE)
    found = _warning_or_404(seat, pk)
    document = found.advisory.document
    if document is None or _stricter(document.tlp, found.tlp):
        raise Http404
    answer = HttpResponse(raw(document), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="waarschuwing-{found.number}.json"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _stricter(label: str, than: str) -> bool:
    order: list[str] = list(ORDER)
    return order.index(label) > order.index(than)


@require_POST
def seen(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes note of a warning, which stops reminders; back to it, or to Today."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = _warning_or_404(seat, pk)
    if handling.see(found, **when(request, seat)):
        messages.success(request, _("Recorded: you have seen it. Reminders stop."))
    if request.POST.get("back") == "today":
        return redirect("today:today", organisation=organisation)
    return redirect(_at(found))


def give(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says who handles a warning; who handles it sees it, also with label TLP:AMBER."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = _warning_or_404(seat, pk)
    form = forms.GiveForm(sent(request), initial={"handler": found.handler_id}, persons=_handlers(request, seat))
    if form.is_valid():
        handler = person_of(request, seat, form.cleaned_data["handler"])
        if attempt(form, lambda: handling.give(found, handler=handler, **when(request, seat))):
            messages.success(request, _("Recorded: %(who)s handles it.") % {"who": handler or _("nobody yet")})
            if warnings_of(seat.organisation, seat.person).filter(pk=pk).exists():
                return redirect(_at(found))
            return redirect("advisories:home", organisation=organisation)  # it was his to see as its handler only
    notes = [_("Who handles a warning sees it, whatever contact he is.")] if found.tlp not in ("CLEAR", "GREEN") else []
    return _about_page(request, seat, found, form, _("Who handles it"), notes=notes)


def _handlers(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    """Those who may handle warnings here, to choose from."""
    return [
        (each.pk, str(each)) for each in queries.persons_who(seat.organisation, Right.HANDLE, on=clock.today(request))
    ]


def assess(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Writes down what is made of a warning."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    found = _warning_or_404(seat, pk)
    asks = handling_page.asks(found)
    form = forms.AssessForm(sent(request), initial=asks.initial, high=asks.high, whole=asks.whole)
    if form.is_valid():
        told = {**form.cleaned_data}
        deed = {"text": told.pop("assessment"), **told, **when(request, seat)}
        if attempt(form, lambda: handling.assess(found, **deed)):
            messages.success(request, _("Recorded: what you make of it is in writing."))
            return redirect(_at(found))
    return _about_page(request, seat, found, form, _("Assess in writing"), answer=found.title, notes=asks.notes)


def status(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says how one product stands: of all its weaknesses, or of some."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = _touched_or_404(seat, pk)
    rows = queries.whole(row.warning).handled.get(row.line_id, ())
    weaknesses = [(each.weakness, each.weakness) for each in rows]
    return _say(
        request, seat, row.warning, row.line_id, weaknesses, title=_("How it stands: %(what)s") % {"what": row.line}
    )


def mark(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Says the same of everything of a warning at once."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    return _say(request, seat, _warning_or_404(seat, pk), None, (), title=_("Say it of everything at once"))


def _say(
    request: HttpRequest, seat: Seat, found: Warned, line: int | None, weaknesses: Any, *, title: str
) -> HttpResponse:
    start = {"status": WarningState.DONE if line is None else ""}
    form = forms.StatusForm(
        sent(request), initial=start, persons=_handlers_and_board(request, seat), weaknesses=weaknesses, on=clock.today(request)
    )  # fmt: skip
    if form.is_valid():
        said = form.said(person_of(request, seat, form.cleaned_data["decided"]))
        deed = {"line": line, "weaknesses": form.cleaned_data.get("weaknesses", ()), **when(request, seat)}
        if (count := attempt(form, lambda: handling.set_status(found, said, **deed))) is not None:
            messages.success(request, handling_words.handled_receipt(count))
            return redirect(_at(found))
    return _about_page(request, seat, found, form, title, answer=found.title)


def _handlers_and_board(request: HttpRequest, seat: Seat) -> list[tuple[int, str]]:
    """Those who may accept a risk: who signs for the board, and who handles warnings."""
    on, found = clock.today(request), dict[int, str]()
    for right in (Right.SIGN, Right.HANDLE):
        found |= {each.pk: str(each) for each in queries.persons_who(seat.organisation, right, on=on)}
    return list(found.items())


@require_POST
def proposal(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Takes over that a supplier says that a product is not affected."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = _touched_or_404(seat, pk)
    number = request.POST.get("advisory", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Http404
    deed = {"line": row.line_id, "advisory": int(number), **when(request, seat)}
    press(
        request,
        lambda: handling.take_proposal(row.warning, **deed),
        _("Recorded: not affected, by what the supplier says."),
    )
    return redirect(_at(row.warning))


def version(request: HttpRequest, organisation: str, pk: int) -> HttpResponse:
    """Answers which version of a product is in use; then it can be told whether it is affected."""
    seat = organisation_or_404(request, organisation, Right.HANDLE)
    row = _touched_or_404(seat, pk)
    form = forms.VersionForm(sent(request), initial={"version": row.line.answered})
    if form.is_valid():
        deed = {"version": form.cleaned_data["version"], **when(request, seat)}
        if turned := attempt(form, lambda: handling.answer_version(row, **deed)):
            messages.success(request, handling_words.version_answer(turned))
            return redirect(_at(row.warning))
    reason = reason_sentence(handling_rows.reason_of(row))
    return _about_page(request, seat, row.warning, form, str(row.line), answer=reason)


def _warning_or_404(seat: Seat, pk: int) -> Warned:
    """A warning of this organisation that this person may see (TLP)."""
    rows = warnings_of(seat.organisation, seat.person)
    found = (
        rows.select_related("organisation", "desk", "handler", "seen_by", "advisory__document").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def _touched_or_404(seat: Seat, pk: int) -> Touched:
    """A product that a warning is about now, of a warning that this person may see."""
    rows = Touched.objects.filter(warning__in=warnings_of(seat.organisation, seat.person), gone_at__isnull=True)
    found = rows.select_related("line", "warning__organisation", "warning__advisory").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _at(found: Warned) -> str:
    return reverse("advisories:warning", args=[found.organisation.slug, found.pk])


def _about_page(request: HttpRequest, seat: Seat, found: Warned, form: Any, title: str, **texts: Any) -> HttpResponse:
    """A page with one form about a warning, to which it goes back."""
    eyebrow = _("Warning %(n)s") % {"n": found.number}
    return form_page(request, seat, form, title=title, back=_at(found), eyebrow=eyebrow, **texts)
